"""借用教师: asked for, consented to, approved, in the register by itself, renewed, and back at school."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from approvals.models import Application
from approvals.states import State
from jianfu.kernel import dates
from ledger.models import Secondment

from .paperwork import act, begin, chose, day, fill_page, fits, hand_in, promise, take, wrote
from .walker import PHONE

pytestmark = pytest.mark.browser
TASK = "区级应急预案修订专班"
TEACHER = "夏堃"
FIRST = timedelta(days=20)
LAST = timedelta(days=100)


def ask(clerk: Any) -> Application:
    """Three pages; whose teacher, until when, and who teaches the class meanwhile."""
    application = begin(clerk, "向学校要数据、借教师，借用教师")
    clerk.press("一 工作事项和期限")
    fill_page(
        clerk,
        "一 工作事项和期限",
        wrote("工作事项", TASK),
        chose("借用类别", "贯彻落实党和国家重大决策部署"),
        wrote("教师承担的工作", "参与校园部分的编写和校核。"),
        wrote("开始日期", day(FIRST.days)),
        wrote("结束日期", day(LAST.days)),
    )
    fill_page(
        clerk,
        "二 教师和原学校",
        wrote("教师姓名", TEACHER),
        chose("原学校", "实验一小"),
        wrote("学科", "科学"),
        chose("是否班主任", "否"),
        wrote("对教学的影响和安排", "由同年级两位教师分担。"),
    )
    promise(clerk, "三 附件和承诺")
    hand_in(clerk, application)
    assert application.state == State.ASKED
    return application


def consent(walker: Any, application: Application, number: str) -> None:
    """The school for itself and its teacher, the bureau, the committee; each takes it up from the desk."""
    school = walker("wanjia", viewport=PHONE)
    school.from_desk(TASK)
    fits(school)
    school.press("办理")
    take(school, application, "原学校和教师本人同意", 教师本人同意日期=day(0))
    assert school.clicks <= 3
    bureau = walker("zhoumingyuan")
    act(bureau, application, "区教委同意")
    assert bureau.clicks <= 2
    act(walker("yanzheng"), application, "批准借用", "同意。", 批准日期=day(0), 批准文号=number)
    assert application.state == State.LENT


def in_register(walker: Any) -> Any:
    """Who keeps the register finds the row there, typed by nobody."""
    keeper = walker("zhengkun")
    keeper.open("ledger:secondment_list", query="?q=" + TEACHER)
    keeper.press(TEACHER)
    return keeper


def answer_to(window: Any, application: Application) -> int:
    """The status of the application's page for this person."""
    return int(window.page.request.get(window.origin + application.get_absolute_url()).status)


def test_a_teacher_is_lent_renewed_and_comes_back(demo, walker, settings):
    clerk = walker("handong")
    application = ask(clerk)
    consent(walker, application, "云委批〔2026〕45号")
    keeper = in_register(walker)
    assert "云委批〔2026〕45号" in keeper.reads()
    assert TASK in keeper.reads()
    stranger = walker("maxiao")
    assert answer_to(stranger, application) == 404  # whose teacher goes where is nobody else's business

    renewed = renew(clerk, application, settings)
    consent(walker, renewed, "云委批〔2027〕3号")
    application.refresh_from_db()
    assert application.state == State.ENDED
    row = Secondment.objects.get(application=renewed)  # the same row, with a longer term
    assert row.ends_on == renewed.ends_on
    keeper.go(row)
    assert "云委批〔2027〕3号" in keeper.reads()

    settings.JIANFU_TODAY = date(2027, 3, 15)
    come_back(walker, renewed)
    keeper.go(row)
    assert "已返岗" in keeper.reads()
    clerk.go(renewed)
    assert "登记返岗" in clerk.reads()


def renew(clerk: Any, application: Application, settings: Any) -> Application:
    """Some weeks later: all is carried over but the last day; the cap of the whole chain is watched."""
    ended = application.ends_on
    settings.JIANFU_TODAY = date(2027, 2, 22)  # a Monday
    clerk.go(application)
    clerk.press("申请续借")
    expect(clerk.page.get_by_text("续借要重新审批")).to_be_visible()
    renewed = Application.objects.latest("pk")
    clerk.press("一 工作事项和期限")
    expect(clerk.field("开始日期")).to_have_value(dates.chinese_date(ended + timedelta(days=1)))
    clerk.fill("结束日期", dates.chinese_date(ended + timedelta(days=300)))
    clerk.press("保存并继续")
    assert "超过 6 个月" in clerk.reads()
    assert "累计不超过 12 个月" in clerk.reads()
    clerk.fill("结束日期", dates.chinese_date(ended + timedelta(days=60)))
    clerk.press("保存并继续")
    assert clerk.field("教师姓名").input_value() == TEACHER
    clerk.press("保存并继续")
    promise(clerk, "三 附件和承诺")
    hand_in(clerk, renewed)
    return renewed


def come_back(walker: Any, application: Application) -> None:
    """The school confirms the first day back; from the page, for nobody waits for it before the time."""
    assert answer_to(walker("gulin"), application) == 404  # another school
    school = walker("wanjia", viewport=PHONE)
    school.go(application)
    school.press("办理")
    take(school, application, "登记返岗", 返岗日期=day(0))
    assert application.state == State.ENDED
