"""The roads, as tables. Nothing else decides where an application goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from approvals.states import STOPPED, Road, State
from approvals.workflow.campus import ANNUAL, EXEMPT, URGENT
from approvals.workflow.campus import SINGLE as CAMPUS_SINGLE
from approvals.workflow.inspection import PLAN, PLANNED
from approvals.workflow.inspection import SINGLE as INSPECTION_SINGLE
from approvals.workflow.others import SECONDMENT, SECONDMENT_SHORT, SURVEY
from approvals.workflow.rounds import ROUND
from jianfu.kernel.workflow import Transition, Workflow

__all__ = ["PLAN", "ROUND", "WORKFLOWS", "way_of", "workflow_of"]

WORKFLOWS: dict[str, Workflow] = {
    Road.CAMPUS_ANNUAL: ANNUAL,
    Road.CAMPUS_SINGLE: CAMPUS_SINGLE,
    Road.CAMPUS_URGENT: URGENT,
    Road.CAMPUS_EXEMPT: EXEMPT,
    Road.INSPECTION_PLAN: PLANNED,
    Road.INSPECTION_SINGLE: INSPECTION_SINGLE,
    Road.SURVEY: SURVEY,
    Road.SECONDMENT: SECONDMENT,
    Road.SECONDMENT_SHORT: SECONDMENT_SHORT,
}


def workflow_of(application: Any) -> Workflow:
    """The table that the application walks by."""
    return WORKFLOWS[application.road]


def way_of(road: str) -> tuple[str, ...]:
    """The states one after another when everybody agrees, from handing in to the end of the road."""
    rows = WORKFLOWS[road].transitions
    way = [next(iter(rows["submit"].targets))]
    while following := _onward(rows.values(), way):
        way.append(following)
    return tuple(way)


def _onward(rows: Iterable[Transition], way: list[str]) -> str | None:
    """Where the first row leads that goes on: not back, not aside."""
    aside = {*way, *STOPPED, State.RETURNED, State.DRAFTED}
    return next((row.moves[way[-1]] for row in rows if row.moves.get(way[-1], way[-1]) not in aside), None)
