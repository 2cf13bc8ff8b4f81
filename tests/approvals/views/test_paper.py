"""The paper."""

from approvals.states import State
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
