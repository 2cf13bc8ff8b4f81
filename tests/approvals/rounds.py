"""Rounds of a small district: opened, marked and put into force by the people whose part it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from approvals import services
from approvals.models import Application, Round
from approvals.services import Marking
from approvals.states import RoundStage
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.factories import World

MINUTES = "云教领纪要〔2026〕3号"
AGREED = {"outcome": "pass", "note": "同意。"}
_WHO = {
    RoundStage.APPRAISAL: Role.PUBLICATION_CLERK,
    RoundStage.REVIEW: Role.FIRST_REVIEWER,
    RoundStage.APPROVAL: Role.LEADER,
}


def opened(
    world: World, applications: Iterable[Application], *, stage: str = "approval", title: str = "第一批"
) -> Round:
    by = world.user(_WHO[RoundStage(stage)])
    return services.open_round(by=by, stage=stage, title=title, applications=applications)


def mark_all(round_: Round, by: Any, **marks: Any) -> None:
    """The same mark on every line; raises what the first refused line was told."""
    asked = [Marking(item.pk, marks) for item in round_.items.all()]
    for refused in services.save_marks(round_=round_, by=by, markings=asked).values():
        raise refused


def put_in_force(round_: Round, by: Any, **more: Any) -> Round:
    met_on: date = dates.today()
    said = {"met_on": met_on, "meeting_number": MINUTES, **more}
    return services.put_in_force(round_=round_, by=by, **said)
