"""监测分析: each answer from true rows, for who may read them, at constant cost."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.utils.html import escape

from approvals.models import Application
from approvals.states import State
from jianfu.audit.models import Event
from jianfu.organisations.models import CalendarDay, Organisation
from jianfu.organisations.states import Kind, Role, SchoolStage
from ledger.models import Baseline, Ledger, Problem
from ledger.selectors.dashboard import TABLES, Line, Table, dashboard
from ledger.selectors.dashboard.hours import hours
from ledger.selectors.dashboard.weeks import AUTUMN, SPRING, WEEKS, SchoolTerm, term_on, terms_around
from ledger.states import ProblemState
from tests.approvals.factories import application_at
from tests.factories import World
from tests.whitelist.factories import entry_of
from whitelist.models import Entry
from whitelist.services import remove

from .forms import clerk, filled, office, opened, row_of
from .registers import enter
from .secondments import NAME, TODAY, borrow, get, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]
URL = "/ledger/dashboard/"
TERM = SchoolTerm(2026, AUTUMN)
READERS = {Role.FIRST_REVIEWER, Role.LEADER, Role.SECTION_CLERK, Role.LEDGER_OFFICE}


def table(world: World, key: str, *, by: Any = None, on: date = TODAY, order: str = "") -> Table:
    found = dashboard(by or office(world), 2026, TERM, on, order=order)
    assert tuple(one.key for one in found) == TABLES
    return next(one for one in found if one.key == key)


def line(found: Table, label: str) -> Line:
    (one,) = [each for each in found.lines if each.label == label]
    return one


@pytest.fixture
def ledger(world: World) -> Ledger:
    return opened(world)


def told_before(ledger: Ledger, code: str, number: int) -> None:
    Baseline.objects.create(ledger=ledger, code=code, number=number, document="上年台账")


# ---- Are we under last year


@pytest.mark.parametrize(
    ("before", "now", "change", "word"),
    [
        (10, 5, "减 50%", "变好"),
        (5, 10, "增 100%", "变差"),
        (5, 5, "持平", "持平"),
        (None, 5, "—", "无法比较"),
    ],
)
def test_a_figure_beside_last_years_has_its_direction_in_words(world, ledger, before, now, change, word):
    if before is not None:
        told_before(ledger, "I8a", before)
    filled(row_of(ledger, 8), clerk(world), now)
    name = row_of(ledger, 8).blanks.get(code="I8a").name
    cells = line(table(world, "figures"), name).cells
    assert cells[2:] == (before, now, change, word)


def test_without_last_years_ledger_its_records_are_asked(world, ledger, say):
    say("I8a", 7)
    filled(row_of(ledger, 8), clerk(world), 5)
    name = row_of(ledger, 8).blanks.get(code="I8a").name
    assert line(table(world, "figures"), name).cells[2:4] == (7, 5)
    told_before(ledger, "I8a", 9)
    assert line(table(world, "figures"), name).cells[2:4] == (9, 5)


def test_more_is_better_where_the_figure_says_so(world, ledger):
    told_before(ledger, "I10b", 4)
    filled(row_of(ledger, 10), clerk(world), 6)
    name = row_of(ledger, 10).blanks.get(code="I10b").name
    assert line(table(world, "figures"), name).cells[-1] == "变好"


def test_the_title_counts_what_its_lines_say(world, ledger):
    told_before(ledger, "I8a", 10)
    told_before(ledger, "I10a", 1)
    filled(row_of(ledger, 8), clerk(world), 5)
    filled(row_of(ledger, 10), clerk(world), 6)
    found = table(world, "figures")
    assert found.title == "比上年：2 个数可比，1 个变好，1 个变差，0 个持平"
    assert [one.cells[-1] for one in found.lines].count("变差") == 1


def test_differences_and_names_are_not_counted_again(world, ledger):
    labels = {one.label for one in table(world, "figures").lines}
    blanks = [blank for row in ledger.rows.all() for blank in row.blanks.all()]
    assert labels == {blank.name for blank in blanks if not blank.is_text and not blank.compares}


def test_a_year_that_nobody_opened_says_so(world):
    assert "还没有打开" in table(world, "figures").title
    assert "台账汇总人打开后" in page(office(world), URL)


# ---- Is the target reached


@pytest.mark.parametrize(
    ("before", "now", "word"),
    [(10, 5, "达到"), (10, 6, "未达到，还要减 1 项"), (None, 6, "上年数还没有登记")],
)
def test_half_is_reached_or_not_by_one_item(world, ledger, before, now, word):
    if before is not None:
        told_before(ledger, "I1", before)
    row = row_of(ledger, 1)
    filled(row, world.user(Role.SECTION_CLERK, place="supervision", key="supervision"), now)
    found = table(world, "reduction")
    assert found.lines[0].cells[-1] == word
    assert word in found.title or before is None


# ---- What is late and with whom


def test_late_rows_stand_under_the_section_that_leads_them(world, ledger):
    on = ledger.fill_by + timedelta(days=1)
    found = table(world, "late-sections", on=on)
    supervision = line(found, "督导室")
    assert supervision.cells[0] == supervision.cells[3] > 0
    assert sum(one.cells[0] for one in found.lines) == 14  # type: ignore[misc]
    assert "项任务超期" in found.title
    assert (
        table(world, "late-sections", on=ledger.rows.order_by("due_on").first().due_on).lines[0].cells[3] == 0
    )


def test_a_problem_past_its_limit_is_named_with_its_unit(world):
    enter(world, "problems", unit=world.place("section"), due_on=TODAY - timedelta(days=1))
    enter(world, "problems", name="还没到期", unit=world.place("section"), due_on=TODAY)
    found = table(world, "late-items")
    assert [(one.label, *one.cells[:2]) for one in found.lines] == [
        ("未经审批进校推销教辅", "整改", "基教科")
    ]
    assert line(table(world, "late-sections"), "基教科").cells[-1] == 1


@pytest.mark.parametrize(
    ("state", "late"),
    [(ProblemState.FOUND, 1), (ProblemState.ASSIGNED, 1), (ProblemState.MENDED, 0), (ProblemState.CLOSED, 0)],
)
def test_a_problem_that_was_reported_as_mended_is_late_no_more(world, state, late):
    enter(world, "problems", unit=world.place("section"), due_on=TODAY - timedelta(days=1))
    Problem.objects.update(state=state)
    assert len(table(world, "late-items").lines) == late


def test_an_overdue_teacher_is_a_risk_without_a_name(world):
    borrow(world, ends_on=TODAY - timedelta(days=3))
    (one,) = table(world, "late-items").lines
    assert one.cells == ("在编不在岗风险", "区消防救援支队", TODAY - timedelta(days=3), 3)
    text = page(office(world), URL)
    assert "在编不在岗风险" in text
    assert NAME not in text


def test_late_milestones_are_the_offices(world, ledger):
    milestone = ledger.milestones.order_by("due_on").last()
    on = milestone.due_on + timedelta(days=1)
    lines = table(world, "late-items", on=on).lines
    assert (str(milestone), "节点", "台账汇总人") in [(one.label, *one.cells[:2]) for one in lines]


# ---- Which school carries most


DUTY = {"teacher_duties": "清点人数，带队到操场"}


def activity(world: World, **changed: Any) -> Application:
    return application_at(State.APPROVED, world, **DUTY | changed)


def moved_to(application: Application, first: date, last: date) -> None:
    Application.objects.filter(pk=application.pk).update(starts_on=first, ends_on=last)


def test_an_activity_counts_in_every_week_that_it_touches_and_no_other(world):
    made = activity(world, stages=["primary"])
    moved_to(made, TERM.mondays[1] + timedelta(days=6), TERM.mondays[3])
    found = table(world, "weeks")
    assert line(found, "实验小学").cells == (0, 1, 1, 1, *[0] * (WEEKS - 4), 1)
    assert line(found, "长坝中学").cells == (0,) * (WEEKS + 1)


def test_chosen_schools_go_before_stages(world):
    made = activity(world, stages=["primary", "junior"])
    moved_to(made, TERM.mondays[0], TERM.mondays[0])
    made.schools.add(world.place("other_school"))
    found = table(world, "weeks")
    assert line(found, "实验小学").cells[-1] == 0
    assert line(found, "长坝中学").cells[0] == 1


def test_what_was_not_granted_comes_to_nobody(world):
    for state in (State.SUBMITTED, State.REJECTED):
        moved_to(application_at(state, world), TERM.mondays[0], TERM.mondays[0])
    assert line(table(world, "weeks"), "实验小学").cells[-1] == 0


def test_what_was_taken_off_the_list_comes_no_more_from_that_day(world):
    days = {"starts_on": TERM.mondays[10], "ends_on": TERM.mondays[13]}
    entry = entry_of(world, stages=["primary"], **days)
    assert line(table(world, "weeks"), "实验小学").cells[10:14] == (1, 1, 1, 1)
    remove(entry=entry, by=world.user(Role.PUBLICATION_CLERK), on=TODAY, reason="与课程冲突")
    gone = line(table(world, "weeks"), "实验小学").cells
    assert TERM.mondays[11] < TODAY < TERM.mondays[12]
    assert gone[10:14] == (1, 1, 0, 0)


def test_what_stands_on_a_paper_list_is_said_and_not_guessed_at(world):
    assert "纸质名单" not in table(world, "weeks").definition
    entry = entry_of(world, stages=["primary"])
    Entry.objects.filter(pk=entry.pk).update(
        application=None, origin="2026年纸质名单", starts_on=TERM.mondays[0], ends_on=TERM.mondays[1]
    )
    Application.objects.all().update(starts_on=date(2025, 3, 1), ends_on=date(2025, 3, 2))
    found = table(world, "weeks")
    assert "另有 1 项来自纸质名单" in found.definition
    assert line(found, "实验小学").cells[-1] == 0


def test_schools_stand_by_name_and_only_on_demand_by_number(world):
    moved_to(activity(world, stages=["junior"]), TERM.mondays[0], TERM.mondays[0])
    assert [one.label for one in table(world, "weeks").lines] == ["实验小学", "长坝中学"]
    assert [one.label for one in table(world, "weeks", order="total").lines] == ["长坝中学", "实验小学"]


def test_a_week_without_a_working_day_says_so(world):
    assert table(world, "weeks").notes[6] == "10.5"
    for day in range(5):
        CalendarDay.objects.create(day=TERM.mondays[5] + timedelta(days=day), is_workday=False, name="国庆")
    assert table(world, "weeks").notes[5:8] == ("9.28", "休", "10.12")


def test_terms_follow_the_day():
    days = {
        date(2026, 1, 31): (2025, AUTUMN),
        date(2026, 2, 1): (2026, SPRING),
        date(2026, 7, 31): (2026, SPRING),
        date(2026, 8, 1): (2026, AUTUMN),
    }
    assert {day: (term_on(day).year, term_on(day).term) for day in days} == days
    assert SchoolTerm(2026, AUTUMN).mondays[0] == date(2026, 8, 31)
    assert SchoolTerm(2024, AUTUMN).mondays[0] == date(2024, 9, 2)  # the 1st is a Sunday
    assert term_on(TODAY) in terms_around(TODAY)


# ---- Where the hours go


def test_person_hours_are_teachers_times_hours_granted_and_refused_apart(world):
    activity(world, teacher_count=20, minutes=45)
    activity(world, title="禁毒知识宣讲", teacher_count=30, minutes=60)
    application_at(State.REJECTED, world, title="防溺水讲座", teacher_count=10, minutes=90, **DUTY)
    found = table(world, "hours-units")
    assert line(found, "区消防救援支队").cells == (2, 50, 45, 0, 1, 15)
    assert "共占用 45 人时" in found.title
    assert line(table(world, "hours-themes"), "专项任务").cells[2] == 45


def test_the_rounds_of_a_year_count_and_what_cannot_be_read_counts_once(world):
    activity(world, teacher_count=20, minutes=60, frequency="每校每学年 3 次")
    activity(world, title="禁毒知识宣讲", teacher_count=10, minutes=60, frequency="学校自选，每学年1次")
    found = table(world, "hours-units")
    assert line(found, "区消防救援支队").cells[:4] == (2, 70, 70, 0)
    assert "有 1 项的频次没有写，或不能肯定是几轮，按一轮计" in found.definition
    assert "按一轮计" in page(office(world), URL)


def test_what_does_not_say_its_length_is_counted_apart(world):
    activity(world, teacher_count=20, minutes=None)
    activity(world, title="禁毒知识宣讲", teacher_count=0, minutes=None)
    assert line(table(world, "hours-units"), "区消防救援支队").cells[:4] == (2, 20, 0, 1)


def test_half_an_hour_counts_up():
    assert [hours(minutes) for minutes in (0, 29, 30, 89, 90)] == [0, 0, 1, 1, 2]


# ---- Who may, how much, in and out


@pytest.mark.parametrize("role", Role)
def test_the_staff_of_the_district_read_it_and_nobody_else(world, role):
    by = world.user(role)
    assert (get(by, URL).status_code == 200) == by.is_district_staff
    assert (get(by, f"{URL}weeks/").status_code == 200) == by.is_district_staff
    assert by.is_district_staff or role not in READERS


def test_another_districts_rows_are_in_none_of_the_tables(world, stranger_world, ledger):
    activity(world, teacher_count=20, minutes=45)
    borrow(world, ends_on=TODAY - timedelta(days=3))
    enter(world, "problems", unit=world.place("section"), due_on=TODAY - timedelta(days=1))
    for one in dashboard(office(stranger_world), 2026, TERM, ledger.fill_by + timedelta(days=9)):
        assert one.key == "weeks" or not one.lines
        assert {0} >= {cell for each in one.lines for cell in each.cells}


def test_the_same_queries_for_one_row_as_for_three(world, ledger, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("ledger.selectors.asked.INDICATORS", {})
    by = office(world)
    unmended = {"unit": world.place("section"), "due_on": TODAY - timedelta(days=1)}
    for count in (1, 2):
        for number in range(count):
            moved_to(activity(world, title=f"活动{count}{number}"), TERM.mondays[0], TERM.mondays[3])
            enter(world, "problems", name=f"问题{count}{number}", **unmended)
            borrow(world, name=f"教师{count}{number}", ends_on=TODAY - timedelta(days=3))
            school = {"name": f"第{count}{number}小学", "kind": Kind.SCHOOL, "stage": SchoolStage.PRIMARY}
            Organisation.objects.create(district=world.district, **school)
        with django_assert_num_queries(25):
            dashboard(by, 2026, TERM, TODAY)


@pytest.mark.parametrize("key", TABLES)
def test_each_table_is_a_workbook_of_its_own_and_an_event(world, ledger, key):
    moved_to(activity(world, teacher_count=20, minutes=45), TERM.mondays[0], TERM.mondays[3])
    borrow(world, ends_on=TODAY - timedelta(days=3))
    told_before(ledger, "I1", 3)
    answer = get(office(world), f"{URL}{key}/")
    content = answer.content if not answer.streaming else b"".join(answer.streaming_content)
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    found = table(world, key)
    values = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    labels = [row[0] for row in values if row]
    assert all(one.label in labels for one in found.lines)
    assert Event.objects.filter(action="ledger.dashboard_exported", note=key).count() == 1


def test_an_unknown_table_is_not_found(world):
    assert get(office(world), f"{URL}nonsense/").status_code == 404


def test_the_page_shows_every_title_and_the_ways_on(world, ledger):
    moved_to(activity(world), TERM.mondays[0], TERM.mondays[3])
    text = page(office(world), URL)
    for one in dashboard(office(world), 2026, TERM, TODAY):
        assert escape(one.title) in text
    for address in (
        "/ledger/2026/past/",
        "/ledger/registers/",
        "/ledger/2026/progress/",
        "/approvals/statistics/",
    ):
        assert f'href="{address}"' in text
    assert 'class="heat-1"' in text
    assert "style=" not in text


def test_the_ledger_and_the_statistics_lead_to_it(world, ledger):
    text = page(office(world), "/ledger/2026/")
    assert 'href="/ledger/dashboard/?year=2026"' in text
    assert 'href="/ledger/2026/past/"' in text
    assert 'href="/ledger/registers/"' in text
    assert f'href="{URL}"' in page(office(world), "/approvals/statistics/")


def test_the_bar_marks_the_entry_that_the_tab_lies_under(world):
    bar = page(office(world), URL).split("</nav>")[0]
    marked = [piece.split("<")[0] for piece in bar.split('aria-current="page">')[1:]]
    assert [words.strip() for words in marked] == ["统计分析"]


def test_what_was_asked_wrongly_is_as_if_not_asked(world):
    text = page(office(world), f"{URL}?year=abc&term=2026-winter&order=x")
    assert "2026年秋季学期" in text
