"""What the rules look at: sessions as plain values, and how a sentence names them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from jianfu.kernel.policy import Mark, Said

SHOWN = 3  # sessions named in a sentence


@dataclass(frozen=True)
class Slot:
    """A session of the plan. ``key`` is how its line on the page is called."""

    key: str
    school_id: int
    school: str
    day: date
    begins: time
    ends: time
    grades: str = ""
    teacher_count: int = 0
    class_hours: Decimal = Decimal(0)

    @property
    def words(self) -> str:
        """实验一小（10月12日）"""
        return f"{self.school}（{short(self.day)}）"


@dataclass(frozen=True)
class Taken:
    """A session of another plan at one of the schools: handed in or agreed."""

    entry_id: int
    activity_id: int
    title: str
    unit: str
    school_id: int
    day: date
    begins: time
    ends: time
    grades: str = ""
    application_id: int | None = None

    @property
    def words(self) -> str:
        """区禁毒办“禁毒宣讲”14:00–14:40"""
        return f"{self.unit}“{self.title}”{self.begins:%H:%M}–{self.ends:%H:%M}"


def short(day: date) -> str:
    return f"{day.month}月{day.day}日"


def named(slots: Sequence[Slot]) -> str:
    """The first few, and how many there are."""
    words = "、".join(slot.words for slot in slots[:SHOWN])
    return f"{words}等 {len(slots)} 场" if len(slots) > SHOWN else words


def said(message: str, slots: Iterable[Slot], mark: str) -> Said:
    """A finding that points at the lines it is about."""
    return Said(message, tuple(Mark(slot.key, 0, 0, mark) for slot in slots))


def listed(pairs: Sequence[tuple[Slot, str]]) -> str:
    """实验一小（10月12日）：区禁毒办“…”；…"""
    words = "；".join(f"{slot.words}：{text}" for slot, text in pairs[:SHOWN])
    return f"{words}等 {len(pairs)} 场" if len(pairs) > SHOWN else words
