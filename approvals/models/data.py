"""已有数据目录: what the bureau knows already, so that nobody is asked for it again (R76, R78)."""

from __future__ import annotations

from django.db import models

from approvals.querysets import HeldDataRows
from jianfu.kernel.history import HistoricalRecords


class HeldData(models.Model):
    """One kind of figure or fact that is on file, where, and as of when."""

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    name = models.CharField("数据项", max_length=100)
    aliases = models.CharField("别名", max_length=200, blank=True, help_text="用顿号分开")
    kept_in = models.CharField("存放处", max_length=100, help_text="例如 全国教师管理信息系统")
    keeper = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="保管科室", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    as_of = models.DateField("数据截至", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = HeldDataRows.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "已有数据"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="held_data_once")]

    def __str__(self) -> str:
        return self.name
