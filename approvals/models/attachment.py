"""Files handed in with an application. Stored outside the web root, served through a permission check."""

from __future__ import annotations

import secrets

from django.db import models

from approvals.querysets import Attachments
from approvals.states import AttachmentKind


def stored_as(attachment: Attachment, _filename: str) -> str:
    """A name that tells nothing and cannot be guessed; the person's file name is a column."""
    return f"attachments/{attachment.application_id}/{secrets.token_hex(16)}"


class Attachment(models.Model):
    """A file that was once handed in stays in store with ``removed_at``: a decision was made on it."""

    application = models.ForeignKey("approvals.Application", models.CASCADE, related_name="attachments")
    kind = models.CharField("材料类别", max_length=20, choices=AttachmentKind, default=AttachmentKind.OTHER)
    name = models.CharField("文件名", max_length=150)
    file = models.FileField("文件", upload_to=stored_as)
    size = models.PositiveIntegerField("大小（字节）")
    content_type = models.CharField("类型", max_length=100)
    digest = models.CharField("摘要", max_length=64)
    uploaded_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField("上传时间")
    removed_at = models.DateTimeField("移除时间", null=True, blank=True)

    objects = Attachments.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
