"""An uploaded file on its way into the ledger or a register."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse

from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.intake import Plan
from ledger.querysets import Intakes
from ledger.states import INTAKE_PENDING, IntakeState


def stored_as(_intake: Intake, _name: str) -> str:
    """A name that tells nothing and cannot be guessed."""
    return f"intake/{secrets.token_hex(16)}"


class Intake(models.Model):
    """``purpose`` is the name of a target in `jianfu.kernel.intake.targets`, ``about`` says which one of
    several. ``plan`` is what confirming would do. The file is there only while the upload is pending.

    What is printed outside its own page (trail, history) is `__str__`, which names no file: people put
    other people's names into those.
    """

    district = models.ForeignKey(
        "organisations.District", models.PROTECT, verbose_name="区县", related_name="intakes"
    )
    purpose = models.SlugField("用途", max_length=40)
    about = models.CharField("对象", max_length=40, blank=True)
    name = models.CharField("文件名", max_length=150)
    file = models.FileField("文件", upload_to=stored_as, blank=True)
    size = models.PositiveIntegerField("大小（字节）")
    digest = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="+"
    )
    uploaded_at = models.DateTimeField("上传时间")
    expires_at = models.DateTimeField("保留到")
    state = models.CharField("状态", max_length=20, choices=IntakeState, default=IntakeState.WAITING)
    version = models.PositiveIntegerField(default=0)
    state_entered_at = models.DateTimeField("进入状态时间")
    progress = models.PositiveSmallIntegerField("进度", default=0)
    plan = models.JSONField("读出的内容", null=True, blank=True)
    chosen = models.JSONField("选择覆盖的", default=list, blank=True)
    error = models.CharField("原因", max_length=500, blank=True)
    result = models.CharField("结果", max_length=300, blank=True)

    objects = Intakes.as_manager()
    history = HistoricalRecords(excluded_fields=["file", "progress", "plan"])

    class Meta:
        verbose_name = verbose_name_plural = "导入"
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["state", "expires_at"], name="intake_pending")]

    def __str__(self) -> str:
        return f"导入 {self.purpose} {self.about}".strip()

    def get_absolute_url(self) -> str:
        return reverse("ledger:intake_detail", args=[self.pk])

    @property
    def is_pending(self) -> bool:
        return self.state in INTAKE_PENDING

    def read_plan(self) -> Plan:
        return Plan.from_json(self.plan) if self.plan else Plan()
