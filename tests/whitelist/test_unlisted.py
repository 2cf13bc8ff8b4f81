"""不在名单内来校 as a list: whose rows, found by unit, school and month, and where to go from each."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.whitelist.activities import department, reviewer, school
from whitelist import services
from whitelist.clues import found_by, unlisted_clue
from whitelist.models import ClosedClue, Visit
from whitelist.states import ClueVerdict, Season, VisitKind

PAGE, BOOK = "/whitelist/office/unlisted/", "/whitelist/office/unlisted/list.xlsx"
INSURER = "某保险公司"


def came(world, visitor=INSURER, place="school", day=None, kind=VisitKind.UNLISTED_REFUSED):
    visit = services.record_unlisted(
        school=world.place(place),
        by=world.user(Role.SCHOOL, place=place, key=f"school-{place}"),
        kind=kind,
        visitor=visitor,
        purpose="推销保险",
    )
    Visit.objects.filter(pk=visit.pk).update(day=day or visit.day)
    return Visit.objects.get(pk=visit.pk)


def shown(client, **asked):
    return client.get(PAGE, asked).content.decode().split("<tbody>")[-1].split("</tbody>")[0]


def test_found_by_unit_school_and_month_each_at_its_edge(client, world):
    came(world, "甲公司", day=date(2026, 9, 30))
    came(world, "乙公司", day=date(2026, 10, 1), kind=VisitKind.UNLISTED_ADMITTED)
    came(world, "丙公司", "other_school", day=date(2026, 10, 31))
    client.force_login(reviewer(world))
    page = shown(client)
    assert page.index("丙公司") < page.index("乙公司") < page.index("甲公司")  # the newest first
    assert (page.count("已拒绝"), page.count("已放行")) == (2, 1)
    assert [row[4] for row in book(client, {}) if "公司" in str(row[2:3])] == ["已拒绝", "已放行", "已拒绝"]
    for asked, found in (
        ({"q": "乙"}, {"乙"}),
        ({"school": world.place("other_school").pk}, {"丙"}),
        ({"month": "2026-10"}, {"乙", "丙"}),
        ({"month": "2026-09"}, {"甲"}),
        ({"month": "2026-10", "school": world.place("school").pk}, {"乙"}),
    ):
        page = shown(client, **asked)
        assert {name for name in "甲乙丙" if f"{name}公司" in page} == found
        assert {name for name in "甲乙丙" if f"{name}公司" in str(book(client, asked))} == found


def book(client, asked):
    sheet = load_workbook(BytesIO(client.get(BOOK, asked).content)).active
    return [[cell for cell in row if cell] for row in sheet.iter_rows(values_only=True)]


def test_a_school_reads_its_own_and_nothing_of_the_clues(client, world):
    mine, other = came(world), came(world, "别处的公司", "other_school")
    client.force_login(world.user(Role.SCHOOL, key="school-school"))
    page = client.get(PAGE).content.decode()
    assert INSURER in page
    assert other.visitor not in page
    assert "监测线索</th>" not in page
    assert 'name="school"' not in page
    assert "/whitelist/yunling/report/" in page
    assert other.visitor not in str(book(client, {}))
    assert mine.visitor in str(book(client, {}))
    for nobody in (department(world), world.user(Role.EXPERT)):
        client.force_login(nobody)
        assert client.get(PAGE).status_code == client.get(BOOK).status_code == 403


def test_another_districts_are_not_there(client, world, stranger_world):
    came(stranger_world)
    client.force_login(reviewer(world))
    assert INSURER not in client.get(PAGE).content.decode()


def test_from_a_visit_to_its_clue_its_record_and_a_report(client, world):
    visit = came(world)
    admitted = came(world, "便民中心", kind=VisitKind.UNLISTED_ADMITTED)
    client.force_login(world.user(Role.COMPLAINT_HANDLER))
    page = shown(client)
    assert "待核实" not in page
    season, key = Season.of(visit.day), unlisted_clue(visit).key
    clue = f"/whitelist/office/clues/unlisted/{season.key}/{key}/"
    assert clue in page
    assert client.get(clue).status_code == 200
    assert page.count("拒绝记录") == 1  # who was let in was not refused
    address = f"/whitelist/office/complaints/enter/?visit={admitted.pk}"
    assert address in page
    form = client.get(address).content.decode()
    for words in ("便民中心", str(visit.school), dates.chinese_date(admitted.day)):
        assert words in form
    (found, _other) = found_by("unlisted", world.district.pk, season)
    assert found.key == key
    client.post(clue, {"verdict": ClueVerdict.values[0], "note": "已约谈该公司。"})
    assert ClosedClue.objects.get().key == key
    page = shown(client)
    assert clue not in page
    assert "已约谈该公司。" in page
    assert "已约谈该公司。" in str(book(client, {}))


def test_an_export_is_recorded(client, world):
    came(world)
    client.force_login(reviewer(world))
    client.get(BOOK)
    assert Event.objects.filter(action="unlisted.exported", note="1 条").count() == 1


def test_a_visit_of_another_school_fills_no_form(client, world, stranger_world):
    visit = came(stranger_world)
    client.force_login(world.user(Role.COMPLAINT_HANDLER))
    for pk in (visit.pk, "x", 10**30):
        assert INSURER not in client.get(f"/whitelist/office/complaints/enter/?visit={pk}").content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("role", [Role.FIRST_REVIEWER, Role.SCHOOL])
def test_queries_do_not_grow(client, world, django_assert_num_queries, count, role):
    for number in range(count):
        came(world, f"公司{number}")
    client.force_login(reviewer(world) if role == Role.FIRST_REVIEWER else school(world))
    client.get(PAGE)
    with django_assert_num_queries(10 if role == Role.FIRST_REVIEWER else 11):
        assert shown(client).count("推销保险") == count
