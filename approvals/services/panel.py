"""Writes of the panel: who is asked, and what each expert says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from approvals import permissions
from approvals.figures import STEP_LIMITS
from approvals.models import Application, Assignment, Opinion
from approvals.states import Dimension, Grade, Judgement, State
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Decision, allow, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations.selectors import work_calendar


def assign_experts(*, application: Application, experts: Iterable[Any], by: Any) -> list[Assignment]:
    """Ask experts for their opinion on the present content. All or none; a conflicted one is refused."""
    with transaction.atomic():
        fresh = locked(application)
        require(permissions.may_run_office(fresh, by))
        if fresh.state != State.SUBMITTED:
            require(refuse(f"现在是“{fresh.get_state_display()}”，只有“专家论证”时才能指派专家"))
        asked = list(experts)
        if not asked:
            require(refuse("还没有选专家，至少选一位"))
        for decision in permissions.may_be_asked_all(fresh, asked).values():
            require(decision)
        return [_assign(fresh, expert, by) for expert in asked]


def _assign(application: Application, expert: Any, by: Any) -> Assignment:
    today = dates.today()
    limit = figure_value(STEP_LIMITS[State.SUBMITTED], application.district_id, today)
    row, made = Assignment.objects.get_or_create(
        application=application,
        expert=expert,
        content_version=application.content_version,
        defaults={
            "assigned_by": by,
            "assigned_at": dates.now(),
            "due_on": application.due_on or work_calendar().add(today, limit),
        },
    )
    if made:
        trail.record(
            action="application.expert_assigned", target=application, by=by, data={"expert": expert.pk}
        )
    return row


def save_opinion(
    *,
    assignment: Assignment,
    by: Any,
    items: Mapping[str, tuple[str, str]],
    conclusion: str,
    comment: str,
    submit: bool,
) -> Opinion:
    """Keep an expert's sheet, as draft or for good. ``items`` maps a point to (grade, note)."""
    with transaction.atomic():
        application = locked(assignment.application)
        require(permissions.may_give_opinion(assignment, by))
        _still_open(application, assignment)
        opinion, _ = Opinion.objects.select_for_update().get_or_create(assignment=assignment)
        if opinion.submitted_at:
            require(refuse("这份论证意见已经提交，不能再改"))
        if submit:
            require(_sheet_complete(items, conclusion, comment))
        opinion.conclusion, opinion.comment = conclusion, comment
        opinion.submitted_at = dates.now() if submit else None
        save_tracked(opinion, by=by, reason="提交论证意见" if submit else "暂存论证意见")
        opinion.items.all().delete()
        for point, (grade, note) in items.items():
            if grade:
                opinion.items.create(point=point, grade=grade, note=note)
        if submit:
            trail.record(
                action="application.opinion_given",
                target=application,
                by=by,
                destination=conclusion,
                data={"content_version": assignment.content_version},
            )
    return opinion


def _still_open(application: Application, assignment: Assignment) -> None:
    if application.state != State.SUBMITTED or application.content_version != assignment.content_version:
        require(refuse(f"这项申请现在是“{application.get_state_display()}”，论证已经结束，不用再填"))


def _sheet_complete(items: Mapping[str, tuple[str, str]], conclusion: str, comment: str) -> Decision:
    points = [*Dimension, *Judgement]
    open_points = [point.label for point in points if items.get(point, ("", ""))[0] not in Grade.values]
    decision = refuse(f"还有论证要点没有选意见：{'、'.join(open_points)}") if open_points else allow()
    if not conclusion:
        decision &= refuse("选择论证结论")
    if not comment.strip():
        decision &= refuse("填写论证意见，一两句话即可")
    return decision
