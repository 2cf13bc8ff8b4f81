"""Rows 13 and 4: people, each once, and the records behind them."""

from datetime import date

import pytest

from jianfu.kernel.indicators import INDICATORS
from jianfu.organisations.models import Person
from ledger.models import Secondment
from ledger.selectors import secondment as selectors
from tests.factories import World

from .secondments import TODAY, borrow, give_back, keeper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]


def value(world: World, code: str, year: int) -> int | None:
    return INDICATORS[code].measure(world.district, year).value


def test_nothing_known_is_not_zero(world: World) -> None:
    assert [value(world, code, 2026) for code in ("I13a", "I13b", "I4")] == [None, None, None]


def test_a_register_that_began_later_says_nothing_of_before(world: World) -> None:
    borrow(world)
    assert value(world, "I13a", 2026) == 1
    assert value(world, "I13a", 2025) is None
    assert value(world, "I13b", 2026) is None


def test_a_year_without_borrowing_is_zero_once_the_register_is_kept(world: World) -> None:
    give_back(world, borrow(world), date(2026, 9, 1))
    assert value(world, "I13a", 2027) == 0
    assert value(world, "I13b", 2027) == 1


def test_people_count_once_and_records_are_told(world: World) -> None:
    first = borrow(world, starts_on=date(2026, 1, 5), ends_on=date(2026, 3, 31))
    give_back(world, first, date(2026, 4, 1))
    borrow(world)
    borrow(world, name="马成")
    measured = INDICATORS["I13a"].measure(world.district, 2026)
    assert measured.value == 2
    assert "2 人、记录 3 条" in measured.explanation


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "years"),
    [
        (date(2025, 7, 1), date(2025, 12, 31), {2025}),
        (date(2025, 7, 2), date(2026, 1, 1), {2025, 2026}),
        (date(2026, 1, 1), date(2026, 6, 30), {2026}),
    ],
)
def test_a_borrowing_counts_in_every_year_it_touches(
    world: World, starts_on: date, ends_on: date, years: set[int]
) -> None:
    record = borrow(world, starts_on=starts_on, ends_on=ends_on)
    give_back(world, record, date.fromordinal(ends_on.toordinal() + 1))
    assert {year for year in (2025, 2026, 2027) if value(world, "I13a", year)} == years


def test_who_is_not_back_counts_again_this_year(world: World) -> None:
    borrow(world, starts_on=date(2025, 3, 1), ends_on=date(2025, 8, 31))
    assert value(world, "I13a", 2026) == 1


def test_rotation_is_left_out(world: World) -> None:
    borrow(world, kind="rotation", ends_on=date(2029, 6, 30))
    assert value(world, "I13a", 2026) == 0
    assert not Secondment.objects.counted_in(2026, TODAY).exists()


def test_more_than_last_year_is_negative_and_not_clamped(world: World) -> None:
    give_back(world, borrow(world, starts_on=date(2025, 3, 1), ends_on=date(2025, 8, 31)), date(2025, 9, 1))
    borrow(world, name="马成")
    borrow(world, name="何平")
    assert value(world, "I13b", 2026) == -1


def test_another_district_does_not_count(world: World, stranger_world: World) -> None:
    borrow(world)
    borrow(stranger_world)
    assert value(world, "I13a", 2026) == 1


def test_a_voided_record_does_not_count(world: World) -> None:
    from ledger.services import secondment as services

    borrow(world, name="马成")
    record = borrow(world)
    services.void_secondment(secondment=record, reason="重复", expected_version=1, by=keeper(world))
    assert value(world, "I13a", 2026) == 1


def test_back_from_the_village_and_not_sent_again(world: World) -> None:
    village = {"kind": "village", "ends_on": None}
    give_back(world, borrow(world, starts_on=date(2026, 1, 1), **village), date(2026, 6, 1))
    again = borrow(world, name="马成", starts_on=date(2026, 1, 1), **village)
    give_back(world, again, date(2026, 6, 1))
    borrow(world, name="马成", starts_on=date(2026, 8, 1), **village)
    borrow(world, name="何平", starts_on=date(2026, 8, 1), **village)
    assert value(world, "I4", 2026) == 1
    assert value(world, "I4", 2027) == 0


def test_the_records_behind_a_figure_are_the_ones_counted(world: World) -> None:
    borrow(world)
    borrow(world, name="马成", kind="rotation", ends_on=date(2029, 6, 30))
    rows = Secondment.objects.filter(district=world.district)
    behind = selectors.behind_figure(rows, "I13a", 2026, TODAY)
    assert behind.values("teacher").distinct().count() == value(world, "I13a", 2026) == 1


@pytest.mark.parametrize("code", ["I13a", "I13b", "I4"])
def test_each_figure_says_what_it_counts_and_leads_there(world: World, code: str) -> None:
    indicator = INDICATORS[code]
    assert indicator.unit == "人"
    assert len(indicator.definition) > 20
    ways = indicator.records(world.district, 2026)
    assert ways[-1].url.startswith("/ledger/secondments/?counted=2026")


def test_one_figure_costs_one_query_however_many_rows(
    world: World, django_assert_num_queries: object
) -> None:
    for count in (1, 3):
        while Person.objects.filter(organisation=world.place("school")).count() < count:
            borrow(world, name=f"教师{Person.objects.count()}")
        with django_assert_num_queries(1):
            value(world, "I13a", 2026)
        with django_assert_num_queries(1):
            value(world, "I4", 2026)
