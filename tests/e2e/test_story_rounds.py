"""Twenty applications decided in one meeting (F7): by mouse within ten clicks, and by keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from approvals import services
from approvals.facts import printed
from approvals.models import Application, Round
from approvals.states import Part, RoundState, State
from jianfu.kernel import dates
from jianfu.organisations.models import User
from tests.approvals.factories import BASES, answers

pytestmark = pytest.mark.browser
LONG = (
    "“安全护航·伴我成长”中小学生防震减灾、应急避险、消防疏散与自救互救知识宣传教育"
    "及实地演练进校园系列活动（第{}场）"
)
MINUTES = "云教领纪要[2026]第09号"
PASSED_ON = "拟同意，请控制时长。"
COMPOSED = """() => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", {key: "Enter", keyCode: 229, bubbles: true, cancelable: true})
)"""


def account(username: str) -> User:
    return User.objects.get(username=username)


def reviewed(number: int) -> Application:
    """Of the police, as it lies before the leading group: handed in, and passed on by the first review."""
    by = account("gaoxiang")
    title = LONG.format(number) if number % 5 == 0 else f"平安校园宣讲第{number}场"
    fields = answers(title=title, school_count=3, teacher_count=2)
    row = services.open_draft(by=by, organisation=by.person.organisation)
    row = services.save_draft(application=row, by=by, fields=fields, bases=BASES)
    number_ = f"JXY2026{number + 900:04d}"
    Application.objects.filter(pk=row.pk).update(state=State.REVIEWED, number=number_, content_version=1)
    now = dates.now()
    row.submissions.create(content_version=1, content=printed(row), submitted_at=now, submitted_by=by)
    row.steps.create(
        transition="pass_review", label="同意，报领导小组", part=Part.REVIEWER, source=State.APPRAISED,
        target=State.REVIEWED, content_version=1, person=account("limin").person, note=PASSED_ON,
        entered_at=now, at=now,
    )  # fmt: skip
    return Application.objects.get(pk=row.pk)


@pytest.fixture
def twenty(demo: None) -> Round:
    rows = [reviewed(number) for number in range(1, 21)]
    leader = account("songguoqiang")
    return services.open_round(by=leader, stage="approval", title="安全专题批次", applications=rows)


def line(window: Any, place: int) -> Any:
    return window.page.locator("[data-line]").nth(place)


def fill_meeting(window: Any) -> None:
    expect(window.page.get_by_role("heading", name="核对并生效")).to_be_visible()
    window.fill("会议纪要文号", MINUTES)


def outcome_of(round_: Round) -> list[str]:
    return list(round_.items.values_list("outcome", flat=True))


def test_twenty_are_decided_in_ten_clicks(twenty, walker):
    leader = walker("songguoqiang")
    leader.from_desk("安全专题批次")
    page = leader.page
    expect(page.locator("[data-line]")).to_have_count(20)
    page.get_by_label("全选").check()
    leader.press("统一标记")
    expect(page.get_by_text("已保存 20 项的拟定结果")).to_be_visible()
    for place, code, ground in ((2, "return", "活动实施方案不完整"), (6, "reject", "本年度次数")):
        line(leader, place).locator(f"label[for$='-{code}']").click()
        select = line(leader, place).locator(f".extra-{code} select")
        labels = select.locator("option").all_inner_texts()
        select.select_option(index=next(n for n, label in enumerate(labels) if ground in label))
        leader.clicks += 2
    line(leader, 9).locator("label[for$='-integrate']").click()
    leader.clicks += 1 + 1  # this one, and 全选
    expect(page.get_by_text("（3 项未保存）")).to_be_visible()
    expect(page.locator("[data-total=passing]")).to_have_text("18")
    leader.press("核对并生效")
    fill_meeting(leader)
    leader.press("全部生效")
    expect(page.get_by_text("已生效，各单位现在能看到结果")).to_be_visible()
    assert leader.clicks <= 11  # ten, after the one on the desk
    twenty.refresh_from_db()
    assert (twenty.state, twenty.meeting_number) == (RoundState.IN_FORCE, "云教领纪要〔2026〕9号")
    outcomes = outcome_of(twenty)
    assert (outcomes[2], outcomes[6], outcomes[9]) == ("return", "reject", "integrate")
    assert outcomes.count("pass") == 17
    notes = list(twenty.items.values_list("note", flat=True))
    assert notes[2] == "请补充完整的活动实施方案。"
    assert notes[0] == "同意。"
    paper = page.request.get(f"{leader.origin}/approvals/rounds/{twenty.pk}/paper/")
    assert paper.body().startswith(b"%PDF")


def test_twenty_are_decided_without_a_mouse(twenty, walker):
    leader = walker("songguoqiang")
    page = leader.go(twenty)
    press = page.keyboard.press
    press("j")
    expect(line(leader, 0)).to_have_class("line here")
    for place in range(20):
        press("1" if place != 4 else "4")
        if place == 4:  # a return asks for its ground at once; its words follow
            expect(line(leader, 4).locator(".extra-return select")).to_be_focused()
            press("ArrowDown")
            press("Enter")
            note = line(leader, 4).locator("input[name$='-note']")
            expect(note).to_have_value("请补充完整的活动实施方案。")
        press("ArrowDown" if place % 2 else "j")
    press("k")
    press("m")
    expect(line(leader, 18).locator("input[name$='-note']")).to_be_focused()
    page.keyboard.type("同意，从严控制次数。j1")
    # Enter of an input method takes the candidate, and does not leave the box.
    page.evaluate(COMPOSED)
    expect(line(leader, 18).locator("input[name$='-note']")).to_be_focused()
    press("Enter")
    press("Enter")
    expect(line(leader, 18).locator("tr.more")).to_be_visible()
    expect(line(leader, 18).get_by_text(PASSED_ON)).to_be_visible()
    press("Enter")
    expect(line(leader, 18).locator("tr.more")).to_be_hidden()
    press("x")
    expect(line(leader, 18).locator("input[name=chosen]")).to_be_checked()
    press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    press("Escape")
    press("Control+s")
    expect(page.get_by_text("已保存 20 项的拟定结果")).to_be_visible()
    outcomes = outcome_of(twenty)
    assert outcomes[4] == "return"
    assert outcomes.count("pass") == 19
    assert twenty.items.all()[18].note == "同意，从严控制次数。j1"
    page.get_by_role("button", name="核对并生效").focus()
    press("Enter")
    fill_meeting(leader)
    press("Enter")
    expect(page.get_by_text("已生效，各单位现在能看到结果")).to_be_visible()
    assert Application.objects.filter(round_items__round=twenty, state=State.APPROVED).count() == 19


def test_without_a_script_and_on_a_phone(twenty, walker, browser, live_server):
    phone = walker("songguoqiang", viewport={"width": 390, "height": 844})
    phone.go(twenty)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    line(phone, 0).locator("label[for$='-pass']").click()
    phone.page.locator(".round-foot button[value=save]").click()  # its words count what is not saved
    expect(phone.page.get_by_text("已保存 1 项的拟定结果")).to_be_visible()
    assert outcome_of(twenty)[0] == "pass"
    plain = browser.new_context(java_script_enabled=False, storage_state=phone.context.storage_state())
    page = plain.new_page()
    page.goto(live_server.url + twenty.get_absolute_url())
    item = twenty.items.all()[1]
    page.locator(f"label[for='line-{item.pk}-reject']").click()
    page.locator(f"select[name='line-{item.pk}-reject_ground']").select_option("over_limit")
    page.locator(f"a[href='#more-{item.pk}']").first.click()
    expect(page.locator(f"#more-{item.pk}")).to_be_visible()
    page.get_by_role("button", name="保存标记").last.click()
    item.refresh_from_db()
    assert (item.outcome, item.note) == ("reject", "本年度次数已超过清单规定次数。")
    plain.close()


def test_the_applicant_sees_nothing_before_it_is_in_force(twenty, walker):
    item = twenty.items.all()[0]
    leader = account("songguoqiang")
    services.mark(item=item, by=leader, marks={"outcome": "reject", "ground": "plan", "note": "内部的话"})
    applicant = walker("gaoxiang")
    applicant.go(item.application)
    assert "内部的话" not in applicant.page.content()
    assert "安全专题批次" not in applicant.page.content()
