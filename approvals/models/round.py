"""A round: many applications decided together in one meeting, first provisionally, then at once."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from approvals.querysets import RoundItems, Rounds
from approvals.states import Conclusion, Ground, Outcome, RoundStage, RoundState, joined
from jianfu.kernel.history import HistoricalRecords


class Round(models.Model):
    """批次. While it is open its marks are provisional and nobody outside the deciders sees them.

    For 专家论证 it is the meeting of a panel: ``members`` are its experts and ``head`` its 组长.
    """

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    stage = models.CharField("环节", max_length=20, choices=RoundStage)
    title = models.CharField("批次名称", max_length=100)
    state = models.CharField("状态", max_length=20, choices=RoundState, default=RoundState.OPEN)
    state_entered_at = models.DateTimeField("进入本状态", default=timezone.now)
    version = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField("建立时间", default=timezone.now)
    met_on = models.DateField("会议日期", null=True, blank=True)
    meeting_number = models.CharField("会议纪要文号", max_length=60, blank=True)
    head = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="组长", null=True, blank=True, related_name="+"
    )
    members = models.ManyToManyField(
        "organisations.Person", verbose_name="论证专家", blank=True, related_name="+"
    )

    objects = Rounds.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "批次"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("approvals:round_detail", args=[self.pk])


class RoundItem(models.Model):
    """One application of a round, and what is provisionally decided on the content it now has."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="items")
    application = models.ForeignKey("approvals.Application", models.PROTECT, related_name="round_items")
    content_version = models.PositiveIntegerField("报送次数")
    position = models.PositiveSmallIntegerField("序号")
    outcome = models.CharField("拟定结果", max_length=20, choices=Outcome, blank=True)
    conclusion = models.CharField("论证结论", max_length=20, choices=Conclusion, blank=True)
    ground = models.CharField("理由", max_length=20, choices=Ground, blank=True)
    integration = models.JSONField("融合方式", default=list, blank=True)  # of `Integration`
    merge_into = models.ForeignKey(
        "approvals.Application", models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField("意见", max_length=500, blank=True)
    marked_by = models.ForeignKey(
        "organisations.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    marked_at = models.DateTimeField("标记时间", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = RoundItems.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "批次事项"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "application"], name="round_item_once")]

    def __str__(self) -> str:
        return f"{self.position} {self.application}"

    @property
    def joins(self) -> str:
        """What it is to be part of, in words."""
        return joined(self.integration)
