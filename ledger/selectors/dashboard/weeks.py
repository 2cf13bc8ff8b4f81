"""Which school carries most this term: schools by weeks, with how many activities may come in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from approvals.selectors import burdens_between, schools_touched
from jianfu.organisations import selectors as organisations
from whitelist.selectors import listed_between

from .tables import Line, Table

WEEKS = 20
AUTUMN, SPRING = "autumn", "spring"
_BEGINS = {AUTUMN: (9, 1), SPRING: (2, 22)}
_NAMES = {AUTUMN: "秋季学期", SPRING: "春季学期"}
_WEEK = timedelta(days=7)
BY_TOTAL = "total"
DEFINITION = (
    "每格是这一周在开展期内、会到这所学校的进校园活动数（已批准的；没有逐所选择学校的，按学段算到每一所）。"
    f"“项”是全学期不重复的活动数。从9月1日、2月22日所在周起各排 {WEEKS} 周，与校历不同的以校历为准；"
    "“休”是没有工作日的周。考试周和临时来访没有登记，不在表里。"
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
    """Five queries: activities, their schools, the schools, what was taken off the list, the holidays."""
    mondays = term.mondays
    schools = list(
        organisations.schools(user.district_id).order_by("name").values_list("pk", "name", "stage")
    )
    counts, totals = _counted(user, term, [(pk, stage) for pk, _name, stage in schools])
    lines = [Line(name, (*counts[pk], totals[pk])) for pk, name, _stage in schools]
    if order == BY_TOTAL:
        lines.sort(key=lambda line: (-(line.cells[-1] or 0), line.label))  # type: ignore[operator]
    work = organisations.work_calendar()
    free = [not any(work.is_workday(day + timedelta(days=n)) for n in range(7)) for day in mondays]
    return Table(
        "weeks",
        _title(term, lines),
        f"{DEFINITION}{_paper(user, term)}",
        ("学校", *(str(number) for number in range(1, WEEKS + 1)), "项"),
        tuple(lines),
        empty="还没有登记学校。",
        numbers=tuple(range(1, WEEKS + 2)),
        heat=True,
        notes=(
            "",
            *("休" if rest else f"{day.month}.{day.day}" for day, rest in zip(mondays, free, strict=True)),
            "",
        ),
    )


Counted = dict[int, list[int]]


def _counted(
    user: Any, term: SchoolTerm, schools: Sequence[tuple[int, str]]
) -> tuple[Counted, dict[int, int]]:
    mondays, known = term.mondays, {pk for pk, _stage in schools}
    counts: Counted = {pk: [0] * WEEKS for pk in known}
    totals = dict.fromkeys(known, 0)
    gone = {entry.application_id: entry.removed_on for entry in _entries(user, term) if entry.removed_on}
    for burden, chosen in burdens_between(user, mondays[0], term.last_day):
        ends = min(burden.ends_on, gone.get(burden.pk, date.max) - timedelta(days=1))  # type: ignore[type-var]
        weeks = [
            n for n, day in enumerate(mondays) if burden.starts_on <= day + timedelta(days=6) and ends >= day
        ]
        for pk in schools_touched(burden, chosen, schools) if weeks else ():
            totals[pk] += 1
            for week in weeks:
                counts[pk][week] += 1
    return counts, totals


def _entries(user: Any, term: SchoolTerm) -> Any:
    return listed_between(user.district_id, term.mondays[0], term.last_day)


def _paper(user: Any, term: SchoolTerm) -> str:
    count = _entries(user, term).filter(application=None).count()
    return f"另有 {count} 项来自纸质名单，没有逐校登记，未计入。" if count else ""


def _title(term: SchoolTerm, lines: Sequence[Line]) -> str:
    most = max((count for line in lines for count in line.cells[:-1]), default=0)  # type: ignore[type-var]
    if not most:
        return f"{term.label}：没有要到学校的活动"
    week = next(number for number in range(WEEKS) if any(line.cells[number] == most for line in lines))
    schools = sum(line.cells[week] == most for line in lines)
    return f"{term.label}最忙的一周一校 {most} 项，第 {week + 1} 周，{schools} 所学校"
