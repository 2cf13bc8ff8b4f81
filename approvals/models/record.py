"""What stands beside an application: what was handed in and each step that was taken."""

from __future__ import annotations

from django.db import models

from approvals.querysets import Steps
from approvals.states import Part, State
from jianfu.kernel.steps import TakenStep


class Submission(models.Model):
    """The content as it was handed in: what a decision on this version was made on, frozen.

    ``content`` maps the Chinese name of each item of the form to its printed words, in the form's order.
    """

    application = models.ForeignKey("approvals.Application", models.CASCADE, related_name="submissions")
    content_version = models.PositiveIntegerField("报送次数")
    content = models.JSONField("内容")
    findings = models.JSONField("规则核查", default=list, blank=True)  # approvals.findings.frozen
    submitted_at = models.DateTimeField("报送时间")
    submitted_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "报送版本"
        ordering = ["content_version"]
        constraints = [
            models.UniqueConstraint(fields=["application", "content_version"], name="submission_once")
        ]

    def __str__(self) -> str:
        return f"第 {self.content_version} 次报送"


class Step(TakenStep):
    """办理记录 of an application: in which part, and on which content."""

    application = models.ForeignKey("approvals.Application", models.CASCADE, related_name="steps")
    part = models.CharField("身份", max_length=20, choices=Part)
    source = models.CharField("从", max_length=20, choices=State)
    target = models.CharField("到", max_length=20, choices=State)
    content_version = models.PositiveIntegerField("报送次数")

    objects = Steps.as_manager()

    class Meta(TakenStep.Meta):
        verbose_name = verbose_name_plural = "办理记录"
        indexes = [
            # Who played which part where: asked on every page, without touching a row. The second one leaves
            # out the steps that nobody took for another, nearly all, or SQLite thinks it not worth asking.
            models.Index(fields=["person", "part", "application"]),
            models.Index(
                fields=["on_behalf_of", "part", "application"],
                name="step_on_behalf_of_somebody",
                condition=models.Q(on_behalf_of__isnull=False),
            ),
        ]
