"""The flows of ux.md §6 as clicks, counted from the person's 工作台; typing is not counted. More fails."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from approvals.models import Application, Assignment
from approvals.states import Road, State
from jianfu.kernel import dates
from jianfu.organisations.models import User
from ledger.models import LedgerRow, Secondment
from ledger.states import RowState

pytestmark = pytest.mark.browser


def test_f1_one_row_of_the_ledger_takes_two_clicks(visit):
    window = visit("chensiyu")
    window.press("第 7 项：合理安排街道社区事务（2026年）")
    window.page.get_by_label("第 1 行名称").fill("学校依规参与社区共建")
    window.page.get_by_label("第 1 行数量").fill("4次")
    window.press("报送")
    expect(window.page.get_by_role("status").get_by_text("已报送台账汇总人")).to_be_visible()
    assert LedgerRow.objects.get(ledger__year=2026, number=7).state == RowState.SUBMITTED
    assert window.clicks <= 2


def test_f1_last_years_words_take_one_more(visit):
    window = visit("chensiyu")
    window.press("第 11 项：规范教育统计和调研工作，落实报请审批备案制度（2026年）")
    window.press("复制上年")
    assert window.page.get_by_label("第 1 行名称").input_value()
    window.press("报送")
    expect(window.page.get_by_role("status").get_by_text("已报送台账汇总人")).to_be_visible()
    assert window.clicks <= 3


def test_f4_a_returned_application_is_mended_in_four(visit):
    application = Application.objects.get(state=State.RETURNED)
    window = visit(User.objects.get(person=application.handler).username)
    window.press(application.title)
    window.press("二 内容和育人价值")
    window.fill("预期效果", "家长能说出三条沟通办法。")
    window.press("保存并继续")
    window.press("提交申请")
    expect(window.page.get_by_role("heading", name="申请已提交")).to_be_visible()
    assert window.clicks <= 4


def test_f5_an_opinion_takes_eight_clicks(visit):
    sheet = Assignment.objects.filter(application__state=State.SUBMITTED, opinion__isnull=True).first()
    window = visit(User.objects.get(person=sheet.expert).username)
    window.press(sheet.application.title)
    window.press("其余要点选“同意”")
    expect(window.page.locator(".judge-row input:checked")).to_have_count(9)
    window.choose("论证结论", "同意")
    window.fill("论证意见", "贴近生活，用时短，同意。")
    window.press("提交并下一项")
    sheet.refresh_from_db()
    assert sheet.opinion.submitted_at
    assert window.clicks <= 8


def test_f6_a_first_review_takes_three(visit):
    application = Application.objects.get(title="交通安全体验课")
    window = visit("limin")
    window.press(application.title)
    expect(window.page.get_by_role("button", name="同意，报领导小组")).to_be_in_viewport()
    window.press("拟同意，请控制课时。")
    window.press("同意，报领导小组")
    expect(window.page.get_by_role("status").get_by_text("已办理")).to_be_visible()
    application.refresh_from_db()
    assert application.state == State.REVIEWED
    assert window.clicks <= 3


def test_f8_a_release_takes_three(visit):
    window = visit("fengxiaodong")
    window.open("whitelist:register")
    waiting = list(Application.objects.filter(state=State.FILED).exclude(road=Road.CAMPUS_EXEMPT))
    window.press(f"准备公布白名单（{len(waiting)} 项）")
    window.press("保存并预览")
    window.press("送领导小组签发")
    assert window.clicks <= 3
    named = window.page.get_by_role("heading", level=1).inner_text()
    leader = visit("songguoqiang")
    leader.from_desk(named)
    leader.press("签发")
    assert leader.clicks <= 2
    window.from_desk(named)
    window.press("公布这一版")
    expect(window.page.get_by_role("status").get_by_text("公众可见")).to_be_visible()
    assert waiting
    for application in waiting:
        application.refresh_from_db()
        assert application.state == State.PUBLISHED
    assert window.clicks <= 5


def test_f11_a_borrowed_teacher_takes_six_fields(visit):
    window, before = visit("zhengkun"), Secondment.objects.count()
    window.open("ledger:secondment_add")
    six = {
        "教师姓名": "夏堃",
        "借用单位": "区应急管理局",
        "工作事项": "冬季安全专班",
        "借用开始": dates.chinese_date(dates.today()),
        "审批单位": "中共云岭区委教育工作领导小组",
    }
    window.choose("原学校", "实验一小")
    for label, words in six.items():
        window.fill(label, words)
    window.press("保存借用记录")
    expect(window.page.get_by_role("heading", level=1)).to_contain_text("夏堃")
    saved: Any = Secondment.objects.order_by("pk").last()
    assert Secondment.objects.count() == before + 1
    assert saved.ends_on > saved.starts_on  # the last day of the half year, without asking
    assert window.clicks + len(six) <= 7


def test_f12_the_ledger_leaves_in_one_click(visit):
    window = visit("huanghaiyan")
    window.open("ledger:ledger_detail", 2026)
    with window.page.expect_download() as waiting:
        window.press("导出 Excel")
    assert waiting.value.suggested_filename.endswith(".xlsx")
    assert window.clicks == 1
