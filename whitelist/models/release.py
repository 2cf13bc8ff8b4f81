"""A release: a named, dated version of a district's register, and what it lists."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from approvals.states import Level, Term
from jianfu.kernel.history import HistoricalRecords
from jianfu.kernel.steps import TakenStep
from whitelist.querysets import ReleaseItems, Releases
from whitelist.states import Change, Kind, Leaving, State


class Release(models.Model):
    """一版白名单. A draft names the applications it will list; once published it is its items, for ever.

    ``serial`` counts the releases of the year. ``state`` is written by the workflow only. ``preparers`` are
    the natural persons who had a hand in the draft: none of them signs it.
    """

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    kind = models.CharField("名单", max_length=20, choices=Kind, default=Kind.CAMPUS)
    year = models.PositiveSmallIntegerField("年度")
    term = models.CharField("学期", max_length=10, choices=Term, blank=True)
    serial = models.PositiveSmallIntegerField("版次")
    title = models.CharField("标题", max_length=150)
    state = models.CharField("状态", max_length=20, choices=State, default=State.DRAFTED)
    state_entered_at = models.DateTimeField("进入本状态", default=timezone.now)
    version = models.PositiveIntegerField(default=0)
    document_number = models.CharField("公布文号", max_length=60, blank=True)
    notice = models.TextField("公告", max_length=1000, blank=True)
    posted_on = models.DateField("公示开始", null=True, blank=True)
    posted_until = models.DateField("公示截止", null=True, blank=True)
    signed_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="签发人", null=True, blank=True, related_name="+"
    )
    signed_on = models.DateField("签发日期", null=True, blank=True)
    meeting_number = models.CharField("会议纪要或签发文号", max_length=60, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    published_by = models.ForeignKey(
        "organisations.User", models.PROTECT, verbose_name="公布人", null=True, blank=True, related_name="+"
    )
    applications = models.ManyToManyField(
        "approvals.Application", verbose_name="拟列入的申请", blank=True, related_name="+"
    )
    preparers = models.ManyToManyField(
        "organisations.Person", verbose_name="准备人", blank=True, related_name="+"
    )

    objects = Releases.as_manager()
    history = HistoricalRecords(m2m_fields=[applications])

    class Meta:
        verbose_name = verbose_name_plural = "白名单版本"
        ordering = ["-year", "-serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "year", "serial"], name="release_serial_once"
            ),
            models.UniqueConstraint(
                fields=["district", "kind"],
                condition=~models.Q(state=State.PUBLISHED),
                name="release_one_draft_at_a_time",
            ),
            models.CheckConstraint(
                condition=(~models.Q(state=State.PUBLISHED) & models.Q(published_on__isnull=True))
                | models.Q(state=State.PUBLISHED, published_on__isnull=False),
                name="release_published_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["district", "kind", "state", "published_on"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.kind == Kind.INSPECTION:
            return reverse("whitelist:inspection_release", args=[self.district.code, self.year, self.serial])
        return reverse("whitelist:release_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Not published yet: nobody outside sees it, or only as what is posted."""
        return self.state != State.PUBLISHED

    @property
    def preparer_ids(self) -> set[int]:
        return set(self.preparers.values_list("pk", flat=True))

    @property
    def tells_what_is_new(self) -> bool:
        """The first list of a year is new as a whole; the later ones say what they added."""
        return self.serial > 1


class ReleaseStep(TakenStep):
    """One step of 公示、送签、签发、退回、公布. Written once, never changed."""

    release = models.ForeignKey(Release, models.CASCADE, verbose_name="白名单版本", related_name="steps")
    source = models.CharField("从", max_length=20, choices=State)
    target = models.CharField("到", max_length=20, choices=State)

    class Meta(TakenStep.Meta):
        verbose_name = verbose_name_plural = "白名单办理记录"


class ReleaseItem(models.Model):
    """One line of a published release, in its order (序号)."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="items")
    entry = models.ForeignKey("whitelist.Entry", models.PROTECT, related_name="listings")
    change = models.CharField("变化", max_length=20, choices=Change)
    source_level = models.CharField("来源级别", max_length=10, choices=Level, default=Level.DISTRICT)
    position = models.PositiveIntegerField("序号")

    objects = ReleaseItems.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "名单事项"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["release", "entry"], name="entry_once_a_release"),
            models.UniqueConstraint(fields=["release", "position"], name="position_once_a_release"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.entry}"


class Departure(models.Model):
    """One entry that the release before listed and this one does not, and why; written at publication."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="departures")
    entry = models.ForeignKey("whitelist.Entry", models.PROTECT, related_name="departures")
    why = models.CharField("变化", max_length=20, choices=Leaving)
    reason = models.CharField("原因", max_length=400)
    happened_on = models.DateField("自")

    class Meta:
        verbose_name = verbose_name_plural = "不再列入的事项"
        ordering = ["entry__number"]
        constraints = [models.UniqueConstraint(fields=["release", "entry"], name="departure_once_a_release")]

    def __str__(self) -> str:
        return f"{self.get_why_display()} {self.entry}"
