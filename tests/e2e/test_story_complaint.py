"""A teacher at a phone reports within four fields, and follows it; the handler asks, finds and closes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from whitelist.models import Complaint

from .walker import PHONE, Walker

pytestmark = pytest.mark.browser
WORDS = "周一下通知，周三前每班要交五十份线上答题的截图"


def test_from_the_phone_to_the_result(demo: None, walker: Callable[..., Walker]) -> None:
    teacher = walker(viewport=PHONE)
    receipt = _report(teacher)
    complaint = Complaint.objects.latest("pk")
    handler = walker("renzhong")
    handler.from_desk(f"投诉举报 {complaint.number}")
    assert WORDS not in handler.reads()
    handler.press("领办")
    expect(handler.page.locator("main")).to_contain_text(WORDS)
    handler.fill("问反映人", "通知是发在哪里的")
    handler.press("写下问题")
    _answer(teacher, receipt)
    handler.go(complaint)
    expect(handler.page.locator("main")).to_contain_text("发在工作群里")
    _handle(handler, complaint)
    teacher.open("whitelist:complaint_follow", "yunling")
    teacher.fill("回执码", receipt.lower().replace("-", " "))
    teacher.press("查进度")
    expect(teacher.page.get_by_role("heading", level=1)).to_have_text("已经办结")
    assert "已停止收截图" in teacher.reads()
    assert {cookie["name"] for cookie in teacher.context.cookies()} == {"csrftoken"}


def _report(teacher: Walker) -> str:
    """Three fields typed or chosen, one press (F10)."""
    page = teacher.open("whitelist:complaint_form", "yunling")
    teacher.fill("哪个单位要求的", "区禁毒办")
    teacher.field("是哪类问题").select_option("P23")
    teacher.fill("怎么回事", WORDS)
    page.wait_for_timeout(3_500)  # nobody writes that in three seconds
    teacher.press("提交反映")
    expect(page.get_by_role("heading", level=1)).to_have_text("已收到")
    assert teacher.clicks == 1
    wide = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert wide
    return page.locator(".receipt").inner_text().strip()


def _answer(teacher: Walker, receipt: str) -> None:
    teacher.press("查进度")
    teacher.fill("回执码", receipt)
    teacher.press("查进度")
    expect(teacher.page.locator("main")).to_contain_text("通知是发在哪里的")
    teacher.fill("补充或回答", "发在工作群里")
    teacher.press("提交补充")
    expect(teacher.page.locator("main")).to_contain_text("已经收到，办理人会看到")


def _handle(handler: Walker, complaint: Any) -> None:
    for verb, filled in (
        ("受理，开始核查", {}),
        ("作出认定", {"核查情况": "收截图的情况存在"}),
        ("登记约谈", {"约谈日期": "2026年11月23日", "约谈要求": "停止收截图"}),
        ("办结，告知结果", {"处理结果": "已停止收截图"}),
    ):
        handler.press(verb)
        for label, words in filled.items():
            handler.fill(label, words)
        if verb == "作出认定":
            handler.field("认定结果").select_option("upheld")
        handler.press(verb)
        expect(handler.page.locator("main")).to_contain_text("已办理")
