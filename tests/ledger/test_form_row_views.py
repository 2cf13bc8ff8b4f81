"""The page of one row: filling, reporting, the office's answer, and what bad input gets."""

import json

import pytest
from pytest_django import DjangoAssertNumQueries

from jianfu.organisations.states import Role
from ledger.models import Ledger
from ledger.services.filling import BlankInput, EntryInput, as_input, save_row
from ledger.states import RowState
from tests.factories import World
from tests.ledger.forms import (
    DECLINED,
    HELD,
    YEAR,
    brought_to,
    clerk,
    office,
    opened,
    row_of,
    signed_in,
    typed,
    url,
)

pytestmark = pytest.mark.usefixtures("stopped_clock")


@pytest.fixture
def ledger(world: World) -> Ledger:
    return opened(world)


def test_a_row_is_filled_and_reported_in_one_click(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 8)
    entry = {"name": "进校园活动", "quantity": "１８项", "ratio": "50%", "outcome": "减半"}
    answer = signed_in(clerk(world)).post(
        url("row_detail", row.pk), typed(row, entry, {"name": ""}, step="submit", I8a="18", I8b="0")
    )
    assert answer.url == url("ledger_detail", YEAR)
    row.refresh_from_db()
    assert row.state == RowState.SUBMITTED
    assert row.implementation == "已组织开展：\n1. 进校园活动，18 项，占 50%。减半。"


def test_an_incomplete_report_keeps_the_draft_and_says_what_is_missing(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 8)
    answer = signed_in(clerk(world)).post(
        url("row_detail", row.pk), typed(row, {"name": "进校园活动"}, step="submit", I8a="", I8b="0")
    )
    page = answer.content.decode()
    assert "活动数量”还空着" in page
    assert "错误：" in page
    row.refresh_from_db()
    assert (row.state, row.entries.count()) == (RowState.STARTED, 1)
    assert f'name="version" value="{row.version}"' in page
    again = typed(row, {"name": "进校园活动"}, step="submit", I8a="18", I8b="0")
    assert signed_in(clerk(world)).post(url("row_detail", row.pk), again).status_code == 302


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"quantity": "5"}, "填写名称"),
        ({"name": "甲", "quantity": "-1"}, "数量不能小于 0"),
        ({"name": "甲", "quantity": "很多"}, "数量要填数字"),
        ({"name": "甲", "ratio": "101"}, "比例不能大于 100"),
        ({"name": "甲" * 201}, "名称最多 200 字，现在是 201 字"),
        ({"name": "甲", "outcome": "长" * 70_000}, "成效最多 1000 字，现在是 70000 字"),
        ({"name": "甲\x00"}, "不能保存的字符"),
        ({"name": "甲", "kind": "other"}, "不在可选范围内"),
        ({"name": "甲", "id": "9" * 40}, None),
    ],
)
def test_bad_entries_lose_nothing(world: World, ledger: Ledger, entry: dict, words: str | None) -> None:
    row = row_of(ledger, 8)
    data = typed(row, {"name": "留下的"}, entry, I8a="18", I8b="1")
    answer = signed_in(clerk(world)).post(url("row_detail", row.pk), data)
    if words is None:
        assert answer.status_code in {200, 302}
        return
    page = answer.content.decode()
    assert words in page
    assert "留下的" in page
    assert not row.entries.exists()


def test_lone_surrogates_are_refused(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 8)
    body = "&".join(f"{k}={v}" for k, v in typed(row, {"name": "%ED%A0%80"}, I8a="1", I8b="1").items())
    answer = signed_in(clerk(world)).post(
        url("row_detail", row.pk), body, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in {200, 302, 400}


def test_a_table_that_did_not_arrive_whole(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 8)
    page = signed_in(clerk(world)).post(url("row_detail", row.pk), {"version": "x", "step": "save"})
    assert "表格没有传完整" in page.content.decode()


def test_a_stale_page_shows_both_and_loses_nothing(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 8)
    other = world.user(Role.SECTION_CLERK, place="other_section", key="other clerk")
    data = typed(row, {"name": "我写的"}, I8a="18", I8b="1")
    save_row(row=row, by=other, entries=[EntryInput(kind="held", name="别人写的")])
    client = signed_in(clerk(world))
    page = client.post(url("row_detail", row.pk), data).content.decode()
    assert "别人刚刚保存的内容" in page
    assert "1. 别人写的。" in page
    assert "我写的" in page
    row.refresh_from_db()
    assert f'name="version" value="{row.version}"' in page
    client.post(url("row_detail", row.pk), data | {"version": str(row.version)})
    assert list(row.entries.values_list("name", flat=True)) == ["我写的"]


def test_lines_that_others_added_are_joined_to_what_was_typed(world: World, ledger: Ledger) -> None:
    row = save_row(row=row_of(ledger, 9), by=clerk(world), entries=[HELD])
    mine = row.entries.get()
    stale = typed(row, {"id": str(mine.pk), "name": HELD.name}, {"name": "我写的"})
    other = world.user(Role.SECTION_CLERK, place="office", key="other clerk")
    save_row(row=row, by=other, entries=[as_input(mine), EntryInput(kind="declined", name="别人写的")])
    answer = signed_in(clerk(world)).post(url("row_detail", row.pk), stale)
    names = [form["name"].value() for form in answer.context["page"].entries]
    assert names == [HELD.name, "我写的", "别人写的"]


def test_copying_last_year_takes_one_click(world: World, ledger: Ledger) -> None:
    save_row(row=row_of(opened(world, year=2025), 9), by=clerk(world), entries=[HELD, DECLINED])
    row = row_of(ledger, 9)
    client = signed_in(clerk(world))
    assert "复制上年" in client.get(url("row_detail", row.pk)).content.decode()
    client.post(url("row_detail", row.pk), typed(row, {"name": "今年的"}, step="copy"))
    assert list(row.entries.values_list("name", flat=True)) == ["今年的", HELD.name, DECLINED.name]


def test_a_draft_saves_itself(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 9)
    client = signed_in(clerk(world))
    answer = client.post(url("row_autosave", row.pk), typed(row, {"name": "草稿"}))
    row.refresh_from_db()
    assert answer.json()["version"] == row.version
    bad = client.post(url("row_autosave", row.pk), typed(row, {"quantity": "5"}))
    assert (bad.status_code, "填写名称" in bad.json()["message"]) == (400, True)
    closed = client.post(url("row_autosave", row_of(ledger, 1).pk), typed(row_of(ledger, 1)))
    assert "由督导室填报" in closed.json()["message"]


def test_the_office_goes_from_row_to_row(world: World, ledger: Ledger) -> None:
    first, second = (brought_to(RowState.SUBMITTED, row_of(ledger, n), world) for n in (8, 9))
    client = signed_in(office(world))
    answer = client.post(url("row_act", first.pk), {"transition": "accept", "version": first.version})
    assert answer.url == url("row_detail", second.pk)
    refused = client.post(url("row_act", second.pk), {"transition": "return_", "version": second.version})
    assert "填写退回原因" in refused.content.decode()
    data = {"transition": "return_", "version": second.version, "note": "请补充比例"}
    assert client.post(url("row_act", second.pk), data).url == url("ledger_detail", YEAR)
    page = signed_in(clerk(world)).get(url("row_detail", second.pk)).content.decode()
    assert "退回原因：</b>请补充比例" in page


@pytest.mark.parametrize(
    "data", [{}, {"transition": "submit"}, {"transition": "drop"}, {"transition": "start"}]
)
def test_an_unknown_act_is_refused_in_words(world: World, ledger: Ledger, data: dict[str, str]) -> None:
    row = brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
    page = signed_in(office(world)).post(url("row_act", row.pk), data).content.decode()
    assert "没有这个办理动作" in page


@pytest.mark.parametrize("note", ["坏\x00字", "长" * 70_000])
def test_a_reason_that_cannot_be_kept_is_refused(world: World, ledger: Ledger, note: str) -> None:
    row = brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
    data = {"transition": "return_", "version": row.version, "note": note}
    answer = signed_in(office(world)).post(url("row_act", row.pk), data)
    assert answer.status_code in {200, 400}
    row.refresh_from_db()
    assert row.state == RowState.SUBMITTED


def test_a_stale_act_is_refused(world: World, ledger: Ledger) -> None:
    row = brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
    data = {"transition": "accept", "version": row.version - 1}
    assert "刚刚被别人改动过" in signed_in(office(world)).post(url("row_act", row.pk), data).content.decode()


@pytest.mark.parametrize("entries", [1, 3])
@pytest.mark.usefixtures("own_queries_only")
def test_a_row_costs_the_same_with_any_number_of_entries(
    world: World, ledger: Ledger, django_assert_num_queries: DjangoAssertNumQueries, entries: int
) -> None:
    lines = [EntryInput(kind="held", name=f"第{n}件") for n in range(entries)]
    row = save_row(row=row_of(ledger, 9), by=clerk(world), entries=lines)
    client = signed_in(clerk(world))
    with django_assert_num_queries(17):
        client.get(url("row_detail", row.pk))


def test_autosave_answers_in_json(world: World, ledger: Ledger) -> None:
    row = row_of(ledger, 9)
    answer = signed_in(clerk(world)).post(url("row_autosave", row.pk), typed(row, {"name": "草稿"}))
    assert set(json.loads(answer.content)) == {"saved_at", "version"}


def test_carried_words_are_marked(world: World, ledger: Ledger) -> None:
    save_row(row=row_of(opened(world, year=2025), 6), by=clerk(world), blanks={"I6": BlankInput("复检")})
    row = row_of(ledger, 6)
    client = signed_in(clerk(world))
    client.post(url("row_detail", row.pk), typed(row, step="copy", I6=""))
    assert "上年结转" in client.get(url("row_detail", row.pk)).content.decode()


def test_a_row_says_how_much_is_filled_in_already(
    world: World, ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.selectors.asked.INDICATORS", {})
    save_row(row=row_of(opened(world, year=2025), 8), by=clerk(world), blanks={"I8a": BlankInput(18)})
    row = save_row(row=row_of(ledger, 8), by=clerk(world), blanks={"I8a": BlankInput(12)})
    page = signed_in(clerk(world)).get(url("row_detail", row.pk)).content.decode()
    assert "共 2 项，已从登记簿带出 1 项" in page
