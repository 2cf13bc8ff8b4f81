"""减负台账: one per district and year, with its own copy of the official words (R1, R9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.urls import reverse

from jianfu.kernel.history import HistoricalRecords
from ledger import wording
from ledger.querysets import LedgerRows, Ledgers
from ledger.states import FILLABLE, FINAL, PAST, REPORTED, LedgerState, RowState


class Ledger(models.Model):
    """The form of one year. ``fill_by`` is the day by which rows without a deadline of their own are due,
    ``source`` the paper from which a year of before is entered (补录)."""

    district = models.ForeignKey(
        "organisations.District", models.PROTECT, verbose_name="区县", related_name="ledgers"
    )
    year = models.PositiveSmallIntegerField("年度")
    template = models.ForeignKey(
        "ledger.LedgerTemplate", models.PROTECT, verbose_name="台账模板", related_name="ledgers"
    )
    title = models.CharField("表名", max_length=150)
    columns = models.JSONField("栏目", default=list)
    fill_by = models.DateField("填报截止")
    source = models.CharField("补录出处", max_length=200, blank=True)
    state = models.CharField("状态", max_length=20, choices=LedgerState, default=LedgerState.OPENED)
    version = models.PositiveIntegerField(default=0)
    state_entered_at = models.DateTimeField("进入状态时间")

    objects = Ledgers.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "减负台账"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["district", "year"], name="ledger_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}年{self.title}"

    def get_absolute_url(self) -> str:
        return reverse("ledger:ledger_detail", args=[self.year])

    def get_closing_url(self) -> str:
        return reverse("ledger:ledger_closing", args=[self.year])

    @property
    def is_open(self) -> bool:
        """The one meaning of "may be filled"."""
        return self.state == LedgerState.OPENED

    @property
    def is_entering(self) -> bool:
        """The office writes it, from a paper."""
        return self.state == LedgerState.ENTERING

    @property
    def is_writable(self) -> bool:
        return self.is_open or self.is_entering

    @property
    def is_past(self) -> bool:
        """Entered from a paper, at whatever stage of it."""
        return self.state in PAST

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    def rows_filled_by(self, person_ids: Iterable[int]) -> dict[int, list[int]]:
        """Person → the numbers of the rows that they filled."""
        filled = LedgerRow.contributors.through.objects.filter(
            ledgerrow__ledger=self, person_id__in=list(person_ids)
        )
        found: dict[int, list[int]] = {}
        for person, number in filled.order_by("ledgerrow__number").values_list(
            "person_id", "ledgerrow__number"
        ):
            found.setdefault(person, []).append(number)
        return found

    @property
    def summarised_by_ids(self) -> set[int]:
        """Who sent it to be signed the last time, and for whom."""
        step = self.steps.filter(transition="summarise").first()
        return {step.person_id, step.on_behalf_of_id} - {None} if step else set()


class LedgerRow(models.Model):
    """One row of the form, with its own copy of the official words.

    ``implementation`` and ``reported_figures`` are what the entries and blanks read as in words, and
    ``figure_notes`` tells both numbers of each that differs from the records; all written by the service at
    every save, so that two versions of a row can be compared in one place.
    """

    ledger = models.ForeignKey(Ledger, models.CASCADE, verbose_name="台账", related_name="rows")
    key = models.CharField("行代码", max_length=20)
    number = models.PositiveSmallIntegerField("序号")
    group = models.PositiveSmallIntegerField("事项序号")
    subject = models.CharField("事项", max_length=100)
    clause = models.CharField("出处", max_length=50, blank=True)
    task = models.TextField("重点任务")
    requirement = models.TextField("工作要求")
    figures = models.TextField("重点监测数据原文", blank=True)
    sections_text = models.CharField("责任科室", max_length=200, blank=True)
    guidance = models.TextField("填报提示", blank=True)
    due_on = models.DateField("时限")
    due_text = models.CharField("时限原文", max_length=50, blank=True)
    sections = models.ManyToManyField(
        "organisations.Organisation", through="ledger.Assignment", related_name="ledger_rows"
    )
    contributors = models.ManyToManyField("organisations.Person", related_name="ledger_rows", blank=True)
    implementation = models.TextField("落实情况", blank=True)
    reported_figures = models.TextField("重点监测数据", blank=True)
    figure_notes = models.TextField("监测数据说明", blank=True)
    return_reason = models.CharField("退回原因", max_length=500, blank=True)
    entered_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="补录人", null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField("补录时间", null=True, blank=True)
    entered_from = models.CharField("补录出处", max_length=200, blank=True)
    state = models.CharField("状态", max_length=20, choices=RowState, default=RowState.ASSIGNED)
    version = models.PositiveIntegerField(default=0)
    state_entered_at = models.DateTimeField("进入状态时间")

    objects = LedgerRows.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "台账任务"
        ordering = ["ledger", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "key"], name="ledger_row_key_once"),
            models.UniqueConstraint(fields=["ledger", "number"], name="ledger_row_number_once"),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="ledger_row_waiting")]

    def __str__(self) -> str:
        return f"第 {self.number} 项：{self.task.split('。')[0][:40]}"

    def get_absolute_url(self) -> str:
        return reverse("ledger:row_detail", args=[self.pk])

    @property
    def district_id(self) -> int:
        return self.ledger.district_id

    @property
    def section_ids(self) -> set[int]:
        return {assignment.organisation_id for assignment in self.assignments.all()}

    @property
    def contributor_ids(self) -> set[int]:
        return {person.pk for person in self.contributors.all()}

    def put_figures_into_words(self) -> None:
        """Set ``reported_figures`` and ``figure_notes`` from the blanks as they are stored now."""
        blanks = list(self.blanks.model.objects.filter(row=self))
        self.reported_figures = wording.figures(self.figures, {blank.code: blank.words for blank in blanks})
        notes = (wording.override_words(blank) for blank in blanks if blank.is_overruled)
        self.figure_notes = "\n".join(notes)

    @property
    def is_fillable(self) -> bool:
        return self.state in FILLABLE

    @property
    def is_reported(self) -> bool:
        """已填报, the one meaning of it: a person has answered for the row."""
        return self.state in REPORTED

    def is_late(self, on: date) -> bool:
        return not self.is_reported and self.ledger.is_open and self.due_on < on


class Assignment(models.Model):
    """A 科室 that answers for a row; one of them leads (R7)."""

    row = models.ForeignKey(LedgerRow, models.CASCADE, verbose_name="台账任务", related_name="assignments")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="科室", related_name="assignments"
    )
    is_lead = models.BooleanField("牵头", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "责任科室"
        constraints = [models.UniqueConstraint(fields=["row", "organisation"], name="section_once_a_row")]

    def __str__(self) -> str:
        return f"{self.organisation}{'（牵头）' if self.is_lead else ''}"


class Baseline(models.Model):
    """Last year's figure for a year before which the district kept no ledger here, with its source (R10)."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, verbose_name="台账", related_name="baselines")
    code = models.CharField("填空代码", max_length=20)
    number = models.PositiveIntegerField("上年数")
    document = models.CharField("来源文件", max_length=200)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "上年基数"
        ordering = ["ledger", "code"]
        constraints = [models.UniqueConstraint(fields=["ledger", "code"], name="baseline_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.number}（{self.document}）"
