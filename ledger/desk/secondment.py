"""What 组织人事科 is reminded of: borrowings that end within 30 days, and teachers who are overdue.

The mail tells of them at 30, 7 and 0 days, and of who is overdue every time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from jianfu.kernel import exports, intake, registry
from jianfu.organisations.selectors import work_calendar
from ledger.demo import secondment as demo
from ledger.exports import secondment as secondment_export
from ledger.models import Secondment
from ledger.permissions.secondment import may_keep_register, may_read_register
from ledger.resources.secondment import PURPOSE, SecondmentTarget
from ledger.rules.secondment import gives_notice
from ledger.selectors import secondment as selectors
from ledger.states import ENDING_WITHIN_DAYS, NOTICE_DAYS, Standing

DESK_YELLOW = sorted(NOTICE_DAYS)[1]  # the middle one of 30, 7, 0: the light of the desk


def todo_count(user: Any, on: date) -> int:
    return selectors.falling_due(user, on).count() if may_keep_register(user) else 0


def todo(user: Any, on: date) -> list[registry.Matter]:
    if not may_keep_register(user):
        return []
    rows = selectors.falling_due(user, on).for_list()
    mail_after = work_calendar().add(on, 1)
    return [_matter(selectors.shown(row, user, on), on, mail_after) for row in rows]


def _matter(row: selectors.Shown, on: date, mail_after: date) -> registry.Matter:
    record = row.record
    overdue = row.standing == Standing.OVERDUE
    since = record.ends_on - timedelta(days=ENDING_WITHIN_DAYS)
    return registry.Matter(
        title=f"{row.name}（{record.school}）借用，{row.label}" + (f"，{row.risk}" if row.risk else ""),
        url=record.get_absolute_url(),
        kind="借用教师",
        tone=row.tone,
        origin=record.borrowing_unit_name,
        received_at=timezone.make_aware(datetime.combine(max(since, record.starts_on), time())),
        remaining=row.remaining and replace(row.remaining, yellow_from=DESK_YELLOW),
        action="登记返岗" if overdue else "查看",
        stage=row.label,
        told=gives_notice(record.ends_on, on, mail_after),
    )


def register() -> None:
    """Declare what the pages that gather show of borrowed teachers. History is for readers of the names."""
    exports.makers.register(secondment_export.KIND, secondment_export.maker)
    registry.desks.register("secondments", registry.Desk(todo=todo, todo_count=todo_count))
    registry.navigation.register(
        "secondments",
        registry.NavEntry("借用教师", "ledger:secondment_list", 40, _works_on_register),
    )
    registry.historied.register(
        "secondment",
        registry.Historied(Secondment, "借用教师记录", Secondment.objects.named_for),
    )
    intake.targets.register(PURPOSE, SecondmentTarget())
    registry.demonstrations.register("secondments", (40, demo.load))


def _works_on_register(user: Any) -> bool:
    """On the bar of those who keep it and of schools; the others find it among 减负清单."""
    if not user.is_authenticated or not may_read_register(user):
        return False
    return bool(may_keep_register(user)) or not user.is_district_staff
