"""The public list narrowed by unit, theme, 学段 and month: what it shows, offers, and keeps."""

import re
from datetime import date, datetime, time

import pytest
from django.core.cache import cache
from django.utils import timezone

from jianfu.kernel import dates
from tests.whitelist.factories import entry_of, filed, published, soon
from tests.whitelist.test_public import LIST, text


@pytest.fixture
def listed(world):
    return entry_of(world, title="防溺水安全教育", ends_on=soon(60))


@pytest.mark.parametrize(
    "query", ["q=溺", "lead=nobody", "page=7", "page=01", "stage=小学&theme=safety", "lead=&other="]
)
def test_what_has_no_end_is_not_kept(client, listed, query):
    client.get(f"{LIST}?{query}")
    assert not [key for key in cache._cache if "whitelist.page" in key]


@pytest.mark.parametrize("query", ["q=&lead=&theme=&stage=小学&month=", "theme=safety", "page=1"])
def test_a_list_narrowed_by_one_choice_is_kept(client, listed, query, django_assert_num_queries):
    with dates.as_of(timezone.now()):
        first = client.get(f"{LIST}?{query}")
        assert "防溺水安全教育" in text(first)
        with django_assert_num_queries(0):
            assert client.get(f"{LIST}?{query}").content == first.content


@pytest.fixture
def several(world):
    """One in October and November for 小学, one in December for 初中 of another unit and theme."""
    day = date(dates.today().year, 10, 1)
    with dates.as_of(timezone.make_aware(datetime.combine(day, time(9)))):
        release = published(
            world,
            filed(
                world,
                title="防溺水安全教育",
                starts_on=day.replace(day=12),
                ends_on=day.replace(month=11, day=30),
                stages=["primary"],
            ),
            filed(
                world,
                place="other_department",
                title="宪法晨读",
                starts_on=day.replace(month=12, day=1),
                ends_on=day.replace(month=12, day=5),
                stages=["junior"],
            ),
        )
        yield release


@pytest.mark.parametrize("place", ["", "releases/{year}-1/"])
def test_the_list_is_narrowed_by_unit_theme_stage_and_month(client, several, place):
    water, law = (item.entry for item in several.items.all())
    address = LIST + place.format(year=several.year)
    year = several.year
    for query, shown in {
        f"lead={water.lead_name}": water,
        f"lead={law.lead_name}": law,
        "theme=safety": water,
        "theme=law": law,
        "stage=小学": water,
        "stage=初中": law,
        f"month={year}-10": water,
        f"month={year}-11": water,
        f"month={year}-12": law,
        f"q=fnsaq&stage=小学&month={year}-11": water,
    }.items():
        page = text(client.get(f"{address}?{query}"))
        hidden = law if shown == water else water
        assert f"entries/{shown.number}/" in page, query
        assert f"entries/{hidden.number}/" not in page, query
        assert "共 1 项" in page
    nothing = text(client.get(f"{address}?theme=law&stage=小学"))
    assert "没有符合这些条件的事项" in nothing
    assert "查看全部" in nothing


def test_only_what_finds_something_is_offered(client, several):
    page = text(client.get(LIST))
    assert re.findall(r'<option value="([a-z]+)">', page) == ["safety", "law"]
    year = several.year
    assert re.findall(r'<option value="(\d{4}-\d\d)">', page) == [f"{year}-10", f"{year}-11", f"{year}-12"]
    assert "安全教育</option>" in page


@pytest.mark.parametrize("query", ["lead=nobody", "theme=nonsense", "stage=大学", "month=2026-13", "month=x"])
def test_a_choice_that_is_not_offered_is_said_to_be_none(client, listed, query):
    page = text(client.get(f"{LIST}?{query}"))
    assert "错误：" in page
    assert "防溺水安全教育" in page


def test_a_new_unit_is_offered_at_once(client, world, listed):
    assert "宪法晨读" not in text(client.get(LIST))
    entry = entry_of(world, title="宪法晨读", ends_on=soon(40))
    page = text(client.get(f"{LIST}?theme=law"))
    assert entry.title in page
    assert listed.title not in page
