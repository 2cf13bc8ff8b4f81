"""Who may look at an uploaded file and decide on it."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role


def may_confirm(intake: Any, by: Any) -> Decision:
    """The uploader alone: what is written bears their name."""
    if by is not None and intake.uploaded_by_id == by.pk:
        return allow()
    return refuse("导入由上传的人确认")


def may_discard(intake: Any, by: Any) -> Decision:
    """The uploader, and the office of the district."""
    if may_confirm(intake, by) or (intake.district_id == by.district_id and by.has(Role.LEDGER_OFFICE)):
        return allow()
    return refuse("导入由上传的人或台账汇总人放弃")
