"""监测线索 are for the bureau's staff; whoever handles a matter closes what was looked into."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role


def may_read_clues(by: Any) -> Decision:
    if by.is_authenticated and by.is_district_staff:
        return allow()
    return refuse("监测线索由区教委和领导小组办公室查看")


def may_close_clue(district_id: int, by: Any) -> Decision:
    if by.district_id == district_id and by.has(
        Role.FIRST_REVIEWER, Role.PUBLICATION_CLERK, Role.COMPLAINT_HANDLER
    ):
        return allow()
    return refuse("监测线索由区教委初审人、投诉办理人或领导小组办公室核实")
