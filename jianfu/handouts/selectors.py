"""Reads over handouts: one as its page and its progress bar say it, and what the 工作台 tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from jianfu.handouts.models import Handout
from jianfu.handouts.states import KEPT_DAYS, TONES, HandoutState
from jianfu.handouts.workflow import HANDOUT
from jianfu.kernel import dates, registry
from jianfu.kernel.workflow import Option


@dataclass(frozen=True)
class Shown:
    """A handout with the words of its progress and the steps that it offers."""

    handout: Handout
    words: str
    tone: str
    options: tuple[Option, ...]


def shown(handout: Handout, by: Any) -> Shown:
    options = tuple(HANDOUT.available(handout, by))
    return Shown(handout, words_of(handout), TONES[HandoutState(handout.state)], options)


def words_of(handout: Handout) -> str:
    """How far it is, in numbers that the process has told."""
    if handout.state == HandoutState.WAITING:
        return f"排队第 {place_of(handout)} 位，共 {handout.total:,} {handout.measure}"
    if handout.state == HandoutState.READY:
        return f"共 {handout.total:,} {handout.measure}"
    left = handout.seconds_left(dates.now())
    return f"{handout.counted}，约剩 {spoken(left)}" if left is not None else handout.counted


def place_of(handout: Handout) -> int:
    """Which one in the line it is, from 1."""
    earlier = Q(ordered_at__lt=handout.ordered_at) | Q(ordered_at=handout.ordered_at, pk__lt=handout.pk)
    return Handout.objects.in_line().filter(earlier).count() + 1


def spoken(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 100 else f"{-(-seconds // 60)} 分钟"


def notices(user: Any) -> list[registry.Notice]:
    """For the 工作台: files that are ready and were not taken yet."""
    rows = Handout.objects.visible_to(user).untaken().filter(expires_at__gt=dates.now())
    return [
        registry.Notice(
            text=f"导出完成：{row.name}，保留 {KEPT_DAYS} 天",
            url=reverse("handouts:handout_detail", args=[row.pk]),
            action="去下载",
        )
        for row in rows[:3]
    ]
