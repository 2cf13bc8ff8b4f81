"""What the pages that gather show of the registers: the bar, the history, and problems to be mended."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from jianfu.kernel import exports, intake, registry
from jianfu.organisations import selectors as organisations
from jianfu.organisations.states import Role
from ledger.demo import register as demo
from ledger.drafting import problem
from ledger.exports import register as register_export
from ledger.models import Problem
from ledger.permissions import register as permissions
from ledger.registers import REGISTERS
from ledger.resources.register import PURPOSE, RegisterTarget
from ledger.states import TONES, ProblemState


def _waiting(user: Any) -> QuerySet[Problem]:
    """Problems that wait for the person: to be mended by their 科室, handed over or struck off by them."""
    mine = Q(state=ProblemState.ASSIGNED, unit_id__in=user.organisation_ids(Role.SECTION_CLERK))
    if user.has(Role.LEDGER_OFFICE):
        mine |= Q(state=ProblemState.FOUND)
        mine |= Q(state=ProblemState.MENDED) & ~Q(mended_by_id=user.person_id)
    return Problem.objects.visible_to(user).valid().filter(mine)


def todo(user: Any, on: date) -> list[registry.Matter]:
    rows = _waiting(user).select_related("section", "unit").order_by("due_on", "pk")
    return [_matter(row, on) for row in rows]


def todo_count(user: Any, _on: date) -> int:
    return _waiting(user).count()


VERBS = {ProblemState.FOUND: "交办", ProblemState.ASSIGNED: "整改", ProblemState.MENDED: "核销"}


def _matter(row: Problem, on: date) -> registry.Matter:
    mending = row.state == ProblemState.ASSIGNED
    return registry.Matter(
        title=row.name,
        url=row.get_absolute_url(),
        kind="问题整改",
        tone=TONES[row.state],
        origin=str(row.section),
        received_at=row.state_entered_at,
        remaining=organisations.work_calendar().remaining(row.due_on, on) if mending and row.due_on else None,
        action=VERBS[ProblemState(row.state)],
        stage=row.get_state_display(),
        holder=str(row.unit) if mending else "台账汇总人",
    )


def refusals_of(user: Any) -> str:
    """拒绝记录, for the page of those who came without being listed."""
    known = REGISTERS["refusals"]
    return reverse("ledger:item_list", args=[known.slug]) if permissions.may_read(user, known) else ""


def register() -> None:
    registry.ways.register("refusals", refusals_of)
    intake.targets.register(PURPOSE, RegisterTarget())
    exports.makers.register(register_export.KIND, register_export.maker)
    registry.demonstrations.register("registers", (45, demo.load))
    registry.sequels.register("problems", problem.sequel)
    registry.desks.register("problems", registry.Desk(todo, todo_count))
    registry.navigation.register(
        "registers", registry.NavEntry("减负清单", "ledger:register_list", 42, _reads)
    )
    for known in REGISTERS.values():
        registry.historied.register(
            known.history, registry.Historied(known.model, known.item, known.model.objects.visible_to)
        )


def _reads(user: Any) -> bool:
    return user.is_authenticated and bool(permissions.may_read_registers(user))
