"""监测哨点: the schools that report once a month, and what they reported (R104)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.practices import CHOICES
from jianfu.organisations.states import Kind
from whitelist.querysets import MonitoringRows
from whitelist.states import Grade


class MonitoringPoint(models.Model):
    """监测点学校, from a day until a day; both count."""

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    school = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        verbose_name="学校",
        related_name="+",
        limit_choices_to={"kind": Kind.SCHOOL},
    )
    since = models.DateField("自")
    until = models.DateField("至", null=True, blank=True, help_text="不填就是一直")
    document = models.CharField("依据", max_length=100, blank=True, help_text="确定监测点的文件")

    objects = MonitoringRows.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "监测点学校"
        ordering = ["school__position", "school__name", "since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="monitoring_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return str(self.school)

    def clean(self) -> None:
        """One school is no point twice at once."""
        if not (self.school_id and self.since):
            return
        if self.until and self.until < self.since:
            raise ValidationError({"until": "结束日期要在开始日期之后"})
        others: Any = MonitoringPoint.objects.filter(school_id=self.school_id).exclude(pk=self.pk)
        other = others.filter(models.Q(until__isnull=True) | models.Q(until__gte=self.since))
        if self.until:
            other = other.filter(since__lte=self.until)
        if found := other.first():
            raise ValidationError({"since": f"这所学校从{chinese_date(found.since)}起已是监测点，请改日期"})


class MonthlyReport(models.Model):
    """监测点月报: three questions about one month. Given once; a month without one is nothing, not zero."""

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    school = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="学校", related_name="+"
    )
    month = models.DateField("月份")  # its first day
    entries = models.ManyToManyField(
        "whitelist.Entry", verbose_name="来过的事项", blank=True, related_name="+"
    )
    others = models.CharField("另外来过的", max_length=300, blank=True)
    practice = models.CharField("问题线索", max_length=3, choices=CHOICES, blank=True)
    clue = models.CharField("线索情况", max_length=300, blank=True)
    effect = models.PositiveSmallIntegerField("总体成效", choices=Grade, null=True, blank=True)
    given_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="填报人", related_name="+"
    )
    given_at = models.DateTimeField("填报时间", default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    objects = MonitoringRows.as_manager()
    history = HistoricalRecords(m2m_fields=[entries])

    class Meta:
        verbose_name = verbose_name_plural = "监测点月报"
        ordering = ["-month", "school__position"]
        constraints = [models.UniqueConstraint(fields=["school", "month"], name="report_once_a_month")]
        indexes = [models.Index(fields=["district", "month"])]

    def __str__(self) -> str:
        return f"{self.school}{self.month.year}年{self.month.month}月监测月报"

    def get_absolute_url(self) -> str:
        return reverse("whitelist:monitoring_report", args=[self.school_id, self.month_key])

    @property
    def month_key(self) -> str:
        return f"{self.month:%Y-%m}"

    @property
    def has_clue(self) -> bool:
        return bool(self.practice or self.clue or self.others)

    @property
    def told(self) -> list[str]:
        """The clues in words, a line each."""
        said = [self.get_practice_display() if self.practice else "", self.clue]
        return [*filter(None, said), *([f"另外来过：{self.others}"] if self.others else [])]
