"""Writes: a monitoring point's report of a month."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Decision, refuse, require
from jianfu.kernel.practices import PRACTICES
from jianfu.kernel.workflow import save_tracked
from whitelist import permissions
from whitelist.models import Entry, MonitoringPoint, MonthlyReport
from whitelist.selectors.monitoring import Month, in_force
from whitelist.states import Grade

if TYPE_CHECKING:
    from jianfu.organisations.models import User


def may_give_report(school: Any, month: Month, by: User) -> Decision:
    """The clerk of a school that is a point, from the day it opens on; a late one is still welcome, once."""
    decision = permissions.may_report(school.pk, by)
    points = MonitoringPoint.objects.filter(school=school)
    if not any(in_force(point, month) for point in points):
        decision &= refuse(f"{month.label}本校不是监测点，不用填")
    if dates.today() < month.opens_on:
        decision &= refuse(f"{month.label}的月报从{dates.chinese_date(month.opens_on)}起填")
    if MonthlyReport.objects.filter(school=school, month=month.first).exists():
        decision &= refuse(f"{month.label}的月报已经填过，不用再填")
    return decision


def give_report(
    *,
    school: Any,
    month: Month,
    entries: Iterable[Entry],
    effect: int | None,
    by: User,
    others: str = "",
    practice: str = "",
    clue: str = "",
) -> MonthlyReport:
    """Keep it. ``effect`` is empty where nothing came, and only there."""
    came = list(entries)
    decision = may_give_report(school, month, by)
    if (came or others.strip()) and effect not in Grade.values:
        decision &= refuse("选择总体成效；这个月什么都没有来过的不用选")
    if not (came or others.strip()) and effect is not None:
        decision &= refuse("没有来过的活动，总体成效不用选")
    if practice and practice not in PRACTICES:
        decision &= refuse("选择一种问题")
    require(decision)
    report = MonthlyReport(
        district_id=school.district_id, school=school, month=month.first, others=others.strip(),
        practice=practice, clue=clue.strip(), effect=effect, given_by=by.person, given_at=dates.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            save_tracked(report, by=by, reason="监测点月报")
            report.entries.set(came)
            trail.record(action="monitoring.reported", target=report, by=by)
    except IntegrityError:
        raise Conflicted(refuse(f"{month.label}的月报同事刚刚填过，不用再填")) from None
    return report
