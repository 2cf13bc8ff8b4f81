"""The pages: who sees what, what a click does, what bad input gets, and how many queries it costs."""

from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jianfu.audit.models import Event
from jianfu.kernel import trail
from jianfu.organisations.states import STAFF, Role
from ledger.forms.filling import versions_words
from ledger.models import Assignment, BlankValue, Ledger, LedgerRow
from ledger.services.filling import EntryInput, save_row
from ledger.states import RowState
from ledger.workflow import ROW
from tests.factories import World
from tests.ledger.forms import (
    YEAR,
    brought_to,
    clerk,
    filled,
    office,
    opened,
    row_of,
    signed_in,
    url,
)

NUMBER_CELL = '<td class="mid number">'
pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def ledger(world: World) -> Ledger:
    return opened(world)


PAGES = [
    ("ledger_list", ()),
    ("ledger_detail", (YEAR,)),
    ("ledger_print", (YEAR,)),
    ("ledger_export", (YEAR, "xlsx")),
]


@pytest.mark.parametrize("role", list(Role))
def test_staff_read_and_nobody_else(world: World, ledger: Ledger, role: Role) -> None:
    client = signed_in(world.user(role))
    row = url("row_detail", row_of(ledger, 8).pk)
    for address in [row, *(url(name, *args) for name, args in PAGES[1:])]:
        assert client.get(address).status_code == (200 if role in STAFF else 404), address
    assert client.get(url("ledger_list")).status_code == (200 if role in STAFF else 403)


def test_another_district_does_not_exist(world: World, stranger_world: World, ledger: Ledger) -> None:
    client = signed_in(office(stranger_world))
    row = row_of(ledger, 8)
    for name, args in PAGES[1:]:
        assert client.get(url(name, *args)).status_code == 404
    assert client.get(url("row_detail", row.pk)).status_code == 404
    assert client.get(url("row_sections", row.pk)).status_code == 404
    for name, args in (("row_act", (row.pk,)), ("row_autosave", (row.pk,)), ("ledger_accept", (YEAR,))):
        assert client.post(url(name, *args), {"transition": "accept"}).status_code == 404


def test_numbers_no_database_holds_do_not_exist(world: World, ledger: Ledger) -> None:
    client = signed_in(office(world))
    for address in (url("ledger_detail", 10**30), url("row_detail", 10**30), url("row_sections", 0)):
        assert client.get(address).status_code == 404


def test_a_visitor_is_sent_to_sign_in(ledger: Ledger) -> None:
    for name, args in PAGES:
        assert Client().get(url(name, *args)).status_code == 302


def test_opening_shows_who_will_be_asked_and_then_opens(world: World, ledger: Ledger) -> None:
    client = signed_in(office(world))
    data = {
        "year": "２０２７年",
        "template": str(ledger.template_id),
        "fill_by": "2027.12.10",
        "step": "preview",
    }
    page = client.post(url("ledger_open"), data).content.decode()
    assert "督导室" in page
    assert "本区县没有：机关支部" in page
    assert not Ledger.objects.filter(year=2027).exists()
    answer = client.post(url("ledger_open"), data | {"step": "open"})
    assert answer.url == url("ledger_detail", 2027)
    assert signed_in(clerk(world)).get(url("ledger_open")).status_code == 403


def test_a_year_that_is_open_is_refused_in_the_form(world: World, ledger: Ledger) -> None:
    data = {"year": str(YEAR), "template": str(ledger.template_id), "fill_by": "2026-12-10", "step": "open"}
    page = signed_in(office(world)).post(url("ledger_open"), data).content.decode()
    assert "一年只有一本" in page
    assert "错误：" in page


def test_the_grid_lets_a_clerk_type_in_their_own_rows_only(world: World, ledger: Ledger) -> None:
    page = signed_in(clerk(world)).get(url("ledger_detail", YEAR)).content.decode()
    assert f'name="row{row_of(ledger, 8).pk}-I8a"' in page
    assert f'name="row{row_of(ledger, 1).pk}-I1"' not in page
    assert all(f">{number}</td>" in page for number in range(1, 15))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", range(1, 15)),
        ("mine=on", [6, 8, 9, 10, 14]),
        ("state=submitted", [8]),
        ("unfilled=on&mine=on", [6, 9, 10, 14]),
        ("section=abc&state=nonsense&page=-1", range(1, 15)),
        ("state=returned", []),
    ],
)
def test_the_filter_stands_in_the_address(world: World, ledger: Ledger, query: str, shown: Any) -> None:
    brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
    answer = signed_in(clerk(world)).get(f"{url('ledger_detail', YEAR)}?{query}")
    assert [line.row.number for line in answer.context["grid"].lines] == list(shown)
    assert ("没有符合条件的任务" in answer.content.decode()) is (not shown)


def figures(ledger: Ledger, rows: list[LedgerRow], **values: str) -> dict[str, str]:
    data = {"version": versions_words(rows)}
    return data | {f"row{row.pk}-{code}": value for row in rows for code, value in values.items()}


def test_blanks_typed_in_the_grid_are_saved(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 8)
    answer = signed_in(clerk(world)).post(
        url("ledger_figures", YEAR), figures(ledger, [row], I8a="１８项", I8b="-2")
    )
    assert answer.status_code == 302
    assert dict(row.blanks.values_list("code", "number")) == {"I8a": 18, "I8b": -2}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("-1", "不能小于 0"),
        ("十八", "要填整数"),
        ("1.5", "要填整数"),
        ("99999999", "不能大于 9999999"),
        ("9" * 70_000, "要填整数"),
        ("1\x00", "要填整数"),
    ],
)
def test_bad_numbers_lose_nothing(world: World, ledger: Ledger, value: str, words: str) -> None:
    row, other = row_of(ledger, 8), row_of(ledger, 14)
    data = figures(ledger, [row], I8a=value, I8b="7") | figures(ledger, [row, other])
    data |= {f"row{other.pk}-I14": "31"}
    page = signed_in(clerk(world)).post(url("ledger_figures", YEAR), data).content.decode()
    assert words in page
    assert 'value="31"' in page
    assert 'value="7"' in page
    assert not row.blanks.filter(number__isnull=False).exists()


def test_the_grid_saves_itself_and_answers_with_new_versions(world: World, ledger: Ledger) -> None:
    client, row = signed_in(clerk(world)), row_of(ledger, 8)
    headers = {"x-requested-with": "autosave"}
    answer = client.post(
        url("ledger_figures", YEAR), figures(ledger, [row], I8a="18", I8b=""), headers=headers
    )
    version = answer.json()["version"]
    assert version == versions_words([LedgerRow.objects.get(pk=row.pk)])
    data = figures(ledger, [row], I8a="19", I8b="") | {"version": version}
    assert client.post(url("ledger_figures", YEAR), data, headers=headers).status_code == 200
    stale = client.post(url("ledger_figures", YEAR), data | {f"row{row.pk}-I8a": "20"}, headers=headers)
    assert stale.status_code == 409
    assert "别人刚刚保存过" in stale.json()["message"]
    assert row.blanks.get(code="I8a").number == 19


def test_accepting_the_ticked(world: World, stranger_world: World, ledger: Ledger) -> None:
    rows = [brought_to(RowState.SUBMITTED, row_of(ledger, n), world) for n in (8, 9)]
    foreign = row_of(opened(stranger_world), 8)
    client = signed_in(office(world))
    none = ["", "abc", "-1", "1", "9" * 30 + ".1", f"{foreign.pk}.{foreign.version}"]
    assert (
        "勾选要审核通过的任务" in client.post(url("ledger_accept", YEAR), {"chosen": none}).content.decode()
    )
    client.post(url("ledger_accept", YEAR), {"chosen": [f"{row.pk}.{row.version}" for row in rows]})
    assert set(ledger.rows.filter(number__in=(8, 9)).values_list("state", flat=True)) == {RowState.ACCEPTED}


def test_a_row_that_changed_since_it_was_ticked_is_not_accepted(world: World, ledger: Ledger) -> None:
    row = brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
    client = signed_in(office(world))
    page = client.get(url("ledger_detail", YEAR)).content.decode()
    ticked = f"{row.pk}.{row.version}"
    assert f'name="chosen" value="{ticked}"' in page
    row = ROW.perform(row, "recall", by=clerk(world))
    ROW.perform(row, "submit", by=clerk(world))
    refused = client.post(url("ledger_accept", YEAR), {"chosen": [ticked]}).content.decode()
    assert "第 8 项：这一项刚刚被别人改动过" in refused
    row.refresh_from_db()
    assert row.state == RowState.SUBMITTED


@pytest.mark.parametrize("extension", ["xlsx", "pdf"])
def test_a_download_is_named_and_leaves_an_event(world: World, ledger: Ledger, extension: str) -> None:
    answer = signed_in(clerk(world)).get(url("ledger_export", YEAR, extension))
    name = f"云岭区中小学教师减负工作重点任务台账（2026年）.{extension}"
    assert name in unquote(answer["Content-Disposition"])
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    event = Event.objects.get(action="ledger.export")
    assert (event.data, event.actor_id) == (
        {"format": extension, "kind": extension},
        clerk(world).pk,
    )


def test_another_format_does_not_exist(world: World, ledger: Ledger) -> None:
    assert signed_in(clerk(world)).get(url("ledger_export", YEAR, "csv")).status_code == 404


def test_the_print_page_shows_the_form(world: World, ledger: Ledger) -> None:
    filled(row_of(ledger, 8), clerk(world), value=12)
    page = signed_in(clerk(world)).get(url("ledger_print", YEAR)).content.decode()
    assert "<u>12</u>" in page
    assert 'rowspan="6"' in page


def test_words_of_people_are_escaped(world: World, ledger: Ledger) -> None:
    save_row(
        row=row_of(ledger, 9), by=clerk(world), entries=[EntryInput(kind="held", name="<script>x</script>")]
    )
    client = signed_in(clerk(world))
    for address in (
        url("ledger_detail", YEAR),
        url("row_detail", row_of(ledger, 9).pk),
        url("ledger_print", YEAR),
    ):
        assert "<script>x" not in client.get(address).content.decode()


def test_baselines_need_their_source(world: World, ledger: Ledger) -> None:
    client = signed_in(office(world))
    address = url("ledger_baselines", YEAR)
    assert "填写这个数出自哪份文件" in client.post(address, {"I8a": "18"}).content.decode()
    client.post(address, {"I8a": "18", "I8a_document": "2025年统计表"})
    assert list(ledger.baselines.values_list("code", "number")) == [("I8a", 18)]
    assert signed_in(clerk(world)).get(address).status_code == 403


def test_sections_are_named_on_their_page(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 1)
    data = {
        "lead": world.place("section").pk,
        "others": [world.place("office").pk],
        "due_on": "2026年11月30日",
    }
    assert signed_in(office(world)).post(url("row_sections", row.pk), data).status_code == 302
    assert row.section_ids == {world.place("section").pk, world.place("office").pk}
    assert signed_in(clerk(world)).get(url("row_sections", row.pk)).status_code == 403


@pytest.mark.usefixtures("own_queries_only")
def test_the_grid_costs_the_same_with_fourteen_thousand_rows(
    world: World,
    ledger: Ledger,
    django_assert_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A hundred rows a page and no other row read; what stands above the grid tells of all of them."""
    before = opened(world, year=2025)
    client, address = signed_in(office(world)), url("ledger_detail", YEAR)
    client.get(address)
    trail.record(action="district.changed", target=ledger, by=office(world))
    for queries in (12, 5):  # read, and remembered until the next event
        with django_assert_num_queries(queries):
            assert client.get(address).content.decode().count(NUMBER_CELL) == 14
    usual = row_of(ledger, 8)
    named = {"subject": usual.subject, "task": usual.task, "requirement": usual.requirement}
    same = {**named, "group": usual.group, "due_on": usual.due_on, "state_entered_at": usual.state_entered_at}
    rows = LedgerRow.objects.bulk_create(
        LedgerRow(ledger=ledger, number=number, key=f"further-{number}", **same)
        for number in range(15, 14_001)
    )
    read: list[int] = []
    from_db = LedgerRow.from_db.__func__
    monkeypatch.setattr(LedgerRow, "from_db", classmethod(lambda *given: read.append(1) or from_db(*given)))
    last, place = rows[-100:], world.place("section")
    Assignment.objects.bulk_create(Assignment(row=row, organisation=place, is_lead=True) for row in last)
    past = row_of(before, 1)
    blanks = [(row, f"X{row.number}") for row in last] + [(past, f"X{row.number}") for row in last]
    BlankValue.objects.bulk_create(BlankValue(row=row, code=code, name="数") for row, code in blanks)
    trail.record(action="district.changed", target=ledger, by=office(world))
    for queries in (12, 5):
        read.clear()
        with django_assert_num_queries(queries):
            page = client.get(f"{address}?page=140").content.decode()
        assert len(read) == (100 if queries == 12 else 0)
    assert page.count(NUMBER_CELL) == 100
    assert "14000 项，已填报 0" in page
    assert "第 140/140 页" in page


@pytest.mark.parametrize("entries", [1, 3])
@pytest.mark.usefixtures("own_queries_only")
def test_the_grid_costs_the_same_with_any_number_of_entries(
    world: World, ledger: Ledger, django_assert_num_queries: DjangoAssertNumQueries, entries: int
) -> None:
    opened(world, year=2025)
    for number in (8, 9, 14)[:entries]:
        lines = [EntryInput(kind="held", name=f"第{n}件") for n in range(entries)]
        save_row(row=row_of(ledger, number), by=clerk(world), entries=lines)
    for user in (clerk(world), office(world)):
        client = signed_in(user)
        client.get(url("ledger_detail", YEAR))
        trail.record(action="district.changed", target=ledger, by=user)
        for queries in (12, 5):
            with django_assert_num_queries(queries):
                client.get(url("ledger_detail", YEAR))
