"""How far a year has come, what was signed, and what is different since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from jianfu.kernel.calendar import Remaining
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.policy import Finding, figure_value
from jianfu.kernel.steps import Stage
from jianfu.organisations import selectors as organisations
from jianfu.organisations.states import Role
from ledger.models import Ledger, LedgerRow, LedgerStep
from ledger.permissions.closing import CHECKERS
from ledger.rules.closing import LIMITS
from ledger.selectors import figures
from ledger.states import LedgerState

# The roads in their order: state to wait in, what happens there, the step that ends it, and who takes it.
ROAD = (
    (LedgerState.OPENED, "填报、审核", "summarise", (Role.LEDGER_OFFICE,)),
    (LedgerState.SUMMARISED, "领导小组签发", "sign", (Role.LEADER,)),
    (LedgerState.SIGNED, "锁定", "lock", (Role.LEDGER_OFFICE,)),
    (LedgerState.LOCKED, "报送备案", "file_", (Role.LEDGER_OFFICE,)),
)
PAST_ROAD = (
    (LedgerState.ENTERING, "补录", "hand_over", (Role.LEDGER_OFFICE,)),
    (LedgerState.CHECKING, "核对归档", "record", CHECKERS),
)
STAGES = {
    LedgerState.OPENED: "草稿",
    LedgerState.SUMMARISED: "送签稿",
    LedgerState.ENTERING: "补录稿",
    LedgerState.CHECKING: "补录稿",
    LedgerState.RECORDED: "补录",
}
COMPARED = {"implementation": "落实情况", "reported_figures": "重点监测数据", "sections_text": "责任科室"}


def steps_of(ledger: Ledger) -> list[LedgerStep]:
    """Every step, the newest first."""
    return list(ledger.steps.select_related("person", "on_behalf_of"))


def remaining(ledger: Ledger, on: date) -> Remaining | None:
    """Working days left at the step; an open year has the days of its rows, a filed one none."""
    figure = LIMITS.get(LedgerState(ledger.state))
    if figure is None:
        return None
    work = organisations.work_calendar()
    days = figure_value(figure, ledger.district_id, on)
    return work.remaining(work.add(timezone.localdate(ledger.state_entered_at), days), on)


def holder_words(district_id: int, state: str, on: date) -> str:
    """Who is to act, by name: 宋国强、唐丽华."""
    roles = next((roles for waits, _label, _name, roles in (*ROAD, *PAST_ROAD) if waits == state), ())
    if not roles:
        return ""
    names = list(dict.fromkeys(row.person.name for row in organisations.holders(district_id, roles, on)))
    return "、".join(names[:2]) + (f"等 {len(names)} 人" if len(names) > 2 else "")


def last(steps: Sequence[LedgerStep], *names: str) -> LedgerStep | None:
    return next((step for step in steps if step.transition in names), None)


def reopened_words(ledger: Ledger, steps: Sequence[LedgerStep]) -> str:
    """What the form says once it was opened again; empty for one that never was."""
    again = [step.at for step in steps if step.transition == "reopen"]
    return opened_again(ledger, again[0], len(again)) if again else ""


def opened_again(ledger: Ledger, at: datetime, times: int) -> str:
    """``at`` is the last of so many ``times``."""
    day = chinese_date(timezone.localdate(at))
    again = f"第 {times} 次重新打开" if times > 1 else "重新打开"
    if ledger.is_final:
        return f"{day}{again}后再次{'归档' if ledger.is_past else '签发'}"
    return f"{day}{again}"


def form_state(ledger: Ledger) -> str:
    """草稿, 送签稿, 定稿 or 补录, with the name that makes it so and the reopening that came before."""
    steps = steps_of(ledger)
    parts = [STAGES.get(LedgerState(ledger.state), "定稿")]
    if ledger.is_past:
        parts.append(f"据{ledger.source}")
    signed = last(steps, "sign", "record")
    if ledger.is_final and signed:
        parts.append(f"{signed.who}{chinese_date(timezone.localdate(signed.at))}{signed.label}")
    parts.append(reopened_words(ledger, steps))
    return "，".join(part for part in parts if part)


@dataclass(frozen=True)
class Change:
    """One part of a row that reads differently from when a leader last looked at it."""

    row: LedgerRow
    part: str
    old: str
    new: str


@dataclass(frozen=True)
class Changes:
    """``since`` is the signature or return that is compared with; None: no leader has seen the year yet."""

    since: LedgerStep | None
    found: tuple[Change, ...] = ()

    @property
    def words(self) -> str:
        if self.since is None:
            return "还没有签发过，全部内容都是第一次送签"
        when = f"{chinese_date(timezone.localdate(self.since.at))}{self.since.who}{self.since.label}"
        if not self.found:
            return f"{when}以后，各项内容没有改动"
        rows = list(dict.fromkeys(f"第 {change.row.number} 项" for change in self.found))
        return f"{when}以后，{'、'.join(rows)}有改动"


def changes(ledger: Ledger, rows: Sequence[LedgerRow], steps: Sequence[LedgerStep]) -> Changes:
    """Each row against what it said when a leader last signed or returned the year; one query."""
    since = last(steps, "sign", "return_")
    if since is None:
        return Changes(None)
    then = _as_of(ledger, since)
    found = [
        Change(row, label, old, new)
        for row in rows
        for name, label in COMPARED.items()
        if (old := getattr(then.get(row.pk), name, "")) != (new := getattr(row, name))
    ]
    return Changes(since, tuple(found))


def _as_of(ledger: Ledger, step: LedgerStep) -> dict[int, Any]:
    versions = LedgerRow.history.filter(ledger_id=ledger.pk, history_date__lte=step.at)
    return {version.id: version for version in versions.order_by("history_date", "history_id")}


def findings(ledger: Ledger) -> list[Finding]:
    """What a reader should look at again in the whole form, before a name is put under it."""
    this = figures.this_year(ledger)
    return figures.findings(ledger, list(this), this, figures.last_year(ledger))


def stages(ledger: Ledger, steps: Sequence[LedgerStep], on: date) -> list[Stage]:
    """The bar, from the last time the year was open."""
    since = _since_open(steps)
    back = steps[0] if steps and not since and steps[0].transition != "recall" else None
    done = {step.transition: step for step in since}
    bar = []
    for waits, label, name, _roles in PAST_ROAD if ledger.is_past else ROAD:
        if ledger.state == waits:
            bar.append(Stage(label, "current", "", holder_words(ledger.district_id, waits, on)))
        elif name in done:
            bar.append(Stage(label, "done", timezone.localdate(done[name].at), done[name].who))
        else:
            bar.append(Stage(label, "returned" if back and back.source == waits else "todo"))
    return bar


def _since_open(steps: Sequence[LedgerStep]) -> list[LedgerStep]:
    """Steps come newest first; what lies before a return or reopening belongs to an earlier round."""
    found = []
    for step in steps:
        if step.target in {LedgerState.OPENED, LedgerState.ENTERING}:
            break
        found.append(step)
    return found
