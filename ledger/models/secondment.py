"""抽调借用教师台账: 姓名、单位、工作事项、时限、审批单位 (000 r13), and the usual further columns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse

from jianfu.kernel.history import HistoricalRecords
from ledger.querysets import Secondments
from ledger.rules import secondment as rules
from ledger.states import Establishment, SecondmentKind, Standing


class Secondment(models.Model):
    """One borrowing of one teacher. ``returned_on`` is the first day back at the school.

    The teacher is a natural person without an account. What is printed of the row outside its own pages
    (audit, history, messages) is `__str__`, which names the school and never the teacher.
    """

    district = models.ForeignKey(
        "organisations.District", models.PROTECT, verbose_name="区县", related_name="secondments"
    )
    teacher = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="教师", related_name="secondments"
    )
    school = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="原学校", related_name="secondments"
    )
    subject = models.CharField("学科或岗位", max_length=50, blank=True)
    is_head_teacher = models.BooleanField("班主任", default=False)
    establishment = models.CharField("编制情况", max_length=20, choices=Establishment, blank=True)
    borrowing_unit = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        verbose_name="借用单位（已登记的）",
        null=True,
        blank=True,
        related_name="borrowed_teachers",
    )
    borrowing_unit_name = models.CharField("借用单位", max_length=100)
    work_item = models.CharField("工作事项", max_length=200)
    kind = models.CharField("类别", max_length=20, choices=SecondmentKind)
    starts_on = models.DateField("借用开始")
    ends_on = models.DateField("借用到期")
    returned_on = models.DateField("返岗日期", null=True, blank=True)
    approving_body = models.CharField("审批单位", max_length=100, blank=True)
    document_number = models.CharField("批准文号", max_length=60, blank=True)
    filing_body = models.CharField("备案机关", max_length=100, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)
    teacher_consented = models.BooleanField("本人同意", default=False)
    school_consented = models.BooleanField("原学校同意", default=False)
    extension_reason = models.CharField("超期说明", max_length=300, blank=True)
    note = models.CharField("备注", max_length=300, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    # The approval that brought it into the register; empty for what was entered by hand.
    application = models.OneToOneField(
        "approvals.Application",
        models.PROTECT,
        verbose_name="借用申请",
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=0)

    objects = Secondments.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "借用教师记录"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="secondment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(returned_on__isnull=True)
                | models.Q(returned_on__gte=models.F("starts_on")),
                name="secondment_returns_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "-starts_on"], name="secondment_in_order"),
            models.Index(fields=["district", "returned_on", "ends_on"], name="secondment_falling_due"),
        ]

    def __str__(self) -> str:
        return f"{self.label}（{self.school}）"

    def get_absolute_url(self) -> str:
        return reverse("ledger:secondment_detail", args=[self.pk])

    @property
    def label(self) -> str:
        return f"借用第{self.pk}号"

    @property
    def is_voided(self) -> bool:
        return bool(self.void_reason)

    def standing_on(self, on: date) -> Standing:
        return rules.standing(
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            returned_on=self.returned_on,
            is_voided=self.is_voided,
            on=on,
        )

    def last_day_away(self, on: date) -> date:
        return rules.last_day_away(self.starts_on, self.ends_on, self.returned_on, on)

    def facts(self, on: date, months: int, **known: Any) -> dict[str, Any]:
        """The plain values that the rules judge; ``months`` is the limit in force on the first day."""
        return {
            "starts_on": self.starts_on,
            "ends_on": self.ends_on,
            "returned_on": self.returned_on,
            "last_day": self.last_day_away(on),
            "standing": self.standing_on(on),
            "today": on,
            "months": months,
            "kind": self.kind,
            "extension_reason": self.extension_reason,
            "approving_body": self.approving_body,
            "filing_body": self.filing_body,
            "teacher_consented": self.teacher_consented,
            "school_consented": self.school_consented,
            "overlaps": (),
            "namesakes": (),
            **known,
        }
