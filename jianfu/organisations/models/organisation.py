"""单位: whatever in a district has people."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from jianfu.kernel.history import HistoricalRecords
from jianfu.organisations.querysets import DistrictRows
from jianfu.organisations.states import Kind, SchoolStage

from .district import District


class Organisation(models.Model):
    """单位: a section of the bureau, a school, a department, a town, the leading group, the panel."""

    district = models.ForeignKey(District, models.PROTECT, verbose_name="区县", related_name="organisations")
    kind = models.CharField("类别", max_length=20, choices=Kind)
    name = models.CharField("名称", max_length=100)
    short_name = models.CharField("简称", max_length=30, blank=True)
    aliases = models.CharField("别名", max_length=200, blank=True, help_text="用顿号分开")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级单位", null=True, blank=True, related_name="children"
    )
    stage = models.CharField("学段", max_length=20, choices=SchoolStage, blank=True)
    phone = models.CharField("电话", max_length=50, blank=True)
    handles_secondments = models.BooleanField("负责抽调借用登记", default=False)
    is_active = models.BooleanField("在用", default=True)
    position = models.PositiveSmallIntegerField("排序", default=0)

    objects = DistrictRows.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="organisation_name_once_in_a_district")
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    def clean(self) -> None:
        if self.parent_id and self.parent.district_id != self.district_id:
            raise ValidationError({"parent": "上级单位要在同一区县内"})
