"""Writes of the panel: who is asked, and what each expert says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from approvals import permissions
from approvals.figures import STEP_LIMITS
from approvals.models import Application, Assignment, Opinion
from approvals.states import Conclusion, Dimension, Grade, Judgement, State
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Decision, Refused, allow, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations.selectors import work_calendar


def assign_experts(*, application: Application, experts: Iterable[Any], by: Any) -> list[Assignment]:
    """Ask experts for their opinion on the present content. All or none; a conflicted one is refused."""
    with transaction.atomic():
        fresh = locked(application)
        require(permissions.may_run_office(fresh, by))
        require(_may_change_panel(fresh, "指派专家"))
        asked = list(experts)
        if not asked:
            require(refuse("还没有选专家，至少选一位"))
        for decision in permissions.may_be_asked_all(fresh, asked).values():
            require(decision)
        return [_assign(fresh, expert, by) for expert in asked]


def assign_many(*, panels: Mapping[Application, list[Any]], by: Any) -> int:
    """Ask the experts of several applications; all or none, each refusal names its application."""
    made, refused = 0, Decision()
    if not panels:
        require(refuse("还没有选专家，在表里勾选后再保存"))
    with transaction.atomic():
        for application in sorted(panels, key=lambda row: row.pk):  # one order of locks for everybody
            try:
                made += len(assign_experts(application=application, experts=panels[application], by=by))
            except Refused as refusal:
                refused &= refusal.decision.about(f"“{application}”")
        require(refused)
    return made


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
        assignment = locked(assignment)
        require(permissions.may_give_opinion(assignment, by))
        _still_open(application, assignment)
        opinion, _ = Opinion.objects.select_for_update().get_or_create(assignment=assignment)
        if opinion.submitted_at:
            require(refuse("这份论证意见已经提交，不能再改"))
        if submit:
            require(_sheet_complete(items, conclusion, comment))
        opinion.conclusion, opinion.comment = conclusion, comment
        opinion.submitted_at = dates.now() if submit else None
        opinion.asked = _asked(application) if submit else {}
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


def _asked(application: Application) -> dict[str, Any]:
    """What lay before the expert: the words of the points and grades, and the digest of the content read."""
    content = application.submissions.get(content_version=application.content_version).content
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        "points": {str(point): point.label for point in (*Dimension, *Judgement)},
        "grades": {str(grade): grade.label for grade in Grade},
        "conclusions": {str(conclusion): conclusion.label for conclusion in Conclusion},
        "content_version": application.content_version,
        "content_digest": hashlib.new("sm3", text.encode()).hexdigest(),
    }


def recuse(*, application: Application, expert: Any, reason: str, by: Any) -> Assignment:
    """回避: declared by the expert or set by the office, for as long as the application lasts.

    Who was not asked yet can be recused too, and will not be. A sheet handed in counts no more.
    """
    reason = reason.strip()
    with transaction.atomic():
        fresh = locked(application)
        require(permissions.may_recuse(fresh, expert, by))
        require(_may_change_panel(fresh, "办理回避") & _reason(reason))
        row = _own_row(fresh, expert, by)
        if row.recused_at:
            require(refuse(f"{expert.name}已经回避这项申请，不用再办"))
        if by.person_id == expert.pk and getattr(getattr(row, "opinion", None), "submitted_at", None):
            require(refuse("论证意见已经提交，不能再申请回避。确需回避的，联系领导小组办公室"))
        moment = dates.now() if row.pk else row.assigned_at
        row.recused_at, row.recusal_reason, row.recused_by = moment, reason, by
        row.save()
        trail.record(
            action="application.expert_recused",
            target=fresh,
            by=by,
            note=reason,
            data={"expert": expert.pk, "content_version": fresh.content_version},
        )
    return row


def _own_row(application: Application, expert: Any, by: Any) -> Assignment:
    """The expert's row on the present content; the office makes one to keep somebody out beforehand."""
    rows = Assignment.objects.filter(application=application, expert=expert)
    row = rows.filter(content_version=application.content_version).first()
    if row is None and by.person_id == expert.pk:
        require(refuse("这项申请没有请本人论证，不用申请回避"))
    return row or Assignment(
        application=application,
        expert=expert,
        content_version=application.content_version,
        assigned_by=by,
        assigned_at=dates.now(),
        due_on=application.due_on or dates.today(),
    )


def _reason(reason: str) -> Decision:
    if not reason:
        return refuse("填写回避原因，例如“与申报单位有业务合作”")
    longest = Assignment._meta.get_field("recusal_reason").max_length or 0
    if len(reason) > longest:
        return refuse(f"回避原因最多 {longest} 字，现在是 {len(reason)} 字")
    return allow()


def _may_change_panel(application: Application, verb: str) -> Decision:
    if application.state == State.SUBMITTED:
        return allow()
    return refuse(f"现在是“{application.get_state_display()}”，只有“专家论证”时才能{verb}")


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
