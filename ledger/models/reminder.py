"""催办 of a row: the office reminds the 科室 that has not reported it."""

from __future__ import annotations

from django.db import models

from jianfu.kernel.steps import SentReminder
from ledger.querysets import RowReminders
from ledger.states import RowState


class RowReminder(SentReminder):
    """Once a day a row; it counts until the row is reported (`RowReminders.standing`). Never changed."""

    row = models.ForeignKey(
        "ledger.LedgerRow", models.CASCADE, verbose_name="台账任务", related_name="reminders"
    )
    state = models.CharField("状态", max_length=20, choices=RowState)

    objects = RowReminders.as_manager()

    class Meta(SentReminder.Meta):
        verbose_name = verbose_name_plural = "台账催办"
        constraints = [models.UniqueConstraint(fields=["row", "day"], name="row_reminder_once_a_day")]
