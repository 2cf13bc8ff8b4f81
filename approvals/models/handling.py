"""What happens to an application between two steps: 催办 by those who wait, 转办 to a colleague."""

from __future__ import annotations

from django.db import models

from approvals.querysets import Reminders
from approvals.states import State
from jianfu.kernel.steps import SentReminder


class Reminder(SentReminder):
    """催办: those who wait remind whoever holds the matter, once a day; over when the state moves on."""

    application = models.ForeignKey("approvals.Application", models.CASCADE, related_name="reminders")
    state = models.CharField("环节", max_length=20, choices=State)

    objects = Reminders.as_manager()

    class Meta(SentReminder.Meta):
        verbose_name = verbose_name_plural = "催办"
        constraints = [models.UniqueConstraint(fields=["application", "day"], name="reminder_once_a_day")]


class Transfer(models.Model):
    """转办: a holder of the step hands the matter to another holder, or takes it over (``to`` is ``by``)."""

    application = models.ForeignKey("approvals.Application", models.CASCADE, related_name="transfers")
    state = models.CharField("环节", max_length=20, choices=State)
    by = models.ForeignKey("organisations.Person", models.PROTECT, verbose_name="转办人", related_name="+")
    to = models.ForeignKey("organisations.Person", models.PROTECT, verbose_name="承办人", related_name="+")
    organisation_name = models.CharField("单位", max_length=100, blank=True)
    note = models.CharField("说明", max_length=200)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "转办"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by}转{self.to}"
