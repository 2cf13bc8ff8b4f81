"""Writes of files: kept only when all that belongs to them is kept."""

from __future__ import annotations

from typing import Any

from django.core.files import File
from django.db import transaction

from approvals import permissions
from approvals.models import Application, Attachment
from approvals.services.application import still_editable
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import refuse, require
from jianfu.kernel.documents import uploads
from jianfu.kernel.workflow import locked

MOST = 10  # files of one application


def attach(*, application: Application, by: Any, upload: File, kind: str) -> Attachment:
    """Keep a file with the application. A refused one is never stored; one whose row fails is removed."""
    require(permissions.may_write(application, by))
    found = uploads.examine(upload.file, upload.name or "", upload.size or 0)
    row = Attachment(
        application=application,
        kind=kind,
        name=found.name,
        size=found.size,
        content_type=found.content_type,
        digest=found.digest,
        uploaded_by=by,
        uploaded_at=dates.now(),
    )
    try:
        with transaction.atomic():
            fresh = locked(application)
            require(permissions.may_write(fresh, by))
            require(still_editable(fresh))
            _room_for(fresh, found)
            row.file.save(found.name, upload, save=False)
            row.save()
            trail.record(
                action="application.file_attached",
                target=fresh,
                by=by,
                data={"name": found.name, "digest": found.digest},
            )
    except BaseException:
        if row.file.name:
            row.file.storage.delete(row.file.name)
        raise
    return row


def _room_for(application: Application, found: uploads.Examined) -> None:
    kept = application.attachments.in_use()
    if kept.count() >= MOST:
        require(refuse(f"已有 {MOST} 个附件，不能再加。请先移除不需要的，或合并成一个文件"))
    if kept.filter(digest=found.digest).exists():
        require(refuse(f"“{found.name}”已经上传过，内容完全相同，不用再传"))


def detach(*, attachment: Attachment, by: Any) -> None:
    """Take a file out again. One that was handed in before stays in store, because it was judged."""
    with transaction.atomic():
        application = locked(attachment.application)
        require(permissions.may_write(application, by))
        require(still_editable(application))
        row = application.attachments.in_use().select_for_update().filter(pk=attachment.pk).first()
        if row is None:
            return
        trail.record(
            action="application.file_removed",
            target=application,
            by=by,
            data={"name": row.name, "digest": row.digest},
        )
        if application.content_version:
            row.removed_at = dates.now()
            row.save(update_fields=["removed_at"])
            return
        storage, name = row.file.storage, row.file.name
        row.delete()
        transaction.on_commit(lambda: storage.delete(name))
