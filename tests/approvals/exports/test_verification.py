"""What was decided carries its 核验码: on paper as a QR code that is read back, once there was a yes."""

import pytest

from approvals.exports import Case, Paper, document_of
from approvals.selectors import issued_by_code, issued_of
from approvals.states import CAMPUS, DECIDED, SECONDMENTS, Road, State
from jianfu.kernel.documents.official import QrBlock, render_docx, render_pdf
from jianfu.kernel.verification import grouped, read_code
from jianfu.organisations.states import Role
from tests import codes
from tests.approvals.exports.reading import said
from tests.approvals.factories import application_at, step

SITE = "https://jianfu.example.gov.cn"
YES = {
    Road.CAMPUS_ANNUAL: State.APPROVED,
    Road.CAMPUS_SINGLE: State.APPROVED,
    Road.CAMPUS_URGENT: State.APPROVED,
    Road.CAMPUS_EXEMPT: State.FILED,
    Road.INSPECTION_PLAN: State.CLEARED,
    Road.INSPECTION_SINGLE: State.CLEARED,
    Road.SURVEY: State.AGREED,
}
PRINTED = [(road, Paper.REPLY) for road in YES if road != Road.CAMPUS_EXEMPT]
PRINTED += [(Road.CAMPUS_ANNUAL, Paper.FLOW), (Road.CAMPUS_ANNUAL, Paper.FORM)]
PRINTED += [(Road.CAMPUS_EXEMPT, Paper.FORM), (Road.INSPECTION_SINGLE, Paper.FORM)]


@pytest.fixture
def site(settings):
    settings.JIANFU_PUBLIC_URL = SITE


def document(application, world, paper, role=Role.PUBLICATION_CLERK):
    application.refresh_from_db()
    return document_of(Case(application, world.user(role)), paper)


@pytest.mark.parametrize(("road", "state"), YES.items(), ids=str)
def test_the_yes_brings_a_code_that_stays(world, road, state):
    application = application_at(state, world, road=road)
    code = application.verification_code
    assert code == read_code(code) != ""
    if road in (Road.CAMPUS_ANNUAL, Road.INSPECTION_SINGLE):
        following, told = {
            Road.CAMPUS_ANNUAL: ("file", {}),
            Road.INSPECTION_SINGLE: ("announce", {}),
        }[road]
        assert step(application, following, world, **told).verification_code == code


def test_before_the_yes_there_is_none(world, site):
    application = application_at(State.REVIEWED, world)
    assert application.verification_code is None
    assert codes.in_pdf(render_pdf(document(application, world, Paper.FORM))) == []


@pytest.mark.parametrize("road", sorted(SECONDMENTS))
def test_what_is_decided_about_a_teacher_has_none(world, road):
    state = State.LENT if road == Road.SECONDMENT else State.AGREED
    application = application_at(state, world, road=road)
    assert application.verification_code is None
    assert not [b for b in document(application, world, Paper.FORM).body if isinstance(b, QrBlock)]


@pytest.mark.parametrize(("road", "paper"), PRINTED, ids=str)
def test_the_code_is_read_from_the_finished_paper(world, site, road, paper):
    application = application_at(YES[road], world, road=road)
    made = document(application, world, paper)
    address = f"{SITE}/v/{application.verification_code}/"
    assert codes.in_pdf(render_pdf(made)) == [address]
    assert codes.in_docx(render_docx(made)) == [address]
    assert grouped(application.verification_code) in said(made)


def test_without_an_address_the_code_is_typed(world, settings):
    settings.JIANFU_PUBLIC_URL = ""
    application = application_at(State.APPROVED, world)
    words = said(document(application, world, Paper.REPLY))
    assert f"核验码：{grouped(application.verification_code)}" in words
    assert "核验：打开本区白名单的核验页，输入核验码" in words


@pytest.mark.parametrize("road", YES, ids=str)
def test_what_is_told_of_a_document_is_what_it_says(world, road):
    application = application_at(YES[road], world, road=road)
    issued = issued_by_code(application.verification_code)
    assert issued == issued_of(application.pk)
    if road != Road.CAMPUS_EXEMPT:
        paper = document(application, world, Paper.REPLY)
        assert (issued.document, (issued.unit,), issued.on) == (paper.title, paper.units, paper.dated)
    else:
        assert issued.document == document(application, world, Paper.FORM).title
    assert ("申请编号", application.number) in issued.numbers
    if road in CAMPUS and road != Road.CAMPUS_EXEMPT:
        assert ("会议纪要文号", application.meeting_number) in issued.numbers


@pytest.mark.parametrize("state", [s for s in (State.DRAFTED, State.REVIEWED) if s not in DECIDED])
def test_nothing_is_told_of_what_has_no_yes(world, state):
    application = application_at(state, world)
    assert issued_of(application.pk) is None
    assert issued_by_code("") is None
