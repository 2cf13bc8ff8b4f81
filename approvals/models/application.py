"""An application of a department, with the fields of the 申报表 (domain-facts B1)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from approvals.querysets import Applications
from approvals.states import (
    CAMPUS,
    Category,
    Conclusion,
    Criterion,
    Delivery,
    Exemption,
    Level,
    Part,
    Road,
    State,
    Term,
)
from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.initials import InitialsField
from jianfu.kernel.verification import LENGTH

# Road → accessor of the row that holds what only this road asks for.
PARTICULARS = {
    Road.INSPECTION_PLAN: "inspection",
    Road.INSPECTION_SINGLE: "inspection",
    Road.SURVEY: "survey",
    Road.SECONDMENT: "borrowing",
    Road.SECONDMENT_SHORT: "borrowing",
}


class Application(models.Model):
    """申请. ``state`` is written by the workflow only; what the form holds by services only.

    ``content_version`` counts the times it was handed in: every opinion and decision names the one it was
    made on. ``number`` is given when it is handed in for the first time. What only some roads ask for
    stands in their ``particulars`` (models/particulars.py).
    """

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    road = models.CharField("类型", max_length=20, choices=Road, default=Road.CAMPUS_ANNUAL)
    number = models.CharField("申请编号", max_length=20, null=True, blank=True)  # noqa: DJ001 - none before 提交
    state = models.CharField("环节", max_length=20, choices=State, default=State.DRAFTED)
    state_entered_at = models.DateTimeField("进入本环节", default=timezone.now)
    due_on = models.DateField("本环节时限", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    content_version = models.PositiveIntegerField("报送次数", default=0)

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="申报单位", related_name="applications"
    )
    joint_organisations = models.ManyToManyField(
        "organisations.Organisation", verbose_name="联合单位", blank=True, related_name="joint_applications"
    )
    handler = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="经办人", related_name="handled_applications"
    )
    contact_name = models.CharField("联系人", max_length=50, blank=True)
    contact_phone = models.CharField("联系电话", max_length=50, blank=True)

    title = models.CharField("活动名称", max_length=100, blank=True)
    title_initials = InitialsField("名称拼音首字母", max_length=100, of="title")
    category = models.CharField("类别", max_length=20, choices=Category, blank=True)
    year = models.PositiveSmallIntegerField("年度")
    term = models.CharField("学期", max_length=10, choices=Term, blank=True)
    content = models.TextField("活动内容", blank=True)
    starts_on = models.DateField("开始日期", null=True, blank=True)
    ends_on = models.DateField("结束日期", null=True, blank=True)
    frequency = models.CharField("开展频次", max_length=50, blank=True)
    minutes = models.PositiveSmallIntegerField("单次时长（分钟）", null=True, blank=True)

    level = models.CharField("来源级别", max_length=10, choices=Level, blank=True)
    exemption = models.CharField("免申报情形", max_length=20, choices=Exemption, blank=True)
    off_plan_reason = models.CharField("未列入年度计划的原因", max_length=300, blank=True)
    plan = models.TextField("活动实施方案（日程、地点、人员分工）", blank=True)

    stages = models.JSONField("学段", default=list, blank=True)
    grades = models.CharField("年级", max_length=100, blank=True)
    schools_text = models.CharField("实施学校", max_length=300, blank=True)
    # The schools one by one; none chosen means all of the stages. ``schools_text`` is how the form prints it.
    schools = models.ManyToManyField(
        "organisations.Organisation", verbose_name="逐所选择", blank=True, related_name="+"
    )
    school_count = models.PositiveSmallIntegerField("学校数", null=True, blank=True)
    student_count = models.PositiveIntegerField("参与学生人数", null=True, blank=True)
    teacher_count = models.PositiveIntegerField("需教师人数", null=True, blank=True)
    teacher_duties = models.CharField("教师承担的工作", max_length=300, blank=True)
    class_hours = models.DecimalField("每班占用课时", max_digits=5, decimal_places=1, null=True, blank=True)
    delivery = models.CharField("开展方式", max_length=20, choices=Delivery, blank=True)
    method = models.TextField("组织方式", blank=True)
    integration = models.JSONField("融合方式", default=list, blank=True)  # of `Integration`
    course_overlap = models.CharField("与现有课程的关系", max_length=300, blank=True)

    expected_effect = models.TextField("预期效果", blank=True)
    evaluation = models.CharField("评价方式", max_length=300, blank=True)
    funding = models.CharField("经费来源", max_length=100, blank=True)
    charges_fee = models.BooleanField("是否收费或有商业行为", null=True, blank=True)
    appraises_schools = models.BooleanField("是否考核学校或教师", null=True, blank=True)
    demands_traces = models.BooleanField("是否要求APP、公众号、打卡、接龙、拍照等", null=True, blank=True)
    safety = models.CharField("安全责任与预案", max_length=300, blank=True)
    committed = models.BooleanField("承诺", default=False)

    responsible = models.ForeignKey(
        "organisations.Person",
        models.PROTECT,
        verbose_name="承办人",
        null=True,
        blank=True,
        related_name="+",
    )
    predecessor = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上一次申请", null=True, blank=True, related_name="successors"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name="并入", null=True, blank=True, related_name="absorbed"
    )
    inspection_plan = models.ForeignKey(
        "approvals.InspectionPlan",
        models.PROTECT,
        verbose_name="年度计划",
        null=True,
        blank=True,
        related_name="items",
    )

    panel_conclusion = models.CharField("论证结论", max_length=20, choices=Conclusion, blank=True)
    granted_delivery = models.CharField("批准的开展方式", max_length=20, choices=Delivery, blank=True)
    granted_integration = models.JSONField("批准的融合方式", default=list, blank=True)
    decided_on = models.DateField("审批日期", null=True, blank=True)
    meeting_number = models.CharField("会议纪要或批准文号", max_length=60, blank=True)
    filing_body = models.CharField("备案机关", max_length=100, blank=True)
    filing_number = models.CharField("备案文号", max_length=60, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)
    # Given with the yes, printed on what is issued; whoever holds the paper asks with it.
    verification_code = models.CharField(
        "核验码", max_length=LENGTH, null=True, blank=True, unique=True, editable=False
    )

    objects = Applications.as_manager()
    history = HistoricalRecords(
        m2m_fields=[joint_organisations], excluded_fields=["title_initials", "verification_code"]
    )

    class Meta:
        verbose_name = verbose_name_plural = "申请"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["district", "number"], name="application_number_once"),
            models.CheckConstraint(
                condition=models.Q(state=State.DRAFTED) | models.Q(number__isnull=False),
                name="application_handed_in_has_a_number",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="application_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.MERGED) | models.Q(merged_into__isnull=False),
                name="application_merged_into_something",
            ),
        ]
        indexes = [
            models.Index(fields=["district", "state", "due_on"]),
            models.Index(fields=["organisation", "state"]),
            # What waits for whom is counted on every page: without touching a row.
            models.Index(fields=["district", "state", "organisation", "handler", "responsible", "road"]),
            models.Index(fields=["district", "due_on", "-id"]),  # the list of all, the most urgent first
        ]

    def __str__(self) -> str:
        return self.title or "未命名的申请"

    def get_absolute_url(self) -> str:
        return reverse("approvals:application_detail", args=[self.pk])

    @property
    def is_campus(self) -> bool:
        return self.road in CAMPUS

    @property
    def particulars(self) -> Any:
        """What the road asks for besides: an `Inspection`, `Survey` or `Borrowing`; None for 进校园."""
        accessor = PARTICULARS.get(Road(self.road))
        return getattr(self, accessor, None) if accessor else None

    @property
    def contact(self) -> str:
        """Whom to call at the applicant's."""
        return self.contact_name or self.handler.name

    @property
    def teacher_school_id(self) -> int | None:
        """The school that the teacher who is asked for belongs to."""
        return getattr(self.particulars, "school_id", None)

    def part_of(self, person_id: int) -> set[str]:
        """The separated parts that the person already plays in this application."""
        return self.parts_played([person_id]).get(person_id, set())

    def parts_played(self, person_ids: list[int]) -> dict[int, set[str]]:
        """Person → the separated parts played here, of those who play any; two queries for any number.

        Who acted for somebody played the part, and so did the one for whom it was done.
        """
        known: dict[int, set[str]] | None = getattr(self, "_parts_known", None)
        if known is not None and known.keys() >= set(person_ids):
            return known
        played: dict[int, set[str]] = {self.handler_id: {Part.APPLICANT}}
        steps = self.steps.separated(person_ids).values_list("person_id", "on_behalf_of_id", "part")
        for person_id, principal_id, part in steps:
            for played_by in {person_id, principal_id} & set(person_ids):
                played.setdefault(played_by, set()).add(part)
        asked = self.assignments.filter(expert_id__in=person_ids).values_list("expert_id", flat=True)
        for person_id in asked:
            played.setdefault(person_id, set()).add(Part.EXPERT)
        return played

    def recused_experts(self) -> dict[int, str]:
        """Person → why, of those who may not be asked about this application any more (回避)."""
        rows = self.assignments.filter(recused_at__isnull=False)
        return dict(rows.values_list("expert_id", "recusal_reason"))

    def remember_parts(self, person_ids: list[int]) -> None:
        """Ask once for many people; this instance answers from it for the rest of its short life."""
        self._parts_known = {key: set() for key in person_ids} | self.parts_played(person_ids)

    def involved_organisation_ids(self) -> set[int]:
        """申报单位 and 联合单位."""
        return {self.organisation_id, *(row.pk for row in self.joint_organisations.all())}


class Basis(models.Model):
    """One condition of admission that the application claims, and the document that shows it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="bases")
    criterion = models.CharField("准入条件", max_length=20, choices=Criterion)
    document = models.CharField("文件名称", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True)
    clause = models.CharField("条款或说明", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "准入依据"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "criterion"], name="basis_once_a_criterion")
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}：{self.cited}"

    @property
    def cited(self) -> str:
        """《文件》（文号）条款, as officials write it."""
        number = f"（{self.document_number}）" if self.document_number else ""
        return f"{self.document}{number}{self.clause}"


class NumberSeries(models.Model):
    """The last serial given in a district for a prefix and year; its row lock keeps numbers gapless."""

    district = models.ForeignKey("organisations.District", models.CASCADE, related_name="application_numbers")
    prefix = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "prefix", "year"], name="number_series_once")
        ]
