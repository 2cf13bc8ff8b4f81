"""节假日与调休, which are the country's and no district's."""

from __future__ import annotations

from django.db import models

from jianfu.kernel import dates
from jianfu.kernel.history import HistoricalRecords


class CalendarDay(models.Model):
    """A day on which work differs from the Monday-to-Friday week: a holiday, or a 调休 working day."""

    day = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班", default=False)
    name = models.CharField("说明", max_length=30)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "节假日与调休"
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{dates.chinese_date(self.day)} {self.name}"
