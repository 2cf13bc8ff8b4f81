"""What is late and with whom: rows of the ledger, milestones, problems to mend, borrowed teachers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from jianfu.organisations import selectors as organisations
from ledger.models import Ledger, LedgerRow, Problem, Secondment
from ledger.rules.secondment import RISK
from ledger.selectors.milestones import plan_of
from ledger.states import ProblemState, Standing

from .tables import Line, Table, side_by_side

LONGEST = 60  # lines of the list; the numbers count all
NOBODY = "未指定科室"


def problems_late(user: Any, on: date) -> list[Problem]:
    """Past their limit and not reported as mended."""
    rows = Problem.objects.visible_to(user).valid().select_related("unit")
    open_ones = rows.filter(state__in=[ProblemState.FOUND, ProblemState.ASSIGNED], due_on__lt=on)
    return list(open_ones.order_by("due_on", "pk"))


def sections_table(rows: Sequence[LedgerRow], problems: Sequence[Problem], on: date) -> Table:
    """Every row under the 科室 that leads it, every problem under the 单位 that mends it."""
    led: dict[str, Counter[str]] = {}
    for row in rows:
        named = [item.organisation.name for item in row.assignments.all()]
        found = led.setdefault(named[0] if named else NOBODY, Counter())
        found.update(total=1, reported=row.is_reported, late=row.is_late(on))
    for problem in problems:
        led.setdefault(str(problem.unit or NOBODY), Counter()).update(problems=1)
    most = max((found["total"] for found in led.values()), default=0)
    lines = tuple(_section(name, found, most) for name, found in led.items())
    late = sum(found["late"] > 0 for found in led.values())
    counted = sum(found["late"] for found in led.values())
    title = f"{late} 个科室有 {counted} 项任务超期" if counted else "谁还没填：没有任务超期"
    return Table(
        "late-sections",
        title,
        "每项任务算在牵头科室名下；超期：过了填报时限还没有报送；整改超期：过了整改时限还没有上报整改。",
        ("科室", "牵头任务", "已填报", "未填报", "其中超期", "整改超期"),
        lines,
        (("已填报", "blue"), ("未填报", "pale"), ("超期", "red")),
        "这一年的台账还没有打开，也没有超期的整改。",
        numbers=(1, 2, 3, 4, 5),
    )


def _section(name: str, found: Counter[str], most: int) -> Line:
    waiting = found["total"] - found["reported"]
    pieces = [(found["reported"], "blue"), (waiting - found["late"], "pale"), (found["late"], "red")]
    cells = (found["total"], found["reported"], waiting, found["late"], found["problems"])
    return Line(name, cells, side_by_side(pieces, most))


def items_table(
    ledger: Ledger | None, rows: Sequence[LedgerRow], problems: Sequence[Problem], user: Any, on: date
) -> Table:
    """One line a thing that is late, the longest overdue first. Names of teachers stand in none."""
    found = [
        *_rows(rows, on),
        *_milestones(ledger, user, on),
        *_problems(problems, on),
        *_borrowings(user, on),
    ]
    found.sort(key=lambda item: item[0])
    kinds = Counter(str(line.cells[0]) for _due, line in found)
    words = "、".join(f"{kind} {count}" for kind, count in kinds.items())
    more = f"；只列最久的 {LONGEST} 件" if len(found) > LONGEST else ""
    return Table(
        "late-items",
        f"超期的共 {len(found)} 件：{words}" if found else "没有超期的事",
        f"超期天数按工作日计，借用教师按自然日计{more}。借用教师只写学校，姓名在借用教师台账里看。",
        ("事项", "类别", "在谁那里", "时限", "超期（天）"),
        tuple(line for _due, line in found[:LONGEST]),
        empty="任务、节点、整改和借用教师都在时限内。",
        numbers=(4,),
    )


Dated = tuple[date, Line]


def _line(kind: str, label: str, whom: str, due: date, days: int, url: str) -> Dated:
    return due, Line(label, (kind, whom, due, days), (), url, "red", toned=3)


def _working_days(due: date, on: date) -> int:
    return -organisations.work_calendar().remaining(due, on).days


def _rows(rows: Sequence[LedgerRow], on: date) -> list[Dated]:
    return [
        _line(
            kind="台账任务",
            label=str(row),
            whom=row.sections_text or NOBODY,
            due=row.due_on,
            days=_working_days(row.due_on, on),
            url=row.get_absolute_url(),
        )
        for row in rows
        if row.is_late(on)
    ]


def _milestones(ledger: Ledger | None, user: Any, on: date) -> list[Dated]:
    plan = plan_of(ledger, user, on) if ledger else []
    return [
        _line(
            kind="节点",
            label=str(standing.milestone),
            whom="台账汇总人",
            due=standing.milestone.due_on,
            days=_working_days(standing.milestone.due_on, on),
            url=reverse("ledger:milestone_list", args=[standing.milestone.ledger.year]),
        )
        for standing in plan
        if not standing.is_done and standing.milestone.due_on < on
    ]


def _problems(problems: Sequence[Problem], on: date) -> list[Dated]:
    return [
        _line(
            kind="整改",
            label=problem.name,
            whom=str(problem.unit or NOBODY),
            due=problem.due_on,
            days=_working_days(problem.due_on, on),
            url=problem.get_absolute_url(),
        )
        for problem in problems
    ]


def _borrowings(user: Any, on: date) -> list[Dated]:
    rows = Secondment.objects.visible_to(user).standing(Standing.OVERDUE, on).for_list()
    return [
        _line(
            kind=RISK,
            label=str(row),
            whom=row.borrowing_unit_name,
            due=row.ends_on,
            days=(on - row.ends_on).days,
            url=row.get_absolute_url(),
        )
        for row in rows.order_by("ends_on", "pk")
    ]
