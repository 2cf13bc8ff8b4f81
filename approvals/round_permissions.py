"""Who prepares a round, who sees it before it is in force, and who puts it into force."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

from .states import RoundStage

DECIDES_ROUND = {
    RoundStage.APPRAISAL: Role.PUBLICATION_CLERK,
    RoundStage.REVIEW: Role.FIRST_REVIEWER,
    RoundStage.APPROVAL: Role.LEADER,
}


def round_stages(by: Any) -> list[RoundStage]:
    """The stages whose rounds the person may prepare, and see before they are in force."""
    if not by.is_authenticated:
        return []
    return [stage for stage, decider in DECIDES_ROUND.items() if by.has(Role.PUBLICATION_CLERK, decider)]


def may_read_rounds(by: Any) -> Decision:
    if by.is_authenticated and by.has(Role.PUBLICATION_CLERK, *DECIDES_ROUND.values()):
        return allow()
    return refuse("批次由领导小组办公室、初审人和领导小组成员办理")


def may_prepare_round(round_: Any, by: Any) -> Decision:
    """The office prepares a round for those who decide; they may prepare their own."""
    decider = DECIDES_ROUND[RoundStage(round_.stage)]
    if by.district_id == round_.district_id and by.has(Role.PUBLICATION_CLERK, decider):
        return allow()
    return refuse("批次由领导小组办公室经办人或本环节的办理人准备")


def may_put_in_force(round_: Any, by: Any) -> Decision:
    decider = DECIDES_ROUND[RoundStage(round_.stage)]
    if by.district_id == round_.district_id and by.has(decider):
        return allow()
    return refuse(f"批次由{decider.label}确认生效")
