"""After a listing: a department plans, the bureau agrees, a school says what became of a visit."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from whitelist.models import Activity, Visit
from whitelist.states import ActivityState, VisitKind

from .walker import PHONE

pytestmark = pytest.mark.browser
TITLE = "红领巾阅读推广与流动图书车进校园"


@pytest.mark.usefixtures("demo")
def test_from_the_plan_to_the_school_gate(walker: Any) -> None:
    unit = walker("shenjiahe")
    unit.open("whitelist:activity_new")
    unit.page.locator("tr", has_text=TITLE).get_by_role("button").click()
    unit.clicks += 1
    expect(unit.page.locator("main")).to_contain_text("已为您带出 6 项")
    unit.tick("人民路小学")
    unit.tick("青松路小学")
    unit.fill("日期", "1月5日")
    unit.fill("时间", "16:30-17:30")
    unit.press("排进场次表")
    expect(unit.page.locator("main")).to_contain_text("2 场，2 所学校")
    unit.press("保存，核对并报送")
    unit.press("报区教委核对")
    expect(unit.page.locator("main")).to_contain_text("现在是“区教委核对”")
    assert unit.clicks <= 6
    plan = Activity.objects.order_by("-pk").first()
    assert plan is not None
    assert plan.state == ActivityState.SUBMITTED

    bureau = walker("limin")
    bureau.from_desk(f"{TITLE}（2 场）")
    bureau.press("同意实施")
    expect(bureau.page.locator("main")).to_contain_text("现在是“同意实施”")
    assert bureau.clicks == 2

    gate = walker("wanjia", viewport=PHONE)
    expect(gate.page.get_by_role("heading", level=1)).to_have_text("今天进校")
    gate.press("已开展")
    expect(gate.page.locator("main")).to_contain_text("已登记")
    assert gate.clicks == 1
    assert Visit.objects.get(session__day="2026-11-23").kind == VisitKind.CONFIRMED
    gate.clicks = 0
    gate.press("改登记")
    gate.press("拒绝：没有出示批准文件")
    expect(gate.page.locator("main")).to_contain_text("学校已拒绝")
    assert gate.clicks == 2
    assert Visit.objects.get(session__day="2026-11-23").kind == VisitKind.REFUSED

    public = walker()
    public.open("whitelist:public_calendar", "yunling")
    expect(public.page.locator("main")).to_contain_text(TITLE)
