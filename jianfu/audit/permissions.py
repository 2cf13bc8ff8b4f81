from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, refuse
from jianfu.organisations.permissions import may_read_audit


def may_read(by: Any) -> Decision:
    """Who may read the trail as such: the auditor."""
    if not by.is_authenticated:
        return refuse("审计记录须登录后由审计员查阅")
    return may_read_audit(by)
