from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role


def may_read(by: Any) -> Decision:
    """Who may read the trail as such: the auditor."""
    if not by.is_authenticated:
        return refuse("审计记录须登录后由审计员查阅")
    if by.has(Role.AUDITOR):
        return allow()
    return refuse("审计记录由审计员查阅")
