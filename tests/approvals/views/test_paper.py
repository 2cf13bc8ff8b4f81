"""The paper."""

from approvals.states import State
from jianfu.audit.models import Event
from jianfu.organisations.states import Role
from tests.approvals.factories import (
    application_at,
)
from tests.approvals.views.conftest import page


def test_a_paper_is_a_pdf_of_what_was_handed_in(world, as_):
    application = application_at(State.APPROVED, world)
    answer = as_(Role.LEADER).get(page("application_paper", application.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_the_menu_lists_what_there_is_and_each_line_leads_to_a_file(world, as_):
    application = application_at(State.APPROVED, world)
    client = as_(Role.PUBLICATION_CLERK)
    body = client.get(application.get_absolute_url()).content.decode()
    for kind in ("form", "panel", "flow", "reply", "filing"):
        for ending in ("pdf", "docx"):
            url = page("document", application.pk, kind, ending)
            assert url in body
            answer = client.get(url)
            assert answer.status_code == 200
            assert answer.content[:4] == (b"%PDF" if ending == "pdf" else b"PK\x03\x04")
            assert answer["Content-Disposition"].startswith("attachment;")
            assert f".{ending}" in answer["Content-Disposition"]
    assert page("document", application.pk, "return", "pdf") not in body


def test_what_there_is_not_is_refused_in_words(world, as_):
    application = application_at(State.SUBMITTED, world)
    answer = as_(Role.APPLICANT).get(page("document", application.pk, "reply", "pdf"))
    assert answer.status_code == 403
    assert "还没有审批同意，同意后才有批复" in answer.content.decode()


def test_a_stranger_an_unknown_document_and_a_sent_form_find_nothing(world, stranger_world, client, as_):
    application = application_at(State.APPROVED, world)
    url = page("document", application.pk, "reply", "pdf")
    assert client.get(url).status_code == 302
    client.force_login(stranger_world.user(Role.LEADER))
    assert client.get(url).status_code == 404
    assert as_(Role.LEADER).get(page("document", application.pk, "letter", "pdf")).status_code == 404
    assert as_(Role.LEADER).get(page("document", application.pk, "reply", "exe")).status_code == 404
    assert as_(Role.LEADER).post(url).status_code == 405


def test_printing_is_recorded_and_a_refusal_is_not_printing(world, as_):
    application = application_at(State.APPROVED, world)
    client = as_(Role.APPLICANT)
    client.get(page("document", application.pk, "reply", "docx"))
    client.get(page("document", application.pk, "filing", "docx"))
    found = Event.objects.filter(action="application.printed")
    assert [event.data for event in found] == [{"document": "批复", "format": "docx"}]
    assert found.get().target_id == str(application.pk)
