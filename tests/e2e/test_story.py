"""The main job from end to end, each person at a browser of their own (points 2 to 5 of the issue).

One application walks from 新建 to the public page; one row of the ledger from 待填 to the locked and exported
form; one borrowed teacher from 登记 to row 13. The README's pictures are taken on the way.
"""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from approvals.models import Application
from approvals.states import State
from jianfu.kernel import dates
from jianfu.organisations.selectors import work_calendar
from whitelist.models import Entry

pytestmark = pytest.mark.browser
PASSWORD = json.loads((Path(settings.BASE_DIR) / "fixtures/demo/people.json").read_text("utf-8"))["password"]
TITLE = "冬季居家消防安全微课堂"


def enter(walker: Any, username: str) -> Any:
    """A window of that person, signed in and on their 工作台 or 我的申请."""
    window = walker()
    window.sign_in(username, PASSWORD)
    window.page.wait_for_url(lambda url: "sign-in" not in url)
    return window


# --- the road to the whitelist -----------------------------------------------------------------------------


def apply(window: Any) -> Application:
    """新建申请: five parts, one file, 核对, 提交."""
    page = window.page
    window.open("approvals:application_mine")
    window.press("新建申请")
    draft = Application.objects.latest("pk")
    assert "已为您带出" in window.reads()

    window.open("approvals:application_part", draft.pk, "basis")
    page.get_by_label("活动名称").fill(TITLE)
    page.get_by_label("类别", exact=False).first.select_option(label="教育宣传")
    page.get_by_label("①", exact=False).check()
    page.get_by_label("文件名称").first.fill("《中华人民共和国消防法》")
    page.get_by_label("条款", exact=False).first.fill("第六条")
    page.get_by_label("学期").select_option(label="全年")
    window.press("保存并继续")

    page.get_by_label("活动内容").fill("消防员用短片讲解冬季取暖用电常识，学生回家与家长一起查隐患。")
    page.get_by_label("预期效果").fill("学生能说出三处家庭火灾隐患。")
    page.get_by_label("融合方式").select_option(label="班团队会")
    window.press("保存并继续")

    starts = dates.today() + timedelta(days=30)
    page.get_by_label("小学", exact=True).check()
    page.get_by_label("实施学校").fill("全区小学")
    page.get_by_label("参与学生人数").fill("１２００人")
    page.get_by_label("开始日期").fill(dates.chinese_date(starts))
    page.get_by_label("结束日期").fill((starts + timedelta(days=10)).strftime("%Y.%m.%d"))
    page.get_by_label("开展频次").fill("每校 1 次")
    window.press("保存并继续")

    page.get_by_label("开展方式").select_option(label="专项进校")
    page.get_by_label("组织方式").fill("利用班会课播放短片，不停课，不要求拍照。")
    page.get_by_label("每班占用课时").fill("0.5")
    page.get_by_label("需教师人数").fill("0")
    for question in ("是否收费", "是否考核", "是否要求"):
        page.get_by_role("group", name=question).get_by_label("否", exact=True).check()
    window.press("保存并继续")

    page.locator("input[type=file]").set_input_files(
        {"name": "实施方案.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n" + b" " * 200}
    )
    window.press("上传")
    expect(page.get_by_role("link", name="实施方案.pdf")).to_be_visible()
    page.get_by_role("checkbox").last.check()
    window.press("保存并继续")

    window.open("approvals:application_check", draft.pk)
    window.press("提交申请")
    draft.refresh_from_db()
    assert draft.state == State.SUBMITTED
    assert draft.number in window.reads()
    return draft


def act(window: Any, application: Application, button: str, words: str, **fields: str) -> None:
    """One step on the application's page, with its opinion and what else it asks."""
    window.open("approvals:application_detail", application.pk)
    for label, value in fields.items():
        field = window.page.get_by_label(label, exact=False).first
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)
    if words:
        window.page.locator("textarea[name=note]").fill(words)
    window.press(button)
    application.refresh_from_db()


def give_opinions(walker: Any, office: Any, application: Application) -> None:
    """Three experts are asked; each sees only their own sheet until it is in."""
    window = office
    window.open("approvals:expert_choose", application.pk)
    boxes = window.page.locator("input[name=expert]:enabled")
    for place in range(3):
        boxes.nth(place).check()
    window.press("请所选专家论证")
    for assignment in application.assignments.filter(content_version=application.content_version):
        expert = enter(walker, assignment.expert.accounts.first().username)
        expert.page.goto(expert.origin + assignment.get_absolute_url())
        assert "其他专家" not in expert.reads() or "提交后" in expert.reads()
        for row in expert.page.locator(".judge-row").all():
            row.get_by_label("同意", exact=True).check()
        expert.page.get_by_label("结论", exact=False).first.select_option(label="同意")
        expert.page.locator("textarea[name=comment]").fill("贴近生活，用时短，同意。")
        expert.press("提交并下一项")
        assignment.refresh_from_db()
        assert assignment.opinion.submitted_at


def test_an_application_walks_to_the_public_page(demo, walker):
    applicant = enter(walker, "maxiao")
    application = apply(applicant)

    office = enter(walker, "fengxiaodong")
    act(office, application, "退回补正", "请在活动内容里写明由谁讲解。")
    assert application.state == State.RETURNED

    applicant.open("approvals:application_form", application.pk)
    assert "写明由谁讲解" in applicant.reads()
    applicant.open("approvals:application_part", application.pk, "content")
    applicant.page.get_by_label("活动内容").fill(
        "消防救援支队宣传员用短片讲解冬季取暖用电常识，学生回家与家长一起查隐患。"
    )
    applicant.press("保存并继续")
    applicant.open("approvals:application_check", application.pk)
    applicant.press("提交申请")
    application.refresh_from_db()
    assert (application.state, application.content_version) == (State.SUBMITTED, 2)

    give_opinions(walker, office, application)
    act(office, application, "汇总论证意见，送初审", "专家一致同意。", 论证结论="同意")
    assert application.state == State.APPRAISED

    reviewer = enter(walker, "limin")
    reviewer.picture("desk")
    reviewer.open("approvals:application_detail", application.pk)
    reviewer.picture("application")
    act(reviewer, application, "同意，报领导小组", "拟同意。")
    assert application.state == State.REVIEWED

    today = dates.chinese_date(dates.today())
    act(
        enter(walker, "songguoqiang"),
        application,
        "审批同意",
        "同意。",
        审批日期=today,
        会议纪要文号="云教领会纪〔2026〕9号",
    )
    assert application.state == State.APPROVED
    act(office, application, "登记备案", "", 备案文号="渝委教备〔2026〕31号", 备案日期=today)
    assert application.state == State.FILED

    visitor = walker()
    visitor.open("whitelist:public_district", "yunling")
    assert TITLE not in visitor.reads()
    office.open("whitelist:release_form")
    office.page.get_by_label("公布文号").fill("云教领〔2026〕12号")
    office.press("保存并预览")
    office.page.get_by_role("button", name="公布").first.click()
    application.refresh_from_db()
    assert application.state == State.PUBLISHED

    visitor.open("whitelist:public_district", "yunling")
    visitor.page.get_by_label("查找").fill("冬季")
    visitor.press("查询")
    visitor.press(TITLE)
    assert "消防救援支队" in visitor.reads()
    assert "马骁" not in visitor.page.content()
    assert Entry.objects.get(application=application).number in visitor.page.url


def test_refused_and_withdrawn_with_their_reasons(demo, walker):
    reviewer = enter(walker, "limin")
    waiting = Application.objects.filter(state=State.APPRAISED).order_by("pk")
    first, second = waiting[0], waiting[1]
    act(reviewer, first, "不予通过", "")
    assert first.state == State.APPRAISED  # a reason is asked for, nothing is lost
    assert "错误" in reviewer.page.title()
    act(reviewer, first, "不予通过", "本年度次数已超过清单规定次数。")
    assert first.state == State.REJECTED

    applicant = enter(walker, second.handler.accounts.first().username)
    applicant.open("approvals:application_withdraw", second.pk)
    applicant.page.locator("textarea[name=note]").fill("今年不办了。")
    applicant.page.locator("main form button[type=submit]").first.click()
    second.refresh_from_db()
    assert second.state == State.WITHDRAWN
    applicant.open("approvals:application_detail", second.pk)
    assert "今年不办了" in applicant.reads()


# --- the ledger --------------------------------------------------------------------------------------------


def test_a_row_is_filled_returned_accepted_and_the_year_exported(demo, walker):
    clerk = enter(walker, "chensiyu")
    clerk.press("第 7 项：合理安排街道社区事务（2026年）")
    page = clerk.page
    page.get_by_label("名称").first.fill("谢绝街道安排教师参加社区网格巡查")
    page.get_by_label("类别").first.select_option(label="不符合要求而未开展")
    page.get_by_label("数量").first.fill("３ 次")
    clerk.press("报送")
    row = _row(7)
    assert row.state == "submitted"
    assert "谢绝街道安排教师参加社区网格巡查" in row.implementation

    office = enter(walker, "huanghaiyan")
    office.page.goto(office.origin + row.get_absolute_url())
    office.page.locator("[name=note]").fill("请补充涉及的街道。")
    office.press("退回")
    row.refresh_from_db()
    assert row.state == "returned"
    page.goto(clerk.origin + row.get_absolute_url())
    assert "请补充涉及的街道" in clerk.reads()
    page.get_by_label("成效").first.fill("涉及青溪街道，学校依法拒绝。")
    clerk.press("报送")
    office.page.goto(office.origin + row.get_absolute_url())
    office.press("审核通过")
    row.refresh_from_db()
    assert row.state == "accepted"

    office.open("ledger:ledger_detail", 2026)
    office.picture("ledger")
    with office.page.expect_download() as workbook:
        office.page.goto(office.origin + "/ledger/2026/") if False else office.page.get_by_role(
            "link", name="导出 Excel"
        ).click()
    book = load_workbook(workbook.value.path())
    sheet = book.active
    assert len(book.sheetnames) == 1
    words = "\n".join(str(cell.value) for cells in sheet.iter_rows() for cell in cells if cell.value)
    assert "谢绝街道安排教师参加社区网格巡查" in words
    assert [cell.value for cell in sheet[2]][:3] == ["序号", "事项", "重点任务"] or "序号" in words
    with office.page.expect_download() as paper:
        office.page.get_by_role("link", name="导出 PDF").click()
    pdf = PdfReader(io.BytesIO(Path(paper.value.path()).read_bytes()))
    assert "谢绝街道安排教师参加社区网格巡查" in "".join(p.extract_text() for p in pdf.pages).replace(
        "\n", ""
    )


def _row(number: int) -> Any:
    from ledger.models import LedgerRow

    return LedgerRow.objects.get(ledger__year=2026, ledger__district__code="yunling", number=number)


# --- borrowed teachers -------------------------------------------------------------------------------------


def test_a_borrowed_teacher_is_entered_once_and_counted_in_row_13(demo, walker):
    clerk = enter(walker, "zhengkun")
    before = _counted()
    clerk.open("ledger:secondment_add")
    page = clerk.page
    page.get_by_label("姓名").fill("夏堃")
    page.get_by_label("原学校").select_option(index=1)
    page.get_by_label("借用单位", exact=False).first.fill("区应急管理局")
    page.get_by_label("工作事项").fill("冬季安全专班")
    page.get_by_label("类别").select_option(label="专班")
    page.get_by_label("开始日期").fill(dates.chinese_date(dates.today()))
    page.get_by_label("审批单位").fill("中共云岭区委教育工作领导小组")
    clerk.press("保存")
    assert _counted() == before + 1

    page.goto(f"{clerk.origin}/ledger/secondments/?counted=2026")
    assert "夏堃" in clerk.reads()
    other = enter(walker, "limin")
    other.page.goto(f"{other.origin}/ledger/secondments/?counted=2026")
    assert "夏＊" in other.reads()
    assert "夏堃" not in other.page.content()
    assert work_calendar().is_workday(dates.today()) in {True, False}


def _counted() -> int:
    from jianfu.kernel.indicators import INDICATORS
    from jianfu.organisations.models import District

    return INDICATORS["I13a"].measure(District.objects.get(code="yunling"), 2026).value or 0
