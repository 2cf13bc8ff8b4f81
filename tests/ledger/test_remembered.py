"""The grid is remembered until the next event of the district, and never shows what is no longer so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from approvals.states import State
from jianfu.organisations.states import Role
from ledger.models import Ledger, LedgerTemplate, Secondment
from ledger.registers import REGISTERS
from ledger.services import register as registers
from ledger.services.assigning import set_baselines
from ledger.services.filling import BlankInput, save_row
from ledger.services.secondment import void_secondment
from ledger.states import FormsReading, RowState
from tests.approvals.plans import single_at
from tests.factories import World
from tests.whitelist.factories import filed
from tests.whitelist.factories import published as list_released

from .forms import HELD, brought_to, clerk, office, opened, row_of, signed_in
from .registers import USUAL, dispose, enter
from .secondments import borrow, give_back, keeper
from .test_inspection_indicators import published as plan_published
from .test_register_intake import exported, plan_of, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock", "read_here")]

YEAR = 2026
WRITTEN = "新增 1 条，修改 0 条"
Step = Callable[[World, Ledger], Any]


def look(world: World, ledger: Ledger) -> dict[int, Any]:
    """What the grid says of each row, the records behind its figures, and what stands above."""
    shown = signed_in(office(world)).get(ledger.get_absolute_url()).context
    told: dict[int, Any] = {
        0: (shown["summary"], shown["compared"], shown["filter"].fields["section"].choices)
    }
    for line in shown["grid"].lines:
        beside = [
            (p.text, p.origin and p.origin.title, p.comparison and p.comparison.before) for p in line.sentence
        ]
        told[line.row.number] = (
            line.row.state,
            line.row.version,
            line.words,
            line.sections,
            line.moved,
            beside,
        )
    return told


def made_anew(world: World, ledger: Ledger) -> dict[int, Any]:
    cache.clear()
    return look(world, ledger)


def disposed(slug: str, **more: Any) -> Step:
    def step(world: World, _ledger: Ledger) -> None:
        dispose(world, enter(world, slug, begun_on=date(2025, 3, 1), **more), "cancel")

    return step


def entered(slug: str) -> Step:
    return lambda world, _ledger: enter(world, slug)


def changed(world: World, _ledger: Ledger) -> None:
    item = REGISTERS["gatherings"].model.objects.get(district=world.district)
    details = {**USUAL["gatherings"], "people": 31}
    registers.change_item(
        register=REGISTERS["gatherings"], item=item, details=details, expected_version=1, by=clerk(world)
    )


def voided(world: World, _ledger: Ledger) -> None:
    item = REGISTERS["gatherings"].model.objects.get(district=world.district)
    registers.void_item(item=item, reason="重复登记", expected_version=item.version, by=clerk(world))


def back_from_the_village(world: World, _ledger: Ledger) -> None:
    give_back(
        world, borrow(world, kind="village", name="宋佳", ends_on=date(2026, 10, 31)), date(2026, 10, 31)
    )


def voided_borrowing(world: World, _ledger: Ledger) -> None:
    record = Secondment.objects.get(teacher__name="宋佳")
    void_secondment(secondment=record, reason="重复登记", expected_version=record.version, by=keeper(world))


def reported(world: World, ledger: Ledger) -> None:
    brought_to(RowState.SUBMITTED, row_of(ledger, 9), world)


def overruled(world: World, ledger: Ledger) -> None:
    save_row(row=row_of(ledger, 14), by=clerk(world), entries=[HELD], blanks={"I14": BlankInput(7, "另计")})


def with_baselines(world: World, ledger: Ledger) -> None:
    set_baselines(ledger=ledger, values={"I13a": (36, "2025年统计表")}, by=office(world))


def read_otherwise(world: World, ledger: Ledger) -> None:
    """By the administrator of this district, in the admin."""
    client = signed_in(world.user(Role.SYSTEM_ADMINISTRATOR))
    address = f"/admin/ledger/ledgertemplate/{ledger.template_id}/change/"
    form = client.get(address).context["adminform"].form
    data = {name: form[name].value() for name in form.fields} | {"forms_reading": FormsReading.SENSIBLE.value}
    data = {name: "" if value is None else value for name, value in data.items()}
    inline = {f"rows-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    assert client.post(address, data | inline).status_code == 302


def renamed(world: World, _ledger: Ledger) -> None:
    """A 科室, in the admin."""
    client = signed_in(world.user(Role.SYSTEM_ADMINISTRATOR))
    place = world.place("section")
    address = f"/admin/organisations/organisation/{place.pk}/change/"
    form = client.get(address).context["adminform"].form
    data = {name: form[name].value() for name in form.fields} | {"short_name": "改名科"}
    data = {name: "" if value is None else value for name, value in data.items() if value is not False}
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors


# The rows of the grid that each of them changes; 0 is what stands above it.
STEPS: list[tuple[str, Step, set[int]]] = [
    ("a group revoked", disposed("channels"), {3}),
    ("a city's task", entered("duties"), {6}),
    ("a form cancelled", disposed("forms"), {10}),
    ("a form added", entered("forms"), {10}),
    ("the reading of row ten", read_otherwise, {10}),
    ("a stored answer given", entered("reuses"), {12}),
    ("a training held", entered("gatherings"), {14}),
    ("its people corrected", changed, {14}),
    ("made void", voided, {14}),
    ("a teacher borrowed", lambda world, _ledger: borrow(world), {13}),
    ("another back from the village", back_from_the_village, {4, 13}),
    ("that one made void", voided_borrowing, {4, 13}),
    ("the plan published", lambda world, _ledger: plan_published(world, 2), {1}),
    ("a single inspection announced", lambda world, _ledger: single_at(State.ANNOUNCED, world), {1}),
    ("a list published", lambda world, _ledger: list_released(world, filed(world)), {8}),
    ("a number of the records overruled", overruled, {0, 14}),
    ("last year's number entered", with_baselines, {0, 13}),
    ("a row reported", reported, {0, 9}),
    ("a section renamed", renamed, {0}),
]


def test_every_change_of_the_districts_records_shows_at_the_next_look(world: World) -> None:
    ledger = opened(world, year=YEAR)
    for name, step, rows in STEPS:
        before = look(world, ledger)
        assert look(world, ledger) == before, name
        step(world, ledger)
        shown = look(world, ledger)
        assert shown == made_anew(world, ledger), name
        assert {number for number in shown if shown[number] != before[number]} >= rows, name


def test_what_an_import_brings_shows_at_the_next_look(world: World, stranger_world: World) -> None:
    ledger = opened(world, year=YEAR)
    before = look(world, ledger)
    enter(stranger_world, "forms")
    assert look(world, ledger) == before
    assert write(world, "forms", plan_of(world, "forms", exported(stranger_world, "forms"))) == WRITTEN
    shown = look(world, ledger)
    assert shown == made_anew(world, ledger)
    assert shown[10] != before[10]


def test_another_districts_administrator_moves_no_chain_of_this_one(world: World) -> None:
    """A template is everybody's: how row 10 adds up is in the name of what is remembered."""
    ledger = opened(world, year=YEAR)
    disposed("forms")(world, ledger)
    before = look(world, ledger)
    LedgerTemplate.objects.update(forms_reading=FormsReading.SENSIBLE)
    shown = look(world, ledger)
    assert shown[10] != before[10]
    assert shown == made_anew(world, ledger)


def test_the_page_of_one_reader_is_not_anothers(world: World) -> None:
    """The same rows and numbers; what may be typed and accepted is each reader's own."""
    ledger = opened(world, year=YEAR)
    brought_to(RowState.SUBMITTED, row_of(ledger, 14), world)
    pages = {
        by: signed_in(by).get(ledger.get_absolute_url()).context["grid"]
        for by in (clerk(world), office(world))
    }
    mine, offices = pages.values()
    assert [form.row.number for form in mine.forms] == [6, 8, 10]
    assert not mine.has_acceptable
    assert offices.forms == []
    assert offices.has_acceptable
