"""区县, and its own value of a policy figure."""

from __future__ import annotations

from django.db import models

from jianfu.kernel.history import HistoricalRecords
from jianfu.organisations.querysets import DistrictRows, Districts


class District(models.Model):
    """One 区县. Everything else hangs on one, and never sees another's rows."""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=50, unique=True)
    region = models.CharField("所属市", max_length=50, blank=True)
    contact_phone = models.CharField("监督电话", max_length=50, blank=True)
    contact_email = models.CharField("监督邮箱", max_length=100, blank=True)
    contact_hours = models.CharField("电话接听时间", max_length=100, blank=True)
    contact_address = models.CharField("来信地址", max_length=150, blank=True)
    is_city = models.BooleanField("市级", default=False, editable=False)  # opened with --city, never ticked
    filing_body = models.CharField("备案机关", max_length=100, default="市委教育工作领导小组")

    objects = Districts.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "区县"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def district_id(self) -> int:
        """Itself: whatever asks a row for its district may ask the district too."""
        return self.pk


class PolicyValue(models.Model):
    """A district's own value of a policy figure, from a day on, with the document that says so."""

    district = models.ForeignKey(District, models.CASCADE, verbose_name="区县", related_name="policy_values")
    code = models.CharField("参数", max_length=50)
    value = models.CharField("取值", max_length=200)
    effective_from = models.DateField("自")
    document = models.CharField("依据文件和文号", max_length=200)

    objects = DistrictRows.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "政策参数"
        ordering = ["code", "-effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "code", "effective_from"], name="policy_value_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"
