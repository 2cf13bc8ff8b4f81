"""Any cells of the working form filled in are exactly the changes; confirmed, they stand there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.intake import layout
from ledger.intake.working import read_form
from ledger.models import Ledger
from ledger.services.filling import CONTENT
from tests.factories import World
from tests.ledger.forms import clerk, filled, opened, row_of

from .workbooks import Form, book_of, exported

NUMBERS = (6, 8, 10)
NEW = {
    "kind": "不符合要求而未开展", "name": "另一件事", "quantity": 77,
    "unit": "场", "ratio": 1.5, "outcome": "另一结果",
}  # fmt: skip


@pytest.fixture
def ledger(world: World) -> Ledger:
    ledger = opened(world)
    for number in NUMBERS:
        filled(row_of(ledger, number), clerk(world))
    return ledger


def fillable(ledger: Ledger) -> list[tuple[str, str, Any]]:
    """(the change's key, where, what is typed) of every cell that can be filled in the three rows."""
    found: list[tuple[str, str, Any]] = []
    for number in NUMBERS:
        row = row_of(ledger, number)
        for entry in row.entries.all():
            for name in CONTENT:
                if name != "kind" or entry.kind == "held":
                    key = layout.entry_cell(row.key, entry.pk, name)
                    found.append((key, f"{row.key}|{entry.pk}|{name}", NEW[name]))
        for blank in row.blanks.all():
            value = "另一名称" if blank.is_text else 4711
            found.append((layout.blank_cell(row.key, blank.code), f"{row.key}|{blank.code}", value))
    return found


def type_in(form: Form, where: str, value: Any) -> None:
    parts = where.split("|")
    cell = form.entry(*parts) if len(parts) == 3 else form.blank(*parts)
    cell.value = value


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_subset_of_cells_is_exactly_the_changes(
    world: World, ledger: Ledger, data: st.DataObject
) -> None:
    cells = fillable(ledger)
    chosen = data.draw(st.sets(st.sampled_from(range(len(cells)))))
    form = exported(ledger)
    for place in chosen:
        _key, where, value = cells[place]
        type_in(form, where, value)
    plan = read_form(Ledger.objects.get(pk=ledger.pk), book_of(form), clerk(world))
    assert {change.key for change in plan.changes} == {cells[place][0] for place in chosen}
    assert not plan.problems
    assert not any(change.conflict for change in plan.changes)
