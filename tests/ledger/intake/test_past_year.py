"""补录: the office brings in an old ledger as a whole, in nobody's name, and another person checks it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from ledger.desk import form as row_desk
from ledger.desk import year as desk
from ledger.exports.form import official_form
from ledger.intake.target import PAST
from ledger.models import Intake, Ledger
from ledger.selectors import figures
from ledger.services import intake as services
from ledger.services.filling import BlankInput, EntryInput, save_row
from ledger.services.opening import open_past
from ledger.states import LedgerState, RowState, ValueSource
from ledger.workflow import LEDGER, ROW
from tests.factories import World, add_account
from tests.ledger.forms import (
    YEAR,
    brought_to,
    clerk,
    filled,
    office,
    opened,
    row_of,
    signed_in,
    typed,
    url,
)
from tests.ledger.years import entered, filing, taken, year_at

from .old_ledgers import as_xlsx, saved
from .test_old_ledgers import DONE, SENTENCE
from .workbooks import SimpleUploadedFile, exported

pytestmark = pytest.mark.usefixtures("read_here")
SOURCE = "《2025年台账》"


def sent(by: Any, content: bytes, year: int) -> Intake:
    file = SimpleUploadedFile("台账.xlsx", content)
    intake = services.upload(purpose=PAST, about=str(year), file=file, by=by)
    return Intake.objects.get(pk=intake.pk)


def sheet(ledger: Ledger, **rows: tuple[Any, Any]) -> bytes:
    """row8=(落实情况, 重点监测数据)."""
    return saved(as_xlsx(ledger, {int(name.removeprefix("row")): said for name, said in rows.items()}))


@pytest.fixture
def past(world: World) -> Ledger:
    template = opened(world).template
    return open_past(template=template, year=YEAR - 1, source=SOURCE, by=office(world))


class TestAYearOfBefore:
    def test_the_preview_says_of_every_row_what_was_understood(self, world: World, past: Ledger) -> None:
        content = sheet(past, row8=(DONE, SENTENCE), row14=("", "约20人"))
        plan = sent(office(world), content, past.year).read_plan()
        said = {part.row: (part.understood, part.missed) for part in plan.parts}
        assert len(said) == 14
        assert said["第 8 项"] == ("落实情况 3 条，监测数据 2 个", "")
        assert said["第 14 项"] == ("没有新内容", "1 处没有读懂")

    def test_rows_that_the_paper_does_not_have_are_named(self, world: World, past: Ledger) -> None:
        book = as_xlsx(past, {8: (DONE, SENTENCE)})
        number = next(cell.row for cell in book.active["A"] if cell.value == 14)
        book.active.delete_rows(number)
        plan = sent(office(world), saved(book), past.year).read_plan()
        assert [part.missed for part in plan.parts if part.row == "第 14 项"] == ["文件里没有这一项"]

    def test_what_is_written_is_marked_and_nobodys_word(self, world: World, past: Ledger) -> None:
        by = office(world)
        services.confirm(intake=sent(by, sheet(past, row8=(DONE, SENTENCE)), past.year), by=by)
        row = row_of(past, 8)
        assert (row.state, row.is_reported) == (RowState.ENTERED, False)
        assert (row.entered_by, row.entered_from) == (by.person, SOURCE)
        assert row.entered_at is not None
        assert {b.source for b in row.blanks.all()} == {ValueSource.BACKFILLED}
        assert {b.confirmed_by for b in row.blanks.all()} == {None}
        assert {(e.section, e.written_by) for e in row.entries.all()} == {(None, by.person)}
        assert Event.objects.filter(action="ledger_row.enter").get().data["source"] == SOURCE
        assert row_of(past, 7).state == RowState.ASSIGNED
        page = signed_in(by).get(row.get_absolute_url()).content.decode()
        assert f"据{SOURCE}录入，不代表责任科室填报" in page

    def test_what_was_not_understood_is_typed_by_hand_into_the_row(self, world: World, past: Ledger) -> None:
        row, client = row_of(past, 14), signed_in(office(world))
        page = client.get(row.get_absolute_url()).content.decode()
        assert 'value="save"' in page
        assert 'value="submit"' not in page
        client.post(row.get_absolute_url(), typed(row, **{row.blanks.get().code: "20"}))
        row.refresh_from_db()
        assert (row.state, row.entered_from) == (RowState.ENTERED, SOURCE)
        assert [(b.number, b.source) for b in row.blanks.all()] == [(20, ValueSource.BACKFILLED)]

    def test_registers_fill_nothing_in(self, world: World, past: Ledger, say: Any) -> None:
        """The paper's numbers and no others: neither shown in the form nor written beside."""
        say("I14", 7)
        row = row_of(past, 14)
        for address in (row.get_absolute_url(), past.get_absolute_url()):
            page = signed_in(office(world)).get(address).content.decode()
            assert 'value="7"' not in page
        save_row(row=row, by=office(world), entries=[EntryInput(kind="held", name="甲")])
        assert [(b.number, b.counted) for b in row.blanks.all()] == [(None, None)]

    @pytest.mark.parametrize("role", [Role.SECTION_CLERK, Role.LEADER])
    def test_only_the_office_enters(self, world: World, past: Ledger, role: Role) -> None:
        with pytest.raises(Refused, match="由台账汇总人补录"):
            sent(world.user(role), sheet(past), past.year)
        with pytest.raises(Refused, match="由台账汇总人补录"):
            filled(row_of(past, 8), world.user(role))

    def test_nobody_else_is_asked_for_anything(self, world: World, past: Ledger) -> None:
        Ledger.objects.exclude(pk=past.pk).delete()
        assert row_desk.todo_count(clerk(world), dates.today()) == 0
        assert past.milestones.count() == 0
        assert [matter.action for matter in desk.todo(office(world), dates.today())] == ["补录"]

    def test_the_working_form_goes_another_way(self, world: World, past: Ledger) -> None:
        plan = sent(office(world), exported(past).saved(), past.year).read_plan()
        assert [problem.stops for problem in plan.problems] == [True]
        assert "填报表" in plan.problems[0].words

    def test_a_year_of_before_only_and_none_twice(self, world: World, past: Ledger) -> None:
        with pytest.raises(Refused, match="往年"):
            open_past(template=past.template, year=dates.today().year, source="甲", by=office(world))
        with pytest.raises(Refused, match="已经打开"):
            open_past(template=past.template, year=past.year, source="甲", by=office(world))
        page = signed_in(office(world)).post(
            url("ledger_open_past"), {"year": "2024", "template": past.template_id, "source": "《甲》"}
        )
        assert page["Location"] == f"{url('intake_add', PAST)}?about=2024"


class TestClosing:
    def test_another_person_checks_and_the_old_number_is_kept(self, world: World) -> None:
        ledger = taken(entered(world), "hand_over", office(world))
        refusal = LEDGER.decide(ledger, "record", office(world))
        assert [each.code for each in refusal.refusals] == ["R-LED-20"]
        second = world.user(Role.LEDGER_OFFICE, key="second office")
        assert [matter.action for matter in desk.todo(second, dates.today())] == ["核对"]
        assert desk.todo(office(world), dates.today()) == []
        old = filing(date(2025, 12, 20), document_number="云教〔2025〕86号")
        ledger = taken(ledger, "record", second, data=old)
        assert ledger.state == LedgerState.RECORDED
        assert ledger.filings.get().document_number == "云教〔2025〕86号"
        words = official_form(ledger, dates.today()).state
        assert words.startswith(f"补录，据{SOURCE}，{second.person.name}")

    def test_the_same_person_under_another_account_does_not_check(self, world: World) -> None:
        ledger = taken(entered(world), "hand_over", office(world))
        person = office(world).person
        grant_role(person=person, organisation=world.place("leading_group"), role=Role.LEADER, by=None)
        assert "本人补录了第 8 项" in LEDGER.decide(ledger, "record", add_account(person)).text

    def test_a_year_of_which_nothing_was_entered_is_not_sent(self, world: World, past: Ledger) -> None:
        assert "还没有补录任何一项" in LEDGER.decide(past, "hand_over", office(world)).text

    def test_the_next_year_reads_it_once_it_is_checked(self, world: World) -> None:
        this = opened(world)
        ledger = taken(entered(world), "hand_over", office(world))
        assert figures.last_year(this) == {}
        assert figures.last_years_row(row_of(this, 8)) is None
        taken(ledger, "record", world.user(Role.LEADER))
        assert figures.last_year(this)["I8a"].number == 5
        assert figures.last_years_row(row_of(this, 8)).key == row_of(ledger, 8).key

    def test_opened_again_it_is_the_offices(self, world: World) -> None:
        ledger = taken(year_at(LedgerState.RECORDED, world), "reopen", office(world), note="数抄错了")
        assert ledger.is_entering
        row = save_row(row=row_of(ledger, 8), by=office(world), blanks={"I8a": BlankInput(6)})
        assert row.blanks.get(code="I8a").number == 6

    def test_its_page_asks_for_the_old_number(self, world: World) -> None:
        ledger = year_at(LedgerState.CHECKING, world)
        page = signed_in(world.user(Role.LEADER)).get(ledger.get_closing_url()).content.decode()
        assert "核对归档" in page
        assert 'name="document_number"' in page


class TestThisYear:
    """An open year: the 科室 still have to speak for themselves."""

    def test_what_a_section_reported_stays_and_is_shown(self, world: World) -> None:
        ledger = opened(world)
        before = brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
        intake = sent(office(world), sheet(ledger, row8=(DONE, SENTENCE), row14=("", "共 23 人")), YEAR)
        plan = intake.read_plan()
        kept = [change for change in plan.changes if change.kept]
        assert {change.row for change in kept} == {"第 8 项"}
        assert next((c.before, c.after) for c in kept if "活动数量" in c.column) == ("5", "18")
        page = signed_in(office(world)).get(intake.get_absolute_url()).content.decode()
        assert "和科室填报的不同，不会覆盖" in page
        services.confirm(intake=intake, by=office(world), chosen=[change.key for change in plan.changes])
        row = row_of(ledger, 8)
        assert (row.version, row.blanks.get(code="I8a").number) == (before.version, 5)
        assert row_of(ledger, 14).state == RowState.ENTERED

    def test_nothing_else_than_conflicts_is_nothing_to_confirm(self, world: World) -> None:
        ledger = opened(world)
        brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
        intake = sent(office(world), sheet(ledger, row8=(DONE, SENTENCE)), YEAR)
        assert not intake.read_plan().may_confirm
        with pytest.raises(Refused, match="没有可以写入的改动"):
            services.confirm(intake=intake, by=office(world))

    def test_a_number_that_a_clerk_typed_stays_in_a_row_that_is_not_reported(self, world: World) -> None:
        ledger = opened(world)
        save_row(row=row_of(ledger, 8), by=clerk(world), blanks={"I8a": BlankInput(5)})
        intake = sent(office(world), sheet(ledger, row8=("", SENTENCE)), YEAR)
        services.confirm(intake=intake, by=office(world))
        values = {b.code: (b.number, b.source) for b in row_of(ledger, 8).blanks.all()}
        assert values["I8a"] == (5, ValueSource.ENTERED)
        assert values["I8b"] == (3, ValueSource.BACKFILLED)

    def test_the_section_reports_it_and_who_entered_it_does_not_accept(self, world: World) -> None:
        """R-LED-20: filled is filled, by whichever way."""
        ledger = opened(world)
        intake = sent(office(world), sheet(ledger, row8=(DONE, SENTENCE)), YEAR)
        services.confirm(intake=intake, by=office(world))
        row = row_of(ledger, 8)
        assert f"SHA-256 {intake.digest[:12]}" in row.entered_from
        assert not ROW.decide(row, "submit", office(world))
        row = ROW.perform(row, "submit", by=clerk(world))
        assert {b.confirmed_by for b in row.blanks.all()} == {clerk(world).person}
        assert [each.code for each in ROW.decide(row, "accept", office(world)).refusals] == ["R-LED-20"]
        assert ROW.decide(row, "accept", world.user(Role.LEDGER_OFFICE, key="second office"))
