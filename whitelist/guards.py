"""What a release must fulfil before it can be published, whoever publishes it."""

from __future__ import annotations

from typing import Any

from approvals.states import State as ApplicationState
from jianfu.kernel.decisions import Decision, Refusal


def all_still_filed(release: Any, _by: Any) -> Decision:
    """Every chosen application is still 待公布: it may have been taken back since it was chosen."""
    moved = release.applications.exclude(state=ApplicationState.FILED)
    return Decision(*(Refusal(no_longer_filed(application)) for application in moved))


def no_longer_filed(application: Any) -> str:
    return (
        f"“{application.title}”现在是“{application.get_state_display()}”，不是“待公布”，不能列入。"
        "请返回修改，取消勾选后再公布"
    )
