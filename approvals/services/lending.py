"""借用教师: what follows the approval (R84, domain-facts B4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction

from approvals import permissions
from approvals.models import Application
from approvals.services.application import copy_of, save_draft
from approvals.states import STOPPED, Road, State
from jianfu.kernel import dates
from jianfu.kernel.decisions import refuse, require
from jianfu.kernel.workflow import locked


def renew(*, application: Application, by: Any) -> Application:
    """续借: the draft of a new approval that begins the day after this one ends."""
    with transaction.atomic():
        fresh = locked(application)
        require(permissions.may_write(fresh, by))
        if fresh.road != Road.SECONDMENT or fresh.state != State.LENT:
            require(refuse(f"现在是“{fresh.get_state_display()}”，只有在借的教师才能申请续借"))
        begun: Application | None = fresh.successors.exclude(state__in=STOPPED).first()
        if begun is not None:
            return begun
        draft = copy_of(application=fresh, by=by, year=dates.today().year)
        begins = fresh.ends_on + timedelta(days=1)
        return save_draft(application=draft, by=by, fields={"predecessor": fresh, "starts_on": begins})
