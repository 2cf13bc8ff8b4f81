"""An upload from its arrival to its end. Nothing of it is written into the ledger before it is confirmed."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Decision, Refused, allow, refuse, require
from jianfu.kernel.documents.reading import DEFAULT
from jianfu.kernel.documents.text import printable
from jianfu.kernel.intake import Target, targets
from jianfu.kernel.workflow import locked, save_tracked
from ledger.models import Intake
from ledger.states import IntakeState
from ledger.workflow import INTAKE

from . import intake_line, intake_process
from .intake_line import READ_LATE

KEPT = timedelta(hours=24)  # for how long an upload waits to be confirmed
WRITE_LATE = timedelta(seconds=intake_process.WRITE_SECONDS + 30)
AT_ONCE = 300  # changes that are written while the person waits; more are written beside the server
DIED = "读文件的程序中途停了，没有写入任何内容。重新上传一次"
DIED_WRITING = "写入中途停了，什么都没有写进去。核对后再确认一次"


def target_of(intake: Intake, by: Any) -> tuple[Target, Any]:
    """The form or register that the upload is for, and what it is about, if the person may still see it."""
    target = targets[intake.purpose]
    found = target.find(intake.about, by)
    if found is None:
        raise Refused(refuse("要导入的表已经看不到了。放弃这次导入，从表的页面重新上传"))
    return target, found


def upload(*, purpose: str, about: str, file: File, by: Any) -> Intake:
    """Keep the file and have it read. What the person uploaded before for the same, and did not confirm, is
    given up."""
    target = targets[purpose]
    require(target.may(target.find(about, by), by))
    _require_size(file)
    now = dates.now()
    intake = Intake(
        district_id=by.district_id,
        purpose=purpose,
        about=about,
        name=_shown_name(file.name or ""),
        size=file.size or 0,
        digest=_digest(file),
        uploaded_by=by,
        uploaded_at=now,
        expires_at=now + KEPT,
        state_entered_at=now,
    )
    clear_expired()
    try:
        with transaction.atomic():
            _give_up_earlier(intake, by)
            intake.file.save("", file, save=False)
            save_tracked(intake, by=by, reason="上传")
            trail.record(action="intake.upload", target=intake, by=by, data=_facts(intake))
            transaction.on_commit(intake_line.call)
    except BaseException:
        if intake.file.name:
            intake.file.storage.delete(intake.file.name)
        raise
    return intake


def _facts(intake: Intake) -> dict[str, Any]:
    return {"sha256": intake.digest, "size": intake.size}


def _require_size(file: File) -> None:
    most = DEFAULT.file // 1024 // 1024
    if (file.size or 0) > DEFAULT.file:
        raise Refused(
            refuse(f"文件有 {(file.size or 0) / 1024 / 1024:.1f} MB，最多 {most} MB。分成几份再上传")
        )


def _shown_name(name: str) -> str:
    clean = printable(name.replace("\\", "/").rpartition("/")[2]).replace("\n", " ").strip()
    return clean[-150:] or "未命名"


def _digest(file: File) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    return found.hexdigest()


def _give_up_earlier(intake: Intake, by: Any) -> None:
    same = Intake.objects.filter(uploaded_by=by, purpose=intake.purpose, about=intake.about)
    for earlier in same.pending().exclude(state=IntakeState.WRITING):
        end_upload(earlier, "discard", by=by)


def end_upload(intake: Intake, transition: str, *, by: Any, note: str = "") -> Intake:
    """Take the step after which the file is not needed any more."""
    with transaction.atomic():
        fresh = INTAKE.perform(intake, transition, by=by, note=note)
        storage, name = fresh.file.storage, fresh.file.name
        Intake.objects.filter(pk=fresh.pk).update(
            file="", **({} if transition == "confirm" else {"plan": None})
        )
        if name:
            transaction.on_commit(lambda: storage.delete(name))
    return fresh


def discard(*, intake: Intake, by: Any) -> Intake:
    return end_upload(intake, "discard", by=by)


def again(*, intake: Intake, by: Any) -> Intake:
    """Read the same file once more, against what stands in the ledger now."""
    with transaction.atomic():
        fresh = INTAKE.perform(intake, "again", by=by)
        Intake.objects.filter(pk=fresh.pk).update(progress=0, plan=None, error="")
        transaction.on_commit(intake_line.call)
    return fresh


def confirm(*, intake: Intake, by: Any, chosen: Iterable[str] = ()) -> Intake:
    """Write what the plan says: at once, or beside the server where it takes longer.

    Raises `Refused`, or `Conflicted` when somebody changed a row since the plan was made; nothing is
    written then.
    """
    plan = intake.read_plan()
    picked = sorted({change.key for change in plan.changes if change.conflict} & set(chosen))
    Intake.objects.filter(pk=intake.pk, state=IntakeState.READ).update(chosen=picked)
    if len(plan.changes) <= AT_ONCE:
        return write(intake=intake, by=by)
    with transaction.atomic():
        fresh = INTAKE.perform(intake, "write", by=by)
        transaction.on_commit(lambda: intake_process.start("write", fresh))
    return fresh


def as_shown(intake: Intake, version: int) -> Decision:
    """Whether the page showed the plan as it is: another may have been made of the file since."""
    if intake.version == version:
        return allow()
    return refuse("这次导入刚刚重新核对过。看过最新的内容再确认")


def write(*, intake: Intake, by: Any, at: datetime | None = None) -> Intake:
    """All of it or nothing, in one transaction with its history and its events."""
    with transaction.atomic():
        fresh = locked(intake)
        require(INTAKE.decide(fresh, "confirm", by))
        target, found = target_of(fresh, by)
        require(target.may(found, by))
        plan = fresh.read_plan()
        if not plan.may_confirm:
            raise Refused(refuse("文件里没有可以写入的改动。改好文件再上传，或放弃这次导入"))
        words = target.write(found, plan, chosen=frozenset(fresh.chosen), by=by, at=at)
        Intake.objects.filter(pk=fresh.pk).update(result=words[:300])
        return end_upload(fresh, "confirm", by=by, note=words[:300])


def settle(intake: Intake) -> Intake:
    """The upload as it stands now: one whose process has died says so, one that is past its day is over, and
    one that waits is begun if a place is free that nobody took, because a process died."""
    now, since = dates.now(), intake.state_entered_at
    if intake.is_pending and intake.expires_at <= now:
        return _unless_moved(intake, lambda: end_upload(intake, "expire", by=None))
    by = intake.uploaded_by
    if intake.state == IntakeState.WAITING:
        intake_line.call()
        return Intake.objects.select_related("uploaded_by__person").get(pk=intake.pk)
    if intake.state == IntakeState.READING and now - since > READ_LATE:
        return _unless_moved(intake, lambda: end_upload(intake, "fail", by=by, note=DIED))
    if intake.state == IntakeState.WRITING and now - since > WRITE_LATE:
        return _unless_moved(intake, lambda: INTAKE.perform(intake, "give_back", by=by, note=DIED_WRITING))
    return intake


def _unless_moved(intake: Intake, step: Any) -> Intake:
    """Somebody or something else may have taken a step just now: then that one holds."""
    with contextlib.suppress(Refused):
        step()
    return Intake.objects.get(pk=intake.pk)


def clear_expired() -> int:
    """End what nobody confirmed in time, anybody's; returns how many."""
    due = list(Intake.objects.due(dates.now())[:100])
    for intake in due:
        _unless_moved(intake, lambda intake=intake: end_upload(intake, "expire", by=None))
    return len(due)
