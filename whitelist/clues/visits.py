"""Clues from what came to schools: nobody announced it, too much in a week, other than was approved."""

from __future__ import annotations

from datetime import date, timedelta

from django.urls import reverse

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.policy import figure_value
from whitelist.models import Entry, Visit
from whitelist.rules.clues import WEEK
from whitelist.selectors.activity import HeldVisit, visits_of
from whitelist.states import RefusalReason, VisitKind

from .addresses import address_of
from .declaration import Clue, Found, Record, declare


def _unlisted(district_id: int, first: date, last: date) -> list[Found]:
    rows = Visit.objects.filter(district_id=district_id).unlisted().between(first, last)
    return [unlisted_clue(visit) for visit in rows.select_related("school").order_by("day", "pk")]


def unlisted_clue(visit: Visit) -> Found:
    """The clue that a visit of somebody unlisted is."""
    return Found(
        visit.visitor,
        f"{chinese_date(visit.day)}到{visit.school}，{visit.get_kind_display()}"
        + (f"：{visit.purpose}" if visit.purpose else ""),
        visit.day,
        (
            Record(
                f"visit:{visit.pk}",
                f"{visit.school} {chinese_date(visit.day)} {visit.visitor}",
                f"{reverse('whitelist:unlisted_list')}?month={visit.day:%Y-%m}",
            ),
        ),
    )


def _crowded(district_id: int, first: date, last: date) -> list[Found]:
    most = figure_value(WEEK, district_id, last)
    weeks: dict[tuple[str, date], list[HeldVisit]] = {}
    for session in visits_of(district_id, first, last):
        if session.took_place:
            monday = session.day - timedelta(days=session.day.weekday())
            weeks.setdefault((session.school, monday), []).append(session)
    return [
        Found(
            school,
            f"{chinese_date(monday)}这一周来过 {len(sessions)} 次",
            monday,
            tuple(_session(session) for session in sessions),
        )
        for (school, monday), sessions in sorted(weeks.items(), key=lambda pair: (pair[0][1], pair[0][0]))
        if len(sessions) >= most
    ]


def _beyond(district_id: int, first: date, last: date) -> list[Found]:
    """By the days of the entry, and by what schools refused as beyond."""
    sessions = [session for session in visits_of(district_id, first, last) if session.took_place]
    entries = Entry.objects.in_bulk({session.entry_id for session in sessions})
    found = [
        Found(session.unit, words, session.day, (_session(session),))
        for session in sessions
        if (words := _outside(session, entries[session.entry_id]))
    ]
    refused = Visit.objects.filter(
        district_id=district_id, kind=VisitKind.REFUSED,
        reason__in=[RefusalReason.BEYOND_SCOPE, RefusalReason.WRONG_TIME],
    ).between(first, last)  # fmt: skip
    for visit in refused.select_related("school", "session__activity__organisation").order_by("day", "pk"):
        activity = visit.session.activity
        record = Record(
            f"visit:{visit.pk}", f"{visit.school} {chinese_date(visit.day)}", address_of(activity)
        )
        words = f"“{activity}”被{visit.school}拒绝：{visit.get_reason_display()}"
        found.append(Found(str(activity.organisation), words, visit.day, (record,)))
    return sorted(found, key=lambda each: each.day)


def _outside(session: HeldVisit, entry: Entry) -> str:
    where = f"“{session.title}”{chinese_date(session.day)}到{session.school}"
    if entry.removed_on and session.day >= entry.removed_on:
        return f"{where}，已于{chinese_date(entry.removed_on)}移出白名单"
    if not entry.starts_on <= session.day <= entry.ends_on:
        return f"{where}，批准的时间是{entry.period}"
    return ""


def _session(session: HeldVisit) -> Record:
    words = f"{session.school} {chinese_date(session.day)} {session.unit}“{session.title}”"
    return Record(f"session:{session.session_id}", words, address_of(session))


UNLISTED = "unlisted"
declare(
    Clue(
        UNLISTED,
        "名单外来校",
        "学校记下的、没有场次而来校的单位，拒绝和放行的都算，每次一条。",
        _unlisted,
        practice="P07",
    )
)
declare(
    Clue(
        "crowded",
        "一周内过于集中",
        "一所学校一周（周一到周日）内来过的场次达到 {CLUE-WEEK}；学校拒绝、没有来和取消的不算。",
        _crowded,
        (WEEK,),
        practice="P09",
    )
)
declare(
    Clue(
        "beyond",
        "超出批准内容",
        "来过的场次不在批准的时间内，或在移出以后；以及学校以超出批准范围、不在批准时间为由拒绝的。",
        _beyond,
        practice="P02",
    )
)
