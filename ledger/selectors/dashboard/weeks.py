"""Which school carries most this term: schools by weeks, with how many activities may come in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from approvals.selectors import burdens_between, schools_touched
from jianfu.kernel.terms import SchoolCalendar
from jianfu.organisations import selectors as organisations
from jianfu.organisations.states import SpanKind
from whitelist.selectors import HeldVisit, listed_between, visits_of
from whitelist.states import SessionStanding

from .tables import Line, Table

WEEKS = 20
ABOUT = 45  # days by which a registered term may begin earlier or later than the guessed one
AUTUMN, SPRING = "autumn", "spring"
_BEGINS = {AUTUMN: (9, 1), SPRING: (2, 22)}
_NAMES = {AUTUMN: "秋季学期", SPRING: "春季学期"}
_WEEK = timedelta(days=7)
BY_TOTAL = "total"
DEFINITION = (
    "每格是这一周到这所学校的进校园活动数：已排定场次的按场次（已开展的和还没到日子的，学校拒绝、没有来的不算）；"
    "没有排场次的按批准的开展期，没有逐所选择学校的按学段算到每一所。“项”是全学期不重复的活动数。"
    f"各周按校历的教学周；没有登记校历的，从9月1日、2月22日所在周起各排 {WEEKS} 周。"
    "“休”是没有工作日的周，“考”是有考试的周。"
)


@dataclass(frozen=True)
class SchoolTerm:
    """``WEEKS`` weeks from the one in which the 1st of September or the 22nd of February lies."""

    year: int
    term: str

    @property
    def key(self) -> str:
        return f"{self.year}-{self.term}"

    @property
    def label(self) -> str:
        return f"{self.year}年{_NAMES[self.term]}"

    @property
    def mondays(self) -> list[date]:
        first = date(self.year, *_BEGINS[self.term])
        monday = first - timedelta(days=first.weekday())
        if first.weekday() > 4:
            monday += _WEEK
        return [monday + number * _WEEK for number in range(WEEKS)]

    @property
    def last_day(self) -> date:
        return self.mondays[-1] + timedelta(days=6)


def term_on(day: date) -> SchoolTerm:
    """The term of a day; in the summer holidays the next one."""
    if day.month >= 8:
        return SchoolTerm(day.year, AUTUMN)
    return SchoolTerm(day.year - 1, AUTUMN) if day.month == 1 else SchoolTerm(day.year, SPRING)


def terms_around(day: date) -> list[SchoolTerm]:
    """The next two terms and the last four, the newest first."""
    every = [
        SchoolTerm(year, term) for year in range(day.year + 1, day.year - 3, -1) for term in (AUTUMN, SPRING)
    ]
    here = every.index(term_on(day))
    return every[max(here - 2, 0) : here + 4]


def weeks_table(user: Any, term: SchoolTerm, order: str = "") -> Table:
    """Eight queries: activities, their schools, sessions, the schools, what was taken off the list, the
    holidays and two of the school calendar."""
    calendar = organisations.school_calendar(user.district_id)
    mondays = _teaching_weeks(calendar, term)
    schools = list(
        organisations.schools(user.district_id).order_by("name").values_list("pk", "name", "stage")
    )
    counts, totals = _counted(user, mondays, [(pk, stage) for pk, _name, stage in schools])
    lines = [Line(name, (*counts[pk], totals[pk])) for pk, name, _stage in schools]
    if order == BY_TOTAL:
        lines.sort(key=lambda line: (-(line.cells[-1] or 0), line.label))  # type: ignore[operator]
    work = organisations.work_calendar()
    free = [not any(work.is_workday(day + timedelta(days=n)) for n in range(7)) for day in mondays]
    return Table(
        "weeks",
        _title(term, lines),
        f"{DEFINITION}{_paper(user, mondays)}",
        ("学校", *(str(number) for number in range(1, len(mondays) + 1)), "项"),
        tuple(lines),
        empty="还没有登记学校。",
        numbers=tuple(range(1, len(mondays) + 2)),
        heat=True,
        notes=(
            "",
            *(_note(calendar, day, rest) for day, rest in zip(mondays, free, strict=True)),
            "",
        ),
    )


Counted = dict[int, list[int]]


def _teaching_weeks(calendar: SchoolCalendar, term: SchoolTerm) -> list[date]:
    """Those of the registered term that begins about when the guessed one does; else the guessed ones."""
    first = term.mondays[0]
    near = [known for known in calendar.terms if abs((known.first_day - first).days) <= ABOUT]
    return near[0].mondays if near else term.mondays


def _note(calendar: SchoolCalendar, monday: date, rest: bool) -> str:
    """休, 考, or the day on which the week begins."""
    if rest:
        return "休"
    exams = calendar.reserved_between(monday, monday + timedelta(days=6))
    return "考" if any(one.kind == SpanKind.EXAM for one in exams) else f"{monday.month}.{monday.day}"


def _counted(
    user: Any, mondays: Sequence[date], schools: Sequence[tuple[int, str]]
) -> tuple[Counted, dict[int, int]]:
    known = {pk for pk, _stage in schools}
    last = mondays[-1] + timedelta(days=6)
    counts: Counted = {pk: [0] * len(mondays) for pk in known}
    totals = dict.fromkeys(known, 0)
    visits = visits_of(user.district_id, mondays[0], last)
    _count_visits([one for one in visits if one.school_id in known], mondays, counts, totals)
    planned = {one.application_id for one in visits}
    gone = {entry.application_id: entry.removed_on for entry in _entries(user, mondays) if entry.removed_on}
    for burden, chosen in burdens_between(user, mondays[0], last):
        if burden.pk in planned:
            continue
        ends = min(burden.ends_on, gone.get(burden.pk, date.max) - timedelta(days=1))  # type: ignore[type-var]
        weeks = [
            n for n, day in enumerate(mondays) if burden.starts_on <= day + timedelta(days=6) and ends >= day
        ]
        for pk in schools_touched(burden, chosen, schools) if weeks else ():
            totals[pk] += 1
            for week in weeks:
                counts[pk][week] += 1
    return counts, totals


_NOT_HELD = {
    SessionStanding.REFUSED,
    SessionStanding.ABSENT,
    SessionStanding.CALLED_OFF,
    SessionStanding.DOUBTED,
}


def _count_visits(
    visits: Sequence[HeldVisit], mondays: Sequence[date], counts: Counted, totals: dict[int, int]
) -> None:
    """Each item once a week and once a term at a school; what was sent away or did not come is left out."""
    weeks, terms = set(), set()
    for one in visits:
        if one.standing in _NOT_HELD:
            continue
        weeks.add((one.entry_id, one.school_id, (one.day - mondays[0]).days // 7))
        terms.add((one.entry_id, one.school_id))
    for _entry, school, week in weeks:
        counts[school][week] += 1
    for _entry, school in terms:
        totals[school] += 1


def _entries(user: Any, mondays: Sequence[date]) -> Any:
    return listed_between(user.district_id, mondays[0], mondays[-1] + timedelta(days=6))


def _paper(user: Any, mondays: Sequence[date]) -> str:
    count = _entries(user, mondays).filter(application=None).count()
    return f"另有 {count} 项来自纸质名单，没有逐校登记，未计入。" if count else ""


def _title(term: SchoolTerm, lines: Sequence[Line]) -> str:
    most = max((count for line in lines for count in line.cells[:-1]), default=0)  # type: ignore[type-var]
    if not most:
        return f"{term.label}：没有要到学校的活动"
    weeks = range(len(lines[0].cells) - 1)
    week = next(number for number in weeks if any(line.cells[number] == most for line in lines))
    schools = sum(line.cells[week] == most for line in lines)
    return f"{term.label}最忙的一周一校 {most} 项，第 {week + 1} 周，{schools} 所学校"
