from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from jianfu.kernel import dates
from tests.whitelist.factories import entry_of, opened, paper_entry, published
from whitelist.models import Entry, Release
from whitelist.states import Standing, State


def entry(**changed):
    given = {"listed_on": date(2026, 3, 2), "starts_on": date(2026, 4, 1), "ends_on": date(2026, 4, 30)}
    return Entry(**{**paper_entry(), **given, **changed})


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2026, 3, 2), Standing.VALID),
        (date(2026, 4, 30), Standing.VALID),
        (date(2026, 5, 1), Standing.EXPIRED),
    ],
)
def test_the_last_day_counts(on, standing):
    assert entry().standing(on) == standing


def test_a_removal_counts_from_its_day_and_outweighs_the_end():
    removed = entry(removed_on=date(2026, 4, 10))
    assert removed.standing(date(2026, 4, 9)) == Standing.VALID
    assert removed.standing(date(2026, 4, 10)) == Standing.REMOVED
    assert removed.standing(date(2026, 6, 1)) == Standing.REMOVED


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 4, 1), date(2026, 4, 30), "2026年4月1日至4月30日"),
        (date(2026, 9, 1), date(2027, 1, 15), "2026年9月1日至2027年1月15日"),
        (date(2026, 9, 1), date(2026, 9, 1), "2026年9月1日"),
    ],
)
def test_the_period_names_the_year_once(first, last, words):
    assert entry(starts_on=first, ends_on=last).period == words


@pytest.mark.parametrize(
    ("stages", "schools", "grades", "words"),
    [
        ("小学、初中", "全区中小学", "", "全区中小学"),
        ("小学", "全区小学", "三年级以上", "全区小学；三年级以上"),
        ("小学、初中", "6所学校", "", "小学、初中；6所学校"),
        ("小学、初中", "城区小学", "", "小学、初中；城区小学"),
        ("小学", "", "", "小学"),
    ],
)
def test_the_audience_names_the_stages_once(stages, schools, grades, words):
    assert entry(stages=stages, schools=schools, grades=grades).audience == words


def test_the_joint_units_stand_behind_the_leading_one():
    assert entry(joint_names="").units == "区禁毒办"
    assert entry(joint_names="区公安分局").units == "区禁毒办（联合：区公安分局）"


def refused_by_the_database(row) -> bool:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_what_cannot_be(world):
    found = entry_of(world)
    for wrong in (
        {"removed_on": dates.today(), "removal_reason": ""},
        {"removed_on": found.listed_on - timedelta(days=1), "removal_reason": "早于列入"},
        {"ends_on": found.starts_on - timedelta(days=1)},
        {"application": None},
    ):
        row = Entry.objects.get(pk=found.pk)
        for name, value in wrong.items():
            setattr(row, name, value)
        assert refused_by_the_database(row), wrong
    twin = Entry.objects.get(pk=found.pk)
    twin.pk, twin.application, twin.origin = None, None, "补录"
    assert refused_by_the_database(twin)


def test_a_second_draft_and_an_undated_publication_are_refused_by_the_database(world):
    draft = opened(world)
    second = Release(district=world.district, year=2027, serial=1, title="另一版")
    assert refused_by_the_database(second)
    undated = Release(district=world.district, year=2027, serial=1, title="另一版", state=State.PUBLISHED)
    assert refused_by_the_database(undated)
    assert draft.state == State.DRAFTED


def test_only_a_later_list_says_what_is_new(world):
    first = published(world)
    assert not first.tells_what_is_new
    assert published(world).tells_what_is_new
