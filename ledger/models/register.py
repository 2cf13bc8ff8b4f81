"""清单: what every register keeps of an item, whatever the item is (R13, R14)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from ledger.querysets import RegisterItems
from ledger.states import ENDING, Verdict


class RegisterItem(models.Model):
    """One item of one register. It burdens schools from ``begun_on`` on, and from ``ended_on`` on no longer.

    ``verdict`` is the last 处置意见 with its day and basis: each year every item is gone through once (R13).
    ``section`` keeps the entry; who may change it hangs on that. ``__str__`` names no person.
    """

    slug: ClassVar[str]  # the register's name in addresses and in the trail

    district = models.ForeignKey(
        "organisations.District", models.PROTECT, verbose_name="区县", related_name="+"
    )
    section = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="登记单位", related_name="+"
    )
    name = models.CharField("名称", max_length=200)
    begun_on = models.DateField("开始日期")
    ended_on = models.DateField("停止日期", null=True, blank=True)
    verdict = models.CharField("处置意见", max_length=10, choices=Verdict, blank=True)
    decided_on = models.DateField("处置日期", null=True, blank=True)
    basis = models.CharField("处置依据", max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name="并入", null=True, blank=True, related_name="absorbed"
    )
    note = models.CharField("备注", max_length=300, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = RegisterItems.as_manager()

    class Meta:
        abstract = True
        ordering = ["-begun_on", "-pk"]
        indexes = [models.Index(fields=["district", "-begun_on"], name="%(class)s_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("begun_on")),
                name="%(class)s_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("ledger:item_detail", args=[self.slug, self.pk])

    @property
    def is_voided(self) -> bool:
        return bool(self.void_reason)

    @property
    def is_ended(self) -> bool:
        return self.verdict in ENDING

    def awaits_verdict(self, year: int) -> bool:
        """Whether nobody has given an opinion on it in the year although it was there before (R13)."""
        seen = self.decided_on is not None and self.decided_on.year >= year
        return not (self.is_voided or self.is_ended or seen or self.begun_on.year >= year)

    def facts(self, on: date) -> dict[str, Any]:
        """The plain values that the rules of the register judge."""
        return {**{each.attname: getattr(self, each.attname) for each in self._meta.fields}, "today": on}
