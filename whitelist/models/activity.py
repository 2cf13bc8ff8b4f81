"""An activity of a listed item: its plan, its sessions at schools, and what the schools said of them."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.steps import TakenStep
from whitelist.querysets import Activities, Feeds, Sessions, Visits
from whitelist.states import (
    UNLISTED,
    ActivityRoad,
    ActivityState,
    RefusalReason,
    SessionStanding,
    VisitKind,
)


class Activity(models.Model):
    """活动实施方案 of a listed item (R53). ``state`` is written by the workflow only.

    ``findings`` keeps what the rules said when it was handed in: (code, severity, words) of each.
    """

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    entry = models.ForeignKey(
        "whitelist.Entry", models.PROTECT, verbose_name="白名单事项", related_name="activities"
    )
    road = models.CharField("办理方式", max_length=20, choices=ActivityRoad, default=ActivityRoad.CHECKED)
    serial = models.PositiveSmallIntegerField("第几次")
    state = models.CharField("环节", max_length=20, choices=ActivityState, default=ActivityState.DRAFTED)
    state_entered_at = models.DateTimeField("进入本环节", default=timezone.now)
    due_on = models.DateField("本环节时限", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="实施单位", related_name="+"
    )
    handler = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="经办人", related_name="+"
    )
    title = models.CharField("活动名称", max_length=200)
    content = models.TextField("活动流程", blank=True)
    duties = models.CharField("教师承担的工作", max_length=300, blank=True)
    needs = models.CharField("需要学校准备的", max_length=300, blank=True)
    safety = models.CharField("安全责任与预案", max_length=300, blank=True)
    contact_name = models.CharField("带队联系人", max_length=50, blank=True)
    contact_phone = models.CharField("联系电话", max_length=50, blank=True)
    submitted_on = models.DateField("报送日期", null=True, blank=True)
    findings = models.JSONField("报送时的核查", default=list, blank=True)

    objects = Activities.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "活动实施方案"
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "serial"], name="activity_serial_once")]
        indexes = [
            models.Index(fields=["district", "state", "due_on"]),
            models.Index(fields=["organisation", "state"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("whitelist:activity_detail", args=[self.pk])

    @property
    def number(self) -> str:
        """BMD20260001-2: the second activity of the entry."""
        return f"{self.entry.number}-{self.serial}"


class Session(models.Model):
    """场次: one school, one day, from–to. ``moved_from`` is the day that the school was told before."""

    activity = models.ForeignKey(Activity, models.CASCADE, verbose_name="活动", related_name="sessions")
    school = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="学校", related_name="+"
    )
    day = models.DateField("日期")
    begins = models.TimeField("开始")
    ends = models.TimeField("结束")
    grades = models.CharField("年级或班级", max_length=100, blank=True)
    students = models.PositiveIntegerField("学生人数", null=True, blank=True)
    teacher_count = models.PositiveIntegerField("需教师人数", default=0)
    class_hours = models.DecimalField("占用课时", max_digits=5, decimal_places=1, default=0)
    moved_from = models.DateField("原定日期", null=True, blank=True)
    called_off_at = models.DateTimeField("取消时间", null=True, blank=True)
    called_off_reason = models.CharField("取消原因", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField("最近改动", default=timezone.now)
    # By how many checks it was found otherwise than planned (`services.complaint`); no page shows it.
    doubts = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = Sessions.as_manager()
    history = HistoricalRecords(excluded_fields=["doubts"])

    class Meta:
        verbose_name = verbose_name_plural = "场次"
        ordering = ["day", "begins", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("begins")), name="session_ends_later"
            ),
            models.CheckConstraint(
                condition=models.Q(called_off_at__isnull=True) | ~models.Q(called_off_reason=""),
                name="session_called_off_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["school", "day"]), models.Index(fields=["day"])]

    def __str__(self) -> str:
        return f"{chinese_date(self.day)} {self.school}"

    @property
    def times(self) -> str:
        """14:00–14:40"""
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"

    def stands(self, on: date) -> SessionStanding:
        """The school's word, where it gave one; a past session of which nobody says otherwise took place."""
        if self.called_off_at or self.activity.state == ActivityState.CALLED_OFF:
            return SessionStanding.CALLED_OFF
        said = getattr(self, "visit", None)
        if said is not None:
            return SessionStanding(said.kind)
        if self.day < on:
            return SessionStanding.INFERRED
        return SessionStanding.TODAY if self.day == on else SessionStanding.PLANNED


class Visit(models.Model):
    """来校记录: the school's word about a session, or about somebody who came without one.

    Nobody owes one: a past session without it took place as planned (`Session.stands`).
    """

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    school = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="学校", related_name="+"
    )
    session = models.OneToOneField(
        Session, models.PROTECT, verbose_name="场次", null=True, blank=True, related_name="visit"
    )
    day = models.DateField("日期")
    kind = models.CharField("情况", max_length=20, choices=VisitKind)
    reason = models.CharField("拒绝原因", max_length=20, choices=RefusalReason, blank=True)
    visitor = models.CharField("来校单位", max_length=100, blank=True)
    purpose = models.CharField("来做什么", max_length=200, blank=True)
    note = models.CharField("说明", max_length=300, blank=True)
    recorded_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="登记人", related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间", default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    objects = Visits.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "来校记录"
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(session__isnull=True, kind__in=sorted(UNLISTED))
                | (models.Q(session__isnull=False) & ~models.Q(kind__in=sorted(UNLISTED))),
                name="visit_without_session_is_unlisted",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=VisitKind.REFUSED) | ~models.Q(reason=""),
                name="visit_refused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(session__isnull=False) | ~models.Q(visitor=""),
                name="visit_unlisted_names_who",
            ),
        ]
        indexes = [models.Index(fields=["district", "day"]), models.Index(fields=["school", "day"])]

    def __str__(self) -> str:
        return f"{self.school} {self.get_kind_display()}"


class ActivityStep(TakenStep):
    """办理记录 of an activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="steps")
    source = models.CharField("原环节", max_length=20, choices=ActivityState)
    target = models.CharField("新环节", max_length=20, choices=ActivityState)

    class Meta(TakenStep.Meta):
        verbose_name = verbose_name_plural = "实施方案办理记录"
        constraints = [
            models.CheckConstraint(condition=~models.Q(label=""), name="activity_step_has_a_label")
        ]


class CalendarFeed(models.Model):
    """日历订阅: an address that a calendar program reads without signing in; of a school, or of the district.

    The address holds a token worked out from ``secret`` and the key of the installation: who reads the
    database alone cannot make one. A new ``secret`` ends the old address.
    """

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    school = models.ForeignKey(
        "organisations.Organisation",
        models.PROTECT,
        verbose_name="学校",
        null=True,
        blank=True,
        related_name="+",
    )
    secret = models.CharField("密钥", max_length=64, editable=False)
    version = models.PositiveIntegerField(default=0)
    renewed_at = models.DateTimeField("更换时间", default=timezone.now)

    objects = Feeds.as_manager()
    history = HistoricalRecords(excluded_fields=["secret"])

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"
        constraints = [
            models.UniqueConstraint(fields=["district", "school"], name="feed_once_a_school"),
            models.UniqueConstraint(
                fields=["district"], condition=models.Q(school__isnull=True), name="feed_once_a_district"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school or self.district}日历订阅"
