"""催办 of rows, and progress at a glance: once a day, seen by who fills, one number everywhere."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from jianfu.audit.models import Event
from jianfu.digest import letter_for
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import User
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import STAFF, Role
from ledger.desk import form as desk
from ledger.models import Ledger, LedgerRow, RowReminder
from ledger.selectors.ledger import ledgers_for_list, summary, tally
from ledger.selectors.progress import Progress, progress
from ledger.services.urging import NOTE_LIMIT, urge_rows
from ledger.states import LedgerState, RowState
from ledger.views import grid
from ledger.workflow import ROW
from tests.factories import World, build_world
from tests.ledger.forms import YEAR, brought_to, clerk, office, opened, row_of, signed_in, url
from tests.ledger.test_form_concurrency import at_once, refusals
from tests.ledger.years import year_at

DAY = date(2026, 12, 14)  # two working days after the rows are due
WORDS = "请于本周五前报送。"


@pytest.fixture(autouse=True)
def in_december(settings: Any) -> None:
    settings.JIANFU_TODAY = DAY


def urge(world: World, *rows: LedgerRow, note: str = WORDS) -> Any:
    return urge_rows(rows=rows, note=note, by=office(world))


def shown(world: World, ledger: Ledger) -> Progress:
    return progress(ledger, list(grid.rows_of(ledger, office(world)).with_cells()), DAY)


class TestUrging:
    def test_who_fills_sees_it_on_desk_row_and_in_the_mail(self, world: World, settings: Any) -> None:
        settings.JIANFU_ADDRESS = "https://jianfu.example.gov.cn"
        row = row_of(opened(world), 8)
        urge(world, row)
        matters = {matter.title[:5]: matter for matter in desk.todo(clerk(world), DAY)}
        assert matters["第 8 项"].urged_words == "被催办 1 次"
        assert matters["第 9 项"].urged == 0
        page = signed_in(clerk(world)).get(row.get_absolute_url()).content.decode()
        assert "被催办 1 次" in page
        assert WORDS in page
        assert "被催办 1 次" in letter_for(User.objects.get(pk=clerk(world).pk), DAY).body
        event = Event.objects.get(action="ledger_row.urged")
        assert (event.note, event.target_id) == (WORDS, str(row.pk))

    def test_once_a_day_and_again_tomorrow(self, world: World, settings: Any) -> None:
        row = row_of(opened(world), 8)
        urge(world, row)
        with pytest.raises(Refused, match=f"{office(world)}已经催办过。一天催办一次"):
            urge(world, row)
        settings.JIANFU_TODAY = DAY + timedelta(days=1)
        urge(world, row)
        assert RowReminder.objects.counts([row]) == {row.pk: 2}

    def test_a_report_answers_it_and_a_return_begins_anew(self, world: World, settings: Any) -> None:
        row = row_of(opened(world), 8)
        urge(world, row)
        row = brought_to(RowState.STARTED, row, world)
        assert RowReminder.objects.counts([row]) == {row.pk: 1}  # beginning is no answer
        settings.JIANFU_TODAY = DAY + timedelta(days=1)
        row = ROW.perform(row, "submit", by=clerk(world))
        assert RowReminder.objects.counts([row]) == {}
        row = ROW.perform(row, "return_", by=office(world), note="请补充")
        assert desk.todo(clerk(world), DAY)[-1].urged == 0
        urge(world, row)
        assert RowReminder.objects.counts([row]) == {row.pk: 1}

    def test_of_many_those_that_may_be_urged_are_and_the_others_say_why(self, world: World) -> None:
        ledger = opened(world)
        reported = brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
        found = urge(world, reported, row_of(ledger, 9), row_of(ledger, 10))
        assert [row.number for row in found.rows] == [9, 10]
        assert found.left.reasons[0].startswith("第 8 项：这一项已报送，没有人要催办")

    @pytest.mark.parametrize(
        ("note", "words"), [(" ", "填写催办的话"), ("字" * (NOTE_LIMIT + 1), f"最多 {NOTE_LIMIT} 字")]
    )
    def test_the_words_are_asked_for(self, world: World, note: str, words: str) -> None:
        with pytest.raises(Refused, match=words):
            urge(world, row_of(opened(world), 8), note=note)

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.LEDGER_OFFICE])
    def test_only_the_office(self, world: World, role: Role) -> None:
        with pytest.raises(Refused, match="台账汇总人"):
            urge_rows(rows=[row_of(opened(world), 8)], note=WORDS, by=world.user(role))

    def test_nobody_urges_himself_nor_another_district(self, world: World, stranger_world: World) -> None:
        ledger, foreign = opened(world), opened(stranger_world)
        person = office(world).person
        grant_role(person=person, organisation=world.place("section"), role=Role.SECTION_CLERK, by=None)
        both = User.objects.get(pk=office(world).pk)
        with pytest.raises(Refused, match="本人所在科室"):
            urge_rows(rows=[row_of(ledger, 8)], note=WORDS, by=both)
        with pytest.raises(Refused, match="台账汇总人"):
            urge_rows(rows=[row_of(foreign, 8)], note=WORDS, by=both)

    def test_a_closed_year_is_not_urged(self, world: World) -> None:
        ledger = year_at(LedgerState.SUMMARISED, world)
        with pytest.raises(Refused, match="没有人要催办"):
            urge(world, *ledger.rows.all())


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_urge_the_same_row_at_once() -> None:
    world = build_world()
    row, second = row_of(opened(world), 8), world.user(Role.LEDGER_OFFICE, key="second office")
    found = at_once(
        lambda: urge_rows(rows=[row], note=WORDS, by=office(world)),
        lambda: urge_rows(rows=[row], note=WORDS, by=second),
    )
    assert len(refusals(found)) == 1
    assert row.reminders.count() == 1


class TestProgress:
    def test_every_place_says_the_same_numbers(self, world: World) -> None:
        ledger = opened(world)
        for number, state in ((8, RowState.SUBMITTED), (9, RowState.ACCEPTED), (14, RowState.RETURNED)):
            brought_to(state, row_of(ledger, number), world)
        brought_to(RowState.STARTED, row_of(ledger, 10), world)
        rows = list(grid.rows_of(ledger, office(world)).with_cells())
        counted = tally(rows, DAY)
        assert (counted.total, counted.reported, counted.accepted, counted.late) == (14, 2, 1, 12)
        assert summary(counted).startswith("14 项，已填报 2：")
        assert summary(counted).endswith("（超期 12）")
        (listed,) = ledgers_for_list(office(world))
        assert (listed.row_count, listed.reported_count, listed.accepted_count) == (14, 2, 1)
        found = shown(world, ledger)
        assert found.tally == counted
        for name in ("total", "reported", "accepted", "late", "unreported"):
            assert sum(getattr(each.tally, name) for each in found.sections) == getattr(counted, name)
        # The grid, filtered to what is not reported, and everybody's desk.
        client = signed_in(office(world))
        page = client.get(f"{url('ledger_detail', YEAR)}?unfilled=on").context["grid"]
        assert len(page.lines) == counted.unreported
        mine = [row for row in rows if clerk(world).organisation_ids(Role.SECTION_CLERK) & row.section_ids]
        assert desk.todo_count(clerk(world), DAY) == tally(mine, DAY).unreported == 3
        assert desk.todo_count(office(world), DAY) == counted.reported - counted.accepted
        tiles = client.get(url("ledger_progress", YEAR)).context["tiles"]
        assert [tile["value"] for tile in tiles] == ["2/14", 1, 12, 12]

    def test_a_row_stands_under_the_section_that_leads_it(self, world: World) -> None:
        found = shown(world, opened(world))
        named = {each.name: [line.row.number for line in each.rows] for each in found.sections}
        assert named["基教科"] == [8]
        assert named["督导室"] == [1, 2, 3, 10]
        assert named["未指定科室"] == [12]
        assert sorted(n for numbers in named.values() for n in numbers) == list(range(1, 15))

    def test_who_fills_and_since_when(self, world: World, settings: Any) -> None:
        ledger, filler = opened(world), clerk(world)
        settings.JIANFU_TODAY = DAY + timedelta(days=1)
        other = world.user(Role.SECTION_CLERK, place="other_section", key="other clerk")
        ROW.perform(row_of(ledger, 8), "start", by=filler)
        lines = {line.row.number: line for line in shown(world, ledger).rows}
        assert lines[8].fillers == str(filler)
        assert (lines[8].others, lines[8].since) == ("体卫艺科", DAY + timedelta(days=1))
        assert lines[9].since == DAY
        assert str(other) not in lines[8].fillers

    @pytest.mark.parametrize("role", list(Role))
    def test_staff_read_and_only_the_office_is_offered_to_urge(self, world: World, role: Role) -> None:
        opened(world)
        answer = signed_in(world.user(role)).get(url("ledger_progress", YEAR))
        assert answer.status_code == (200 if role in STAFF else 404)
        assert ("催办所选" in answer.content.decode()) is (role == Role.LEDGER_OFFICE)

    @pytest.mark.parametrize(
        ("data", "numbers"),
        [({"scope": "late"}, [1, 9]), ({"scope": "open"}, [1, 9, 10]), ({"scope": "chosen"}, [9])],
    )
    def test_one_all_late_or_all_open(self, world: World, data: dict[str, Any], numbers: list[int]) -> None:
        ledger = opened(world)
        for row in ledger.rows.exclude(number__in=(1, 8, 9, 10)):
            row.delete()
        ledger.rows.filter(number=10).update(due_on=DAY)
        brought_to(RowState.SUBMITTED, row_of(ledger, 8), world)
        if data["scope"] == "chosen":
            data = {**data, "chosen": [str(row_of(ledger, 9).pk), "x", "9" * 30]}
        answer = signed_in(office(world)).post(url("ledger_urge", YEAR), {**data, "note": WORDS}, follow=True)
        assert f"已催办 {len(numbers)} 项" in answer.content.decode()
        urged = RowReminder.objects.order_by("row__number").values_list("row__number", flat=True)
        assert list(urged) == numbers

    def test_what_cannot_be_urged_is_said_on_the_page(self, world: World) -> None:
        opened(world)
        page = signed_in(office(world)).post(url("ledger_urge", YEAR), {"scope": "chosen", "note": WORDS})
        assert "勾选要催办的任务" in page.content.decode()
        page = signed_in(clerk(world)).post(url("ledger_urge", YEAR), {"scope": "open", "note": WORDS})
        assert not RowReminder.objects.exists()

    @pytest.mark.parametrize("urged", [1, 3])
    @pytest.mark.usefixtures("own_queries_only")
    def test_the_page_costs_the_same(
        self, world: World, django_assert_num_queries: DjangoAssertNumQueries, urged: int
    ) -> None:
        ledger = opened(world)
        urge(world, *ledger.rows.filter(number__in=(8, 9, 10)[:urged]))
        client = signed_in(office(world))
        client.get(url("ledger_progress", YEAR))
        with django_assert_num_queries(17):
            client.get(url("ledger_progress", YEAR))
