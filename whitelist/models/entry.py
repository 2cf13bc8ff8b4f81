"""An entry: what was admitted, as the public may read it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from approvals.selectors import theme_of
from approvals.states import Level
from jianfu.kernel.dates import chinese_period
from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.initials import InitialsField
from jianfu.kernel.verification import LENGTH, new_code
from whitelist.querysets import Entries
from whitelist.states import Standing


class ThemeField(models.CharField):
    """What the entry is about, read from its words whenever the row is written: a key of `theme_names`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, **{"max_length": 20, "editable": False, "blank": True, "default": "", **kwargs}
        )

    def pre_save(self, model_instance: Any, add: bool) -> str:
        found = theme_of(model_instance.title, model_instance.content)
        setattr(model_instance, self.attname, found)
        return found


class Entry(models.Model):
    """一项白名单事项: a snapshot taken at publication, with the columns of official lists (domain-facts B2).

    It repeats what was decided, so that later changes of units or applications do not reach into a list
    that stands published. It names units, never people, and holds no telephone; a masked name is longer
    than the name, so its fields hold more than those of the form. ``application`` is empty
    for what came from a list published on paper before; ``origin`` then names that list.
    """

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    application = models.OneToOneField(
        "approvals.Application", models.PROTECT, verbose_name="申请", null=True, blank=True, related_name="+"
    )
    # What this one changed: the older entry left the list on the day this one was published.
    supersedes = models.ForeignKey(
        "self", models.PROTECT, verbose_name="调整自", null=True, blank=True, related_name="superseded_by"
    )
    # Whose list it comes from (B2); a release keeps the level that it was published with.
    upper = models.ForeignKey(
        "whitelist.UpperItem", models.PROTECT, verbose_name="上级名单事项", null=True, blank=True,
        related_name="entries",
    )  # fmt: skip
    source_level = models.CharField("来源级别", max_length=10, choices=Level, default=Level.DISTRICT)
    origin = models.CharField("来源", max_length=150, blank=True)
    number = models.CharField("白名单编号", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    # Only registered (R42): listed apart, still counted.
    exempt = models.BooleanField("免申报", default=False)
    title = models.CharField("事项名称", max_length=200)
    title_initials = InitialsField("名称拼音首字母", max_length=200, of="title")
    lead_name = models.CharField("牵头实施单位", max_length=100)
    joint_names = models.CharField("联合单位", max_length=500, blank=True)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    frequency = models.CharField("开展频次", max_length=100, blank=True)
    content = models.TextField("活动主要内容")
    delivery = models.CharField("开展形式", max_length=50, blank=True)
    integration = models.CharField("融合方式", max_length=50, blank=True)
    stages = models.CharField("学段", max_length=30, blank=True)
    schools = models.CharField("实施学校", max_length=600, blank=True)
    grades = models.CharField("年级", max_length=200, blank=True)
    basis = models.TextField("开展依据")
    class_hours = models.DecimalField("每班占用课时", max_digits=5, decimal_places=1, null=True, blank=True)
    teacher_count = models.PositiveIntegerField("需教师人数", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("单次时长（分钟）", null=True, blank=True)
    # Stands on what was issued, never on a public page: whoever has it holds the paper.
    verification_code = models.CharField(
        "核验码", max_length=LENGTH, unique=True, default=new_code, editable=False
    )
    theme = ThemeField("主题")
    listed_on = models.DateField("列入日期")
    removed_on = models.DateField("移出日期", null=True, blank=True)
    removal_reason = models.CharField("移出原因", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField("最近改动", default=timezone.now)

    objects = Entries.as_manager()
    history = HistoricalRecords(excluded_fields=["title_initials", "theme", "verification_code"])

    class Meta:
        verbose_name = verbose_name_plural = "白名单事项"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["district", "number"], name="entry_number_once"),
            models.CheckConstraint(
                condition=models.Q(application__isnull=False) | ~models.Q(origin=""),
                name="entry_says_where_it_comes_from",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="entry_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(removed_on__isnull=True)
                | (models.Q(removed_on__gte=models.F("listed_on")) & ~models.Q(removal_reason="")),
                name="entry_removed_with_a_reason",
            ),
        ]
        indexes = [
            # The list in its order, and its length, without touching a row that is not shown.
            models.Index(fields=["district", "exempt", "number", "ends_on", "listed_on", "removed_on"]),
            models.Index(fields=["district", "changed_at"]),
            models.Index(fields=["district", "year", "exempt"]),  # a year's items and the exempt among them
            # The filters of the list, and what they offer, from the index alone.
            models.Index(
                fields=[
                    *("district", "lead_name", "theme", "ends_on", "starts_on", "listed_on", "removed_on"),
                    "exempt",
                ],
                name="entry_filtered",
            ),
            models.Index(
                fields=["district", "theme", "ends_on", "listed_on", "removed_on"], name="entry_by_theme"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("whitelist:public_entry", args=[self.district.code, self.number])

    def standing(self, on: date) -> Standing:
        """有效 through the last day; 已移出 from the day of removal on."""
        if self.removed_on and self.removed_on <= on:
            return Standing.REMOVED
        return Standing.EXPIRED if self.ends_on < on else Standing.VALID

    @property
    def period(self) -> str:
        """开展时间."""
        return chinese_period(self.starts_on, self.ends_on)

    @property
    def units(self) -> str:
        """牵头实施单位, and the 联合单位 behind it."""
        return f"{self.lead_name}（联合：{self.joint_names}）" if self.joint_names else self.lead_name

    @property
    def form(self) -> str:
        """开展形式 with 融合方式, as one cell of the list."""
        return "；".join(part for part in (self.delivery, self.integration) if part)

    @property
    def audience(self) -> str:
        """对象范围: schools and grades, led by the stages where these do not name them already."""
        said = f"{self.schools}；{self.grades}"
        named = "中小学" in said or all(stage in said for stage in self.stages.split("、"))
        parts = ("" if named else self.stages, self.schools, self.grades)
        return "；".join(part for part in parts if part)
