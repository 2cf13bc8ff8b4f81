"""The tables, each from one or two grouped queries whatever the number of applications."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from approvals.figures import STEP_LIMITS
from approvals.models import Application, Step
from approvals.states import DECIDED, Category, Ground, Road, State
from jianfu.kernel.policy import figure_value
from jianfu.organisations.selectors import work_calendar

from .quantiles import nearest_rank


@dataclass(frozen=True)
class Bar:
    """One piece of a bar, in per cent of the longest; ``tone`` names its colour."""

    start: float
    width: float
    tone: str


@dataclass(frozen=True)
class Line:
    label: str
    cells: tuple[int | None, ...]
    bars: tuple[Bar, ...] = ()
    mark: float | None = None  # a limit, as a stroke across the bar


@dataclass(frozen=True)
class Table:
    """``headings`` stand over ``cells``; the first is the label's. ``definition`` says what was counted."""

    key: str
    title: str
    definition: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    legend: tuple[tuple[str, str], ...] = field(default=())


# What becomes of an application, in the order of the pieces of a bar.
OUTCOMES = (("passed", "通过", "green"), ("pending", "办理中", "blue"), ("rejected", "不予通过", "red"),
            ("left", "撤回或并入", "grey"))  # fmt: skip
LEGEND = tuple((label, tone) for _key, label, tone in OUTCOMES)
_HEADINGS = ("申请", "通过", "办理中", "不予通过", "撤回或并入", "曾退回补正")
_COUNTED = (
    "申请：本年度提交过的申请，每项计一次；通过：已批准，含备案、公布和登记；办理中：含退回补正的；"
    "曾退回补正：退回过至少一次的，与其他列重叠。"
)


def outcome_of(state: str) -> str:
    """Which piece of the bar a state belongs to."""
    if state in DECIDED:
        return "passed"
    if state == State.REJECTED:
        return "rejected"
    return "left" if state in {State.WITHDRAWN, State.MERGED} else "pending"


def tables_of(rows: Any, district_id: int, on: date) -> list[Table]:
    """All tables of the applications (a queryset that came through ``visible_to``); six queries."""
    grouped = list(
        rows.order_by()
        .values("organisation", "organisation__name", "organisation__position", "category", "road", "state")
        .annotate(count=Count("pk"))
    )
    returned = _returned(rows)
    return [
        _by_unit(grouped, returned),
        _by("category", "主题分布", dict(Category.choices), grouped, returned),
        _by("road", "类型分布", dict(Road.choices), grouped, returned),
        _funnel(rows),
        _days(rows, district_id, on),
        _reasons(rows),
    ]


TABLES = ("unit", "category", "road", "funnel", "days", "reasons")


def _returned(rows: Any) -> list[dict[str, Any]]:
    steps = Step.objects.filter(application__in=rows, transition="return_").order_by()
    return list(
        steps.values("application__organisation", "application__category", "application__road").annotate(
            count=Count("application", distinct=True)
        )
    )


def _by_unit(grouped: list[dict[str, Any]], returned: list[dict[str, Any]]) -> Table:
    """In the order of the units, never as a ranking."""
    order = sorted(
        {(row["organisation__position"], row["organisation__name"], row["organisation"]) for row in grouped}
    )
    labels = {key: name for _position, name, key in order}
    table = _by("organisation", "各单位申请", labels, grouped, returned)
    passed, total = (sum(line.cells[place] or 0 for line in table.lines) for place in (1, 0))
    title = f"各单位共申请 {total} 项，通过 {passed} 项" if total else "各单位申请"
    return Table("unit", title, table.definition, ("申报单位", *_HEADINGS), table.lines, LEGEND)


def _by(
    name: str,
    title: str,
    labels: dict[Any, str],
    grouped: list[dict[str, Any]],
    returned: list[dict[str, Any]],
) -> Table:
    counts: dict[Any, Counter[str]] = {}
    for row in grouped:
        counts.setdefault(row[name], Counter())[outcome_of(row["state"])] += row["count"]
    back: Counter[Any] = Counter()
    for row in returned:
        back[row[f"application__{name}"]] += row["count"]
    longest = max((sum(found.values()) for found in counts.values()), default=0)
    lines = tuple(
        Line(
            label,
            (sum(counts[key].values()), *(counts[key][o] for o, _label, _tone in OUTCOMES), back[key]),
            _pieces([(counts[key][o], tone) for o, _label, tone in OUTCOMES], longest),
        )
        for key, label in labels.items()
        if key in counts
    )
    first = {"category": "主题", "road": "类型"}.get(name, "申报单位")
    return Table(name, title, _COUNTED, (first, *_HEADINGS), lines, LEGEND)


def _pieces(parts: Iterable[tuple[int, str]], longest: int) -> tuple[Bar, ...]:
    start, bars = 0.0, []
    for count, tone in parts:
        width = round(100 * count / longest, 2) if longest else 0.0
        if width:
            bars.append(Bar(round(start, 2), width, tone))
        start += width
    return tuple(bars)


# How far applications came: a label and the steps of which one at least was taken.
_FUNNEL = (
    ("提交", ("submit",)),
    ("专家论证完成", ("conclude",)),
    ("区教委初审或归口同意", ("pass_review", "consent", "consent_directly", "agree", "answer_from_data")),
    ("批准", ("approve", "approve_in_plan", "approve_item", "lend", "register")),
    ("备案", ("file", "record", "record_in_plan")),
    ("公布", ("publish", "announce", "announce_in_plan")),
)


def _funnel(rows: Any) -> Table:
    steps = Step.objects.filter(application__in=rows).order_by()
    found = dict(
        steps.values_list("transition")
        .annotate(count=Count("application", distinct=True))
        .values_list("transition", "count")
    )
    counts = [(label, sum(found.get(name, 0) for name in names)) for label, names in _FUNNEL]
    most = max((count for _label, count in counts), default=0)
    lines = tuple(Line(label, (count,), _pieces([(count, "blue")], most)) for label, count in counts)
    return Table(
        "funnel",
        "走到哪一步",
        "每一步至少办结过一次的申请数。不同类型的步骤不全相同：即时突发不经专家论证，免申报只登记。",
        ("步骤", "申请"),
        lines,
    )


def _days(rows: Any, district_id: int, on: date) -> Table:
    zone = timezone.get_current_timezone()
    spans = (
        Step.objects.filter(application__in=rows, source__in=STEP_LIMITS)
        .order_by()
        .values_list("source", TruncDate("entered_at", tzinfo=zone), TruncDate("at", tzinfo=zone))
        .annotate(count=Count("pk"))
    )
    calendar, days = work_calendar(), {state: Counter[int]() for state in STEP_LIMITS}
    for source, received, done, count in spans:
        days[State(source)][calendar.between(received, done)] += count
    found = {state: counted for state, counted in days.items() if counted}
    longest = max((max(counted) for counted in found.values()), default=0)
    lines = tuple(
        _span(state, counted, figure_value(STEP_LIMITS[state], district_id, on), longest)
        for state, counted in found.items()
    )
    return Table(
        "days",
        "每一步用了几个工作日",
        "从收到到办结的工作日，按国务院办公厅公布的节假日和调休计算；“九成在几天内”是十次里有九次不超过的天数；"
        "竖线是时限。",
        ("环节", "办结次数", "中位数", "九成在几天内", "时限", "超过时限"),
        lines,
        (("中位数", "blue"), ("九成", "pale")),
    )


def _span(state: str, counted: Counter[int], limit: int, longest: int) -> Line:
    median, most = nearest_rank(counted, 0.5), nearest_rank(counted, 0.9)
    scale = max(longest, limit, 1)
    late = sum(count for days, count in counted.items() if days > limit)
    bars = (
        Bar(0, round(100 * (most or 0) / scale, 2), "pale"),
        Bar(0, round(100 * (median or 0) / scale, 2), "blue"),
    )
    cells = (sum(counted.values()), median, most, limit, late)
    return Line(State(state).label, cells, bars, round(100 * limit / scale, 2))


def _reasons(rows: Any) -> Table:
    """Grounds are ticked when something is sent back or declined; several may be ticked at once."""
    steps = Step.objects.filter(application__in=rows, transition__in=["return_", "reject"])
    counts: dict[str, Counter[str]] = {"return_": Counter(), "reject": Counter()}
    for transition, data in steps.values_list("transition", "data"):
        grounds = data.get("grounds") or []
        counts[transition].update(grounds if isinstance(grounds, list) and grounds else ["unnamed"])
    labels = {**dict(Ground.choices), "unnamed": "没有选理由，只写了意见"}
    most = max((c["return_"][g] + c["reject"][g] for c in [counts] for g in labels), default=0)
    lines = tuple(
        Line(
            label,
            (counts["return_"][ground], counts["reject"][ground]),
            _pieces([(counts["return_"][ground], "amber"), (counts["reject"][ground], "red")], most),
        )
        for ground, label in labels.items()
        if counts["return_"][ground] + counts["reject"][ground]
    )
    return Table(
        "reasons",
        "为什么退回或不予通过",
        "办理人退回补正或不予通过时选的理由，一次可以选几个，每个各计一次。",
        ("理由", "退回补正", "不予通过"),
        lines,
        (("退回补正", "amber"), ("不予通过", "red")),
    )


Family = Callable[[Any], Any]
FAMILIES: dict[str, tuple[str, Family]] = {
    "all": ("全部", lambda rows: rows),
    "campus": ("进校园", lambda rows: rows.campus()),
    "inspection": ("督查检查评比考核", lambda rows: rows.filter(road__startswith="inspection")),
    "survey": ("统计调研", lambda rows: rows.filter(road=Road.SURVEY)),
    "secondment": ("借用教师", lambda rows: rows.filter(road__startswith="secondment")),
}


def rows_of(user: Any, year: int, family: str) -> Any:
    """The applications of the year that were handed in, as far as the person may see them."""
    seen = Application.objects.visible_to(user).handed_in().filter(year=year)
    return FAMILIES[family][1](seen)
