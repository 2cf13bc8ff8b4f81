"""上级名单的事项: what nation, province or city listed, and ours are derived from (domain-facts B2)."""

from __future__ import annotations

from django.db import models

from approvals.states import Level
from jianfu.kernel.history import HistoricalRecords
from whitelist.querysets import UpperItems

UPPER_LEVELS = [(level.value, level.label) for level in Level if level != Level.DISTRICT]


class UpperItem(models.Model):
    """One item of an upper list, entered by hand or from a workbook. Our entries name theirs."""

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    level = models.CharField("来源级别", max_length=10, choices=UPPER_LEVELS)
    list_name = models.CharField("上级名单名称", max_length=100)
    document_number = models.CharField("文号", max_length=60, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    title = models.CharField("事项名称", max_length=200)
    unit = models.CharField("牵头单位", max_length=100, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = UpperItems.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "上级名单事项"
        ordering = ["-year", "level", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "level", "year", "title"],
                name="upper_item_once_a_year",
                violation_error_message="这一年这一级的名单里已有同名的事项",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}：{self.title}（{self.list_name}）"
