"""What only some roads ask for, one row beside the application; written with it and frozen with it."""

from __future__ import annotations

from django.db import models

from approvals.states import BorrowKind, Channel, InspectionKind, SurveyKind
from jianfu.kernel.history import HistoricalRecords


class Inspection(models.Model):
    """督查检查评比考核事项, with the columns of the list (R27–R35, domain-facts B4)."""

    application = models.OneToOneField("approvals.Application", models.CASCADE, related_name="inspection")
    inspection_kind = models.CharField("事项类型", max_length=20, choices=InspectionKind, blank=True)
    methods = models.JSONField("方式", default=list, blank=True)
    materials = models.TextField("需学校提供的材料（一行一项）", blank=True)
    sampling = models.CharField("抽查比例", max_length=100, blank=True)
    deployed_on = models.DateField("工作部署日期", null=True, blank=True)
    differences = models.CharField("区域、城乡、学段差异的考虑", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "督查检查评比考核事项"

    def __str__(self) -> str:
        return str(self.application)


class Survey(models.Model):
    """统计或调研: who is asked what, how, until when (R73–R77)."""

    application = models.OneToOneField("approvals.Application", models.CASCADE, related_name="survey")
    survey_kind = models.CharField("类型", max_length=20, choices=SurveyKind, blank=True)
    approval_number = models.CharField("统计机构批准或备案文号", max_length=60, blank=True)
    respondents = models.CharField("填报或调查对象", max_length=200, blank=True)
    items_asked = models.TextField("采集的数据项（一行一项）", blank=True)
    channel = models.CharField("采集方式", max_length=20, choices=Channel, blank=True)
    given_out_on = models.DateField("下发日期", null=True, blank=True)
    hand_in_on = models.DateField("上报截止日期", null=True, blank=True)
    reuse_checked = models.BooleanField("已核对现有数据", default=False)
    reuse_note = models.CharField("现有数据不能满足的原因", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "统计调研"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(given_out_on__isnull=True)
                | models.Q(hand_in_on__isnull=True)
                | models.Q(hand_in_on__gte=models.F("given_out_on")),
                name="survey_handed_in_after_it_was_given_out",
            )
        ]

    def __str__(self) -> str:
        return str(self.application)


class Borrowing(models.Model):
    """借用一名教师, or 短期抽调 of several (R83–R91). From when until when stands in the application."""

    application = models.OneToOneField("approvals.Application", models.CASCADE, related_name="borrowing")
    school = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        verbose_name="原学校",
        null=True,
        blank=True,
        related_name="+",
    )
    teacher_name = models.CharField("教师姓名", max_length=50, blank=True)
    subject = models.CharField("学科或岗位", max_length=50, blank=True)
    is_head_teacher = models.BooleanField("是否班主任", null=True, blank=True)
    borrow_kind = models.CharField("借用类别", max_length=20, choices=BorrowKind, blank=True)
    impact = models.CharField("对教学的影响和安排", max_length=300, blank=True)
    person_count = models.PositiveSmallIntegerField("抽调人数", null=True, blank=True)
    day_count = models.PositiveSmallIntegerField("抽调天数", null=True, blank=True)
    teacher_agreed_on = models.DateField("教师本人同意日期", null=True, blank=True)
    returned_on = models.DateField("返岗日期", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    history = HistoricalRecords(excluded_fields=["teacher_name"])

    class Meta:
        verbose_name = verbose_name_plural = "借用教师"

    def __str__(self) -> str:
        return str(self.application)
