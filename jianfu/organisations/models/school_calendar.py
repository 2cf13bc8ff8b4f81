"""校历: the terms of a district, and the days in them on which nothing else should come to a school."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.history import HistoricalRecords
from jianfu.organisations.querysets import DistrictRows
from jianfu.organisations.states import Kind, SpanKind

from .district import District
from .organisation import Organisation


class SchoolTerm(models.Model):
    """学期: from the first day with pupils to the last. The days between two terms are holidays."""

    district = models.ForeignKey(District, models.CASCADE, verbose_name="区县", related_name="terms")
    name = models.CharField("学期", max_length=30, help_text="例如 2026年秋季学期")
    first_day = models.DateField("第一天")
    last_day = models.DateField("最后一天")

    objects = DistrictRows.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "学期"
        ordering = ["-first_day"]
        constraints = [
            models.UniqueConstraint(fields=["district", "name"], name="term_name_once"),
            models.CheckConstraint(
                condition=models.Q(last_day__gt=models.F("first_day")), name="term_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if not (self.first_day and self.last_day and self.district_id):
            return
        if self.last_day <= self.first_day:
            raise ValidationError({"last_day": "最后一天要在第一天之后"})
        others = SchoolTerm.objects.filter(district_id=self.district_id).exclude(pk=self.pk)
        other = others.filter(first_day__lte=self.last_day, last_day__gte=self.first_day).first()
        if other:
            days = f"{chinese_date(other.first_day)}至{chinese_date(other.last_day)}"
            raise ValidationError({"first_day": f"与{other}（{days}）重叠，请改日期"})


class SchoolSpan(models.Model):
    """考试周、毕业班备考、停课: of the whole district, or of one school."""

    district = models.ForeignKey(District, models.CASCADE, verbose_name="区县", related_name="school_spans")
    kind = models.CharField("类别", max_length=20, choices=SpanKind)
    name = models.CharField("说明", max_length=50, help_text="例如 期末考试周")
    first_day = models.DateField("第一天")
    last_day = models.DateField("最后一天")
    school = models.ForeignKey(
        Organisation,
        models.CASCADE,
        verbose_name="只是这所学校",
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Kind.SCHOOL},
    )
    grades = models.CharField(
        "只是这些年级", max_length=100, blank=True, help_text="例如 九年级、高三；不填就是全部年级"
    )

    objects = DistrictRows.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "考试周和备考时段"
        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="span_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.school_id and self.district_id and self.school.district_id != self.district_id:
            raise ValidationError({"school": "学校要在同一区县内"})
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": "最后一天不能早于第一天"})
