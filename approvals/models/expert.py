"""The panel's work on one application: who was asked, and what each said."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from approvals.querysets import Assignments
from approvals.states import Conclusion, Dimension, Grade, Judgement
from jianfu.kernel.history import HistoricalRecords


class Assignment(models.Model):
    """An expert asked for an opinion on one content version."""

    application = models.ForeignKey("approvals.Application", models.CASCADE, related_name="assignments")
    expert = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="专家", related_name="assignments"
    )
    content_version = models.PositiveIntegerField("报送次数")
    assigned_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField("指派时间")
    due_on = models.DateField("时限")

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
