"""The register in the ledger: what an open year prints of row 13 is what the register says now."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from ledger.exports.form import official_form
from ledger.models import Ledger, LedgerRow, LedgerTemplate
from ledger.selectors import figures
from ledger.services.filling import BlankInput, EntryInput, save_row
from ledger.services.opening import open_ledger
from ledger.services.templates import load_templates
from ledger.states import ValueSource
from ledger.workflow import ROW
from tests.factories import World

from .secondments import TODAY, borrow, give_back, keeper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

ENTRY = EntryInput(kind="held", name="完成自查")


@pytest.fixture
def ledger(world: World) -> Ledger:
    load_templates()
    template = LedgerTemplate.objects.newest().get(code="wulong-000")
    office = world.user(Role.LEDGER_OFFICE)
    return open_ledger(template=template, year=2026, fill_by=date(2026, 12, 10), by=office)


def row13(ledger: Ledger) -> LedgerRow:
    return ledger.rows.get(number=13)


def printed(ledger: Ledger) -> str:
    """Row 13 as Excel and PDF print it."""
    return next(row for row in official_form(ledger, TODAY).rows if row.number == "13").text("figures")


def page(by: User, url: str) -> str:
    client = Client()
    client.force_login(by)
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def fill(world: World, ledger: Ledger, **blanks: BlankInput) -> LedgerRow:
    return save_row(row=row13(ledger), by=keeper(world), entries=[ENTRY], blanks=blanks)


def test_an_empty_blank_prints_what_the_register_says_now(world: World, ledger: Ledger) -> None:
    assert "教师\u3000\u3000\u3000\u3000人" in printed(ledger)
    borrow(world)
    assert "教师1人" in printed(ledger)
    borrow(world, name="马成")
    assert "教师2人" in printed(ledger)
    assert row13(ledger).blanks.get(code="I13a").number is None  # looking writes nothing


def test_a_saved_number_follows_the_register_until_somebody_answers_for_it(
    world: World, ledger: Ledger
) -> None:
    borrow(world)
    fill(world, ledger, I13a=BlankInput(1))
    borrow(world, name="马成")
    assert "教师2人" in printed(ledger)
    fill(world, ledger)
    blank = row13(ledger).blanks.get(code="I13a")
    assert (blank.number, blank.source, blank.confirmed_by) == (2, ValueSource.COMPUTED, None)


def test_what_was_reported_stays_and_the_page_tells_both(world: World, ledger: Ledger) -> None:
    borrow(world)
    row = fill(world, ledger, I13a=BlankInput(1), I13b=BlankInput(0))
    ROW.perform(row, "submit", by=keeper(world))
    borrow(world, name="马成")
    assert "教师1人" in printed(ledger)
    blank = row13(ledger).blanks.get(code="I13a")
    assert blank.confirmed_by == keeper(world).person
    text = page(world.user(Role.LEDGER_OFFICE), row.get_absolute_url())
    assert 'href="/ledger/secondments/?counted=2026&amp;figure=I13a"' in text
    assert '<td data-label="登记簿算出">2' in text


def test_a_typed_number_stays_with_its_reason(world: World, ledger: Ledger) -> None:
    borrow(world)
    row = fill(world, ledger, I13a=BlankInput(7, "含乡镇借用未登记的 6 人"), I13b=BlankInput(0))
    assert "教师7人" in printed(ledger)
    blank = row.blanks.get(code="I13a")
    assert (blank.source, blank.computed, blank.number) == (ValueSource.ENTERED, 1, 7)


def test_another_number_than_the_registers_needs_a_reason(world: World, ledger: Ledger) -> None:
    borrow(world)
    row = fill(world, ledger, I13a=BlankInput(7), I13b=BlankInput(0))
    with pytest.raises(Refused, match="登记簿算出 1"):
        ROW.perform(row, "submit", by=keeper(world))


def test_the_difference_follows_the_number_that_stands(world: World, ledger: Ledger) -> None:
    """I13b = 上年 − 本年, of what is printed as 本年 and not of what was overruled."""
    earlier = borrow(world, starts_on=date(2025, 3, 1), ends_on=date(2025, 8, 31))
    give_back(world, earlier, date(2025, 9, 1))
    borrow(world, name="马成")
    borrow(world, name="何平")
    assert "教师2人，较上年增加1人" in printed(ledger)
    ledger.baselines.create(code="I13a", number=9, document="2025年台账")
    assert "教师2人，较上年减少7人" in printed(ledger)
    fill(world, ledger, I13a=BlankInput(4, "含未登记的 2 人"))
    assert "教师4人，较上年减少5人" in printed(ledger)


def test_the_grid_shows_the_same_to_everybody(world: World, ledger: Ledger) -> None:
    borrow(world)
    url = ledger.get_absolute_url()
    for by in (keeper(world), world.user(Role.LEDGER_OFFICE), world.user(Role.FIRST_REVIEWER)):
        before = page(by, url)
        assert "欧阳" not in before
    office = world.user(Role.LEDGER_OFFICE)
    rows = list(LedgerRow.objects.visible_to(office).filter(ledger=ledger).for_grid().order_by("number"))
    figures.bring_up_to_date(ledger, rows, {})
    shown = {blank.code: (blank.number, blank.source) for row in rows for blank in row.blanks.all()}
    assert shown["I13a"] == (1, ValueSource.COMPUTED)
    assert shown["I4"] == (0, ValueSource.COMPUTED)
    assert shown["I1"] == (None, "")


def test_a_locked_year_keeps_its_numbers(world: World, ledger: Ledger) -> None:
    borrow(world)
    fill(world, ledger, I13a=BlankInput(1))
    borrow(world, name="马成")
    Ledger.objects.filter(pk=ledger.pk).update(state="locked")
    locked: Any = Ledger.objects.get(pk=ledger.pk)
    assert "教师1人" in printed(locked)
