"""The city over its districts: who reported, what adds up, and who may look."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from jianfu.audit.models import Event
from jianfu.organisations.states import Role
from ledger.models import BlankValue, DistrictKey, Ledger, LedgerRow
from ledger.selectors.city import FigureLine, Report, figure_lines, standings
from ledger.services import package_reading
from ledger.services.package import (
    content_of,
)
from ledger.states import LedgerState
from tests.factories import World, build_world
from tests.ledger.cities import (
    FIGURE,
    city_of,
    clerk,
    filed,
    in_region,
)
from tests.ledger.forms import YEAR, office, signed_in, url
from tests.ledger.years import year_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock", "key_pair")]


def test_the_city_sees_filed_years_of_its_region_and_nothing_else(world: World, city: World) -> None:
    in_region(world)
    ledger = year_at(LedgerState.LOCKED, world)
    elsewhere = city_of("江南市", "jiangnan")
    assert not Ledger.objects.reported_to(clerk(city)).exists()
    Ledger.objects.filter(pk=ledger.pk).update(state=LedgerState.FILED)
    assert list(Ledger.objects.reported_to(clerk(city))) == [ledger]
    for user in (
        clerk(elsewhere),
        office(world),
        world.user(Role.CITY_OFFICE),
        city.user(Role.LEDGER_OFFICE),
    ):
        assert not Ledger.objects.reported_to(user).exists()
        assert not Ledger.objects.visible_to(user).filter(pk=ledger.pk).exists() or user == office(world)
    # The role in an ordinary district opens nothing.
    assert signed_in(world.user(Role.CITY_OFFICE)).get(url("city_overview")).status_code == 403
    client = signed_in(clerk(city))
    assert client.get("/").url == url("city_overview"), "the first page after signing in"
    assert client.get(url("city_overview")).status_code == 200
    assert client.get(reverse("ledger:ledger_detail", args=[YEAR])).status_code == 404
    assert client.get(reverse("ledger:secondment_list")).status_code == 403


def test_a_city_without_a_region_sees_no_district_without_one(world: World) -> None:
    nowhere = city_of("", "nowhere")
    filed(world)
    assert not Ledger.objects.reported_to(clerk(nowhere)).exists()
    assert standings(clerk(nowhere), YEAR) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_costs_the_same_for_any_number_of_districts(
    world: World, city: World, count: int, own_queries_only: None
) -> None:
    worlds = [world, *(build_world(f"qu{place}", f"第{place}区") for place in range(1, count))]
    for each in worlds:
        filed(in_region(each))
    client = signed_in(clerk(city))
    client.get(url("city_overview"))  # the calendar is read once a minute
    with CaptureQueriesContext(connection) as captured:
        page = client.get(url("city_overview")).content.decode()
    assert page.count("已报送</span>") == count
    assert f"{count} 个区县，已报送 {count} 个" in page
    assert len(captured) == 11


def test_forty_districts_cost_as_much_as_one(
    world: World, city: World, django_assert_num_queries: Any, own_queries_only: None
) -> None:
    copied(filed(in_region(world)), 39)
    client = signed_in(clerk(city))
    client.get(url("city_overview"))
    with django_assert_num_queries(11):
        page = client.get(url("city_overview")).content.decode()
    assert page.count("已报送</span>") == 40
    assert "40 个区县，已报送 40 个" in page


def copied(ledger: Ledger, times: int) -> None:
    """The same filed year in so many further districts of the region."""
    blanks = list(BlankValue.objects.filter(row__ledger=ledger))
    for place in range(times):
        district = ledger.district
        district.pk, district.code, district.name = None, f"qu{place:02}", f"第{place}区"
        district.save()
        own = Ledger.objects.get(pk=ledger.pk)
        own.pk, own.district = None, district
        own.save()
        rows = {row.pk: row for row in ledger.rows.all()}
        for row in rows.values():
            row.pk, row.ledger = None, own
        LedgerRow.objects.bulk_create(rows.values())
        BlankValue.objects.bulk_create(_of_row(blank, rows[blank.row_id]) for blank in blanks)


def _of_row(blank: BlankValue, row: LedgerRow) -> BlankValue:
    values = {each.attname: getattr(blank, each.attname) for each in blank._meta.fields}
    return BlankValue(**{**values, "id": None, "row_id": row.pk})


def report(name: str, value: Any, **more: Any) -> Report:
    figure = {
        **FIGURE,
        "name": "进校园活动",
        "unit": "项",
        "definition": "列入白名单的事项",
        **more,
        "value": value,
    }
    return Report(name, name, "", None, {"I1": figure})


def test_only_what_is_defined_alike_is_added() -> None:
    alike = [report("甲", 3), report("乙", 5), report("丙", None)]
    other = report("丁", 100, definition="列入白名单的场次")
    [line] = figure_lines(alike)
    assert (line.total, line.spread, line.lacking, line.apart) == (8, (3, 4, 5), ("丙",), False)
    lines = figure_lines([*alike, other])
    assert [(line.total, line.apart) for line in lines] == [(8, True), (100, True)]
    assert figure_lines([report("甲", None)]) == []
    assert figure_lines([report("甲", "创建文明城区")]) == []


def line_of(*values: int) -> FigureLine:
    numbers = tuple((f"{place}区", value) for place, value in enumerate(values))
    return FigureLine("I1", "", "", "", apart=False, numbers=numbers, lacking=())


def test_outliers_are_marked_from_five_districts_on_and_never_in_order_of_size() -> None:
    assert line_of(1, 1, 1, 99).outliers == []
    assert line_of(10, 11, 12, 13, 99).outliers == [("4区", 99)]
    assert line_of(99, 10, 11, 12, 13, -50).outliers == [("0区", 99), ("5区", -50)]
    # On the fence itself is not beyond it: quartiles 10 and 12, fences 7 and 15.
    assert line_of(10, 10, 11, 12, 15).outliers == []
    assert line_of(10, 10, 11, 12, 17).outliers == [("4区", 17)]
    # Beyond the fence, but less than half the median away: nobody need ask about it.
    assert line_of(10, 10, 11, 12, 16).outliers == []


def test_districts_stand_in_the_order_of_their_codes(world: World, city: World) -> None:
    in_region(world)
    in_region(build_world("aaa", "末位区"))
    assert [each.code for each in standings(clerk(city), YEAR)] == ["aaa", world.district.code]


def test_content_is_the_same_figures_as_the_form(world: World) -> None:
    ledger = filed(world)
    content = content_of(ledger)
    assert [row["number"] for row in content["rows"]] == list(range(1, 15))
    assert content["filed"]["document_number"]
    values = {f["code"]: f["value"] for row in content["rows"] for f in row["figures"]}
    assert values == {b.code: b.value for b in BlankValue.objects.filter(row__ledger=ledger)}
    assert package_reading._is_sound(content)


def test_the_workbook_holds_what_the_page_shows_as_numbers(world: World, city: World) -> None:
    ledger = filed(in_region(world))
    in_region(build_world("aaa", "末位区"))
    answer = signed_in(clerk(city)).get(url("city_export"), {"year": YEAR})
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["监测数据", "报送情况", "口径说明"]
    lines = list(book["监测数据"].iter_rows(min_row=3, values_only=True))
    numbers = BlankValue.objects.filter(row__ledger=ledger, number__isnull=False)
    assert sorted(line[4] for line in lines) == sorted(numbers.values_list("number", flat=True))
    assert [type(cell) for cell in lines[0][3:8]] == [int] * 5
    districts = list(book["报送情况"].iter_rows(min_row=3, values_only=True))
    assert [line[:2] for line in districts] == [("末位区", "未报送"), (world.district.name, "已报送")]
    assert districts[1][3].date() == date(2026, 11, 20)
    assert all(line[2] for line in book["口径说明"].iter_rows(min_row=3, max_row=4, values_only=True))
    assert Event.objects.get(action="city.exported").data == {"year": YEAR}
    assert signed_in(office(world)).get(url("city_export")).status_code == 403


GARBAGE = ({}, {"code": "\x00", "name": "字" * 9000, "public_key": "é"}, {"file": "no file", "code": "A b"})


def test_no_page_of_the_city_breaks_on_what_is_typed(city: World) -> None:
    client = signed_in(clerk(city))
    for name in ("city_overview", "city_receive", "city_keys", "city_export"):
        for query in ({"year": "abc"}, {"year": "999999999999"}, {"year": "²"}):
            assert client.get(url(name), query).status_code == 200
    for data in GARBAGE:
        for name in ("city_receive", "city_keys"):
            assert client.post(url(name), data).status_code in {200, 400}
    assert not DistrictKey.objects.exists()
