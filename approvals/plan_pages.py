"""The yearly plan as its page shows it: items by department, stages, findings, figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from jianfu.kernel import dates
from jianfu.kernel.calendar import Remaining
from jianfu.kernel.policy import Finding, examine, figure_value
from jianfu.organisations.selectors import holders, work_calendar

from .facts import facts_of
from .figures import INSPECTION_APPROVER, INSPECTION_OFFICES
from .inspection_list import ListLine, line_of
from .models import Application
from .plan_permissions import PLAN_ACTS_AT
from .progress import Stage, tone
from .reduction import Reduction
from .rules import PLAN_AS_A_WHOLE, RULES_OF
from .rules.plan import CLEANED_BY, SENT_BY, day_of
from .selectors import reduced
from .states import LISTED, STOPPED, Disposition, PlanState, Road, State

_OPEN = frozenset(PlanState) - {PlanState.PUBLISHED, PlanState.FILED}
TONES = {PlanState.COLLECTING: "grey", PlanState.PUBLISHED: "green", PlanState.FILED: "green"}


@dataclass(frozen=True)
class Row:
    """One item of the plan: the words of the list, and what a judge has to know besides."""

    item: Application
    line: ListLine
    findings: list[Finding]
    tone: str


@dataclass(frozen=True)
class Group:
    """The items of one department."""

    unit: str
    rows: list[Row]


def plan_tone(state: str) -> str:
    return TONES.get(PlanState(state), "blue")


def rows_of(plan: Any, on: date) -> list[Row]:
    """Every item that was ever taken into the plan, with its findings while somebody has to decide."""
    items = plan.items.for_inspection_list().order_by(
        "organisation__position", "organisation__name", "number"
    )
    judged = plan.state in _OPEN
    return [
        Row(item, line_of(item, place), _findings(item, on) if judged else [], tone(item.state))
        for place, item in enumerate(items, start=1)
    ]


def _findings(item: Application, on: date) -> list[Finding]:
    facts = facts_of(item, on, alone=True)
    return examine(RULES_OF[Road(item.road)], facts, district_id=item.district_id, on=on)


def grouped(rows: Iterable[Row]) -> list[Group]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row.item.organisation), []).append(row)
    return [Group(unit, found) for unit, found in groups.items()]


def listed(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.item.state in LISTED]


def fallen_out(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.item.state not in LISTED]


def besides(plan: Any) -> tuple[list[Application], int]:
    """The single items of the year (counted apart), and how many wait for consent to join the plan."""
    around = Application.objects.filter(district_id=plan.district_id, year=plan.year)
    singles = around.filter(road=Road.INSPECTION_SINGLE).exclude(state__in=[State.DRAFTED, *STOPPED])
    waiting = around.filter(road=Road.INSPECTION_PLAN, state=State.REQUESTED).count()
    return list(singles.select_related("organisation").order_by("number")), waiting


def reduction(plan: Any, rows: Iterable[Row], past: Iterable[Any]) -> Reduction:
    return reduced(plan, len(listed(rows)), len(past_planned(past)))


def past_planned(past: Iterable[Any]) -> list[Any]:
    """Last year's items without the single ones, which are counted apart."""
    return [item for item in past if not item.application_id or item.application.road == Road.INSPECTION_PLAN]


def findings(plan: Any, found: Reduction, past: list[Any], steps: list[Any], on: date) -> list[Finding]:
    """What the rules say of the plan as a whole."""
    sent = next((step for step in steps if step.transition in {"send", "send_directly"}), None)
    cleaned = [item.disposed_on for item in past if item.disposed_on]
    facts = {
        "year": plan.year,
        "today": on,
        "sent_on": timezone.localtime(sent.at).date()
        if sent and plan.state != PlanState.COLLECTING
        else None,
        "open_past": sum(1 for item in past if not item.disposition),
        "cleaned_on": max(cleaned, default=None),
        "listed_past": len(past_planned(past)),
        "reduction": found,
    }
    return examine(PLAN_AS_A_WHOLE, facts, district_id=plan.district_id, on=on)


def remaining(plan: Any, on: date) -> Remaining | None:
    """Time left at the step; while it is collected, until the day by which it must be sent."""
    due = plan.due_on
    if plan.state == PlanState.COLLECTING:
        due = day_of(figure_value(SENT_BY, plan.district_id, on), plan.year)
    return work_calendar().remaining(due, on) if due else None


def cleaning_remaining(plan: Any, past: Iterable[Any], on: date) -> Remaining | None:
    """Time left for the clean-up; None when every item has its 清理意见."""
    if all(item.disposition for item in past):
        return None
    return work_calendar().remaining(day_of(figure_value(CLEANED_BY, plan.district_id, on), plan.year), on)


def holder(plan: Any, on: date) -> str:
    """Who is to act: 党委办 曹睿."""
    roles = PLAN_ACTS_AT.get(plan.state, ())
    found = holders(plan.district_id, roles, on) if roles else []
    names = list(dict.fromkeys(f"{row.organisation} {row.person.name}" for row in found))
    return "、".join(names[:2]) + (f"等 {len(names)} 人" if len(names) > 2 else "") or "—"


def tiles(plan: Any, found: Reduction, singles: list[Any], past: list[Any]) -> list[dict[str, Any]]:
    """上年 n 项 → 本年 m 项, 减少 x 项（y %）, the target, and what is counted apart."""
    before = "—" if found.before is None else found.before
    goal = "已达到" if found.met else ("—" if found.before is None else f"还差 {found.still} 项")
    tone_of_goal = "green" if found.met else ("grey" if found.before is None else "amber")
    less = "—" if found.before is None else found.less
    return [
        {"value": before, "label": f"{plan.year - 1}年事项", "tone": ""},
        {"value": found.after, "label": f"{plan.year}年计划内事项", "tone": ""},
        {
            "value": less,
            "label": f"减少（{found.percent}）" if found.less >= 0 else "减少（负数为增加）",
            "tone": "",
        },
        {"value": goal, "label": f"减少 {found.target}% 的目标", "tone": tone_of_goal},
        {"value": len(singles), "label": "一事一报，另计", "tone": ""},
    ]


def clean_up_words(past: list[Any]) -> str:
    """保留 5 项，合并 6 项，取消 7 项，2 项还没有意见."""
    counts = [(kind.label, sum(1 for item in past if item.disposition == kind)) for kind in Disposition]
    still = sum(1 for item in past if not item.disposition)
    words = "，".join(f"{label} {count} 项" for label, count in counts)
    return f"{words}，{still} 项还没有意见" if still else words


def stages(plan: Any, steps: Iterable[Any], holder_words: str) -> list[Stage]:
    """The bar, from the last time the plan was sent; the two offices stand in the order of the rules."""
    done = {step.transition: step for step in _since_sent(steps)}
    through = _through_offices(plan, done)
    returned = next(iter(steps), None)
    back = returned.source if returned and returned.transition == "return_" else ""
    bar = []
    for label, states, name in _road(plan, through):
        if plan.state == PlanState.COLLECTING and back in states:
            bar.append(
                Stage(label, "returned", timezone.localtime(returned.at).date(), f"{returned.who} 退回")
            )
        elif plan.state in states:
            until = f"限 {plan.due_on.month}月{plan.due_on.day}日" if plan.due_on else ""
            bar.append(Stage(label, "current", until, holder_words))
        elif name in done and plan.state != PlanState.COLLECTING:
            bar.append(Stage(label, "done", timezone.localtime(done[name].at).date(), done[name].who))
        else:
            bar.append(Stage(label, "todo"))
    return bar


def _since_sent(steps: Iterable[Any]) -> list[Any]:
    """Steps come newest first; what lies before the last sending belongs to an earlier round."""
    found = []
    for step in steps:
        found.append(step)
        if step.transition in {"send", "send_directly"}:
            break
    return found


def _through_offices(plan: Any, done: dict[str, Any]) -> bool:
    if plan.state == PlanState.COLLECTING or not ({"send", "send_directly"} & set(done)):
        return bool(figure_value(INSPECTION_OFFICES, plan.district_id, dates.today()))
    return "send_directly" not in done


def _road(plan: Any, through_offices: bool) -> list[tuple[str, set[str], str]]:
    approver = figure_value(INSPECTION_APPROVER, plan.district_id, dates.today())
    offices = [
        ("党委办审核", {PlanState.SENT, PlanState.GOVERNMENT_PASSED}, "party_review"),
        ("政府办审核", {PlanState.SENT, PlanState.PARTY_PASSED}, "government_review"),
    ]
    return [
        ("汇总、清理", {PlanState.COLLECTING}, "send" if through_offices else "send_directly"),
        *(offices if through_offices else ()),
        (f"{approver}审批", {PlanState.VETTED}, "approve"),
        ("公布清单", {PlanState.APPROVED}, "publish"),
        ("报市里备案", {PlanState.PUBLISHED}, "file"),
    ]
