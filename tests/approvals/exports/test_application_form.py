"""申报审批表: each road has the boxes of its own road, filled by the steps that were taken."""

import pytest

from approvals.exports import Case, Paper, document_of
from approvals.states import Road, State
from jianfu.kernel import dates
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.official import Box, Form, render_docx, render_pdf
from jianfu.organisations.models import PolicyValue
from jianfu.organisations.states import Role
from tests.approvals.exports.reading import said
from tests.approvals.factories import application_at, step

OWN = "申报单位意见"
REVIEWED = ["区教委初审意见", "区委教育工作领导小组审批意见", "备案"]
OFFICES = ["党委办公室审核意见", "政府办公室审核意见"]
INSPECTED = ["区教委归口审核意见", *OFFICES, "区委审批意见", "清单公布和备案"]
# Road → title, boxes, and where it has come when all of them are filled.
EXPECTED = {
    Road.CAMPUS_ANNUAL: ("社会事务进校园活动申报审批表", ["专家论证意见", *REVIEWED], State.FILED),
    Road.CAMPUS_SINGLE: (
        "社会事务进校园活动申报审批表（一事一审）",
        ["专家论证意见", *REVIEWED],
        State.FILED,
    ),
    Road.CAMPUS_URGENT: ("社会事务进校园活动申报审批表（即时突发）", REVIEWED, State.FILED),
    Road.CAMPUS_EXEMPT: ("社会事务进校园免申报活动登记表", ["领导小组办公室登记意见"], State.FILED),
    Road.INSPECTION_PLAN: ("督查检查评比考核事项申报审批表（年度计划）", INSPECTED, State.RECORDED),
    Road.INSPECTION_SINGLE: ("督查检查评比考核事项申报审批表（一事一报）", INSPECTED, State.RECORDED),
    Road.SURVEY: ("面向学校和教师的统计调研审批表", ["区教委审核意见"], State.AGREED),
    Road.SECONDMENT: (
        "借用教师审批表",
        ["教师本人意见", "原学校意见", "区教委审核意见", "区委审批意见", "返岗确认"],
        State.ENDED,
    ),
    Road.SECONDMENT_SHORT: ("短期抽调教师审批表", ["区教委审核意见"], State.AGREED),
}


def form_of(application, user):
    application.refresh_from_db()
    return document_of(Case(application, user), Paper.FORM)


def boxes_of(document):
    return [
        row
        for block in document.body
        if isinstance(block, Form)
        for row in block.rows
        if isinstance(row, Box)
    ]


@pytest.mark.parametrize("road", Road)
def test_before_anybody_judged_there_is_room_to_sign(world, road):
    application = step(application_at(State.DRAFTED, world, road=road), "submit", world)
    document = form_of(application, world.user(Role.APPLICANT))
    title, boxes, _end = EXPECTED[road]
    assert document.title == title
    assert [box.title for box in boxes_of(document)] == [OWN, *boxes]
    assert [box.title for box in boxes_of(document) if box.words or box.day] == [OWN]


@pytest.mark.parametrize("road", Road)
def test_at_the_end_every_box_says_who_and_when(world, road):
    _title, boxes, end = EXPECTED[road]
    application = application_at(end, world, road=road)
    document = form_of(application, world.user(Role.PUBLICATION_CLERK))
    found = {box.title: box for box in boxes_of(document)}
    assert list(found) == [OWN, *boxes]
    for title in boxes:
        assert found[title].day is not None, title
        assert "办理人：" in found[title].words or title == "教师本人意见", title
    words = said(document)
    assert application.number in words
    assert application.title in words
    assert "None" not in words


def test_what_was_put_on_file_stands_in_its_box(world):
    application = application_at(State.RECORDED, world, road=Road.INSPECTION_SINGLE)
    found = {box.title: box.words for box in boxes_of(form_of(application, world.user(Role.LEADER)))}
    assert "云委〔2026〕8号" in found["区委审批意见"]
    assert "江教领备〔2026〕1号" in found["清单公布和备案"]


def test_where_the_offices_do_not_review_they_have_no_box(world):
    for code, value in (("INSP-OFFICES", "0"), ("INSP-APPROVER", "区委督查室")):
        PolicyValue.objects.create(
            district=world.district, code=code, value=value, effective_from=dates.today(),
            document="云委办〔2026〕1号",
        )  # fmt: skip
    application = application_at(State.REQUESTED, world, road=Road.INSPECTION_SINGLE)
    titles = [box.title for box in boxes_of(form_of(application, world.user(Role.APPLICANT)))]
    assert titles == [OWN, "区教委归口审核意见", "区委督查室审批意见", "清单公布和备案"]


def test_the_teachers_own_consent_is_dated(world):
    application = application_at(State.SCHOOL_AGREED, world, road=Road.SECONDMENT)
    found = {box.title: box for box in boxes_of(form_of(application, world.user(Role.SCHOOL)))}
    today = dates.today()
    assert found["教师本人意见"].words == f"同意借用，{chinese_date(today)}书面同意。"
    assert found["教师本人意见"].signature.startswith("教师签字：")
    assert not found["教师本人意见"].sealed


def test_a_box_speaks_of_the_content_that_lies_before_it(world):
    application = application_at(State.REVIEWED, world)
    application = step(application, "return_", world, note="请改")
    application = step(application, "submit", world)
    found = {box.title: box.words for box in boxes_of(form_of(application, world.user(Role.LEADER)))}
    assert found["区教委初审意见"] == found["专家论证意见"] == ""


def test_the_sheets_of_the_experts_are_for_those_who_may_see_them(world):
    application = application_at(State.APPRAISED, world)
    assert "附：专家论证意见（3 份）" in said(form_of(application, world.user(Role.FIRST_REVIEWER)))
    assert "附：专家论证意见" not in said(form_of(application, world.user(Role.APPLICANT)))


@pytest.mark.parametrize("road", [Road.CAMPUS_ANNUAL, Road.INSPECTION_PLAN, Road.SECONDMENT])
def test_it_is_written_as_pdf_and_as_word(world, road):
    document = form_of(
        application_at(EXPECTED[road][2], world, road=road), world.user(Role.PUBLICATION_CLERK)
    )
    assert render_pdf(document).startswith(b"%PDF")
    assert render_docx(document).startswith(b"PK\x03\x04")
