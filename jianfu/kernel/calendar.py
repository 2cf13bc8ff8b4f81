"""Working days: Monday to Friday, less the holidays and plus the 调休 days of a table.

The table is data (``organisations.CalendarDay``), so next year's arrangement of the State Council is
typed in or imported when it is announced, without an update of the program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

YELLOW_FROM = 2  # working days left at which a matter turns yellow


@dataclass(frozen=True)
class Remaining:
    """How much time a matter has: ``days`` are working days, where no ``unit`` says otherwise, negative when
    overdue; ``light`` g, y or r."""

    due: date
    days: int
    unit: ClassVar[str] = "工作日"

    @property
    def light(self) -> str:
        if self.days < 0:
            return "r"
        return "y" if self.days <= YELLOW_FROM else "g"

    @property
    def note(self) -> str:
        return f"按{self.unit}计算"

    @property
    def words(self) -> str:
        if self.days < 0:
            return f"超期 {-self.days} 天"
        return f"剩 {self.days} 天" if self.days else "今天到期"


@dataclass(frozen=True)
class WorkCalendar:
    """``exceptions`` maps a day to whether it is a working day, where that differs from the week."""

    exceptions: Mapping[date, bool] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < 5)

    def add(self, day: date, count: int) -> date:
        """The ``count``-th working day after ``day`` (count ≥ 0; 0 is the day itself)."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days in (start, end]; negative when end lies before start."""
        if end < start:
            return -self.between(end, start)
        span = (end - start).days
        return sum(self.is_workday(start + timedelta(days=n)) for n in range(1, span + 1))

    def remaining(self, due: date, today: date) -> Remaining:
        """Overdue is at least one day, also when only a weekend lies between."""
        days = self.between(today, due)
        if due < today:
            days = min(days, -1)
        return Remaining(due, days)
