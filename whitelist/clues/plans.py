"""Clues from plans and evaluations: late, at short notice, the same theme again, not evaluated."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone

from approvals.selectors import named_themes
from jianfu.kernel.dates import add_months, chinese_date, today
from jianfu.kernel.policy import FIGURES, figure_value
from jianfu.organisations.selectors import work_calendar
from whitelist.models import Activity, Entry
from whitelist.rules.clues import NOTICE, THEME
from whitelist.selectors.evaluation import evaluations
from whitelist.states import KNOWN, ActivityRoad, Party, Season

from .addresses import address_of
from .declaration import Clue, Found, Record, declare

LEAD = FIGURES["CAM-LEAD-PLAN"]


def _plans(district_id: int, first: date, last: date) -> Any:
    """Agreed plans by their first session that stands, where that lies between the days."""
    rows = Activity.objects.filter(district_id=district_id, state__in=KNOWN, sessions__called_off_at=None)
    rows = rows.annotate(begins=Min("sessions__day")).filter(begins__gte=first, begins__lte=last)
    return rows.select_related("organisation", "entry").order_by("begins", "pk")


def _late(district_id: int, first: date, last: date) -> list[Found]:
    months = figure_value(LEAD, district_id, last)
    rows = _plans(district_id, first, last).filter(road=ActivityRoad.CHECKED, submitted_on__isnull=False)
    return [
        Found(
            str(activity.organisation),
            f"“{activity}”{chinese_date(activity.submitted_on)}报送方案，首场{chinese_date(activity.begins)}",
            activity.submitted_on,
            (Record(f"activity:{activity.pk}", str(activity), address_of(activity)),),
        )
        for activity in rows
        if activity.submitted_on > add_months(activity.begins, -months)
    ]


def _short(district_id: int, first: date, last: date) -> list[Found]:
    """From the day that the plan was agreed to, which is when the schools were told."""
    least, calendar = figure_value(NOTICE, district_id, last), work_calendar()
    found = []
    for activity in _plans(district_id, first, last).prefetch_related("steps"):
        told = _told_on(activity)
        days = calendar.between(told, activity.begins) if told else least
        if told and days < least:
            words = f"“{activity}”{chinese_date(told)}同意实施，{chinese_date(activity.begins)}开展，"
            words += f"中间 {max(days, 0)} 个工作日"
            record = Record(f"activity:{activity.pk}", str(activity), address_of(activity))
            found.append(Found(str(activity.organisation), words, told, (record,)))
    return found


def _told_on(activity: Activity) -> date | None:
    moments: list[datetime] = [step.at for step in activity.steps.all() if step.target in KNOWN]
    return timezone.localtime(min(moments)).date() if moments else None


def _themes(district_id: int, first: date, last: date) -> list[Found]:
    """Items of the year that were listed by then, by the themes that their titles name."""
    most = figure_value(THEME, district_id, last)
    entries = Entry.objects.filter(district_id=district_id, year=first.year, listed_on__lte=last)
    groups: dict[str, list[Entry]] = {}
    for entry in entries.select_related("district").order_by("number"):
        for theme in named_themes(entry.title):
            groups.setdefault(theme, []).append(entry)
    return [
        Found(
            theme,
            f"{first.year}年有 {len(members)} 项：{'、'.join(dict.fromkeys(e.lead_name for e in members))}",
            max(entry.listed_on for entry in members),
            tuple(
                Record(f"entry:{entry.pk}", f"{entry.number} {entry}", entry.get_absolute_url())
                for entry in members
            ),
        )
        for theme, members in groups.items()
        if len(members) >= most
    ]


def _unevaluated(district_id: int, first: date, last: date) -> list[Found]:
    """Once its limit is over, what the bureau or the department still owes; a school owes nothing."""
    found = []
    for each in evaluations(district_id, Season.of(last)):
        owes = [party.label for party in (Party.BUREAU, Party.DEPARTMENT) if each.lacks(party)]
        if owes and each.due_on < today():
            url = reverse("whitelist:evaluation_detail", args=[each.entry.pk, each.season.key])
            words = f"“{each.entry}”应于{chinese_date(each.due_on)}前评估，还缺{'、'.join(owes)}"
            key = f"evaluation:{each.entry.pk}:{each.season.key}:{'+'.join(owes)}"
            record = Record(key, f"{each.entry.number} {each.entry}", url)
            found.append(Found(each.entry.lead_name, words, each.due_on, (record,)))
    return found


declare(
    Clue(
        "late",
        "实施方案晚报",
        "已同意实施的方案，报送的日子离首场不到 {CAM-LEAD-PLAN}；方案已随申请批准的不算。",
        _late,
        (LEAD,),
    )
)
declare(
    Clue(
        "short",
        "临时通知学校",
        "从同意实施（学校这天起看得到）到首场少于 {CLUE-NOTICE}。",
        _short,
        (NOTICE,),
        practice="P03",
    )
)
declare(
    Clue(
        "themes",
        "同一主题过多",
        "本年度列入白名单的事项，名称里是同一主题的达到 {CLUE-THEME}；主题按主题词表识别，一项可有几个主题。",
        _themes,
        (THEME,),
        practice="P09",
    )
)
declare(
    Clue(
        "unevaluated",
        "绩效评估逾期",
        "来过学校的事项，评估时限已过，区教委或部门还没有评价；学校可以不评，不算。",
        _unevaluated,
    )
)
