"""The year on everybody's 工作台: to sign for a leader; to send, lock and file for the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from jianfu.kernel import registry
from jianfu.kernel.registry import MANY, Desk, Matter
from ledger.models import Filing, Ledger, LedgerStep, Milestone
from ledger.permissions.closing import closes_years
from ledger.selectors.closing import holder_words, remaining
from ledger.selectors.milestones import Standing, waiting
from ledger.states import TONES, LedgerState

ACTIONS = {
    LedgerState.OPENED: ("台账汇总", "送签", "各科室"),
    LedgerState.SUMMARISED: ("台账签发", "签发", "台账汇总人"),
    LedgerState.SIGNED: ("台账锁定", "锁定", "领导小组"),
    LedgerState.LOCKED: ("台账备案", "报送", "台账汇总人"),
    LedgerState.FILED: ("台账备案", "查看", "台账汇总人"),
    LedgerState.ENTERING: ("台账补录", "补录", "往年台账"),
    LedgerState.CHECKING: ("台账补录", "核对", "台账汇总人"),
    LedgerState.RECORDED: ("台账补录", "查看", "台账汇总人"),
}


def _matter(ledger: Ledger, on: date) -> Matter:
    kind, verb, origin = ACTIONS[LedgerState(ledger.state)]
    return Matter(
        title=str(ledger),
        url=ledger.get_closing_url(),
        kind=kind,
        tone=TONES[ledger.state],
        origin=origin,
        received_at=ledger.state_entered_at,
        remaining=remaining(ledger, on),
        action=verb,
        stage=ledger.get_state_display(),
        holder=holder_words(ledger.district_id, ledger.state, on),
    )


def todo(user: Any, on: date) -> list[Matter]:
    steps = [_matter(ledger, on) for ledger in Ledger.objects.waiting_for(user).order_by("year")]
    return [*steps, *(_milestone(standing) for standing in waiting(user, on))]


def todo_count(user: Any, on: date) -> int:
    """Exact; the milestones of the few weeks that are near are asked for their proofs."""
    return Ledger.objects.waiting_for(user).count() + len(waiting(user, on))


def _milestone(standing: Standing) -> Matter:
    """A milestone that is near or late: 登记完成, or what is lacking is done."""
    milestone = standing.milestone
    late = standing.remaining is not None and standing.remaining.days < 0
    return Matter(
        title=f"{milestone}（{milestone.ledger.year}年节点）",
        url=milestone.get_absolute_url(),
        kind="台账节点",
        tone="red" if late else "amber",
        origin=milestone.basis,
        received_at=milestone.ledger.state_entered_at,
        remaining=standing.remaining,
        action="登记",
        stage="未完成",
        holder="台账汇总人",
    )


def done(user: Any, on: date) -> list[Matter]:
    """Years that the person sent, signed, returned, locked or filed."""
    if not closes_years(user):
        return []
    taken = _taken_by(user).order_by("-pk")[:MANY]
    return [replace(_matter(ledger, on), action="查看", ended=ledger.is_final) for ledger in taken]


def done_count(user: Any, _on: date) -> Any:
    return _taken_by(user).order_by().values("pk") if closes_years(user) else 0


def _taken_by(user: Any) -> Any:
    steps = LedgerStep.objects.filter(person_id=user.person_id)
    return Ledger.objects.visible_to(user).filter(pk__in=steps.values("ledger_id"))


def register() -> None:
    registry.desks.register("ledger.year", Desk(todo, todo_count, done=done, done_count=done_count))
    milestones = registry.Historied(Milestone, "台账节点", Milestone.objects.visible_to)
    registry.historied.register("milestone", milestones)
    registry.historied.register("filing", registry.Historied(Filing, "台账备案", Filing.objects.visible_to))
