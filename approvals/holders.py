"""Who holds an application now, and whom to call about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from jianfu.organisations.selectors import holders
from jianfu.organisations.states import Role

from .states import State

_ROLE_AT = {
    State.SUBMITTED: Role.PUBLICATION_CLERK,
    State.APPRAISED: Role.FIRST_REVIEWER,
    State.REVIEWED: Role.LEADER,
    State.APPROVED: Role.PUBLICATION_CLERK,
    State.FILED: Role.PUBLICATION_CLERK,
}
# The leading group's people sit in many offices; what they act for is what a caller needs.
_ACTS_FOR = {Role.PUBLICATION_CLERK: "领导小组办公室", Role.LEADER: "领导小组"}


@dataclass(frozen=True)
class Holder:
    """``who`` as offices write it: 基教科 李敏, or 基教科 李敏等 3 人; ``phone`` of the first."""

    who: str
    phone: str = ""


NOBODY = Holder("—")


class Holders:
    """The holders of one district on a day, read once and asked for each row of a list."""

    def __init__(self, district_id: int, on: date) -> None:
        self._rows = holders(district_id, set(_ROLE_AT.values()), on)

    def of(self, application: Any) -> Holder:
        """Who is to act; the applicant for a draft and a returned one, nobody at the end of the road."""
        if application.state in {State.DRAFTED, State.RETURNED}:
            who = f"{application.organisation} {application.contact_name or application.handler.name}"
            return Holder(who.strip(), application.contact_phone)
        role = _ROLE_AT.get(State(application.state))
        found = [row for row in self._rows if row.role == role and self._may(row, application)]
        if not found:
            return NOBODY
        first, many = found[0], len({row.person_id for row in found})
        who = f"{_ACTS_FOR.get(Role(role), first.organisation)} {first.person.name}"
        phone = first.person.phone or first.organisation.phone
        return Holder(f"{who}等 {many} 人" if many > 1 else who, phone)

    @staticmethod
    def _may(row: Any, application: Any) -> bool:
        """A 科室 that applies is first-reviewed by another one."""
        return row.role != Role.FIRST_REVIEWER or row.organisation_id != application.organisation_id
