"""What other apps and pages may read of complaints: who could handle one, what was upheld, what is public."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from jianfu.kernel import dates
from jianfu.organisations.selectors import accounts_holding
from jianfu.organisations.states import Role
from whitelist.complaints.counting import countable
from whitelist.complaints.figures import SMALL_NUMBER, value_of
from whitelist.models import Complaint
from whitelist.permissions.complaint import may_handle


def possible_handlers(complaint: Complaint) -> list[Any]:
    """Accounts that may be made its handler, of whoever holds the roles today."""
    roles = [Role.COMPLAINT_HANDLER, Role.PUBLICATION_CLERK, Role.LEADER]
    rows = accounts_holding(complaint.district_id, roles, dates.today())
    return [user for user in rows if user.pk != complaint.handler_id and may_handle(complaint, user)]


def proved_complaints(by: Any, year: int | None = None) -> Any:
    """查实 and acted on (通报, 约谈 or 曝光), found in the year, for the ledger: what is signed is no secret.

    Not what is against the reader's own unit.
    """
    signed = Q(notified_on__isnull=False) | Q(summoned_on__isnull=False) | Q(exposed_on__isnull=False)
    rows = countable(by).proved().filter(signed)
    rows = rows if year is None else rows.filter(found_on__year=year)
    return rows.prefetch_related("accused").order_by("pk")


def complaint_counts(by: Any, year: int) -> dict[str, int]:
    """What happened in the year, by label; numbers too small to be told are left out."""
    rows, least = countable(by), value_of(SMALL_NUMBER, by.district_id, dates.today())
    columns = {
        "收到": rows.filter(received_on__year=year),
        "办结": rows.filter(closed_on__year=year),
        "查实": rows.proved().filter(found_on__year=year),
        "通报": rows.filter(notified_on__year=year),
        "约谈": rows.filter(summoned_on__year=year),
        "曝光": rows.filter(exposed_on__year=year),
    }
    counts = {label: found.count() for label, found in columns.items()}
    return {label: count for label, count in counts.items() if count >= least}


def exposed_complaints(district_id: int) -> Any:
    return (
        Complaint.objects.filter(district_id=district_id)
        .exposed()
        .prefetch_related("accused")
        .order_by("-exposed_on", "-pk")
    )
