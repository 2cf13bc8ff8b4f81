"""校历 as plain values: which term a day lies in, which teaching week it is, what is reserved for exams."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class TermDays:
    """学期: both days count."""

    name: str
    first_day: date
    last_day: date

    def holds(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    @property
    def mondays(self) -> list[date]:
        """The Monday of each teaching week; the first week is the one in which the first day lies."""
        first = self.first_day - timedelta(days=self.first_day.weekday())
        return [first + number * _WEEK for number in range((self.last_day - first).days // 7 + 1)]

    def week_of(self, day: date) -> int | None:
        """1 for the first teaching week; None outside the term."""
        return (day - self.mondays[0]).days // 7 + 1 if self.holds(day) else None


@dataclass(frozen=True)
class ReservedDays:
    """考试周、毕业班备考、停课. ``school_id`` None is every school, ``grades`` empty every grade."""

    kind: str
    label: str  # 考试周
    name: str  # 期末考试周
    first_day: date
    last_day: date
    school_id: int | None = None
    grades: str = ""

    def meets(self, first: date, last: date) -> bool:
        return self.first_day <= last and self.last_day >= first

    def concerns(self, school_id: int | None) -> bool:
        """A span of one school says nothing of another, nor of the district as a whole."""
        return self.school_id is None or self.school_id == school_id

    @property
    def words(self) -> str:
        """期末考试周（九年级）"""
        return f"{self.name}（{self.grades}）" if self.grades else self.name


@dataclass(frozen=True)
class SchoolCalendar:
    """The terms of a district, the earliest first, and what is reserved in them."""

    terms: tuple[TermDays, ...] = ()
    reserved: tuple[ReservedDays, ...] = ()

    def term_of(self, day: date) -> TermDays | None:
        return next((term for term in self.terms if term.holds(day)), None)

    def term_around(self, day: date) -> TermDays | None:
        """The term of the day; in the holidays the next one, at the end of all the last."""
        ahead = (term for term in self.terms if term.last_day >= day)
        return next(ahead, self.terms[-1] if self.terms else None)

    def reserved_on(self, day: date, school_id: int | None = None) -> list[ReservedDays]:
        return self.reserved_between(day, day, school_id)

    def reserved_between(self, first: date, last: date, school_id: int | None = None) -> list[ReservedDays]:
        """What concerns the school, or all schools, on any of the days."""
        return [one for one in self.reserved if one.meets(first, last) and one.concerns(school_id)]

    def knows(self, day: date) -> bool:
        """Before the first registered term and after the last it says nothing."""
        return bool(self.terms) and self.terms[0].first_day <= day <= self.terms[-1].last_day

    def is_holiday(self, day: date) -> bool:
        """Between two terms; a day that no term was registered for is not called a holiday."""
        return self.knows(day) and self.term_of(day) is None


def calendar_of(terms: Iterable[TermDays], reserved: Iterable[ReservedDays]) -> SchoolCalendar:
    return SchoolCalendar(
        tuple(sorted(terms, key=lambda term: term.first_day)),
        tuple(sorted(reserved, key=lambda one: (one.first_day, one.name))),
    )
