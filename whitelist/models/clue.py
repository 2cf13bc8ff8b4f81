"""A clue that was looked into: it does not come back for the same records."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from jianfu.kernel.history import HistoricalRecords
from whitelist.querysets import ClosedClues
from whitelist.states import ClueVerdict


class ClosedClue(models.Model):
    """``key`` stands for exactly the records that were counted (`whitelist.clues.Found.key`)."""

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    code = models.CharField("线索种类", max_length=20)
    key = models.CharField("记录", max_length=32)
    about = models.CharField("涉及", max_length=200)
    words = models.CharField("情况", max_length=500)
    verdict = models.CharField("结论", max_length=20, choices=ClueVerdict)
    note = models.CharField("核实情况", max_length=300)
    closed_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="核实人", related_name="+"
    )
    closed_at = models.DateTimeField("核实时间", default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    objects = ClosedClues.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "已核实的线索"
        ordering = ["-closed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["district", "code", "key"], name="clue_closed_once")]

    def __str__(self) -> str:
        return f"{self.about}：{self.words}"[:200]
