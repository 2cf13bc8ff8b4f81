"""What schools, the bureau and the department said of an entry after a term; and 意见建议 (R110)."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone

from jianfu.kernel.history import HistoricalRecords
from whitelist.querysets import Feedbacks, Voices
from whitelist.states import FeedbackTopic, Party, Season


class Voice(models.Model):
    """一份评价: one unit's answers about an entry in a term. Given once, never asked again, never changed."""

    entry = models.ForeignKey(
        "whitelist.Entry", models.PROTECT, verbose_name="白名单事项", related_name="voices"
    )
    season = models.CharField("学期", max_length=12)
    party = models.CharField("评价方", max_length=20, choices=Party)
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="单位", related_name="+"
    )
    answers = models.JSONField("作答")
    line = models.CharField("补充说明", max_length=200, blank=True)
    given_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="评价人", related_name="+"
    )
    given_at = models.DateTimeField("评价时间", default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    objects = Voices.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "绩效评价"
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "season", "party", "organisation"], name="voice_once_a_unit"
            ),
            models.UniqueConstraint(
                fields=["entry", "season", "party"],
                condition=~models.Q(party=Party.SCHOOL),
                name="voice_once_of_bureau_and_department",
            ),
        ]
        indexes = [models.Index(fields=["season", "entry"])]

    def __str__(self) -> str:
        season = Season.read(self.season)
        return f"“{self.entry}”{season.label if season else self.season}绩效评价"

    @property
    def district_id(self) -> int:
        return self.entry.district_id

    @property
    def score(self) -> float:
        """Of 100: the mean of its answers, 20 a grade."""
        return sum(self.answers.values()) * 20 / len(self.answers)


class Feedback(models.Model):
    """意见建议 of a department or a school, and the answer to it."""

    district = models.ForeignKey("organisations.District", models.PROTECT, verbose_name="区县")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="单位", related_name="+"
    )
    topic = models.CharField("关于", max_length=20, choices=FeedbackTopic)
    words = models.TextField("意见建议", max_length=500)
    given_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="提出人", related_name="+"
    )
    given_at = models.DateTimeField("提出时间", default=timezone.now)
    answer = models.TextField("答复", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="答复人", null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = Feedbacks.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "意见建议"
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["district", "answered_at"])]

    def __str__(self) -> str:
        return f"{self.organisation}的意见建议"

    def get_absolute_url(self) -> str:
        return reverse("whitelist:feedback_detail", args=[self.pk])
