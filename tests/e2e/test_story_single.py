"""一事一审, 即时突发 and 免申报: what the yearly list has not, from the first click to the public page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from approvals.models import Application
from approvals.states import State
from whitelist.models import Entry

from .paperwork import (
    act,
    appraise,
    begin,
    catalogue,
    chose,
    claimed,
    day,
    fill_page,
    fits,
    hand_in,
    promise,
    release,
    sum_up,
    take,
    ticked,
    wrote,
)
from .walker import PHONE

pytestmark = pytest.mark.browser
SINGLE = "冰雪天气出行安全提示"
URGENT = "水库放水期间避险提示"
EXEMPT = "创建全国文明城市公益广告展播"
SCOPE = "三 学校、年级和日期"
MEETING = {"会议纪要文号": "云教领纪〔2026〕10号"}
FILING = {"备案文号": "江教备〔2026〕41号"}


def basis(title: str, criterion: str, why: str) -> tuple[Any, ...]:
    return (
        wrote("活动名称", title),
        chose("类别", "专项任务"),
        wrote(why, "市里十一月下旬临时部署，等不到下一次年度申报。"),
        claimed(criterion, "关于做好安全防范工作的通知", "江安委[2026]第21号"),
        chose("学期", "秋季学期"),
    )


CONTENT = (
    wrote("活动内容", "班主任在班会上播放三分钟短片，发一页提示单。"),
    wrote("预期效果", "学生知道放学路上避险要求。"),
    chose("融合方式", "班团队会"),
)
CONDUCT = (
    chose("开展方式", "专项进校"),
    wrote("组织方式", "交巡警到校在班会上讲十分钟，不停课，不要求留痕。"),
    wrote("每班占用课时", "0"),
    wrote("需教师人数", "0"),
    *(chose(question, "否") for question in ("是否收费", "是否考核", "是否要求")),
)


def where(starts: int) -> tuple[Any, ...]:
    return (
        ticked("小学"),
        wrote("参与学生人数", "800"),
        wrote("开始日期", day(starts)),
        wrote("结束日期", day(starts + 9)),
        wrote("开展频次", "每校 1 次"),
    )


def write(window: Any, title: str, criterion: str, why: str, *, scope: Any, kind: str) -> None:
    """The five pages, from the first to 核对."""
    window.press("一 活动名称和政策依据")
    fill_page(window, "一 活动名称和政策依据", *basis(title, criterion, why))
    fill_page(window, "二 内容和育人价值", *CONTENT)
    fill_page(window, SCOPE, *scope)
    fill_page(window, "四 课时、教师人数和组织方式", *CONDUCT)
    plan = wrote("活动实施方案", "每天一所学校，两名交巡警到校。\n上午第一节班会课开展。")
    promise(window, "五 活动实施方案、附件和承诺", plan, kind=kind)


def too_soon(window: Any) -> None:
    """By a day: saving says by how much, until when, and what else there is; one field mends it."""
    fill_page(window, SCOPE, *where(13))
    expect(window.page).to_have_title(re.compile("^错误："))
    assert f"开始日期距申报 13 天，少于一事一审要求的 14 天。请改为{day(14)}或以后" in window.reads()
    window.fill("开始日期", day(14))


def test_one_matter_by_itself_walks_with_its_plan_inside(demo, walker):
    applicant = walker("luoyiming")
    application = begin(applicant, "活动进校园，一事一审")
    write(applicant, SINGLE, "②", "未列入年度计划的原因", scope=[too_soon], kind="活动实施方案")
    hand_in(applicant, application)
    assert application.state == State.SUBMITTED

    office = walker("fengxiaodong")
    appraise(walker, office, application)
    sum_up(office, application)
    reviewer = walker("limin")
    act(reviewer, application, "同意，报领导小组")
    assert reviewer.clicks <= 2  # the words stand there already (F6)
    act(walker("songguoqiang"), application, "审批同意", 审批日期=day(0), **MEETING)
    act(office, application, "登记备案", 备案日期=day(0), **FILING)
    assert application.state == State.FILED

    applicant.go(application)
    assert "批准内容" in applicant.reads()
    assert "上午第一节班会课开展" in applicant.reads()  # the plan is part of what was approved (R53)
    slip = applicant.page.request.get(f"{applicant.origin}/approvals/{application.pk}/paper/flow/pdf/")
    assert slip.body().startswith(b"%PDF")
    release(walker, office, "云教领〔2026〕13号", SINGLE)
    visitor = walker(viewport=PHONE)
    visitor.go(Entry.objects.get(application=application))
    assert SINGLE in visitor.reads()
    fits(visitor)


def test_the_urgent_needs_no_panel_and_the_exempt_no_approval(demo, walker):
    water = walker("pengtao")
    urgent = begin(water, "活动进校园，即时突发")
    write(water, URGENT, "④", "紧急情况说明", scope=where(2), kind="依据文件")
    hand_in(water, urgent)
    assert urgent.state == State.APPRAISED  # before the first reviewer at once

    reviewer = walker("limin")
    act(reviewer, urgent, "同意，报领导小组", "情况紧急，拟同意，从严控制时长。")
    leader = walker("tanglihua", viewport=PHONE)
    leader.from_desk(URGENT)
    fits(leader)
    assert "情况紧急，拟同意" in leader.reads()
    leader.press("办理")
    take(leader, urgent, "审批同意", 审批日期=day(0), **MEETING)
    assert leader.clicks <= 3
    office = walker("fengxiaodong")
    act(office, urgent, "登记备案", 备案日期=day(0), **FILING)

    exempt = register(walker, office)
    release(walker, office, "云教领〔2026〕14号", URGENT)
    catalogue(office, EXEMPT)
    for row in (urgent, exempt):
        row.refresh_from_db()
        assert row.state == State.PUBLISHED
    visitor = walker()
    visitor.open("whitelist:public_district", "yunling")
    listed = visitor.reads()
    assert listed.index(URGENT) < listed.index("免申报登记的事项") < listed.index(EXEMPT)  # listed apart


def register(walker: Any, office: Any) -> Application:
    """Three pages and one step: registered, not approved, and still counted (R42)."""
    clerk = walker("duruofei")
    application = begin(clerk, "活动进校园，免申报")
    clerk.press("一 活动名称和免申报依据")
    fill_page(
        clerk,
        "一 活动名称和免申报依据",
        wrote("活动名称", EXEMPT),
        chose("免申报情形", "创建全国文明城市等政府中心工作"),
        chose("类别", "城市创优评先"),
        claimed("②", "创建全国文明城市工作方案", "云委办〔2026〕2号"),
        chose("学期", "秋季学期"),
    )
    fill_page(
        clerk,
        "二 内容、学校和日期",
        wrote("活动内容", "在校门口电子屏展播公益广告，内容由文明办提供。"),
        ticked("小学"),
        wrote("开始日期", day(10)),
        wrote("结束日期", day(30)),
        wrote("开展频次", "每校 1 次"),
        chose("开展方式", "提供资源，由学校自主开展"),
        wrote("每班占用课时", "0"),
        wrote("需教师人数", "0"),
    )
    promise(clerk, "三 附件和承诺")
    hand_in(clerk, application)
    assert application.state == State.REPORTED
    assert clerk.clicks <= 20
    act(office, application, "登记为免申报")
    assert application.state == State.FILED
    return application
