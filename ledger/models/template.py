"""台账模板: the official task lists, word for word, each with its source (R2, R9, R12)."""

from __future__ import annotations

from django.db import models

from jianfu.kernel.history import HistoricalRecords
from ledger.querysets import LedgerTemplates
from ledger.states import BlankKind, FormsReading


class LedgerTemplate(models.Model):
    """One version of one source's list. A ledger copies its words when it is opened.

    ``columns`` are the headings of the form in their order; ``fixture_digest`` recognises the fixture the
    version was loaded from, so that loading again changes nothing and an editor's correction stays.
    """

    code = models.SlugField("代码", max_length=40)
    version = models.PositiveSmallIntegerField("版次", default=1)
    title = models.CharField("表名", max_length=100, help_text="用 {district} 代表区县名称")
    columns = models.JSONField("栏目", default=list)
    document = models.CharField("来源文件", max_length=200)
    issuer = models.CharField("发文机关", max_length=100, blank=True)
    number = models.CharField("文号", max_length=50, blank=True)
    issued_on = models.DateField("发文日期", null=True, blank=True)
    note = models.TextField("来源说明", blank=True)
    forms_reading = models.CharField(
        "报表合计的核对口径",
        max_length=10,
        choices=FormsReading,
        default=FormsReading.PRINTED,
        help_text="第 10 项“其中”有歧义，不一致时只提醒，两种口径的数都列出",
    )
    fixture_digest = models.CharField("装载摘要", max_length=64, blank=True, editable=False)

    objects = LedgerTemplates.as_manager()
    history = HistoricalRecords(excluded_fields=["fixture_digest"])

    class Meta:
        verbose_name = verbose_name_plural = "台账模板"
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="template_version_once")]

    def __str__(self) -> str:
        return f"{self.document}（第 {self.version} 版）"


class TemplateRow(models.Model):
    """One numbered row; rows of the same ``group`` share the merged 事项 cell.

    ``figures`` is 重点监测数据 with its blanks as ``{I1}``; ``sections`` are canonical names of 科室,
    ``sections_text`` the cell as printed. ``deadlines``: ``[{"month", "day" or null, "text"}]``.
    """

    template = models.ForeignKey(LedgerTemplate, models.CASCADE, verbose_name="台账模板", related_name="rows")
    key = models.CharField("行代码", max_length=20)
    number = models.PositiveSmallIntegerField("序号")
    group = models.PositiveSmallIntegerField("事项序号")
    subject = models.CharField("事项", max_length=100)
    clause = models.CharField("出处", max_length=50, blank=True)
    task = models.TextField("重点任务")
    requirement = models.TextField("工作要求")
    figures = models.TextField("重点监测数据", blank=True, help_text="空格写作 {I1}，代码与下面的填空项一致")
    sections = models.JSONField("责任科室名称", default=list, blank=True)
    sections_open = models.BooleanField("含“及相关科室”", default=False)
    sections_text = models.CharField("责任科室原文", max_length=200, blank=True)
    deadlines = models.JSONField("时限", default=list, blank=True)
    topics = models.JSONField("主题代码", default=list, blank=True)
    guidance = models.TextField("填报提示", blank=True)

    objects = LedgerTemplates.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "模板任务"
        ordering = ["template", "number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "key"], name="template_row_key_once"),
            models.UniqueConstraint(fields=["template", "number"], name="template_row_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.task[:30]}"


class TemplateBlank(models.Model):
    """A typed blank inside a row's sentence (A9). ``compares`` names the blank whose last year minus this
    year it is; only such a difference may be negative."""

    row = models.ForeignKey(TemplateRow, models.CASCADE, verbose_name="模板任务", related_name="blanks")
    code = models.CharField("代码", max_length=20)
    name = models.CharField("名称", max_length=100)
    kind = models.CharField("类型", max_length=10, choices=BlankKind, default=BlankKind.INTEGER)
    unit = models.CharField("单位", max_length=10, blank=True)
    compares = models.CharField("与上年相减的填空代码", max_length=20, blank=True)
    remark = models.CharField("口径", max_length=300, blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)

    objects = LedgerTemplates.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "模板填空项"
        ordering = ["row", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["row", "code"], name="template_blank_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
