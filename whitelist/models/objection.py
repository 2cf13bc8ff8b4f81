"""异议: what the public says against a posted list, and the answer in words."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.quotes import quoted
from whitelist.querysets import Objections
from whitelist.states import Channel, ObjectionState, Remedy


class Objection(models.Model):
    """One objection to a release while it is posted. ``state`` is written by the workflow only.

    Anybody may object without a name; ``contact`` is kept for the answer and never leaves the office.
    ``application`` is empty where the whole list is meant.
    """

    release = models.ForeignKey(
        "whitelist.Release", models.CASCADE, verbose_name="白名单版本", related_name="objections"
    )
    application = models.ForeignKey(
        "approvals.Application", models.PROTECT, verbose_name="针对的事项", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    channel = models.CharField("来源", max_length=10, choices=Channel, default=Channel.WEB)
    content = models.TextField("异议内容", max_length=1000)
    contact = models.CharField("联系方式", max_length=100, blank=True)
    received_at = models.DateTimeField("收到时间", default=timezone.now)
    state = models.CharField("答复", max_length=20, choices=ObjectionState, default=ObjectionState.RECEIVED)
    state_entered_at = models.DateTimeField("进入本状态", default=timezone.now)
    version = models.PositiveIntegerField(default=0)
    answer = models.TextField("答复内容", max_length=500, blank=True)
    remedy = models.CharField("处理", max_length=20, choices=Remedy, blank=True)
    answered_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="答复人", null=True, blank=True, related_name="+"
    )

    objects = Objections.as_manager()
    history = HistoricalRecords(excluded_fields=["contact"])

    class Meta:
        verbose_name = verbose_name_plural = "公示异议"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ObjectionState.RECEIVED) | ~models.Q(answer=""),
                name="objection_answered_in_words",
            ),
        ]
        indexes = [models.Index(fields=["release", "state"])]

    def __str__(self) -> str:
        return f"对{self.about}的异议"

    def get_absolute_url(self) -> str:
        return reverse("whitelist:objection_detail", args=[self.pk])

    @property
    def district(self) -> Any:
        return self.release.district

    @property
    def district_id(self) -> int:
        return self.release.district_id

    @property
    def about(self) -> str:
        return quoted(self.application) if self.application else "整个名单"
