"""What the documents say, and that both writers take them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from approvals import services
from approvals.exports import Case, Paper, document_of, papers
from approvals.models import Application
from approvals.states import State
from jianfu.kernel import dates
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.official import render_docx, render_pdf
from jianfu.organisations.states import Role
from tests.approvals.exports.reading import said, text_of
from tests.approvals.factories import application_at, draft, experts, give_opinions, step
from tests.kernel.documents.official.samples import docx_text, pdf_pages, squeezed


def approved(world, **data):
    """Approved with words of the leader's, and whatever else the step registers."""
    application = step(step(step(draft(world), "submit", world), "conclude", world), "pass_review", world)
    meeting = {"decided_on": dates.today(), "meeting_number": "云教领纪要〔2026〕3号", **data}
    leader = world.user(Role.LEADER)
    return services.perform(
        application=application, name="approve", by=leader, note="同意，优先安排乡镇学校", data=meeting
    )


def test_the_reply_answers_the_department_in_the_name_of_the_leading_group(world):
    application = approved(world)
    document = document_of(Case(application, world.user(Role.APPLICANT)), Paper.REPLY)
    assert document.issuer == "区委教育工作领导小组文件"
    assert document.title == "区委教育工作领导小组关于同意开展“消防安全应急疏散演练”进校园活动的批复"
    assert document.recipient_line == "区消防救援支队："
    assert document.units == ("区委教育工作领导小组",)
    assert document.dated == dates.today()
    text = said(document)
    assert "经专家论证、区教委初审，区委教育工作领导小组" in text
    assert "审批同意（云教领纪要〔2026〕3号），现批复如下：" in text
    assert "审批意见：同意，优先安排乡镇学校" in text
    assert "超出批准内容的，学校有权拒绝" in text
    assert "范围为全区小学，每校 1 次" in text
    assert "承诺" not in text


def test_the_reply_says_how_it_may_be_done(world):
    text = text_of(
        approved(world, delivery="resources", integration=["after_school", "subject"]),
        world.user(Role.LEADER),
        Paper.REPLY,
    )
    assert "由你单位提供资源和指导，学校自主开展" in text
    assert "融入学科教学、课后服务开展，不另行占用课时" in text
    plain = text_of(approved(world), world.user(Role.LEADER), Paper.REPLY)
    assert "由你单位提供资源" not in plain
    assert "融入综合实践活动开展" in plain


def test_the_reply_names_what_was_merged_into_it_and_whom_to_copy(world):
    other = draft(world, title="消防器材展示")
    other = step(other, "submit", world)
    application = step(draft(world), "submit", world)
    services.perform(
        application=other,
        name="merge",
        by=world.user(Role.PUBLICATION_CLERK),
        note="主题相同",
        data={"into": application},
    )
    application.joint_organisations.add(world.place("other_department"))
    for name in ("conclude", "pass_review", "approve"):
        application = step(application, name, world)
    document = document_of(Case(application, world.user(Role.LEADER)), Paper.REPLY)
    other.refresh_from_db()
    assert f"区消防救援支队“消防器材展示”（{other.number}）" in said(document)
    assert document.copies == ("区公安分局", "云岭区教育委员会")


def test_quotation_marks_inside_a_title_become_single_ones(world):
    application = application_at(State.APPROVED, world, title="“小手拉大手”进校园")
    document = document_of(Case(application, world.user(Role.LEADER)), Paper.REPLY)
    assert document.title.endswith("关于同意开展“‘小手拉大手’进校园”活动的批复")


def test_the_report_upward_names_who_signs_and_every_step(world):
    application = application_at(State.APPROVED, world)
    document = document_of(Case(application, world.user(Role.PUBLICATION_CLERK)), Paper.FILING)
    assert document.recipient_line == "市委教育工作领导小组："
    assert document.signer == world.user(Role.LEADER).person.name
    assert document.dated is None
    day = chinese_date(dates.today())
    text = said(document)
    for words in (f"{day}，专家委员会论证，结论为“同意”。", f"{day}，区教委初审同意。", "请予备案"):
        assert words in text
    assert f"〔{dates.today().year}〕" in document.number_line
    assert "中华人民共和国消防法" in text


def test_the_flow_sheet_has_every_step_in_order_with_its_words(world):
    application = application_at(State.RETURNED, world)
    application = step(application, "submit", world)
    application = step(step(application, "conclude", world), "pass_review", world, note="拟同意，控制次数")
    case = Case(application, world.user(Role.LEADER))
    table = document_of(case, Paper.FLOW).body[1]
    assert [row[2] for row in table.rows] == [
        *("提交申请", "退回补正", "提交申请", "汇总论证意见，送初审", "同意，报领导小组")
    ]
    assert [row[0] for row in table.rows] == ["1", "2", "3", "4", "5"]
    assert table.rows[1][6] == "请补方案"
    assert table.rows[4][6] == "拟同意，控制次数"
    assert all(row[5].isdigit() for row in table.rows)


def test_the_panel_sheet_has_one_opinion_the_members_and_the_single_sheets(world):
    application = step(draft(world), "submit", world)
    give_opinions(application, world)
    panel = experts(world)
    application = services.perform(
        application=application,
        name="conclude",
        by=world.user(Role.PUBLICATION_CLERK),
        note="专家组认为可行",
        data={"conclusion": "agree_amended", "head": panel[0].person, "met_on": dates.today()},
    )
    document = document_of(Case(application, world.user(Role.FIRST_REVIEWER)), Paper.PANEL)
    text = said(document)
    assert "专家组认为可行" in text
    assert "修改后同意" in text
    assert "组长签字：" in text
    assert all(f"{user.person.name}（" in text for user in panel)
    assert len(document.annexes) == 3
    assert {annex.title for annex in document.annexes} == {
        f"专家个人论证意见（{user.person.name}）" for user in panel
    }
    assert text.count("育人价值") == 3


def test_the_return_notice_says_why_what_to_mend_and_until_when(world):
    application = step(draft(world), "submit", world)
    application = services.perform(
        application=application,
        name="return_",
        by=world.user(Role.PUBLICATION_CLERK),
        note="方案里没有日程。",
        data={"grounds": ["plan", "safety"]},
    )
    document = document_of(Case(application, world.user(Role.APPLICANT)), Paper.RETURN)
    text = said(document)
    assert document.units == ("区委教育工作领导小组办公室",)
    assert "活动实施方案不完整。" in text
    assert "方案里没有日程。" in text
    assert "补充活动实施方案，写明日程、地点和人员分工。" in text
    assert "补充安全责任和应急预案。" in text
    assert "补充准入条件" not in text
    assert f"在{chinese_date(application.due_on)}前在“我的申请”中重新提交" in text


def test_a_return_notice_of_an_older_version_names_that_version_and_no_old_limit(world):
    application = step(application_at(State.RETURNED, world), "submit", world)
    text = text_of(application, world.user(Role.APPLICANT), Paper.RETURN)
    assert "你单位第1次报送的“消防安全应急疏散演练”进校园活动申请" in text
    assert "修改后在“我的申请”中重新提交" in text


def test_the_refusal_gives_the_reasons(world):
    application = application_at(State.REJECTED, world)
    document = document_of(Case(application, world.user(Role.APPLICANT)), Paper.REFUSAL)
    text = said(document)
    assert "与课程重复" in text
    assert "不予通过" in document.title
    assert document.units == ("云岭区教育委员会",)
    assert "023-55550000" in text


@pytest.mark.parametrize("state", [State.APPROVED, State.RETURNED, State.REJECTED])
def test_both_writers_take_every_document(world, state):
    application = application_at(state, world, title="<b>“禁毒”\x0b宣讲</b>", content="一\n二" * 300)
    case = Case(application, world.user(Role.PUBLICATION_CLERK))
    for paper in papers(case):
        document = document_of(case, paper)
        for text in ("".join(pdf_pages(render_pdf(document))), docx_text(render_docx(document))):
            assert "禁毒" in text
            assert squeezed(application.organisation.name) in text


def test_as_many_questions_for_many_steps_as_for_one(world):
    """The flow sheet of a matter that went round three times asks no more than that of a new one."""
    once = step(draft(world), "submit", world)
    often = draft(world)
    for _ in range(3):
        often = step(often, "submit", world)
        often = step(often, "return_", world, note="请补")
    counts, leader = [], world.user(Role.LEADER)
    assert not leader.has(Role.APPLICANT)
    for application in (once, often):
        fresh = Application.objects.for_list().get(pk=application.pk)
        with CaptureQueriesContext(connection) as found:
            document_of(Case(fresh, leader), Paper.FLOW)
        counts.append(len(found))
    # What was handed in, the steps with their people, and whether the reader owes a sheet.
    assert counts == [3, 3]
