"""问题清单 and 整改台账: one row from what was found to 销号 (R15, R111)."""

from __future__ import annotations

from django.db import models

from jianfu.kernel import practices
from jianfu.kernel.history import HistoricalRecords
from ledger.states import ProblemKind, ProblemSource, ProblemState

from .register import RegisterItem


class Problem(RegisterItem):
    """One problem. ``begun_on`` is the day it was found, ``ended_on`` the day of 销号.

    ``unit`` answers for the mending and reports it; ``culprit`` is whose doing it was, in words.
    """

    slug = "problems"

    kind = models.CharField("类别", max_length=20, choices=ProblemKind)
    practice = models.CharField("不当做法", max_length=10, blank=True, choices=practices.CHOICES)
    source = models.CharField("来源", max_length=20, choices=ProblemSource, default=ProblemSource.SURVEY)
    culprit = models.CharField("涉及单位", max_length=100, blank=True)
    unit = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        verbose_name="整改责任单位",
        null=True,
        blank=True,
        related_name="+",
    )
    measures = models.TextField("整改措施", blank=True)
    due_on = models.DateField("整改时限", null=True, blank=True)
    outcome = models.TextField("整改情况", blank=True)
    mended_by = models.ForeignKey(
        "organisations.Person",
        models.PROTECT,
        verbose_name="上报人",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    # What it was entered from; its number is nobody's who reads the register, nor the history's.
    complaint = models.ForeignKey(
        "whitelist.Complaint",
        models.PROTECT,
        verbose_name="投诉举报",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    state = models.CharField("状态", max_length=20, choices=ProblemState, default=ProblemState.FOUND)
    state_entered_at = models.DateTimeField("进入状态时间", auto_now_add=True)

    history = HistoricalRecords(excluded_fields=["complaint"])

    class Meta(RegisterItem.Meta):
        verbose_name = verbose_name_plural = "问题"
        indexes = [
            *RegisterItem.Meta.indexes,
            models.Index(fields=["state", "due_on"], name="problem_waiting"),
        ]

    @property
    def is_under_way(self) -> bool:
        """Handed over: what was found is not rewritten while somebody mends it."""
        return self.state != ProblemState.FOUND

    @property
    def is_ended(self) -> bool:
        return self.state == ProblemState.CLOSED
