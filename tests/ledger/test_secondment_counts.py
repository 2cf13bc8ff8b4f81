"""Rows 13 and 4 counted in one query, against the same counted record by record in plain Python."""

import random
from datetime import date, timedelta
from itertools import product

import pytest

from jianfu.organisations.models import Person
from ledger.models import Secondment
from ledger.selectors import secondment as selectors
from ledger.states import COUNTED_KINDS, SecondmentKind
from tests.factories import World

from .secondments import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

YEARS = (2025, 2026, 2027)
STARTS = (date(2025, 6, 1), date(2025, 12, 31), date(2026, 1, 1), TODAY, TODAY + timedelta(days=1))
RETURNS = (*STARTS[1:], date(2027, 1, 1), None)
KINDS = (SecondmentKind.VILLAGE, SecondmentKind.VILLAGE, SecondmentKind.OTHER, SecondmentKind.ROTATION)


def borrowings(world: World, seed: int) -> list[Secondment]:
    """Every pair of days near the turns of the years and today, some twice to the same teacher."""
    chance = random.Random(seed)
    school = world.place("school")
    teachers = Person.objects.bulk_create(
        Person(district=world.district, name=f"教师{n}", organisation=school) for n in range(60)
    )
    days = [(starts, back) for starts, back in product(STARTS, RETURNS) if back is None or back >= starts]
    return Secondment.objects.bulk_create(
        Secondment(
            district=world.district,
            teacher=chance.choice(teachers),
            school=school,
            kind=chance.choice(KINDS),
            starts_on=starts,
            ends_on=starts + timedelta(days=chance.choice((0, 60))),
            returned_on=back,
            void_reason=chance.choice(("", "", "", "重复")),
        )
        for starts, back in days * 3
    )


def touches(record: Secondment, first: date, last: date) -> bool:
    return record.starts_on <= last and record.last_day_away(TODAY) >= first


def counted(records: list[Secondment], year: int) -> selectors.OfAYear:
    """As A9 says it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    valid = [each for each in records if not each.is_voided]
    mine = [each for each in valid if each.kind in COUNTED_KINDS and touches(each, first, last)]
    village = [each for each in valid if each.kind == SecondmentKind.VILLAGE]
    end = min(last, TODAY)
    ended = {each.teacher_id for each in village if each.returned_on and first <= each.returned_on <= end}
    again = {each.teacher_id for each in village if touches(each, end, end)}
    return selectors.OfAYear(
        begun=any(each.starts_on <= last for each in valid),
        people=len({each.teacher_id for each in mine}),
        records=len(mine),
        called_back=len(ended - again),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_figures_are_what_they_are_record_by_record(world: World, seed: int) -> None:
    records = borrowings(world, seed)
    rows = Secondment.objects.filter(district=world.district)
    for year in YEARS:
        wanted = counted(records, year)
        assert selectors.of_a_year(rows, year, TODAY) == wanted
        away = selectors.behind_figure(rows, "I13a", year, TODAY)
        back = selectors.behind_figure(rows, "I4", year, TODAY)
        assert away.count() == wanted.records
        assert back.values("teacher").distinct().count() == wanted.called_back
    assert {counted(records, year).called_back for year in YEARS} != {0}


def test_only_what_is_void_or_later_is_no_beginning(world: World) -> None:
    record = borrowings(world, 1)[-1]
    Secondment.objects.exclude(pk=record.pk).update(void_reason="重复")
    Secondment.objects.filter(pk=record.pk).update(
        starts_on=date(2027, 1, 1), ends_on=date(2027, 2, 1), returned_on=None, void_reason=""
    )
    rows = Secondment.objects.filter(district=world.district)
    begun = [selectors.of_a_year(rows, year, TODAY).begun for year in YEARS]
    assert begun == [False, False, True]
