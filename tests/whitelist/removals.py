"""Proposals of removal in every state, by the shortest road."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.factories import World
from tests.whitelist.factories import clerk, entry_of
from whitelist import services
from whitelist.models import Removal
from whitelist.states import RemovalState as S

TOLD = "评价得分低，学校多次反映占用上课时间。"
DECIDED = {"meeting_number": "云教领纪要〔2026〕9号"}
WAYS = {
    S.PROPOSED: (),
    S.HEARING: ("hear",),
    S.HEARD: ("hear", "reply"),
    S.MENDING: ("hear", "reply", "mend"),
    S.REMOVED: ("hear", "reply", "remove"),
    S.KEPT: ("hear", "reply", "keep"),
    S.WITHDRAWN: ("withdraw",),
}
ACTORS = {"reply": Role.APPLICANT, "report_mending": Role.APPLICANT, "remove": Role.LEADER,
          "keep": Role.LEADER, "mend": Role.LEADER}  # fmt: skip


def applicant(world: World) -> Any:
    """Of the department whose entry it is (`filed`)."""
    return world.user(Role.APPLICANT, place="department", key="applicant-department")


def proposed(world: World, **changed: Any) -> Removal:
    said = {"ground": "weak", "reason": "三所学校反映，张喆老师来电。", "public_reason": TOLD, **changed}
    entry = said.pop("entry", None) or entry_of(world)
    return services.propose(entry=entry, by=said.pop("by", None) or clerk(world), **said)


def actor(world: World, name: str) -> Any:
    role = ACTORS.get(name, Role.PUBLICATION_CLERK)
    return applicant(world) if role == Role.APPLICANT else world.user(role)


def data_of(name: str) -> dict[str, Any]:
    today = dates.today()
    return {
        "record_reply": {"replied_on": today},
        "remove": {**DECIDED, "decided_on": today, "effective_on": today},
        "keep": {**DECIDED, "decided_on": today},
        "mend": {**DECIDED, "decided_on": today, "mend_until": today + timedelta(days=14)},
    }.get(name, {})


def step(removal: Removal, name: str, world: World, **more: Any) -> Removal:
    said = {"by": actor(world, name), "note": "写明的话", "data": data_of(name), **more}
    return services.perform_removal(removal=removal, name=name, **said)


def removal_at(state: str, world: World, **changed: Any) -> Removal:
    removal = proposed(world, **changed)
    for name in WAYS[S(state)]:
        removal = step(removal, name, world)
    return removal
