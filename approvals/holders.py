"""Who holds an application now, and whom to call about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from jianfu.audit.selectors import Memory
from jianfu.organisations.selectors import holders
from jianfu.organisations.states import Role

from .permissions import ACTS_AT
from .states import State

# The leading group's people sit in many offices; what they act for is what a caller needs.
_ACTS_FOR = {
    Role.PUBLICATION_CLERK: "领导小组办公室",
    Role.LEADER: "领导小组",
    Role.PARTY_OFFICE: "党委办",
    Role.GOVERNMENT_OFFICE: "政府办",
}


@dataclass(frozen=True)
class Holder:
    """``who`` as offices write it: 基教科 李敏, or 基教科 李敏等 3 人; ``phone`` of the first."""

    who: str
    phone: str = ""


NOBODY = Holder("—")


def _people(row: Any) -> set[int]:
    """Who may act by this role: its holder, and the agent to whom it is lent."""
    return {row.person_id, row.agent_id} - {None}


def _name(row: Any) -> str:
    """The holder, or who is there in his place: 陈思雨（代李敏）."""
    return f"{row.agent.name}（代{row.person.name}）" if row.agent else row.person.name


class Holders:
    """The holders of one district on a day, read once and asked for each row of a list.

    With a ``memory`` they are read again only after an event in the district.
    """

    def __init__(self, district_id: int, on: date, memory: Memory | None = None) -> None:
        roles = sorted({role for roles in ACTS_AT.values() for role in roles})

        def find() -> list[Any]:
            return holders(district_id, roles, on)

        self._rows = memory.recall("approvals.holders", find, for_everybody=True) if memory else find()

    def of(self, application: Any) -> Holder:
        """Who is to act; the applicant for a draft and a returned one, nobody at the end of the road."""
        if application.state in {State.DRAFTED, State.RETURNED}:
            who = f"{application.organisation} {application.contact}"
            return Holder(who.strip(), application.contact_phone)
        roles = ACTS_AT.get(application.state, ())
        found = [row for row in self._rows if row.role in roles and self._may(row, application)]
        if application.responsible_id:
            found = [row for row in found if application.responsible_id in _people(row)] or found
        if not found:
            return NOBODY
        first, many = found[0], len({row.person_id for row in found})
        who = f"{_ACTS_FOR.get(Role(first.role), first.organisation)} {_name(first)}"
        phone = (first.agent and first.agent.phone) or first.person.phone or first.organisation.phone
        return Holder(f"{who}等 {many} 人" if many > 1 else who, phone)

    @staticmethod
    def _may(row: Any, application: Any) -> bool:
        """A 科室 that applies is first-reviewed by another one; a teacher's school is the teacher's own."""
        if row.role == Role.SCHOOL:
            return bool(row.organisation_id == application.teacher_school_id)
        return row.role != Role.FIRST_REVIEWER or row.organisation_id != application.organisation_id
