"""The documents of every road, walked to its end."""

import pytest

from approvals import services
from approvals.exports import Case, Paper, document_of, papers
from approvals.states import Road, State
from jianfu.organisations.states import Role
from tests.approvals.exports.reading import said
from tests.approvals.factories import application_at

ANSWERED = {"form", "flow", "reply", "filing"}
ENDS = {
    Road.CAMPUS_SINGLE: (State.PUBLISHED, ANSWERED | {"panel"}),
    Road.CAMPUS_URGENT: (State.PUBLISHED, ANSWERED),
    Road.CAMPUS_EXEMPT: (State.PUBLISHED, {"form", "flow"}),
    Road.INSPECTION_PLAN: (State.RECORDED, ANSWERED),
    Road.INSPECTION_SINGLE: (State.RECORDED, ANSWERED),
    Road.SURVEY: (State.AGREED, {"form", "flow", "reply"}),
    Road.SECONDMENT: (State.LENT, {"form", "flow", "reply"}),
    Road.SECONDMENT_SHORT: (State.AGREED, {"form", "flow", "reply"}),
}

# What the answer says of its road.
SPOKEN = {
    Road.CAMPUS_SINGLE: "按随申请报送的活动实施方案开展",
    Road.CAMPUS_URGENT: "经区教委初审，区委教育工作领导小组",
    Road.INSPECTION_PLAN: "列入督查检查评比考核清单的批复",
    Road.INSPECTION_SINGLE: "经区教委归口审核、党委办审核、政府办审核，区委",
    Road.SURVEY: "经研究，现批复如下：",
    Road.SECONDMENT: "经原学校和教师本人同意、区教委同意，区委",
    Road.SECONDMENT_SHORT: "结束后及时返岗",
}


@pytest.mark.parametrize("road", ENDS)
def test_every_road_has_its_documents_and_they_speak_of_it(world, road):
    state, expected = ENDS[road]
    application = application_at(state, world, road=road)
    case = Case(application, world.user(Role.PUBLICATION_CLERK))
    assert {paper.value for paper in papers(case)} == expected
    for paper in papers(case):
        document = document_of(case, paper)
        words = said(document)
        assert case.title in words
        assert application.number in words
        assert "None" not in words
        assert "（）" not in words
        assert "，，" not in words
        assert "。。" not in words
        if paper == Paper.REPLY:
            assert SPOKEN[road] in words


def test_what_the_bureau_knows_already_is_not_asked_again(world):
    application = application_at(State.REQUESTED, world, road=Road.SURVEY)
    application = services.perform(
        application=application, name="answer_from_data", by=world.user(Role.FIRST_REVIEWER), note="同意"
    )
    document = document_of(Case(application, world.user(Role.APPLICANT)), Paper.REPLY)
    assert "同意开展" not in said(document)
    assert "所需数据由区教委从现有数据中提供，不再向学校和教师采集。" in said(document)
