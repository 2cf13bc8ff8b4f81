"""What follows a step by itself, whoever takes it and from wherever."""

from datetime import timedelta

import pytest

from approvals import services
from approvals.states import State
from approvals.workflow import workflow_of
from jianfu.kernel import dates
from jianfu.kernel.dates import add_months
from jianfu.organisations.states import Role
from tests.approvals.factories import step_data
from tests.ledger.test_following import handed_in, lent, renewal

DAY = timedelta(days=1)


@pytest.fixture
def first(world):
    return lent(world, handed_in(world))


def almost_lent(world, first):
    """The renewal, one step before its approval."""
    application = renewal(world, first, add_months(first.starts_on, 12) - DAY)
    consent = {"agreed_on": dates.today()}
    for name, role, data in (("school_agree", Role.SCHOOL, consent), ("agree", Role.FIRST_REVIEWER, {})):
        by = world.user(role)
        application = services.perform(application=application, name=name, by=by, note="同意", data=data)
    return application


def approve(world, application):
    """Straight by the table, as a batch or a job might."""
    return workflow_of(application).perform(
        application, "lend", by=world.user(Role.COMMITTEE), note="同意", data=step_data("lend")
    )


def test_the_approval_of_a_renewal_closes_the_borrowing_before_it(world, first):
    second = approve(world, almost_lent(world, first))
    first.refresh_from_db()
    assert (first.state, second.state) == (State.ENDED, State.LENT)
    closing = first.steps.get(transition="renewed")
    assert closing.note == f"由{second.number}续借"
    assert closing.at == second.state_entered_at


def test_no_earlier_step_closes_it_and_what_is_closed_stays_so(world, first):
    second = almost_lent(world, first)
    first.refresh_from_db()
    assert first.state == State.LENT
    with dates.as_of(dates.now() + 60 * DAY):
        services.perform(
            application=first,
            name="end",
            by=world.user(Role.SCHOOL),
            note="已返岗",
            data={"returned_on": first.starts_on + 30 * DAY},
        )
        assert approve(world, second).state == State.LENT
    assert not first.steps.filter(transition="renewed").exists()
