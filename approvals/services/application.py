"""Writes to an application: its draft, its steps, its successor. States move through the workflow alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from approvals import permissions
from approvals.models import Application
from approvals.models.application import PARTICULARS
from approvals.schools import named
from approvals.states import EDITABLE, STOPPED, Integration, Road, State
from approvals.workflow import workflow_of
from jianfu.kernel import dates, trail
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import Conflicted, Decision, allow, refuse, require
from jianfu.kernel.workflow import locked, save_tracked

# What a new year takes over from the application of the last.
COPIED = (
    "title", "category", "term", "content", "frequency", "minutes", "stages", "grades", "schools_text",
    "school_count", "student_count", "teacher_count", "teacher_duties", "class_hours", "delivery",
    "method", "integration", "course_overlap", "expected_effect", "evaluation", "funding",
    "charges_fee", "appraises_schools", "demands_traces", "safety", "road", "level", "exemption",
)  # fmt: skip
# Of what a road asks for besides; consents, numbers and days belong to the one application.
COPIED_BESIDES = (
    "inspection_kind", "methods", "materials", "sampling", "differences", "survey_kind", "respondents",
    "items_asked", "channel", "school", "teacher_name", "subject", "is_head_teacher", "borrow_kind",
    "impact", "person_count",
)  # fmt: skip


def open_draft(*, by: Any, organisation: Any, year: int | None = None, **fields: Any) -> Application:
    """A new draft with what is known already: unit, contact, year. ``road`` is one of ``fields``."""
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
        _write(application, {}, by)
        trail.record(action="application.drafted", target=application, by=by)
    return application


def save_draft(
    *,
    application: Application,
    by: Any,
    fields: Mapping[str, Any],
    bases: Mapping[str, tuple[str, str, str]] | None = None,
    joint: Iterable[Any] | None = None,
    schools: Iterable[Any] | None = None,
    expected_version: int | None = None,
) -> Application:
    """Write what the form holds. ``bases`` maps a criterion to (document, number, clause).

    Raises `Refused` outside 草稿 and 退回补正, `Conflicted` when a colleague saved in between.
    """
    with transaction.atomic():
        fresh = locked(application)
        require(permissions.may_write(fresh, by))
        require(still_editable(fresh))
        if expected_version is not None and fresh.version != expected_version:
            raise Conflicted(refuse("同单位的同事刚刚改过这份申请，请核对后再保存"))
        _write(fresh, fields, by)
        require(_in_order(fresh) & one_manner(fresh.integration))
        if joint is not None:
            fresh.joint_organisations.set(joint)
        if schools is not None:
            fresh.schools.set(schools)
            fresh.schools_text, fresh.school_count = named(fresh)
        if bases is not None:
            _write_bases(fresh, bases)
        save_tracked(fresh, by=by, reason="修改申请")
        trail.record(action="application.edited", target=fresh, by=by)
    return fresh


def _write(application: Application, fields: Mapping[str, Any], by: Any) -> None:
    """Each value to the row that has its column: the application, or what its road asks for besides."""
    own = {field.name for field in Application._meta.concrete_fields} - {"state"}
    for name in own & set(fields):
        setattr(application, name, fields[name])
    besides = {name: value for name, value in fields.items() if name not in own}
    accessor = PARTICULARS.get(Road(application.road))
    if not accessor or not (besides or application.particulars is None):
        return
    row = application.particulars
    if row is None:
        row = Application._meta.get_field(accessor).related_model(application=application)
    for name, value in besides.items():
        setattr(row, name, value)
    save_tracked(row, by=by, reason="修改申请")


def discard(*, application: Application, by: Any) -> None:
    """Throw away a draft that was never handed in, with its files. What has a number stays for good."""
    with transaction.atomic():
        fresh = locked(application)
        require(permissions.may_write(fresh, by))
        if fresh.content_version or fresh.state != State.DRAFTED:
            require(refuse("已经报送过的申请不能删除；不再开展的请撤回"))
        files = [(row.file.storage, row.file.name) for row in fresh.attachments.all()]
        trail.record(action="application.discarded", target=fresh, by=by, note=str(fresh))
        fresh._history_user = by
        fresh.delete()
        transaction.on_commit(lambda: [storage.delete(name) for storage, name in files])


def still_editable(application: Application) -> Decision:
    """What was handed in stays as it was: decisions stand on it."""
    if application.state in EDITABLE:
        return allow()
    now = application.get_state_display()
    return refuse(f"现在是“{now}”，已提交的内容不能再改；确需修改请先撤回，或请办理人退回补正")


def _in_order(application: Application) -> Decision:
    starts, ends = application.starts_on, application.ends_on
    if starts and ends and ends < starts:
        return refuse(f"结束日期{chinese_date(ends)}早于开始日期{chinese_date(starts)}，请改其中一个")
    return allow()


def one_manner(values: Iterable[str]) -> Decision:
    """融合方式: some of the five, or 未融合 alone (R54)."""
    chosen = list(values)
    if not set(chosen) <= set(Integration):
        return refuse("所选的融合方式不在可选范围内，重新选择")
    if Integration.NONE in chosen and len(chosen) > 1:
        return refuse("“未融合”不能和别的融合方式一起选，请取消其中一边")
    return allow()


def _write_bases(application: Application, bases: Mapping[str, tuple[str, str, str]]) -> None:
    application.bases.exclude(criterion__in=bases).delete()
    for criterion, (document, number, clause) in bases.items():
        application.bases.update_or_create(
            criterion=criterion,
            defaults={"document": document, "document_number": number, "clause": clause},
        )


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
    done: Application = workflow_of(application).perform(
        application, name, by=by, note=note, expected_version=expected_version, data=data, at=at
    )
    return done


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
    besides = application.particulars
    return save_draft(
        application=draft,
        by=by,
        fields={name: getattr(besides, name) for name in COPIED_BESIDES if hasattr(besides, name)},
        bases=bases,
        joint=application.joint_organisations.all(),
        schools=application.schools.all(),
    )


def change_of(*, application: Application, by: Any) -> Application:
    """申请调整: a draft that changes a listed item. Once published it takes the place of the old entry.

    Asked for again, the draft that was begun.
    """
    with transaction.atomic():
        fresh = locked(application)
        require(permissions.may_change_listed(fresh, by))
        begun: Application | None = fresh.successors.exclude(state__in=STOPPED).first()
        if begun is not None:
            return begun
        draft = copy_of(application=fresh, by=by, year=fresh.year)
        kept = {name: getattr(fresh, name) for name in ("starts_on", "ends_on")}
        return save_draft(application=draft, by=by, fields={"predecessor": fresh, **kept})
