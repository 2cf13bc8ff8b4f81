"""A release: a named, dated version of a district's register, and what it lists."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from jianfu.kernel.history import HistoricalRecords
from whitelist.querysets import ReleaseItems, Releases
from whitelist.states import Change, Kind, State


class Release(models.Model):
    """一版白名单. A draft names the applications it will list; once published it is its items, for ever.

    ``serial`` counts the releases of the year. ``state`` is written by the workflow only.
    """

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    kind = models.CharField("名单", max_length=20, choices=Kind, default=Kind.CAMPUS)
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveSmallIntegerField("版次")
    title = models.CharField("标题", max_length=150)
    state = models.CharField("状态", max_length=20, choices=State, default=State.DRAFTED)
    state_entered_at = models.DateTimeField("进入本状态", default=timezone.now)
    version = models.PositiveIntegerField(default=0)
    document_number = models.CharField("公布文号", max_length=60, blank=True)
    notice = models.TextField("公告", max_length=1000, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)
    published_by = models.ForeignKey(
        "organisations.User", models.PROTECT, verbose_name="公布人", null=True, blank=True, related_name="+"
    )
    applications = models.ManyToManyField(
        "approvals.Application", verbose_name="拟列入的申请", blank=True, related_name="+"
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
                condition=models.Q(state=State.DRAFTED),
                name="release_one_draft_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.DRAFTED, published_on__isnull=True)
                | models.Q(state=State.PUBLISHED, published_on__isnull=False),
                name="release_published_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["district", "kind", "state", "published_on"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("whitelist:release_detail", args=[self.pk])

    @property
    def tells_what_is_new(self) -> bool:
        """The first list of a year is new as a whole; the later ones say what they added."""
        return self.serial > 1


class ReleaseItem(models.Model):
    """One line of a published release, in its order (序号)."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="items")
    entry = models.ForeignKey("whitelist.Entry", models.PROTECT, related_name="listings")
    change = models.CharField("变化", max_length=20, choices=Change)
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
