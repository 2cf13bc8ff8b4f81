"""Writes: drafts, the panel, and publication. States move through the workflow alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, allow, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations.selectors import work_calendar

from . import permissions
from .figures import STEP_LIMITS
from .models import Application, Assignment, Opinion
from .states import EDITABLE, Dimension, Grade, Judgement, State
from .workflow import workflow_of

# What a new year takes over from the application of the last.
COPIED = (
    "title", "category", "term", "content", "frequency", "minutes", "stages", "grades", "schools_text",
    "school_count", "student_count", "teacher_count", "teacher_duties", "class_hours", "delivery",
    "method", "integration", "course_overlap", "expected_effect", "evaluation", "funding",
    "charges_fee", "appraises_schools", "demands_traces", "safety",
)  # fmt: skip


def open_draft(*, by: Any, organisation: Any, year: int | None = None, **fields: Any) -> Application:
    """A new draft with what is known already: unit, contact, year."""
    require(permissions.may_apply(by))
    application = Application(
        district_id=by.district_id,
        organisation=organisation,
        handler_id=by.person_id,
        contact_name=by.person.name,
        contact_phone=by.person.phone or organisation.phone,
        year=year or dates.today().year,
        state_entered_at=dates.now(),
        **fields,
    )
    require(permissions.may_write(application, by))
    with transaction.atomic():
        save_tracked(application, by=by, reason="新建申请")
        trail.record(action="application.drafted", target=application, by=by)
    return application


def save_draft(
    *,
    application: Application,
    by: Any,
    fields: Mapping[str, Any],
    bases: Mapping[str, tuple[str, str, str]] | None = None,
    joint: Iterable[Any] | None = None,
    expected_version: int | None = None,
) -> Application:
    """Write what the form holds. ``bases`` maps a criterion to (document, number, clause).

    Raises `Refused` outside 草稿 and 退回补正, `Conflicted` when a colleague saved in between.
    """
    with transaction.atomic():
        fresh = locked(application)
        require(permissions.may_write(fresh, by))
        if fresh.state not in EDITABLE:
            require(
                refuse(
                    f"现在是“{fresh.get_state_display()}”，已提交的内容不能再改；确需修改请先撤回或请办理人退回"
                )
            )
        if expected_version is not None and fresh.version != expected_version:
            raise Conflicted(refuse("同单位的同事刚刚改过这份申请，请核对后再保存"))
        for name, value in fields.items():
            setattr(fresh, name, value)
        if joint is not None:
            fresh.joint_organisations.set(joint)
        if bases is not None:
            _write_bases(fresh, bases)
        save_tracked(fresh, by=by, reason="修改申请")
        trail.record(action="application.edited", target=fresh, by=by)
    return fresh


def _write_bases(application: Application, bases: Mapping[str, tuple[str, str, str]]) -> None:
    application.bases.exclude(criterion__in=bases).delete()
    for criterion, (document, number, clause) in bases.items():
        application.bases.update_or_create(
            criterion=criterion,
            defaults={"document": document, "document_number": number, "clause": clause},
        )


def assign_experts(*, application: Application, experts: Iterable[Any], by: Any) -> list[Assignment]:
    """Ask experts for their opinion on the present content. All or none; a conflicted one is refused."""
    with transaction.atomic():
        fresh = locked(application)
        require(permissions.may_run_office(fresh, by))
        if fresh.state != State.SUBMITTED:
            require(refuse(f"现在是“{fresh.get_state_display()}”，只有“专家论证”时才能指派专家"))
        return [_assign(fresh, expert, by) for expert in experts]


def _assign(application: Application, expert: Any, by: Any) -> Assignment:
    require(permissions.may_be_asked(application, expert))
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


def perform(
    *,
    application: Application,
    name: str,
    by: Any,
    note: str = "",
    expected_version: int | None = None,
    data: Mapping[str, Any] | None = None,
    at: Any = None,
) -> Application:
    """Take one step of the application's road. Raises `Refused` or `Conflicted`."""
    return workflow_of(application).perform(
        application, name, by=by, note=note, expected_version=expected_version, data=data, at=at
    )


def mark_published(*, application: Application, by: Any, release: str, at: Any = None) -> Application:
    """The release lists the application; called by the whitelist inside the release's transaction."""
    return perform(application=application, name="publish", by=by, note=f"列入{release}", at=at)


def copy_of(*, application: Application, by: Any, year: int) -> Application:
    """A new draft with last year's words: nothing is typed twice, only dates and promises are left empty."""
    draft = open_draft(
        by=by,
        organisation=application.organisation,
        year=year,
        **{name: getattr(application, name) for name in COPIED},
    )
    bases = {b.criterion: (b.document, b.document_number, b.clause) for b in application.bases.all()}
    return save_draft(
        application=draft, by=by, fields={}, bases=bases, joint=application.joint_organisations.all()
    )
