"""The points of ux.md §17 that belong to one page each: R1 to R6, R8 to R13, R17 and R18."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from approvals.models import Application
from approvals.states import Road, State
from jianfu.organisations.models import User
from ledger.models import Ledger, LedgerRow
from tests.e2e.stage import PASTE
from tests.e2e.walker import PHONE

pytestmark = pytest.mark.browser
TIME_LEFT = re.compile(r"^(剩 \d+ 天|超期 \d+ 天|今天到期)$")
CLOSED = (
    "已公布白名单", "不予通过", "已撤回", "已审核", "已并入", "已同意", "已备案",
    "已返岗", "在借", "列入年度计划",
)  # fmt: skip
URGENCY = {"超期": 0, "今天": 1, "剩": 2}


def urgency(words: str) -> int:
    """Working days left; late ones are negative."""
    days = int((re.findall(r"\d+", words) or ["0"])[0])
    return -days if words.startswith("超期") else days


def lights(window: Any) -> list[str]:
    return [words.strip() for words in window.page.locator("main td .light").all_inner_texts()]


def test_r1_the_first_screen_lists_my_matters_the_most_urgent_first(visit):
    window = visit("limin")
    expect(window.page).to_have_url(re.compile("/desk/$"))
    shown = lights(window)
    badge = window.page.get_by_role("navigation", name="主导航").locator(".badge").first
    assert badge.inner_text().strip().startswith(str(len(shown)))
    assert len(shown) >= 5
    assert [urgency(words) for words in shown] == sorted(urgency(words) for words in shown)
    expect(window.page.get_by_role("row").nth(1)).to_be_in_viewport()


@pytest.mark.parametrize(
    ("username", "path"),
    [("limin", "/desk/"), ("limin", "/approvals/?tab=all"), ("huanghaiyan", "/ledger/2026/")],
    ids=["desk", "applications", "ledger"],
)
def test_r2_every_open_row_says_the_time_left_in_words_and_shape(visit, username, path):
    window = visit(username)
    window.page.goto(window.origin + path)
    rows = [row for row in window.page.locator("main tbody tr").all() if is_open(row.inner_text())]
    told = [row for row in rows if says_time_left(row)]
    assert len(rows) >= 5
    assert len(told) >= 0.95 * len(rows)


def is_open(words: str) -> bool:
    return not any(state in words for state in CLOSED)


def says_time_left(row: Any) -> bool:
    light = row.locator(".light")
    if light.count() == 0 or not TIME_LEFT.match(light.first.inner_text().strip()):
        return False
    shape = light.first.evaluate("e => getComputedStyle(e, '::before').content")
    return shape not in {"none", "normal"} and "工作日" in (light.first.get_attribute("title") or "")


def test_r3_a_row_names_its_stage_and_who_has_it(visit):
    window = visit("fengxiaodong")
    window.open("approvals:application_list", query="?tab=all")
    # Whatever has a limit stands on the first page; what is only registered is listed apart.
    seen = Application.objects.visible_to(User.objects.get(username="fengxiaodong"))
    open_rows = seen.filter(due_on__isnull=False).exclude(road=Road.CAMPUS_EXEMPT)
    assert open_rows.count() > 10
    for application in open_rows:
        row = window.page.get_by_role("row").filter(has_text=application.number)
        stage, holder = row.locator("td").nth(8).inner_text(), row.locator("td").nth(9).inner_text()
        assert stage.strip() == application.get_state_display()
        assert re.search(r"[\u4e00-\u9fff]{2,}", holder)


def test_r4_the_step_bar_names_all_steps_with_dates_and_the_holder(visit):
    application = Application.objects.filter(state=State.REVIEWED).order_by("pk").first()
    window = visit("songguoqiang")
    window.go(application)
    steps = window.page.locator("ol.steps > li")
    words = ["".join(text.split()) for text in steps.all_inner_texts()]
    names = ("部门申请", "专家论证", "区教委初审", "领导小组审批", "备案", "公布白名单")
    assert all(name in text for name, text in zip(names, words, strict=True))
    assert window.page.locator("[aria-current=step]").count() == 1
    current = steps.nth(3)
    assert current.get_attribute("aria-current") == "step"
    assert re.search(r"限\d+月\d+日领导小组宋国强", words[3])
    for text in words[:3]:
        assert re.search(r"\d+月\d+日[\u4e00-\u9fff]{2,}$", text)
        assert "已完成" in text


def test_r5_the_record_says_who_when_what_and_how_long_the_newest_first(visit):
    application = Application.objects.filter(state=State.REVIEWED).order_by("pk").first()
    window = visit("songguoqiang")
    window.go(application)
    lines = window.page.get_by_role("list", name="办理过程").get_by_role("listitem").all_inner_texts()
    assert "办理中" in lines[0]
    assert "提交申请" in lines[-1]
    assert re.search(r"李敏，11月\d+日 \d\d:\d\d，用时 \d+ 个工作日", lines[1])
    opinion = application.steps.get(transition="pass_review").note
    assert opinion in lines[1]


def test_r6_fifteen_rows_are_seen_at_once(visit):
    window = visit("limin")
    window.open("approvals:application_list", query="?tab=all")
    full = window.page.evaluate(
        """() => [...document.querySelectorAll("main tbody tr")]
            .filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length"""
    )
    assert full >= 15


@pytest.mark.parametrize(
    ("username", "path"),
    [
        ("limin", "/approvals/?tab=all"),
        ("huanghaiyan", "/ledger/2026/"),
        ("zhengkun", "/ledger/secondments/"),
        ("huanghaiyan", "/ledger/2026/print/"),
    ],
)
def test_r8_the_head_of_the_table_stays_when_the_wheel_turns(visit, username, path):
    window = visit(username, viewport={"width": 1440, "height": 560})
    page = window.page
    page.goto(window.origin + path)
    page.locator("main tbody tr").nth(3).hover()
    page.mouse.wheel(0, 600)
    page.wait_for_timeout(400)
    seen = page.evaluate(
        """() => {
            const head = document.querySelector("main thead th:last-child").getBoundingClientRect();
            const at = document.elementFromPoint(head.x + head.width / 2, head.y + head.height / 2);
            const first = document.querySelector("main tbody tr").getBoundingClientRect();
            return {moved: first.top < head.bottom - 1, on_top: Boolean(at && at.closest("thead"))};
        }"""
    )
    assert seen == {"moved": True, "on_top": True}


def test_r9_a_block_of_three_by_two_fills_six_cells(visit):
    row = LedgerRow.objects.get(ledger__year=2026, number=5)
    window = visit("tianyuchen")
    window.go(row)
    first = row.entries.count() + 1
    cell = window.page.get_by_label(f"第 {first} 行名称")
    cell.evaluate(PASTE, "甲\t1\n乙\t２\n丙\t三")
    report = window.page.locator("[data-grid-report]")
    expect(report).to_contain_text("已粘贴 5 格")
    expect(report).to_contain_text("“三”不是数字")  # a bad cell is named, not swallowed
    cell.evaluate(PASTE, "甲\t1\n乙\t２\n丙\t3")
    expect(report).to_contain_text("已粘贴 6 格")
    names = [window.page.get_by_label(f"第 {first + place} 行名称").input_value() for place in range(2)]
    assert names == ["甲", "乙"]


def test_r10_ticked_rows_are_accepted_together(visit):
    window = visit("huanghaiyan")
    window.open("ledger:ledger_detail", 2026)
    clicks = 0
    for box in window.page.get_by_role("checkbox", name="选择第").all()[:2]:
        box.check()
        clicks += 1
    expect(window.page.get_by_text("已选 2 项")).to_be_visible()
    window.press("审核通过所选")
    expect(window.page.get_by_role("status").get_by_text("已审核通过 2 项")).to_be_visible()
    assert clicks + window.clicks <= 6


def test_r12_errors_have_a_summary_links_focus_and_the_field_says_it_too(visit):
    draft = Application.objects.get(title="税法小课堂")
    window = visit("jinxin")
    window.open("approvals:application_part", draft.pk, "scope")
    window.fill("参与学生人数", "很多")
    window.fill("结束日期", "2024年820日")
    window.press("保存并继续")
    page = window.page
    expect(page).to_have_title(re.compile("^错误：三 学校、年级和日期"))
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    summary.get_by_role("link").filter(has_text="日").first.click()
    expect(window.field("结束日期")).to_be_focused()
    described = window.field("结束日期").get_attribute("aria-describedby") or ""
    words = " ".join(page.locator(f"[id='{name}']").inner_text() for name in described.split())
    assert "错误：" in words
    assert window.field("结束日期").input_value() == "2024年820日"  # nothing typed is lost
    assert window.field("参与学生人数").input_value() == "很多"


def test_r13_a_draft_saves_itself_and_is_there_after_a_reload(visit):
    draft = Application.objects.get(title="税法小课堂")
    window = visit("jinxin")
    window.open("approvals:application_part", draft.pk, "content")
    with window.page.expect_response(lambda answer: "/save/" in answer.url, timeout=15_000) as saving:
        window.field("预期效果").press_sequentially("学生知道税收用在哪里。")
    clock = saving.value.json()["saved_at"]
    expect(window.page.locator("[data-autosave-status]")).to_have_text(f"{clock} 已自动保存")
    window.page.reload()
    assert window.field("预期效果").input_value() == "学生知道税收用在哪里。"


def test_r17_an_empty_list_says_what_where_and_what_next(visit):
    window = visit("limin")
    window.open("approvals:application_list", query="?q=没有这样的活动")
    empty = window.page.locator(".empty")
    expect(empty).to_contain_text("没有申请")
    expect(empty).to_contain_text("待我办")
    expect(empty.get_by_role("link", name="看全部申请")).to_be_visible()


def test_r18_a_phone_shows_four_matters_and_the_way_to_act(visit):
    window = visit("limin", viewport=PHONE)
    cards = [card.bounding_box() for card in window.page.locator("main tbody tr").all()]
    bottom = window.page.locator(".tabbar").bounding_box()["y"]
    assert sum(1 for box in cards if box["y"] + box["height"] <= bottom) >= 4
    waiting = Application.objects.get(title="交通安全体验课")
    window.go(waiting)
    button = window.page.get_by_role("button", name="同意，报领导小组")
    button.scroll_into_view_if_needed()
    expect(button).to_be_in_viewport()


def test_r11_the_files_have_the_year_in_their_names(visit):
    window = visit("huanghaiyan")
    window.open("ledger:ledger_detail", Ledger.objects.get(year=2026).year)
    for words, ending in (("导出 Excel", "xlsx"), ("导出 PDF", "pdf")):
        with window.page.expect_download() as waiting:
            window.press(words)
        assert re.search(rf"2026.*\.{ending}$", waiting.value.suggested_filename)


def test_r12_the_conditions_of_admission_say_at_their_place_what_is_missing(visit):
    draft = Application.objects.get(title="税法小课堂")
    window = visit("jinxin")
    window.open("approvals:application_part", draft.pk, "basis")
    window.page.get_by_label("①法律法规有明文规定的").uncheck()
    window.press("保存并继续")
    group = window.page.get_by_role("group", name="准入条件和文件依据")
    expect(group).to_contain_text("错误：选择准入条件，至少一项")
    summary = window.page.locator("[data-error-summary]")
    summary.get_by_role("link", name="选择准入条件，至少一项").click()
    expect(window.page.get_by_label("①法律法规有明文规定的")).to_be_focused()


def test_an_administrator_finds_the_master_data_and_its_history(visit):
    window = visit("yaoyuan")  # the first page is 系统管理
    content = window.page.locator("#content")
    for words in ("单位", "人员", "政策参数"):
        expect(content.get_by_role("link", name=words, exact=True)).to_be_visible()
    assert "进校园申请" not in content.inner_text()  # no door to what a workflow moves
    content.get_by_role("link", name="人员", exact=True).click()
    window.page.locator("#result_list tbody a").first.click()
    window.page.get_by_role("link", name="历史").click()
    expect(window.page).to_have_url(re.compile("/history/$"))
