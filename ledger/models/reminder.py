"""催办 of a row: the office reminds the 科室 that has not reported it."""

from __future__ import annotations

from django.db import models

from ledger.querysets import RowReminders
from ledger.states import RowState


class RowReminder(models.Model):
    """Once a day a row; it counts until the row is reported (`RowReminders.standing`). Never changed."""

    row = models.ForeignKey(
        "ledger.LedgerRow", models.CASCADE, verbose_name="台账任务", related_name="reminders"
    )
    state = models.CharField("状态", max_length=20, choices=RowState)
    by = models.ForeignKey("organisations.Person", models.PROTECT, verbose_name="催办人", related_name="+")
    organisation_name = models.CharField("单位", max_length=100, blank=True)
    note = models.CharField("催办的话", max_length=200)
    day = models.DateField("日期")
    at = models.DateTimeField("时间")

    objects = RowReminders.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "台账催办"
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["row", "day"], name="row_reminder_once_a_day")]

    def __str__(self) -> str:
        return f"{self.by} {self.note}"
