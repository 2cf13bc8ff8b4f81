"""绩效评估: which entries are evaluated for a term, what the records say already, and the score.

An entry is evaluated once for every term in which it came to a school, when it ends or the term does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from jianfu.kernel import dates
from jianfu.kernel.calendar import WorkCalendar
from jianfu.kernel.policy import figure_value
from jianfu.kernel.terms import SchoolCalendar
from jianfu.organisations.selectors import school_calendar, work_calendar
from whitelist.complaints.counting import countable
from whitelist.complaints.figures import SMALL_NUMBER, value_of
from whitelist.models import Entry, Session, Voice
from whitelist.rules.evaluation import MINIMUM, OPEN_DAYS, WEIGHTS
from whitelist.rules.removal import COMPLAINTS, REFUSALS, SCORE
from whitelist.states import QUESTIONS, Grade, Party, Season, SessionStanding

from .activity import HeldVisit, read_sessions


@dataclass(frozen=True)
class Spread:
    """How the schools answered one question: how many gave each grade, the best first."""

    words: str
    counts: tuple[int, ...]


@dataclass
class Evaluation:
    """One entry in one term: who was visited, who spoke, what the records say, what comes of it."""

    entry: Entry
    season: Season
    opens_on: date
    due_on: date
    minimum: int
    weights: dict[Party, int]
    thresholds: dict[str, int]
    visited: dict[int, str]  # school → its name
    held: int
    refused: int
    voices: list[Voice] = field(default_factory=list)

    def of(self, party: Party) -> list[Voice]:
        return [voice for voice in self.voices if voice.party == party]

    @property
    def school_answers(self) -> int:
        return len(self.of(Party.SCHOOL))

    @property
    def is_open(self) -> bool:
        return self.opens_on <= dates.today()

    @property
    def enough(self) -> bool:
        return self.school_answers >= self.minimum

    def party_score(self, party: Party) -> float | None:
        """The mean of its voices; None where nobody spoke, or too few schools for a mean to hide one."""
        found = self.of(party)
        if not found or (party == Party.SCHOOL and not self.enough):
            return None
        return sum(voice.score for voice in found) / len(found)

    @property
    def score(self) -> int | None:
        """Of 100, weighted over the parties that spoke; None below the minimum of schools."""
        if not self.enough:
            return None
        scores = {party: self.party_score(party) for party in Party}
        told = {party: score for party, score in scores.items() if score is not None}
        weight = sum(self.weights[party] for party in told)
        return round(sum(self.weights[p] * s for p, s in told.items()) / weight) if weight else None

    @property
    def spreads(self) -> list[Spread]:
        """The schools' answers; nothing below the minimum, where a count would name a school."""
        if not self.enough:
            return []
        rows = []
        for question in QUESTIONS[Party.SCHOOL]:
            counted = Counter(voice.answers.get(question.code) for voice in self.of(Party.SCHOOL))
            rows.append(Spread(question.words, tuple(counted[grade.value] for grade in Grade)))
        return rows

    @property
    def grounds(self) -> list[tuple[str, str]]:
        """(ground, words) of each threshold of a removal that is reached."""
        found = []
        least, refusals = self.thresholds["score"], self.thresholds["refusals"]
        if self.score is not None and self.score < least:
            found.append(("weak", f"得分 {self.score} 分，低于 {least} 分"))
        if self.refused >= refusals:
            found.append(("disliked", f"学校拒绝 {self.refused} 次，达到 {refusals} 次"))
        return found

    def lacks(self, party: Party) -> bool:
        return not self.of(party)


def evaluations(district_id: int, season: Season) -> list[Evaluation]:
    """Every entry of the district that came to a school in the term, by number; five queries."""
    rows = Session.objects.known().filter(activity__district_id=district_id)
    return _evaluations(district_id, season, _read(rows, season.first, season.last))


def evaluation_of(entry: Entry, season: Season) -> Evaluation | None:
    """Of one entry; None where it came to no school in the term."""
    rows = Session.objects.known().filter(activity__entry=entry)
    found = _evaluations(entry.district_id, season, _read(rows, season.first, season.last))
    return next(iter(found), None)


def _read(rows: Any, first: date, last: date) -> list[HeldVisit]:
    return read_sessions(rows.between(first, last).for_list(), dates.today())


def _evaluations(district_id: int, season: Season, sessions: list[HeldVisit]) -> list[Evaluation]:
    came = {session.entry_id for session in sessions if session.took_place}
    if not came:
        return []
    entries = Entry.objects.select_related("district", "application__organisation").filter(pk__in=came)
    said: dict[int, list[Voice]] = {}
    voices = Voice.objects.filter(season=season.key, entry__in=came).select_related("organisation")
    for voice in voices.order_by("pk"):
        said.setdefault(voice.entry_id, []).append(voice)
    terms, calendar = school_calendar(district_id), work_calendar()
    found = [_made(entry, season, sessions, terms, calendar) for entry in entries.order_by("number")]
    for each in found:
        each.voices = said.get(each.entry.pk, [])
    return found


def _made(
    entry: Entry, season: Season, sessions: list[HeldVisit], terms: SchoolCalendar, calendar: WorkCalendar
) -> Evaluation:
    mine = [session for session in sessions if session.entry_id == entry.pk]
    held = [session for session in mine if session.took_place]
    opens, district, today = opening(entry, season, terms), entry.district_id, dates.today()
    return Evaluation(
        entry=entry,
        season=season,
        opens_on=opens,
        due_on=calendar.add(opens, figure_value(OPEN_DAYS, district, opens)),
        minimum=figure_value(MINIMUM, district, opens),
        weights={party: figure_value(figure, district, opens) for party, figure in WEIGHTS.items()},
        thresholds={
            "score": figure_value(SCORE, district, today),
            "refusals": figure_value(REFUSALS, district, today),
        },
        visited={session.school_id: session.school for session in held},
        held=len(held),
        refused=sum(session.standing == SessionStanding.REFUSED for session in mine),
    )


def opening(entry: Entry, season: Season, terms: SchoolCalendar) -> date:
    """From which day it is evaluated: its last day, or the term's where it goes on; sooner where removed."""
    inside = [term.last_day for term in terms.terms if season.first <= term.last_day <= season.last]
    days = [entry.ends_on, max(inside, default=season.last)]
    if entry.removed_on:
        days.append(entry.removed_on)
    return max(min(days), season.first)


def owed(user_schools: Iterable[int], units: Iterable[int], *, bureau: bool, district_id: int) -> Any:
    """(evaluation, party, organisation id) of each voice that the person may still give today.

    A school is asked until the limit only; the bureau and the department also when they are late.
    """
    today, schools, departments = dates.today(), set(user_schools), set(units)
    now = Season.of(today)
    rows = Session.objects.known().filter(activity__district_id=district_id)
    if not bureau:
        near = rows.filter(school_id__in=schools) | rows.filter(activity__organisation_id__in=departments)
        rows = rows.filter(activity__entry__in=near.order_by().values("activity__entry"))
    sessions, found = _read(rows, now.before.first, now.last), []
    for season in (now.before, now):
        inside = [one for one in sessions if Season.of(one.day) == season]
        for each in _evaluations(district_id, season, inside):
            if each.is_open:
                found += list(_owed(each, schools, departments, today, bureau=bureau))
    return found


def _owed(each: Evaluation, schools: set[int], units: set[int], today: date, *, bureau: bool) -> Any:
    spoke = {(voice.party, voice.organisation_id) for voice in each.voices}
    if today <= each.due_on:
        for pk in schools & set(each.visited):
            if (Party.SCHOOL, pk) not in spoke:
                yield each, Party.SCHOOL, pk
    unit = department_of(each.entry)
    if unit in units and each.lacks(Party.DEPARTMENT):
        yield each, Party.DEPARTMENT, unit
    if bureau and each.lacks(Party.BUREAU):
        yield each, Party.BUREAU, None


def department_of(entry: Entry) -> int | None:
    """The unit that speaks for itself: the applicant."""
    return entry.application.organisation_id if entry.application_id else None


def complained_of(found: Evaluation, by: Any) -> str:
    """师生反映强烈 by complaints: proved and signed ones about the entry in the term, or "".

    Only that the figure is reached, from a number on that may be told, and never to whom they are against.
    """
    days = {"found_on__gte": found.season.first, "found_on__lte": found.season.last}
    signed = Q(notified_on__isnull=False) | Q(summoned_on__isnull=False) | Q(exposed_on__isnull=False)
    rows = countable(by).proved().filter(signed, entry=found.entry, **days)
    district, today = found.entry.district_id, dates.today()
    least = max(figure_value(COMPLAINTS, district, today), value_of(SMALL_NUMBER, district, today))
    return f"查实的投诉达到 {least} 件" if rows.count() >= least else ""


def told_of(entry: Entry, season: Season, school_ids: set[int]) -> list[HeldVisit]:
    """The sessions of the entry at these schools in the term: shown beside the questions, never asked."""
    rows = Session.objects.known().filter(activity__entry=entry, school_id__in=school_ids)
    return _read(rows, season.first, season.last)
