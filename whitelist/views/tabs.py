"""The tabs over the pages of the whitelist that need an account."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from jianfu.organisations.states import Role
from whitelist.models import MonitoringPoint
from whitelist.permissions import gives_feedback, may_prepare, may_read_removals


def tabs_of(user: Any, active: str) -> list[dict[str, Any]]:
    """Those that the person may open."""
    pages = [("register", "名单事项"), ("release_list", "历次公布")]
    if may_prepare(user):
        pages.append(("upper_list", "来源级别"))
    if user.is_district_staff or user.has(Role.APPLICANT):
        pages.append(("activity_list", "实施方案"))
    if user.is_district_staff or user.has(Role.SCHOOL):
        pages += [("calendar", "进校日历"), ("unlisted_list", "名单外来校")]
    if may_read_removals(user):
        pages += [("evaluation_list", "绩效评估"), ("removal_list", "移出建议")]
    if may_read_removals(user) or watched(user):
        pages.append(("monitoring_list", "监测点月报"))
    if may_read_removals(user) or gives_feedback(user):
        pages.append(("feedback_list", "意见建议"))
    return [
        {"label": label, "url": reverse(f"whitelist:{name}"), "active": name == active, "count": None}
        for name, label in pages
    ]


def watched(user: Any) -> bool:
    """Speaks for a school that is, or was, a monitoring point."""
    schools = user.organisation_ids(Role.SCHOOL)
    return bool(schools) and MonitoringPoint.objects.filter(school_id__in=schools).exists()
