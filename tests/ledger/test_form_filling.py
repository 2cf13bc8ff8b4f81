"""Writing a row: by whom, over which version, with what the records say, all or nothing."""

from decimal import Decimal
from typing import Any

import pytest

from jianfu.audit.models import Event
from jianfu.kernel import indicators
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from ledger.models import Achievement, LedgerRow
from ledger.services.assigning import assign_sections, set_baselines
from ledger.services.filling import BlankInput, EntryInput, as_input, carry_over, save_row
from ledger.states import RowState, ValueSource
from ledger.workflow import ROW
from tests.factories import World
from tests.ledger.forms import DECLINED, HELD, brought_to, clerk, filled, office, opened, row_of


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let the records say a number for a blank."""

    def declare(code: str, value: int | None) -> None:
        measured = indicators.Measured(value)
        figure = indicators.Indicator(code, code, "人", "定义", "来源", lambda _district, _year: measured)
        monkeypatch.setitem(indicators.INDICATORS, code, figure)

    monkeypatch.delitem(indicators.INDICATORS, "I14", raising=False)
    return declare


def test_the_first_save_starts_the_row_and_puts_it_into_words(world: World) -> None:
    row = filled(row_of(opened(world), 8), clerk(world))
    assert row.state == RowState.STARTED
    assert row.implementation.split("\n") == [
        "已组织开展：",
        "1. 统筹进校园活动，12 项，占 50%。减少一半。",
        "不符合要求而未开展：",
        "1. 推销讲座，3 次。",
    ]
    assert row.reported_figures == "本年度各类“进校园”活动数量5项，较上年度减少5项。"
    assert row.history.first().implementation == row.implementation
    assert Event.objects.filter(action="ledger_row.fill", target_id=str(row.pk)).count() == 1


def test_entries_bear_who_wrote_them(world: World) -> None:
    ledger = opened(world)
    other = world.user(Role.SECTION_CLERK, place="office", key="other clerk")
    row = save_row(row=row_of(ledger, 9), by=clerk(world), entries=[HELD])
    first = row.entries.get()
    row = save_row(row=row, by=other, entries=[as_input(first), DECLINED])
    found = [
        (entry.name, entry.written_by_id, str(entry.section)) for entry in row.entries.order_by("position")
    ]
    assert found == [
        (HELD.name, clerk(world).person_id, "基教科"),
        (DECLINED.name, other.person_id, "办公室"),
    ]
    assert row.contributor_ids == {clerk(world).person_id, other.person_id}


def test_what_is_not_sent_again_is_gone_and_a_foreign_entry_is_left_alone(world: World) -> None:
    ledger = opened(world)
    row, neighbour = filled(row_of(ledger, 8), clerk(world)), filled(row_of(ledger, 9), clerk(world))
    foreign = neighbour.entries.first()
    save_row(row=row, by=clerk(world), entries=[EntryInput(kind="held", name="换掉", pk=foreign.pk)])
    assert list(row.entries.values_list("name", flat=True)) == ["换掉"]
    assert neighbour.entries.count() == 2
    assert Achievement.objects.get(pk=foreign.pk).name == HELD.name


def test_a_save_that_changes_nothing_leaves_no_version(world: World) -> None:
    row = filled(row_of(opened(world), 8), clerk(world))
    again = filled(row, clerk(world))
    assert (again.version, again.history.count()) == (row.version, row.history.count())
    assert Event.objects.filter(action="ledger_row.fill").count() == 1


def test_a_stale_copy_cannot_overwrite(world: World) -> None:
    row = row_of(opened(world), 8)
    stale = LedgerRow.objects.get(pk=row.pk)
    save_row(row=row, by=clerk(world), entries=[HELD], expected_version=row.version)
    with pytest.raises(Conflicted):
        save_row(row=stale, by=clerk(world), entries=[DECLINED], expected_version=stale.version)
    assert list(row.entries.values_list("name", flat=True)) == [HELD.name]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECTION_CLERK])
def test_only_clerks_fill(world: World, role: Role) -> None:
    with pytest.raises(Refused):
        save_row(row=row_of(opened(world), 8), by=world.user(role), entries=[HELD])


def test_a_clerk_of_another_section_does_not(world: World) -> None:
    with pytest.raises(Refused, match="督导室填报"):
        save_row(row=row_of(opened(world), 1), by=clerk(world), entries=[HELD])


def test_a_stranger_does_not(world: World, stranger_world: World) -> None:
    with pytest.raises(Refused):
        save_row(row=row_of(opened(world), 8), by=clerk(stranger_world), entries=[HELD])


@pytest.mark.parametrize("state", [RowState.SUBMITTED, RowState.ACCEPTED])
def test_a_reported_row_is_closed(world: World, state: RowState) -> None:
    row = brought_to(state, row_of(opened(world), 8), world)
    with pytest.raises(Refused, match="撤回或退回后才能再改"):
        save_row(row=row, by=clerk(world), entries=[])
    assert row.entries.count() == 2


def test_fifty_entries_and_one_more(world: World) -> None:
    row = row_of(opened(world), 8)
    many = [EntryInput(kind="held", name=f"第{n}件") for n in range(50)]
    assert save_row(row=row, by=clerk(world), entries=many).entries.count() == 50
    with pytest.raises(Refused, match="最多 50 条"):
        save_row(row=row, by=clerk(world), entries=[*many, HELD])
    assert row.entries.count() == 50


def blank_of(row: LedgerRow, code: str) -> Any:
    return row.blanks.get(code=code)


def test_a_counted_value_is_nobodys_word_until_the_row_is_reported(world: World, counted: Any) -> None:
    counted("I14", 34)
    row = save_row(
        row=row_of(opened(world), 14), by=clerk(world), entries=[HELD], blanks={"I14": BlankInput(34)}
    )
    blank = blank_of(row, "I14")
    assert (blank.source, blank.computed, blank.confirmed_by) == (ValueSource.COMPUTED, 34, None)
    row = ROW.perform(row, "submit", by=clerk(world))
    assert blank_of(row, "I14").confirmed_by == clerk(world).person


def test_an_override_needs_a_reason_to_be_reported(world: World, counted: Any) -> None:
    counted("I14", 34)
    row = row_of(opened(world), 14)
    row = save_row(row=row, by=clerk(world), entries=[HELD], blanks={"I14": BlankInput(30)})
    assert blank_of(row, "I14").source == ValueSource.ENTERED
    with pytest.raises(Refused, match="填写改动说明"):
        ROW.perform(row, "submit", by=clerk(world))
    row = save_row(row=row, by=clerk(world), blanks={"I14": BlankInput(30, "四人重复登记")})
    assert ROW.perform(row, "submit", by=clerk(world)).state == RowState.SUBMITTED


def test_nothing_to_count_is_not_nought(world: World, counted: Any) -> None:
    counted("I14", None)
    row = save_row(row=row_of(opened(world), 14), by=clerk(world), entries=[HELD])
    assert (blank_of(row, "I14").computed, blank_of(row, "I14").number) == (None, None)
    assert row.reported_figures == "本年教师参加非教育教学培训活动数量____人。"


@pytest.mark.parametrize(("now", "less"), [(12, 6), (18, 0), (20, -2)])
def test_a_difference_comes_from_the_two_ledgers(world: World, now: int, less: int) -> None:
    before = row_of(opened(world, year=2025), 8)
    save_row(row=before, by=clerk(world), blanks={"I8a": BlankInput(18)})
    row = row_of(opened(world), 8)
    row = save_row(row=row, by=clerk(world), blanks={"I8a": BlankInput(now), "I8b": BlankInput(less)})
    assert (blank_of(row, "I8b").computed, blank_of(row, "I8b").source) == (less, ValueSource.COMPUTED)


def test_a_first_year_subtracts_from_the_baseline(world: World) -> None:
    ledger = opened(world)
    set_baselines(ledger=ledger, values={"I8a": (18, "2025年统计表")}, by=office(world))
    row = save_row(row=row_of(ledger, 8), by=clerk(world), blanks={"I8a": BlankInput(12)})
    assert blank_of(row, "I8b").computed == 6


def test_copying_last_year_brings_words_and_no_numbers(world: World) -> None:
    before = row_of(opened(world, year=2025), 6)
    save_row(row=before, by=clerk(world), entries=[HELD, DECLINED], blanks={"I6": BlankInput("文明城市复检")})
    row = save_row(row=row_of(opened(world), 6), by=clerk(world), entries=[HELD])
    row = carry_over(row=row, by=clerk(world))
    assert list(row.entries.values_list("name", "quantity")) == [
        (HELD.name, Decimal(12)),
        (DECLINED.name, Decimal(3)),
    ]
    assert (blank_of(row, "I6").text, blank_of(row, "I6").source) == ("文明城市复检", ValueSource.CARRIED)


def test_copying_without_last_year_says_so(world: World) -> None:
    with pytest.raises(Refused, match="2025年没有这一项"):
        carry_over(row=row_of(opened(world), 6), by=clerk(world))


def test_the_office_names_other_sections(world: World, stranger_world: World) -> None:
    row = row_of(opened(world), 1)
    row = assign_sections(
        row=row, lead=world.place("section"), others=[world.place("office")], by=office(world)
    )
    assert row.sections_text == "督导室"
    assert filled(row, clerk(world)).state == RowState.STARTED
    with pytest.raises(Refused, match="本区县在用的科室"):
        assign_sections(row=row, lead=stranger_world.place("section"), by=office(world))
    with pytest.raises(Refused):
        assign_sections(row=row, lead=world.place("section"), by=clerk(world))
