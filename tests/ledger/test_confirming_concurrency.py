"""Two people answer for a moved figure, or take the same record, at once; on PostgreSQL with real threads."""

import pytest

from jianfu.kernel.decisions import Conflicted
from jianfu.organisations.states import Role
from ledger.drafting import proposals
from ledger.models import Achievement, TemplateRow
from ledger.services.confirming import confirm_again
from ledger.services.drafting import take_proposals
from ledger.services.filling import BlankInput, save_row
from ledger.workflow import ROW
from tests.factories import World, build_world

from .conftest import Say
from .forms import HELD, clerk, office, opened, row_of
from .test_form_concurrency import at_once, refusals
from .test_whitelist_indicators import listed

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def other_clerk(world: World) -> object:
    return world.user(Role.SECTION_CLERK, place="other_section", key="other clerk")


def test_one_of_two_answers_holds(say: Say) -> None:
    world = build_world()
    say("I14", 34)
    row = save_row(
        row=row_of(opened(world), 14), by=clerk(world), entries=[HELD], blanks={"I14": BlankInput(34)}
    )
    row = ROW.perform(row, "submit", by=clerk(world))
    say("I14", 35)
    second = other_clerk(world)
    more = {"row": row, "code": "I14", "expected_version": row.version}
    found = at_once(
        lambda: confirm_again(take=True, by=clerk(world), **more),
        lambda: confirm_again(take=False, reason="重复登记", by=second, **more),
    )
    assert len(refusals(found)) == 1
    blank = row.blanks.get()
    assert (blank.number, blank.override_reason) in {(35, ""), (34, "重复登记")}
    assert blank.computed == 35


def test_an_accepted_figure_is_the_one_that_was_read(say: Say) -> None:
    """The office accepts what it saw, or learns that it is another figure."""
    world = build_world()
    say("I14", 34)
    row = save_row(
        row=row_of(opened(world), 14), by=clerk(world), entries=[HELD], blanks={"I14": BlankInput(34)}
    )
    row = ROW.perform(row, "submit", by=clerk(world))
    say("I14", 35)
    by = office(world)
    seen = row.version
    found = at_once(
        lambda: confirm_again(row=row, code="I14", take=True, by=clerk(world), expected_version=seen),
        lambda: ROW.perform(row, "accept", by=by, expected_version=seen),
    )
    assert [type(each) for each in refusals(found)] == [Conflicted]


def test_one_record_is_taken_into_one_row() -> None:
    world = build_world()
    listed(world, 2026, 1)
    ledger = opened(world)
    TemplateRow.objects.filter(template=ledger.template, key="000-14").update(topics=["T08"])
    rows = [row_of(ledger, 8), row_of(ledger, 14)]
    by = clerk(world)
    (key,) = {p.key for row in rows for _label, offered in proposals(row, by) for p in offered}
    found = at_once(*(lambda row=row: take_proposals(row=row, keys=[key], by=by) for row in rows))
    assert len(refusals(found)) == 1
    assert Achievement.objects.filter(drafted_from=key).count() == 1
