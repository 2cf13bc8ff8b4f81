"""Time travel: each day's ledger as it was saved, and only what changed between two."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from jianfu.kernel import dates
from jianfu.organisations.states import Role
from ledger.models import Ledger
from ledger.selectors.past import between, rows_on
from ledger.services.filling import EntryInput, save_row
from tests.factories import World

from .forms import clerk, opened, row_of
from .secondments import get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour, minute))  # noqa: DTZ001


def fill(world: World, ledger: Ledger, number: int, name: str, when: datetime) -> None:
    entry = EntryInput(kind="held", name=name, quantity=Decimal(1), unit="次")
    with dates.as_of(when):
        save_row(row=row_of(ledger, number), by=clerk(world), entries=[entry], at=when)


@pytest.fixture
def ledger(world: World) -> Ledger:
    with dates.as_of(at(date(2026, 10, 1))):
        made = opened(world)
    fill(world, made, 8, "消防宣讲", at(date(2026, 10, 10), 23, 59))
    fill(world, made, 8, "禁毒宣讲", at(date(2026, 10, 20)))
    return made


def said(ledger: Ledger, day: date) -> str:
    return rows_on(ledger, day)[row_of(ledger, 8).pk].implementation


def test_a_day_shows_what_was_saved_when_it_ended(ledger):
    assert said(ledger, date(2026, 10, 9)) == ""
    assert "消防宣讲" in said(ledger, date(2026, 10, 10))
    assert "消防宣讲" in said(ledger, date(2026, 10, 19))
    assert "禁毒宣讲" in said(ledger, date(2026, 10, 20))


def test_before_the_opening_there_is_nothing(ledger):
    assert rows_on(ledger, date(2026, 9, 30)) == {}
    rows = between(ledger, date(2026, 9, 30), date(2026, 10, 1))
    assert {row.pieces[0].before for row in rows} == {"还没有"}


def test_only_what_changed_between_the_days_is_marked(ledger):
    rows = {row.number: row for row in between(ledger, date(2026, 10, 10), date(2026, 10, 20))}
    changed = [number for number, row in rows.items() if row.changed]
    assert changed == [8]
    pieces = {piece.label: piece for piece in rows[8].pieces}
    assert "消防宣讲" in pieces["落实情况"].before
    assert "禁毒宣讲" in pieces["落实情况"].after
    assert not pieces["状态"].changed


def shown(by: Any, query: str) -> str:
    return get(by, f"/ledger/2026/past/{query}").content.decode()


def test_the_page_lists_the_changes_and_all_on_demand(world, ledger):
    text = shown(clerk(world), "?first=2026-10-10&second=2026-10-20")
    assert "禁毒宣讲" in text
    assert "第 8 项" in text
    assert "第 9 项" not in text
    assert "第 9 项" in shown(clerk(world), "?first=2026-10-10&second=2026-10-20&everything=on")
    assert "这段时间没有变化" in shown(clerk(world), "?first=2026-10-21&second=2026-10-21")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?first=2026-09-30&second=2026-10-20", "从那天或以后选起"),
        ("?first=2026-10-10&second=2026-11-21", "最晚选今天"),
        ("?first=2026-10-20&second=2026-10-10", "后一个日期要在"),
        ("?first=昨天&second=2026-10-10", "错误："),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(world, ledger, query, words):
    assert words in shown(clerk(world), query)


def test_without_days_it_shows_the_last_month(world, ledger):
    assert "2026年10月21日到2026年11月20日" in shown(clerk(world), "")


def test_who_may_not_read_the_ledger_does_not_travel(world, stranger_world, ledger):
    assert get(world.user(Role.APPLICANT), "/ledger/2026/past/").status_code == 404
    assert get(clerk(stranger_world), "/ledger/2026/past/").status_code == 404


def test_three_queries_for_one_row_as_for_all(ledger, django_assert_num_queries):
    with django_assert_num_queries(3):
        between(ledger, date(2026, 10, 1), date(2026, 11, 1))
