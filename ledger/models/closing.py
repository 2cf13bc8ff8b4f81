"""How a year was closed: every step on its way, and each time it was filed upward (R117, R118)."""

from __future__ import annotations

from django.db import models

from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.steps import TakenStep
from ledger.querysets import Filings
from ledger.states import LedgerState


class LedgerStep(TakenStep):
    """One step of 汇总、签发、退回、锁定、报送备案、重新打开. Written once, never changed."""

    ledger = models.ForeignKey("ledger.Ledger", models.CASCADE, verbose_name="台账", related_name="steps")
    source = models.CharField("从", max_length=20, choices=LedgerState)
    target = models.CharField("到", max_length=20, choices=LedgerState)
    note = models.TextField("理由", blank=True)

    class Meta(TakenStep.Meta):
        verbose_name = verbose_name_plural = "台账办理记录"


class Filing(models.Model):
    """报送备案 of a ledger, once for each time it was filed; the receipt is entered when it comes."""

    ledger = models.ForeignKey("ledger.Ledger", models.CASCADE, verbose_name="台账", related_name="filings")
    body = models.CharField("备案机关", max_length=100)
    document_number = models.CharField("备案文号", max_length=60)
    filed_on = models.DateField("报送日期")
    receipt_number = models.CharField("回执文号", max_length=60, blank=True)
    received_on = models.DateField("回执日期", null=True, blank=True)
    received_by = models.CharField("接收人", max_length=50, blank=True)
    recorded_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="登记人", related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间")
    version = models.PositiveIntegerField(default=0)

    objects = Filings.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "台账备案"
        ordering = ["-recorded_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.body} {self.document_number}"

    @property
    def district_id(self) -> int:
        return self.ledger.district_id

    @property
    def has_receipt(self) -> bool:
        return bool(self.receipt_number or self.received_on or self.received_by)
