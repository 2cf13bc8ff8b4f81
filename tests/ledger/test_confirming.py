"""The records move under a figure that somebody answered for: it is shown everywhere and answered again."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from jianfu.audit.models import Event
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.kernel.indicators import INDICATORS
from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from ledger.desk import form as desk
from ledger.models import BlankValue, Ledger, LedgerRow
from ledger.selectors import moved
from ledger.services.confirming import confirm_again
from ledger.services.filling import BlankInput, save_row
from ledger.states import RowState, ValueSource
from ledger.workflow import ROW
from tests.factories import World

from .conftest import Say
from .forms import HELD, clerk, office, opened, row_of, signed_in, url

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
MOVED = "记录已变：确认时 18 项，现在 19 项"


@pytest.fixture
def ledger(world: World) -> Ledger:
    return opened(world)


def reported(ledger: Ledger, world: World, number: int = 8, **blanks: BlankInput) -> LedgerRow:
    row = save_row(row=row_of(ledger, number), by=clerk(world), entries=[HELD], blanks=blanks)
    return ROW.perform(row, "submit", by=clerk(world))


@pytest.fixture
def row(world: World, ledger: Ledger, say: Say) -> LedgerRow:
    """Row 8: accepted at 18 of the records and last year's 20; now they say 19."""
    ledger.baselines.create(code="I8a", number=20, document="2025年统计表")
    say("I8a", 18)
    row = reported(ledger, world, I8a=BlankInput(18), I8b=BlankInput(2))
    row = ROW.perform(row, "accept", by=office(world))
    say("I8a", 19)
    return row


def blank(row: LedgerRow, code: str = "I8a") -> BlankValue:
    return row.blanks.get(code=code)


def page(by: User, address: str) -> str:
    answer = signed_in(by).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


# ---- Seen


def test_the_row_the_grid_and_the_desks_say_so(world: World, row: LedgerRow) -> None:
    for by in (clerk(world), office(world)):
        assert MOVED in page(by, row.get_absolute_url())
        assert MOVED in page(by, row.ledger.get_absolute_url())
        (matter,) = [m for m in desk.todo(by, TODAY) if m.kind == "记录已变"]
        assert (matter.url, matter.action) == (row.get_absolute_url(), "核对")
        assert desk.todo_count(by, TODAY) == len(desk.todo(by, TODAY))


def test_nobody_else_is_asked(world: World, row: LedgerRow, stranger_world: World) -> None:
    other = world.user(Role.SECTION_CLERK, place="personnel", key="other clerk")
    people = [other, clerk(stranger_world), office(stranger_world)]
    people += [world.user(role) for role in Role if role not in {Role.SECTION_CLERK, Role.LEDGER_OFFICE}]
    for by in people:
        assert row.pk not in {r.pk for r in moved.moved_rows(by)}


def test_what_still_holds_is_not_asked_again(world: World, ledger: Ledger, say: Say) -> None:
    say("I8a", 18)
    row = reported(ledger, world, I8a=BlankInput(18), I8b=BlankInput(0, "无上年数"))
    assert "记录已变" not in page(clerk(world), row.get_absolute_url())
    assert not moved.moved_rows(clerk(world)).exists()


def test_an_override_is_asked_when_what_it_overrules_moves(world: World, ledger: Ledger, say: Say) -> None:
    say("I14", 34)
    row = reported(ledger, world, 14, I14=BlankInput(30, "四人重复登记"))
    assert "记录已变" not in page(clerk(world), row.get_absolute_url())
    say("I14", 30)  # the records say now what was filled in
    assert "记录已变" not in page(clerk(world), row.get_absolute_url())
    say("I14", 35)
    text = page(clerk(world), row.get_absolute_url())
    assert "记录已变：确认时 34 人，现在 35 人</b>，表中是 30 人" in text
    say("I14", None)
    assert "确认时 34 人，现在 —" in page(clerk(world), row.get_absolute_url())


def test_a_figure_that_could_not_be_counted_then_is_asked(world: World, ledger: Ledger, say: Say) -> None:
    say("I14", None)
    row = reported(ledger, world, 14, I14=BlankInput(30))
    say("I14", 31)
    assert "确认时 —，现在 31 人" in page(clerk(world), row.get_absolute_url())


@pytest.mark.parametrize("filled", [34, 30])
def test_a_row_that_nobody_answered_for_is_not_asked(
    world: World, ledger: Ledger, say: Say, filled: int
) -> None:
    """What was counted follows the records; what was typed is still in the clerk's hands."""
    say("I14", 34)
    typed = BlankInput(filled, "四人重复登记")
    row = save_row(row=row_of(ledger, 14), by=clerk(world), entries=[HELD], blanks={"I14": typed})
    say("I14", 35)
    assert "记录已变" not in page(clerk(world), row.get_absolute_url())


def test_a_year_that_is_not_open_only_shows_it(world: World, row: LedgerRow) -> None:
    Ledger.objects.update(state="locked")
    text = page(clerk(world), row.get_absolute_url())
    assert MOVED in text
    assert "不再改数，只作提示" in text
    assert url("row_confirm", row.pk) not in text
    assert not moved.moved_rows(clerk(world)).exists()
    with pytest.raises(Refused, match="已锁定"):
        confirm_again(row=row, code="I8a", take=True, by=clerk(world))
    assert blank(row).number == 18


# ---- Answered


def test_taking_the_new_number(world: World, row: LedgerRow) -> None:
    before = blank(row).confirmed_at
    saved = confirm_again(row=row, code="I8a", take=True, by=clerk(world), expected_version=row.version)
    found = blank(saved)
    assert (found.number, found.computed, found.source) == (19, 19, ValueSource.COMPUTED)
    assert found.confirmed_by == clerk(world).person
    assert found.confirmed_at > before
    assert saved.reported_figures == "本年度各类“进校园”活动数量19项，较上年度减少1项。"
    assert saved.state == RowState.SUBMITTED  # what the office accepted was another figure
    version = saved.history.first()
    assert version.reported_figures == saved.reported_figures
    assert version.history_change_reason == "“本年度各类“进校园”活动数量”记录由 18 变为 19，改填 19"
    event = Event.objects.filter(action="ledger_row.confirm_again").get()
    said = {
        name: event.data[f"I8a.{name}"] for name in ("value", "value_before", "counted", "counted_before")
    }
    assert said == {"value": 19, "value_before": 18, "counted": 19, "counted_before": 18}
    assert event.data["I8b.value"] == 1
    assert "记录已变" not in page(clerk(world), row.get_absolute_url())
    assert not moved.moved_rows(clerk(world)).exists()
    assert ROW.decide(saved, "accept", office(world))


def test_a_typed_difference_does_not_follow(world: World, ledger: Ledger, say: Say) -> None:
    ledger.baselines.create(code="I8a", number=20, document="2025年统计表")
    say("I8a", 18)
    row = reported(ledger, world, I8a=BlankInput(18), I8b=BlankInput(5, "含暂停的 3 项"))
    say("I8a", 19)
    saved = confirm_again(row=row, code="I8a", take=True, by=clerk(world))
    assert blank(saved, "I8b").number == 5
    assert "确认时 2 项，现在 1 项" in page(clerk(world), row.get_absolute_url())


def test_keeping_the_number_with_a_reason(world: World, row: LedgerRow) -> None:
    saved = confirm_again(row=row, code="I8a", take=False, reason="新增一项是重复登记", by=clerk(world))
    found = blank(saved)
    assert (found.number, found.computed, found.source) == (18, 19, ValueSource.ENTERED)
    assert found.override_reason == "新增一项是重复登记"
    assert "登记簿 19 项，填报 18 项。改动说明：新增一项是重复登记" in saved.figure_notes
    assert saved.history.first().figure_notes == saved.figure_notes
    assert "记录已变" not in page(clerk(world), row.get_absolute_url())


def test_what_was_entered_beside_a_half_computed_figure_stays_on_top(
    world: World, ledger: Ledger, say: Say
) -> None:
    say("I14", 40, beyond="其他途径由科室填报")
    row = reported(ledger, world, 14, I14=BlankInput(65, "电话答复 25 次"))
    say("I14", 45, beyond="其他途径由科室填报")
    assert "改填 70 人" in page(clerk(world), row.get_absolute_url())
    found = blank(confirm_again(row=row, code="I14", take=True, by=clerk(world)), "I14")
    assert (found.number, found.computed, found.override_reason) == (70, 45, "电话答复 25 次")
    assert found.source == ValueSource.ENTERED


def test_names_are_confirmed_again_too(world: World, ledger: Ledger, say: Say) -> None:
    say("I6", "文明城市复检")
    row = reported(ledger, world, 6, I6=BlankInput("文明城市复检"))
    say("I6", "文明城市复检、" + "健康区创建、" * 80 + "双拥")
    saved = confirm_again(row=row, code="I6", take=True, by=clerk(world))
    assert blank(saved, "I6").text.endswith("、双拥")
    assert saved.history.first().history_change_reason.count("、…”")


@pytest.mark.parametrize(
    ("take", "reason", "words"),
    [
        (False, " ", "保留原数要写明理由"),
        (False, "字" * 201, "最多 200 字，现在是 201 字"),
        (False, "坏\x00字", "不能保存的字符"),
    ],
)
def test_an_answer_without_a_word_is_refused(
    world: World, row: LedgerRow, take: bool, reason: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        confirm_again(row=row, code="I8a", take=take, reason=reason, by=clerk(world))
    row.refresh_from_db()
    assert (row.state, blank(row).computed) == (RowState.ACCEPTED, 18)


def test_records_that_say_nothing_any_more_cannot_be_taken(world: World, row: LedgerRow, say: Say) -> None:
    say("I8a", None)
    assert 'name="take"' not in page(clerk(world), row.get_absolute_url())
    with pytest.raises(Refused, match="现在没有记录可数"):
        confirm_again(row=row, code="I8a", take=True, by=clerk(world))
    assert confirm_again(row=row, code="I8a", take=False, reason="记录移交", by=clerk(world)).version


@pytest.mark.parametrize("code", ["I8b", "I13a", "", "x" * 300])
def test_only_what_has_moved_is_asked(world: World, row: LedgerRow, code: str) -> None:
    with pytest.raises(Refused, match="不用再次确认"):
        confirm_again(row=row, code=code, take=True, by=clerk(world))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECTION_CLERK])
def test_only_the_clerk_of_the_row_answers(world: World, row: LedgerRow, role: Role) -> None:
    with pytest.raises(Refused):
        confirm_again(row=row, code="I8a", take=True, by=world.user(role))
    assert blank(row).number == 18


def test_a_clerk_of_another_section_does_not_answer(world: World, row: LedgerRow) -> None:
    other = world.user(Role.SECTION_CLERK, place="personnel", key="other clerk")
    with pytest.raises(Refused, match="基教科"):
        confirm_again(row=row, code="I8a", take=True, by=other)


def test_over_a_newer_version_it_is_a_conflict(world: World, row: LedgerRow) -> None:
    stale = row.version
    ROW.perform(row, "return_", by=office(world), note="请核对")
    ROW.perform(row_of(row.ledger, 8), "submit", by=clerk(world))
    with pytest.raises(Conflicted):
        confirm_again(row=row, code="I8a", take=True, by=clerk(world), expected_version=stale)


def test_the_office_returns_it_instead(world: World, row: LedgerRow) -> None:
    assert "由责任科室再次确认，或由台账汇总人退回" in page(office(world), row.get_absolute_url())
    ROW.perform(row, "return_", by=office(world), note="记录已变，请核对")
    assert not moved.moved_rows(office(world)).exists()


# ---- The page


def test_one_click_takes_it(world: World, row: LedgerRow) -> None:
    address = url("row_confirm", row.pk)
    text = page(clerk(world), row.get_absolute_url())
    assert f'action="{address}"' in text
    assert "改填 19 项" in text
    answer = signed_in(clerk(world)).post(address, {"version": row.version, "take": "I8a"}, follow=True)
    assert "第 8 项已再次确认" in answer.content.decode()
    assert blank(row).number == 19


def test_the_page_keeps_it_with_the_reason_and_says_what_is_missing(world: World, row: LedgerRow) -> None:
    client, address = signed_in(clerk(world)), url("row_confirm", row.pk)
    sent = {"version": row.version, "keep": "I8a", "reason-I8a": ""}
    assert "保留原数要写明理由" in client.post(address, sent).content.decode()
    client.post(address, sent | {"reason-I8a": "重复登记"})
    assert blank(row).override_reason == "重复登记"
    stale = client.post(address, sent | {"reason-I8a": "又一次"})
    assert "不用再次确认" in stale.content.decode()


def test_a_stranger_finds_no_row(world: World, row: LedgerRow, stranger_world: World) -> None:
    answer = signed_in(clerk(stranger_world)).post(url("row_confirm", row.pk), {"take": "I8a"})
    assert answer.status_code == 404


# ---- As many queries for three rows as for one


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_counts_in_the_same_few_queries(
    world: World,
    ledger: Ledger,
    say: Say,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for code in set(INDICATORS):
        monkeypatch.delitem(INDICATORS, code)
    codes = {8: "I8a", 14: "I14", 10: "I10a"}
    for number, code in list(codes.items())[:count]:
        say(code, 18)
        typed = {b.code: BlankInput(18, "按实际") for b in row_of(ledger, number).blanks.all()}
        reported(ledger, world, number, **typed)
        say(code, 19)
    for queries in (7, 2):  # the heads, ledgers, rows, blanks, last year's, its baselines; the count
        with django_assert_num_queries(queries):
            assert moved.moved_rows(office(world)).count() == count


def test_rows_without_a_counted_figure_are_not_read_for_it(
    world: World, row: LedgerRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 9 has no figures; what the records counted once and know no more is asked all the same."""
    reported(row.ledger, world, 9)
    read: list[int] = []
    from_db = LedgerRow.from_db.__func__
    monkeypatch.setattr(LedgerRow, "from_db", classmethod(lambda *given: read.append(1) or from_db(*given)))
    assert moved.moved_of(row.ledger) == [row.pk]
    assert len(read) == 1
    for code in ("I8a", "I8b"):
        monkeypatch.delitem(INDICATORS, code)
    BlankValue.objects.filter(row=row).update(compares="")
    assert moved.moved_of(row.ledger) == [row.pk]


# ---- The grid does not count all registers at every look


def test_the_grid_counts_what_was_reported_once_an_event(world: World, row: LedgerRow) -> None:
    LedgerRow.objects.update(state=RowState.ACCEPTED)
    client = signed_in(office(world))

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert MOVED in client.get(row.ledger.get_absolute_url()).content.decode()
        return len(captured)

    first, second = queries(), queries()
    assert second <= 7 < 12 < first


def test_an_answer_given_since_is_not_held_against_what_was_counted_before(
    world: World, row: LedgerRow, say: Say
) -> None:
    page(office(world), row.ledger.get_absolute_url())  # counts 19
    say("I8a", 20)
    confirm_again(row=row, code="I8a", take=True, by=clerk(world))
    assert blank(row).number == 20
    assert "记录已变" not in page(office(world), row.ledger.get_absolute_url())
    assert desk.todo_count(clerk(world), TODAY) == len(desk.todo(clerk(world), TODAY))
    assert not moved.moved_rows(clerk(world)).exists()
