"""监测点月报 on the 工作台: only for the schools that are monitoring points, until it is given."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone

from jianfu.kernel.registry import Desk, Historied, Matter, NavEntry, analyses, desks, historied
from jianfu.organisations.selectors import work_calendar
from jianfu.organisations.states import Role
from whitelist.models import ClosedClue, MonthlyReport
from whitelist.permissions import may_read_clues
from whitelist.selectors.monitoring import owed_reports


def _owed(user: Any) -> list[Any]:
    schools = user.organisation_ids(Role.SCHOOL)
    return owed_reports(schools, user.district_id) if schools else []


def todo_count(user: Any, _on: date) -> int:
    return len(_owed(user))


def todo(user: Any, on: date) -> list[Matter]:
    return [
        Matter(
            title=f"{month.label}监测月报（3 问）",
            url=reverse("whitelist:monitoring_report", args=[school, month.key]),
            kind="监测月报",
            tone="blue",
            origin="监测点学校",
            received_at=timezone.make_aware(datetime.combine(month.opens_on, time(8))),
            remaining=work_calendar().remaining(month.due_on, on),
            action="填写",
            stage="待填写",
        )
        for month, school in _owed(user)
    ]


def register() -> None:
    analyses.register(
        "whitelist.clues",
        NavEntry("监测线索", "whitelist:clue_list", 40, lambda user: bool(may_read_clues(user))),
    )
    historied.register("closed_clue", Historied(ClosedClue, "已核实的线索", ClosedClue.objects.visible_to))
    desks.register("monitoring", Desk(todo, todo_count))
    historied.register(
        "monthly_report", Historied(MonthlyReport, "监测点月报", MonthlyReport.objects.visible_to)
    )


def _reads_clues(user: Any) -> bool:
    return bool(may_read_clues(user))
