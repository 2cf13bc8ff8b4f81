"""The panel of experts: shared out, entered by a link, argued on a phone, recused, replaced, one opinion."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from approvals.models import Application, Assignment, ExpertLink
from approvals.states import State

from .walker import PHONE

pytestmark = pytest.mark.browser
WORDS = "专家组认为主题贴近学生，建议控制在一课时内。"


def still_open() -> Application:
    """An application at 专家论证 of which nobody has handed in a sheet yet."""
    rows = Application.objects.filter(state=State.SUBMITTED)
    return rows.exclude(assignments__opinion__submitted_at__isnull=False).order_by("pk").first()


def share_out(office: Any, application: Application) -> None:
    office.open("approvals:expert_list")
    office.press("分配专家")
    office.fill("每项专家数", "7")
    office.press("重新分配")
    row = office.page.get_by_role("row", name=application.title)
    expect(row.get_by_role("checkbox", checked=True).first).to_be_visible()
    office.press("按勾选的指派专家")
    expect(office.page.get_by_role("status").get_by_text("人次")).to_be_visible()
    assert application.assignments.counting().count() >= 5


def slip_for(office: Any, expert: Any) -> str:
    """The address on the slip, as the office would send it."""
    office.open("approvals:expert_list")
    office.page.get_by_role("row", name=expert.name).get_by_role("button").click()
    expect(office.page.get_by_role("heading", level=1)).to_contain_text("论证链接")
    return urlsplit(office.page.locator(".slip-address").inner_text()).path


def enter(phone: Any, path: str) -> None:
    phone.page.goto(phone.origin + path)
    phone.page.goto(phone.origin + path)  # looking twice uses nothing up
    phone.page.locator("main").get_by_role("button").click()
    expect(phone.page.get_by_role("heading", name="待论证")).to_be_visible()


def argue(window: Any, application: Application) -> None:
    window.press(application.title)
    for row in window.page.locator(".judge-row").all():
        row.get_by_label("同意", exact=True).check()
    note = window.page.locator(".judge-row").first.get_by_role("textbox")
    expect(note).to_be_hidden()  # nothing to explain where all is agreed to
    window.page.locator(".judge-row").first.get_by_label("有条件同意").check()
    note.fill("主题再具体些")
    window.choose("论证结论", "同意")
    window.fill("论证意见", "贴近学生，同意。")
    window.press("提交并下一项")
    expect(window.page.get_by_role("status").get_by_text("已提交")).to_be_visible()


def step_aside(window: Any, application: Application) -> None:
    window.press(application.title)
    window.press("申请回避")
    window.fill("回避原因", "与申报单位有合作")
    window.press("办理回避")
    expect(window.page.get_by_role("status").get_by_text("已回避")).to_be_visible()
    assert window.page.get_by_role("link", name=application.title).count() == 0


def test_a_panel_from_sharing_out_to_its_one_opinion(demo, walker):
    application = still_open()
    office = walker("fengxiaodong")
    share_out(office, application)
    sitting = [row.expert for row in application.assignments.counting().select_related("expert")]

    for expert in sitting[:3]:
        phone = walker(viewport=PHONE)
        enter(phone, slip_for(office, expert))
        argue(phone, application)
    assert ExpertLink.objects.filter(used_at__isnull=False).count() == 3

    leaving = walker(viewport=PHONE)
    enter(leaving, slip_for(office, sitting[3]))
    step_aside(leaving, application)
    replace(office, application)

    office.go(application)
    office.press("汇总论证意见，送初审")
    assert "贴近学生，同意。" in office.page.locator("textarea[name=note]").input_value()
    office.page.locator("textarea[name=note]").fill(WORDS)
    office.choose("论证结论", "修改后同意")
    office.field("组长").select_option(index=1)
    office.press("定稿，送区教委初审")
    expect(office.page.get_by_role("status").get_by_text("已汇总")).to_be_visible()
    application.refresh_from_db()
    assert application.state == State.APPRAISED
    office.go(application)
    assert WORDS in office.reads()


def replace(office: Any, application: Application) -> None:
    before = set(application.assignments.counting().values_list("expert_id", flat=True))
    office.go(application)
    assert "已回避：与申报单位有合作" in office.reads()
    office.press("换一位")
    button = office.page.locator("button[name=instead]")
    if button.count():  # somebody is left who may be asked
        button.click()
        expect(office.page.get_by_role("status").get_by_text("已请 1 位专家")).to_be_visible()
        now = set(application.assignments.counting().values_list("expert_id", flat=True))
        assert len(now - before) == 1
        office.go(application)
        assert "换一位" not in office.reads()  # nobody is to look for a second one
    assert Assignment.objects.filter(application=application, recused_at__isnull=False).count() == 1
