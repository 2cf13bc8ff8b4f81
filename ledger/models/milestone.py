"""节点: the dated plan of a year (A7), and what was done for it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from jianfu.kernel.history import HistoricalRecords
from ledger.querysets import Milestones
from ledger.rules.milestones import STOP_OF


class Milestone(models.Model):
    """One day by which something must be done. ``code`` is empty for one that the office added.

    Done when a person says so (``done_on``), or when the records prove it (`selectors.milestones.proofs`):
    what is proven is never written here, so that nobody's name stands under it.
    """

    ledger = models.ForeignKey(
        "ledger.Ledger", models.CASCADE, verbose_name="台账", related_name="milestones"
    )
    code = models.CharField("代码", max_length=30, blank=True)
    name = models.CharField("节点", max_length=100)
    due_on = models.DateField("时限")
    clause = models.CharField("依据条款", max_length=50, blank=True)
    document = models.CharField("依据文件", max_length=200, blank=True)
    rows = models.ManyToManyField(
        "ledger.LedgerRow", verbose_name="关联任务", related_name="milestones", blank=True
    )
    note = models.CharField("说明", max_length=300, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    done_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="登记人", null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)

    objects = Milestones.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "节点"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "code"], condition=~models.Q(code=""), name="milestone_code_once"
            ),
            models.CheckConstraint(
                condition=models.Q(done_on__isnull=True) | models.Q(done_by__isnull=False),
                name="milestone_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("ledger:milestone_list", args=[self.ledger.year])

    @property
    def basis(self) -> str:
        """The place in the document that asks for it; for one of the office's own, that it is."""
        return f"{self.document}{self.clause}" or "台账汇总人增加"

    @property
    def district_id(self) -> int:
        return self.ledger.district_id

    @property
    def stop(self):  # noqa: ANN201
        """What the sources say of it; None for one of the office's own."""
        return STOP_OF.get(self.code)
