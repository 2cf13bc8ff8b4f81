"""The roads, as tables. Nothing else decides where an application goes."""

from __future__ import annotations

from typing import Any

from approvals.states import Road
from approvals.workflow.campus import ANNUAL, EXEMPT, URGENT
from approvals.workflow.campus import SINGLE as CAMPUS_SINGLE
from approvals.workflow.inspection import PLAN, PLANNED
from approvals.workflow.inspection import SINGLE as INSPECTION_SINGLE
from approvals.workflow.others import SECONDMENT, SECONDMENT_SHORT, SURVEY
from approvals.workflow.rounds import ROUND
from jianfu.kernel.workflow import Workflow

__all__ = ["PLAN", "ROUND", "WORKFLOWS", "workflow_of"]

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
