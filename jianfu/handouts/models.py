"""A file that is made beside the server for one person."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import models
from django.urls import reverse

from jianfu.handouts.querysets import Handouts
from jianfu.handouts.states import PENDING, HandoutState
from jianfu.kernel.history import HistoricalRecords


def stored_as(_handout: Handout, _name: str) -> str:
    """A name that tells nothing and cannot be guessed."""
    return f"handouts/{secrets.token_hex(16)}"


def key_of(kind: str, about: Mapping[str, str]) -> str:
    """The same for the same thing."""
    told = json.dumps([kind, sorted(about.items())], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


class Handout(models.Model):
    """``kind`` is the name of a maker in `jianfu.kernel.exports.makers`, ``about`` says which one of several.

    ``done`` counts what `Export.write` tells, through all its ``stages``. ``called_at`` is when a process
    was last sent for it, ``beat_at`` when its process was last heard of. ``roles`` are what it was made with.
    What is printed outside its own pages (trail) is `__str__`, which names no filter.
    """

    district = models.ForeignKey(
        "organisations.District", models.PROTECT, verbose_name="区县", related_name="handouts"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="导出人", related_name="handouts"
    )
    kind = models.SlugField("种类", max_length=40)
    about = models.JSONField("内容", default=dict)
    key = models.CharField(max_length=64)
    roles = models.JSONField("角色", default=list)
    title = models.CharField("文件", max_length=150)
    extension = models.CharField("格式", max_length=5)
    measure = models.CharField("计量", max_length=10)
    stages = models.JSONField("步骤", default=list)
    total = models.PositiveIntegerField("总数")
    done = models.PositiveIntegerField("已完成", default=0)
    state = models.CharField("状态", max_length=20, choices=HandoutState, default=HandoutState.WAITING)
    version = models.PositiveIntegerField(default=0)
    state_entered_at = models.DateTimeField("进入状态时间")
    ordered_at = models.DateTimeField("导出时间")
    called_at = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField("开始时间", null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField("文件", upload_to=stored_as, blank=True)
    size = models.PositiveBigIntegerField("大小（字节）", default=0)
    digest = models.CharField("SHA-256", max_length=64, blank=True)
    facts = models.JSONField("记录", default=dict)
    expires_at = models.DateTimeField("保留到", null=True, blank=True)
    taken_at = models.DateTimeField("下载时间", null=True, blank=True)
    error = models.CharField("原因", max_length=500, blank=True)

    objects = Handouts.as_manager()
    history = HistoricalRecords(excluded_fields=["file", "done", "called_at", "beat_at", "about", "facts"])

    class Meta:
        verbose_name = verbose_name_plural = "导出"
        ordering = ["-ordered_at", "-pk"]
        indexes = [models.Index(fields=["state", "ordered_at"], name="handout_line")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "key"], condition=models.Q(state__in=sorted(PENDING)), name="handout_once"
            )
        ]

    def __str__(self) -> str:
        return f"导出 {self.kind} {self.extension}"

    def get_absolute_url(self) -> str:
        return reverse("handouts:handout_detail", args=[self.pk])

    @property
    def name(self) -> str:
        return f"{self.title}.{self.extension}"

    @property
    def label(self) -> str:
        """Its name in front of the progress."""
        return f"导出 {self.name}"

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING

    @property
    def whole(self) -> int:
        """What ``done`` comes to."""
        return self.total * len(self.stages)

    @property
    def counted(self) -> str:
        """已写 860/2,000 行: of the stage that it is in."""
        stage = min(self.done // self.total, len(self.stages) - 1) if self.total else len(self.stages) - 1
        done = min(self.done - stage * self.total, self.total)
        return f"{self.stages[stage]} {done:,}/{self.total:,} {self.measure}"

    def seconds_left(self, now: datetime) -> int | None:
        """As it has gone until now; None while nothing can be said."""
        if self.begun_at is None or not 0 < self.done < self.whole:
            return None
        spent = (now - self.begun_at).total_seconds()
        return round(spent * (self.whole - self.done) / self.done) if spent >= 1 else None
