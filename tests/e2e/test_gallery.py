"""All components on one page: no collapsed Chinese, no page wider than the window, nothing that axe finds."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.paginator import Paginator
from playwright.sync_api import Browser

from jianfu.kernel import fields, forms
from jianfu.kernel.calendar import Remaining
from tests.e2e.stage import Stage
from tests.e2e.test_components import piece

pytestmark = pytest.mark.browser

SIZES = {"desk": (1440, 900), "small": (1024, 768), "phone": (390, 844)}
# A cell is collapsed when fewer than four characters stand on a line although it holds more.
COLLAPSED = """() => [...document.querySelectorAll("td, th, dt, dd, .btn, .tag, .light")].filter((cell) => {
    const words = cell.innerText.trim();
    const style = getComputedStyle(cell);
    const room = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const line = parseFloat(style.lineHeight), size = parseFloat(style.fontSize);
    return words.length >= 4 && room > 1 && room < 4 * size && cell.clientHeight > 2.5 * line;
}).map((cell) => cell.innerText)"""


class Plain(forms.Form):
    title = fields.TextField(label="活动名称", help_text="写全称")
    starts_on = fields.ChineseDateField(label="开始日期")
    teachers = fields.IntegerField(label="教师人数", unit="人")
    stages = fields.MultipleChoiceField(label="学段", choices=[("p", "小学"), ("m", "初中")])
    content = fields.TextField(label="活动内容", rows=4)
    agree = fields.BooleanField(label="已核对", required=True)
    plan = fields.FileField(label="应急预案")


class Search(forms.Form):
    word = fields.TextField(label="查找", required=False)
    kind = fields.ChoiceField(label="环节", required=False, choices=[("", "全部环节"), ("1", "领导小组审批")])


def gallery() -> dict[str, object]:
    names = ["赵校长", "周教授", "刘代表", "黄委员", "吴老师"]
    option = {"name": "a", "label": "同意，报领导小组", "tone": "primary"}
    return {
        "remaining": Remaining(date(2026, 7, 11), -3),
        "steps": [
            {"label": "部门申请", "state": "done", "when": date(2026, 7, 1), "who": "王建国"},
            {"label": "专家论证", "state": "returned", "when": "退回补正", "who": ""},
            {"label": "区教委初审", "state": "current", "when": "限 7月11日", "who": "基教科 李敏"},
            *({"label": name, "state": "todo"} for name in ("领导小组审批", "备案", "公布白名单")),
        ],
        "facts": [
            ("申请编号", "JXY20260064"),
            ("申报部门", "区消防救援支队"),
            ("政策依据", "督查" * 60, True),
        ],
        "experts": [SimpleNamespace(name=name, organisation="第二中学") for name in names],
        "opinions": [{"label": "组织方式", "cells": [("有条件同意", "建议分学段开展")] * 5}],
        "conclusion": ["准入"] * 5,
        "files": [
            {"name": "实施方案.pdf", "url": "#", "size": 412_000, "kind": "实施方案", "remove_url": "#"}
        ],
        "entries": [{"label": "退回补正", "who": "周静", "when": date(2026, 7, 2), "note": "请补充。"}],
        "tiles": [
            {"value": 2, "label": "已超期", "tone": "red", "url": "#"},
            {"value": 3, "label": "将到期"},
        ],
        "tabs": [{"label": "待我办", "url": "#", "active": True, "count": 6}, {"label": "全部", "url": "#"}],
        "form": Search(),
        "page": Paginator(range(64), 20).page(2),
        "changes": [{"label": "活动日期", "old": "2026年9月1日", "new": "2026年9月2日"}],
        "tasks": [{"label": "内容和育人价值", "url": "#", "state": "填写中", "tone": "blue"}],
        "bound": Plain({}),
        "phrases": ["拟同意。", "请补充材料。"],
        "options": [option, {"label": "不予通过", "allowed": False, "reason": "论证意见还差 1 份。"}],
    }


@pytest.fixture(params=SIZES)
def stage(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Stage]:
    width, height = SIZES[request.param]
    context = browser.new_context(locale="zh-CN", viewport={"width": width, "height": height})
    shown = Stage(context.new_page())
    shown.show(piece("gallery"), **gallery())
    yield shown
    context.close()


def test_no_chinese_collapses_and_the_page_never_scrolls_sideways(stage):
    assert stage.page.evaluate(COLLAPSED) == []
    assert stage.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_large_type_does_not_either(stage):
    stage.page.evaluate("document.documentElement.classList.add('large')")
    assert stage.page.evaluate(COLLAPSED) == []
    assert stage.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_axe_finds_nothing(stage):
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(stage.page, options=options).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"]]) for rule in found] == []


def test_nothing_on_the_page_is_latin_but_names_of_formats(stage):
    words = stage.page.evaluate("document.body.innerText.match(/[A-Za-z]{2,}/g) || []")
    assert set(words) <= {"JXY", "KB", "pdf"}
