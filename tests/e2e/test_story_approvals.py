"""The road to the whitelist in Chinese, each person at a browser of their own (point 4 of the issue)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from approvals.models import Application
from approvals.states import State
from jianfu.kernel import dates
from jianfu.organisations.models import User
from whitelist.models import Entry

from .paperwork import PLAN, act, appraise, begin, hand_in, release, sum_up
from .walker import PHONE

pytestmark = pytest.mark.browser
TITLE = "冬季居家消防安全微课堂"
LESSON = "用短片讲解冬季取暖用电常识，学生回家与家长一起查隐患。"


def fill_basis(window: Any) -> None:
    window.press("一 活动名称和政策依据")
    window.fill("活动名称", TITLE)
    window.choose("类别", "教育宣传")
    window.tick("①法律法规有明文规定的")
    window.fill("文件名称", "《中华人民共和国消防法》")
    window.fill("条款或说明", "第六条")
    window.choose("学期", "全年")
    window.press("保存并继续")


def fill_content(window: Any) -> None:
    expect(window.page.get_by_role("heading", name="二 内容和育人价值")).to_be_visible()
    window.fill("活动内容", LESSON)
    window.fill("预期效果", "学生能说出三处家庭火灾隐患。")
    window.choose("融合方式", "班团队会")
    window.press("保存并继续")


def fill_scope(window: Any) -> None:
    expect(window.page.get_by_role("heading", name="三 学校、年级和日期")).to_be_visible()
    starts = dates.today() + timedelta(days=30)
    window.tick("小学")
    window.fill("年级", "小学一至六年级")
    window.fill("参与学生人数", "１２００人")
    window.fill("开始日期", dates.chinese_date(starts))
    window.fill("结束日期", (starts + timedelta(days=10)).strftime("%Y.%m.%d"))
    window.fill("开展频次", "每校 1 次")
    window.fill("单次时长", "20")
    window.press("保存并继续")


def fill_conduct(window: Any) -> None:
    expect(window.page.get_by_role("heading", name="四 课时、教师人数和组织方式")).to_be_visible()
    window.choose("开展方式", "专项进校")
    window.fill("组织方式", "利用班会课播放短片，不停课，不要求拍照。")
    window.fill("每班占用课时", "0.5")
    window.fill("需教师人数", "0")
    window.fill("经费来源", "单位部门预算")
    for question in ("是否收费", "是否考核", "是否要求"):
        window.choose(question, "否")
    window.fill("安全责任与预案", "班主任在场，短片由消防救援支队审定。")
    window.press("保存并继续")


def fill_files(window: Any) -> None:
    expect(window.page.get_by_role("heading", name="五 附件和承诺")).to_be_visible()
    window.page.locator("input[type=file]").set_input_files(PLAN)
    window.press("上传附件")
    expect(window.page.get_by_role("link", name="实施方案.pdf")).to_be_visible()
    window.tick("本单位承诺")
    window.press("保存并继续")


def test_an_application_walks_to_the_public_page(demo, walker):
    applicant = walker("maxiao")
    application = begin(applicant, "活动进校园，年度")
    for fill in (fill_basis, fill_content, fill_scope, fill_conduct, fill_files):
        fill(applicant)
    hand_in(applicant, application)
    assert application.state == State.SUBMITTED

    office = walker("fengxiaodong")
    act(office, application, "退回补正", "请在活动内容里写明由谁讲解。")
    assert application.state == State.RETURNED
    mend(applicant, application)
    appraise(walker, office, application)
    sum_up(office, application)
    assert application.state == State.APPRAISED

    decide(walker, office, application)
    publish(walker, office, application)


def mend(window: Any, application: Application) -> None:
    """From the desk to the part that was criticised, with the reason above it."""
    window.from_desk(application.title)
    assert "写明由谁讲解" in window.reads()
    window.press("二 内容和育人价值")
    assert "写明由谁讲解" in window.reads()
    window.fill("活动内容", f"消防救援支队宣传员{LESSON}")
    window.press("保存并继续")
    hand_in(window, application)
    assert application.content_version == 2


def decide(walker: Any, office: Any, application: Application) -> None:
    reviewer = walker("limin")
    reviewer.picture("desk")
    act(reviewer, application, "同意，报领导小组", "拟同意。")
    assert application.state == State.REVIEWED
    today = dates.chinese_date(dates.today())
    leader = walker("songguoqiang")
    leader.from_desk(application.title)
    leader.picture("application")
    act(
        leader,
        application,
        "审批同意",
        "同意。",
        审批日期=today,
        会议纪要文号="云教领会纪〔2026〕9号",
    )
    assert application.state == State.APPROVED
    filing = {"备案机关": "江州市教委", "备案文号": "江教备〔2026〕31号", "备案日期": today}
    act(office, application, "登记备案", **filing)
    assert application.state == State.FILED


def publish(walker: Any, office: Any, application: Application) -> None:
    """The public page has it only after 公布, and without anybody's name."""
    visitor = walker()
    visitor.open("whitelist:public_district", "yunling")
    assert TITLE not in visitor.reads()
    release(walker, office, "云教领〔2026〕12号", TITLE)
    application.refresh_from_db()
    assert application.state == State.PUBLISHED

    visitor.open("whitelist:public_district", "yunling")
    visitor.picture("whitelist")
    visitor.page.get_by_role("searchbox").or_(visitor.page.locator("form[role=search] input")).first.fill(
        "冬季"
    )
    visitor.press("查询")
    visitor.press(TITLE)
    assert "消防救援支队" in visitor.reads()
    assert "马骁" not in visitor.page.content()

    guard = walker(viewport=PHONE)
    running = Entry.objects.get(number="BMD20260001")
    guard.open("gate:answer", running.verification_code)
    assert "有效，可以进校" in guard.reads()
    assert "批复" in guard.reads()
    guard.picture("gate")
    assert Entry.objects.get(application=application).number in visitor.page.url


def test_refused_and_withdrawn_with_their_reasons(demo, walker):
    reviewer = walker("limin")
    first, second = Application.objects.filter(state=State.APPRAISED).order_by("number")
    reviewer.from_desk(first.title)
    reviewer.page.locator("textarea[name=note]").fill("")
    reviewer.press("不予通过")
    expect(reviewer.page).to_have_title("错误：" + first.title + " - 减负台账")
    first.refresh_from_db()
    assert first.state == State.APPRAISED  # a reason is asked for first
    act(reviewer, first, "不予通过", "本年度次数已超过清单规定次数。")
    assert first.state == State.REJECTED

    applicant = walker(User.objects.get(person=second.handler).username)
    applicant.go(second)
    applicant.press("撤回")
    applicant.fill("撤回理由", "今年不办了。")
    applicant.press("撤回申请")
    second.refresh_from_db()
    assert second.state == State.WITHDRAWN
    applicant.go(second)
    assert "今年不办了" in applicant.reads()

    refused = walker(User.objects.get(person=first.handler).username)
    refused.go(first)
    assert "本年度次数已超过清单规定次数" in refused.reads()
    assert refused.page.get_by_role("button", name="撤回").count() == 0
