"""State x action x role of rows, generated from the table."""

from typing import Any

import pytest

from jianfu.kernel.decisions import Refused
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from ledger.services.reviewing import accept_rows
from ledger.states import RowState
from ledger.workflow import ROW
from tests.factories import World, add_account
from tests.ledger.forms import brought_to, clerk, filled, office, opened, row_of

# Who may take which step, said a second time and by hand.
MAY = {
    "start": Role.SECTION_CLERK,
    "enter": Role.LEDGER_OFFICE,
    "submit": Role.SECTION_CLERK,
    "recall": Role.SECTION_CLERK,
    "confirm_again": Role.SECTION_CLERK,
    "accept": Role.LEDGER_OFFICE,
    "return_": Role.LEDGER_OFFICE,
}
FROM = {
    "start": {RowState.ASSIGNED, RowState.ENTERED},
    "enter": {RowState.ASSIGNED, RowState.STARTED, RowState.RETURNED, RowState.ENTERED},
    "submit": {RowState.STARTED, RowState.RETURNED, RowState.ENTERED},
    "recall": {RowState.SUBMITTED},
    "confirm_again": {RowState.SUBMITTED, RowState.ACCEPTED},
    "accept": {RowState.SUBMITTED},
    "return_": {RowState.SUBMITTED, RowState.ACCEPTED},
}
TO = {
    "start": RowState.STARTED,
    "enter": RowState.ENTERED,
    "submit": RowState.SUBMITTED,
    "recall": RowState.STARTED,
    "confirm_again": RowState.SUBMITTED,
    "accept": RowState.ACCEPTED,
    "return_": RowState.RETURNED,
}


def test_the_table_is_the_one_meant() -> None:
    assert {name: set(row.sources) for name, row in ROW.transitions.items()} == FROM
    assert {name: next(iter(row.targets)) for name, row in ROW.transitions.items()} == TO
    assert set(MAY) == set(ROW.transitions)


@pytest.mark.parametrize("state", list(RowState))
def test_every_action_of_every_role(world: World, state: RowState) -> None:
    row = brought_to(state, row_of(opened(world), 8), world)
    for name in ROW.transitions:
        for role in Role:
            expected = state in FROM[name] and role == MAY[name]
            assert bool(ROW.decide(row, name, world.user(role))) is expected, (name, role)


@pytest.mark.parametrize("state", list(RowState))
def test_a_refused_action_changes_nothing(world: World, state: RowState) -> None:
    row = brought_to(state, row_of(opened(world), 8), world)
    for name in set(ROW.transitions) - {name for name in ROW.transitions if state in FROM[name]}:
        with pytest.raises(Refused):
            ROW.perform(row, name, by=world.user(MAY[name]), note="说明")
    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize(("name", "state"), [(name, state) for name in FROM for state in sorted(FROM[name])])
def test_every_allowed_step_arrives(world: World, name: str, state: RowState) -> None:
    row = brought_to(state, row_of(opened(world), 8), world)
    row = ROW.perform(row, name, by=world.user(MAY[name]), note="请补充", data={"source": "《旧台账》"})
    assert row.state == TO[name]
    assert row.history.first().state == TO[name]


def test_an_incomplete_row_is_not_reported(world: World) -> None:
    row = ROW.perform(row_of(opened(world), 8), "start", by=clerk(world))
    decision = ROW.decide(row, "submit", clerk(world))
    assert [refusal.code for refusal in decision.refusals] == ["R-LED-01", "R-LED-02", "R-LED-02"]


def test_a_return_says_why_and_the_reason_goes_with_the_next_report(world: World) -> None:
    row = brought_to(RowState.SUBMITTED, row_of(opened(world), 8), world)
    with pytest.raises(Refused, match="填写退回原因"):
        ROW.perform(row, "return_", by=office(world), note=" ")
    row = ROW.perform(row, "return_", by=office(world), note="请补充比例")
    assert row.return_reason == "请补充比例"
    assert ROW.perform(row, "submit", by=clerk(world)).return_reason == ""


@pytest.fixture
def both(world: World) -> Any:
    """The clerk of 基教科 who also holds the office, under a second account."""
    person = clerk(world).person
    grant_role(person=person, organisation=world.place("office"), role=Role.LEDGER_OFFICE, by=None)
    return add_account(person)


def test_who_filled_a_row_cannot_accept_it_under_another_account(world: World, both: Any) -> None:
    row = brought_to(RowState.SUBMITTED, row_of(opened(world), 8), world)
    decision = ROW.decide(row, "accept", both)
    assert [refusal.code for refusal in decision.refusals] == ["R-LED-20"]
    assert ROW.decide(row, "return_", both)
    assert ROW.decide(row, "accept", office(world))


def test_accepting_many_is_all_or_nothing(world: World, both: Any) -> None:
    ledger = opened(world)
    theirs = brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
    other = world.user(Role.SECTION_CLERK, place="office", key="other clerk")
    good = ROW.perform(filled(row_of(ledger, 5), other), "submit", by=other)
    with pytest.raises(Refused, match="第 8 项：本人参与填报"):
        accept_rows(rows=[good, theirs], versions=seen([good, theirs]), by=both)
    good.refresh_from_db()
    assert good.state == RowState.SUBMITTED
    accepted = accept_rows(rows=[good, theirs], versions=seen([good, theirs]), by=office(world))
    assert [row.state for row in accepted] == [RowState.ACCEPTED] * 2


def seen(rows: list[Any]) -> dict[int, int]:
    return {row.pk: row.version for row in rows}
