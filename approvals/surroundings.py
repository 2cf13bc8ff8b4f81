"""What lies around an application and bears on it: other activities at its schools, data that is known,
materials asked elsewhere, earlier borrowings. A constant number of queries, whatever the district holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Count

from jianfu.organisations.selectors import schools as schools_of
from jianfu.organisations.selectors import work_calendar
from jianfu.organisations.states import SchoolStage

from .rules.extent import WHOLE, extent_of
from .rules.inspection import lines_of, same
from .similar import removed_before, similar_to
from .states import CAMPUS, DECIDED, INSPECTIONS, SECONDMENTS, UNDER_WAY, Road, Stage, Term
from .themes import taught_in

COUNTED = UNDER_WAY | DECIDED  # handed in and not stopped: it will come, or has come
MEETING_DAYS = 31  # a longer period says when it may come, not that it comes on the same days
_LIMIT = 300  # rows read to look for a neighbour; a district's year holds tens (domain-facts B2)
_NEIGHBOURS = 24  # near applications of any year among which those of this year are looked for
_CHAIN = 100  # approvals that one may continue: more than any cap in months leaves room for

_STAGES_OF = {
    SchoolStage.PRIMARY: {Stage.PRIMARY},
    SchoolStage.JUNIOR: {Stage.JUNIOR},
    SchoolStage.NINE_YEAR: {Stage.PRIMARY, Stage.JUNIOR},
    SchoolStage.SENIOR: {Stage.SENIOR},
    SchoolStage.COMPLETE: {Stage.JUNIOR, Stage.SENIOR},
}


def surroundings(application: Any, applied_on: date) -> dict[str, Any]:
    """The facts that are counted elsewhere, of the application's road."""
    road = Road(application.road)
    if road in CAMPUS:
        return {
            "school_loads": school_loads(application),
            "year_count": year_count(application),
            "similar": similar_this_year(application),
            "removed_before": removed_before(application, applied_on),
            "taught_in": taught_in(application.title, application.content, application.stages or ()),
        }
    if road in INSPECTIONS:
        return {
            "materials_elsewhere": materials_elsewhere(application),
            "approved": approved_alike(application),
            "comprehensive": comprehensive_loads(application),
        }
    if road in SECONDMENTS:
        return {"borrowed_before": borrowed_before(application)}
    return {"held_data": held_data(application), "fill_days": fill_days(application)}


def _others(application: Any) -> Any:
    rows = type(application).objects.filter(
        district_id=application.district_id, year=application.year, state__in=COUNTED
    )
    return rows.exclude(pk=application.pk).order_by()


def year_count(application: Any) -> int:
    """进校园 items of the year besides this one; what needs no application is not counted against the cap."""
    return int(_others(application).campus().exclude(road=Road.CAMPUS_EXEMPT).count())


def similar_this_year(application: Any) -> list[tuple[str, str, str]]:
    """(level, title, why) of the others of the year on the same or a near theme; three queries."""
    near = similar_to(application, limit=_NEIGHBOURS)
    return [(one.level, one.title, one.why) for one in near if one.stands and one.year == application.year]


# --- schools -----------------------------------------------------------------------------------------------


def school_loads(application: Any) -> list[tuple[str, int, list[str]]]:
    """(school, other items of its term, titles that come in the same days), for each school touched."""
    touched = touched_schools(application)
    if not touched or not application.term:
        return []
    others = _others(application).campus()
    if application.term != Term.YEAR:
        others = others.filter(term__in=[application.term, Term.YEAR])
    chosen, everywhere = _counts(application, others)
    meeting = _meeting(application, others)
    loads = []
    for pk, name, stages in touched:
        count = chosen[pk] + sum(n for found, n in everywhere if stages & found)
        titles = [title for title, pks, found in meeting if pk in pks or (not pks and stages & found)]
        loads.append((name, count, titles))
    return loads


def touched_schools(application: Any) -> list[tuple[int, str, set[str]]]:
    """The chosen schools; where none is chosen, every school of the stages."""
    wanted = set(application.stages or [])
    rows = application.schools.all() if application.pk else []
    found = [(row.pk, row.short_name or row.name, stages_of(row.stage)) for row in rows]
    if found or not wanted:
        return found
    every = schools_of(application.district_id)
    touched = [(row.pk, row.short_name or row.name, stages_of(row.stage)) for row in every]
    return [row for row in touched if row[2] & wanted]


def stages_of(stage: str) -> set[str]:
    return {str(each) for each in _STAGES_OF.get(SchoolStage(stage), set())} if stage else set()


def _counts(application: Any, others: Any) -> tuple[Counter[int], list[tuple[set[str], int]]]:
    """Items per chosen school, and items that go to every school of some stages; two queries."""
    through = type(application).schools.through.objects
    per_school = through.filter(application__in=others.values("pk")).values_list("organisation_id")
    chosen = Counter(dict(per_school.annotate(Count("pk")).values_list("organisation_id", "pk__count")))
    grouped = others.filter(schools=None).values("stages").annotate(Count("pk"))
    return chosen, [(set(row["stages"] or []), row["pk__count"]) for row in grouped]


def _meeting(application: Any, others: Any) -> list[tuple[str, set[int], set[str]]]:
    """(title, chosen schools, stages) of the others that come in the same few days; two queries."""
    starts, ends = application.starts_on, application.ends_on
    if not starts or not ends or (ends - starts).days >= MEETING_DAYS:
        return []
    rows = others.filter(starts_on__lte=ends, ends_on__gte=starts).order_by("starts_on", "pk")
    rows = rows.prefetch_related("schools").only("title", "stages", "starts_on", "ends_on")[:_LIMIT]
    return [
        (row.title, {school.pk for school in row.schools.all()}, set(row.stages or []))
        for row in rows
        if (row.ends_on - row.starts_on).days < MEETING_DAYS
    ]


# --- inspections -------------------------------------------------------------------------------------------


def approved_alike(application: Any) -> list[tuple[str, dict[str, Any]]]:
    """(“title”（number）, extent) of the approved items of the year with the same name; one query."""
    rows = _others(application).filter(road__in=INSPECTIONS, state__in=DECIDED).select_related("inspection")
    name, found = same(application.title or ""), []
    for row in rows.order_by("pk")[:_LIMIT]:
        if name and same(row.title) == name:
            named = f"“{row.title}”（{row.number}）"
            found.append((named, extent_of({**vars(row), **vars(row.inspection)})))
    return found


def comprehensive_loads(application: Any) -> list[tuple[str, int]]:
    """(school, other comprehensive inspections of the year), for each school touched by one of them."""
    if WHOLE not in (application.title or ""):
        return []
    others = _others(application).filter(road__in=INSPECTIONS, title__contains=WHOLE)
    chosen, everywhere = _counts(application, others)
    return [
        (name, chosen[pk] + sum(count for found, count in everywhere if stages & found))
        for pk, name, stages in touched_schools(application)
    ]


# --- what is asked for -------------------------------------------------------------------------------------


def materials_elsewhere(application: Any) -> list[tuple[str, str]]:
    """(material as asked here, title of another item of the year that asks for it)."""
    asked = {same(words): words for _start, words in lines_of(_own(application, "materials"))}
    if not asked:
        return []
    rows = _others(application).filter(road__in=INSPECTIONS).exclude(inspection__materials="")
    found: dict[str, str] = {}
    for title, text in rows.order_by("pk").values_list("title", "inspection__materials")[:_LIMIT]:
        for _start, words in lines_of(text):
            if same(words) in asked:
                found.setdefault(asked[same(words)], title)
    return list(found.items())


def held_data(application: Any) -> list[tuple[str, str, str]]:
    """(item as asked here, name of what is on file, where it is kept)."""
    asked = list(dict.fromkeys(words for _start, words in lines_of(_own(application, "items_asked"))))
    if not asked:
        return []
    held = apps.get_model("approvals", "HeldData").objects.filter(district_id=application.district_id)
    known = [(row, _names(row)) for row in held]
    found = []
    for words in asked:
        row = next((row for row, names in known if _known_by(words, names)), None)
        if row is not None:
            found.append((words, row.name, row.kept_in))
    return found


def _names(row: Any) -> list[str]:
    return [same(name) for name in [row.name, *row.aliases.replace("，", "、").split("、")] if name.strip()]


def _known_by(words: str, names: Iterable[str]) -> bool:
    """Called by one of the names, or the name with something around it: 本校学生人数 is 学生人数."""
    asked = same(words)
    return any(asked == name or (len(name) >= 3 and name in asked) for name in names)


def fill_days(application: Any) -> int | None:
    """Working days from the day after it is given out to the day it is due."""
    given, due = _own(application, "given_out_on"), _own(application, "hand_in_on")
    return work_calendar().between(given, due) if given and due else None


def _own(application: Any, name: str) -> Any:
    row = application.particulars
    return getattr(row, name) if row is not None else None


# --- borrowing ---------------------------------------------------------------------------------------------


def borrowed_before(application: Any) -> list[tuple[date, date]]:
    """(first day, last day away) of the borrowings that this one continues, the oldest first."""
    found: list[tuple[date, date]] = []
    before = application.predecessor
    while before is not None and len(found) < _CHAIN:
        away = _own(before, "returned_on")
        last = away - timedelta(days=1) if away else before.ends_on
        if before.starts_on and last:
            found.insert(0, (before.starts_on, last))
        before = before.predecessor
    return found
