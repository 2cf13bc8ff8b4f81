"""督查检查评比考核年度计划: one plan a year that collects the departments' items (000 r1, R18–R28)."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from approvals.querysets import Plans
from approvals.states import Disposition, InspectionKind, PlanState
from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.steps import TakenStep


class InspectionPlan(models.Model):
    """The yearly plan. Its items are the applications that name it (``items``)."""

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    year = models.PositiveSmallIntegerField("年度")
    state = models.CharField("环节", max_length=20, choices=PlanState, default=PlanState.COLLECTING)
    state_entered_at = models.DateTimeField("进入本环节", default=timezone.now)
    due_on = models.DateField("本环节时限", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    past_count = models.PositiveSmallIntegerField("上年事项数", null=True, blank=True)
    past_source = models.CharField("上年事项数的来源", max_length=200, blank=True)
    party_number = models.CharField("党委办审核文号", max_length=60, blank=True)
    government_number = models.CharField("政府办审核文号", max_length=60, blank=True)
    approved_number = models.CharField("党委批准文号", max_length=60, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    filing_body = models.CharField("备案机关", max_length=100, blank=True)
    filing_number = models.CharField("备案文号", max_length=60, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)

    objects = Plans.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "督查检查评比考核年度计划"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["district", "year"], name="plan_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}年督查检查评比考核计划"

    def get_absolute_url(self) -> str:
        return reverse("approvals:plan_detail", args=[self.pk])


class PlanStep(TakenStep):
    """办理记录 of a plan."""

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="steps")
    source = models.CharField("从", max_length=20, choices=PlanState)
    target = models.CharField("到", max_length=20, choices=PlanState)

    class Meta(TakenStep.Meta):
        verbose_name = verbose_name_plural = "计划办理记录"


class PastItem(models.Model):
    """One item of last year's list, and what the clean-up decided on it: 保留、合并或取消 (R13, R25–R28)."""

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="past_items")
    title = models.CharField("上年事项名称", max_length=200)
    unit_name = models.CharField("牵头单位", max_length=100, blank=True)
    inspection_kind = models.CharField("事项类型", max_length=20, choices=InspectionKind, blank=True)
    source = models.CharField("来源", max_length=200, blank=True)
    application = models.ForeignKey(
        "approvals.Application", models.PROTECT, verbose_name="上年申请", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    disposition = models.CharField("清理意见", max_length=20, choices=Disposition, blank=True)
    merged_with = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="合并到", null=True, blank=True, related_name="merged_items"
    )
    reason = models.CharField("清理依据", max_length=300, blank=True)
    disposed_on = models.DateField("清理日期", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "上年督查检查事项"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title
