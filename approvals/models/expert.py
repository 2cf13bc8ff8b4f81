"""The panel's work on one application: who was asked, and what each said."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from approvals.querysets import Assignments
from approvals.states import Conclusion, Dimension, Grade, Judgement
from jianfu.kernel.history import HistoricalRecords


class Assignment(models.Model):
    """An expert asked for an opinion on one content version; one who is recused counts no more (回避)."""

    application = models.ForeignKey("approvals.Application", models.CASCADE, related_name="assignments")
    expert = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="专家", related_name="assignments"
    )
    content_version = models.PositiveIntegerField("报送次数")
    assigned_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField("指派时间")
    due_on = models.DateField("时限")
    recused_at = models.DateTimeField("回避时间", null=True, blank=True)
    recusal_reason = models.CharField("回避原因", max_length=200, blank=True)
    recused_by = models.ForeignKey(
        "organisations.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = Assignments.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "论证任务"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "expert", "content_version"], name="expert_asked_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}（论证）"

    def get_absolute_url(self) -> str:
        return reverse("approvals:opinion_form", args=[self.pk])


class Opinion(models.Model):
    """An expert's sheet. A draft until ``submitted_at``; afterwards it never changes."""

    assignment = models.OneToOneField(Assignment, models.CASCADE, related_name="opinion")
    conclusion = models.CharField("结论", max_length=20, choices=Conclusion, blank=True)
    comment = models.TextField("论证意见", blank=True)
    submitted_at = models.DateTimeField("提交时间", null=True, blank=True)
    # What was asked, frozen with the answer: the labels of the points and the digest of the content read.
    asked = models.JSONField("论证内容", default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "专家意见"

    def __str__(self) -> str:
        return f"{self.assignment.application}（专家意见）"


class OpinionItem(models.Model):
    """One of the six dimensions or three judgements, with its grade and a note."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="items")
    point = models.CharField("论证要点", max_length=20, choices=[*Dimension.choices, *Judgement.choices])
    grade = models.CharField("意见", max_length=20, choices=Grade)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "论证要点"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["opinion", "point"], name="point_once_an_opinion")]

    def __str__(self) -> str:
        return f"{self.get_point_display()}：{self.get_grade_display()}"


class PanelOpinion(models.Model):
    """专家论证意见: the one opinion of the panel on a content version, written at its meeting (R47–R49, B3).

    ``members`` are the names and units of those whose sheets it was written from, as they were that day.
    """

    application = models.ForeignKey("approvals.Application", models.CASCADE, related_name="panel_opinions")
    content_version = models.PositiveIntegerField("报送次数")
    conclusion = models.CharField("论证结论", max_length=20, choices=Conclusion)
    text = models.TextField("论证意见")
    head = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="组长", null=True, blank=True, related_name="+"
    )
    met_on = models.DateField("论证日期")
    members = models.JSONField("论证专家", default=list, blank=True)
    written_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField("填写时间")

    class Meta:
        verbose_name = verbose_name_plural = "专家论证意见"
        ordering = ["-content_version"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "content_version"], name="panel_opinion_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}：{self.get_conclusion_display()}"


class ExpertLink(models.Model):
    """A link by which an expert enters once without a password. Only the digest of its secret is kept."""

    expert = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="专家", related_name="expert_links"
    )
    digest = models.CharField("校验码", max_length=64, unique=True)
    issued_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("发出时间")
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "专家链接"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.expert}的论证链接"
