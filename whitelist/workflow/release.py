"""The road of a release, as a table."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from jianfu.kernel.workflow import Act, Workflow, transition
from whitelist import guards, permissions
from whitelist.states import State


def _take_day(release: Any, act: Act) -> None:
    """It is dated by the day on which the button was pressed."""
    release.published_on, release.published_by = timezone.localtime(act.at).date(), act.by


RELEASE = Workflow(
    name="release",
    label="公布白名单",
    states=State,
    initial=State.DRAFTED,
    transitions=(
        transition(
            "publish",
            "公布",
            [State.DRAFTED],
            State.PUBLISHED,
            permissions.may_publish,
            guards=(guards.all_still_filed,),
            effect=_take_day,
            tone="primary",
        ),
    ),
)
