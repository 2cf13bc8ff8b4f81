"""Row 8: items of the whitelist by year."""

from datetime import date

import pytest

from jianfu.kernel.indicators import INDICATORS
from tests.factories import World
from whitelist.models import Entry
from whitelist.selectors import listed_in_year

pytestmark = pytest.mark.django_db


def listed(world: World, year: int, count: int) -> None:
    for serial in range(count):
        Entry.objects.create(
            district=world.district,
            origin=f"{year}年纸质清单",
            number=f"JXY{year}{serial:03}",
            year=year,
            title=f"事项{serial}",
            lead_name="区消防救援支队",
            starts_on=date(year, 3, 1),
            ends_on=date(year, 12, 1),
            content="内容",
            basis="依据",
            listed_on=date(year, 2, 20),
        )


def value(world: World, code: str, year: int) -> int | None:
    return INDICATORS[code].measure(world.district, year).value


def test_a_year_without_a_list_is_unknown_and_not_zero(world: World) -> None:
    listed(world, 2026, 2)
    assert value(world, "I8a", 2026) == 2
    assert value(world, "I8a", 2025) is None
    assert value(world, "I8b", 2026) is None


def test_what_is_exempt_counts_and_is_told(world: World) -> None:
    listed(world, 2026, 3)
    Entry.objects.filter(number="JXY2026001").update(exempt=True)
    said = INDICATORS["I8a"].measure(world.district, 2026)
    assert said.value == 3
    assert "3 项，其中免申报登记 1 项" in said.explanation


@pytest.mark.parametrize(("before", "now", "less"), [(5, 3, 2), (3, 5, -2), (3, 3, 0)])
def test_the_difference_is_never_clamped(world: World, before: int, now: int, less: int) -> None:
    listed(world, 2025, before)
    listed(world, 2026, now)
    assert value(world, "I8b", 2026) == less


def test_what_took_the_place_of_another_is_one_item(world: World) -> None:
    listed(world, 2026, 4)
    old, older, new, newer = Entry.objects.order_by("number")
    Entry.objects.filter(pk__in=(older.pk, newer.pk)).update(exempt=True)
    for before, after in ((old, new), (older, newer)):
        Entry.objects.filter(pk=after.pk).update(supersedes=before)
    said = INDICATORS["I8a"].measure(world.district, 2026)
    assert said.value == listed_in_year(world.district.pk, 2026).count() == 2
    assert "2 项，其中免申报登记 1 项" in said.explanation


def test_another_district_does_not_count(world: World, stranger_world: World) -> None:
    listed(stranger_world, 2026, 2)
    assert value(world, "I8a", 2026) is None
