"""What other apps may read of approvals."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from jianfu.kernel.policy import figure_value

from .figures import BORROWING_APPROVER
from .models import Application
from .states import State


def awaiting_publication(district_id: int) -> QuerySet[Application]:
    """Filed, and not yet on the whitelist: what the next release may list."""
    return (
        Application.objects.for_list().filter(district_id=district_id, state=State.FILED).order_by("number")
    )


def declined(district_id: int, year: int) -> QuerySet[Application]:
    """Not admitted in the year: 不符合要求而未开展 (R5)."""
    return Application.objects.for_list().filter(district_id=district_id, year=year, state=State.REJECTED)


def borrowing_approver(district_id: int, on: date) -> str:
    """党委 or 人社, as the district configured it (R84, R85)."""
    return str(figure_value(BORROWING_APPROVER, district_id, on))


def visible_application(user: Any, pk: int) -> Application | None:
    return Application.objects.visible_to(user).filter(pk=pk).first()


def announced_inspections(district_id: int, year: int) -> QuerySet[Application]:
    """The published items of a year's list: those of the plan and, counted apart, the single ones."""
    rows = Application.objects.announced(district_id, year).for_list().select_related("inspection")
    return rows.order_by("road", "number")
