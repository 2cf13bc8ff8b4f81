"""报送到市: who makes the package, and who at the city receives it and adds up."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role
from ledger.states import LedgerState


def may_package(ledger: Any, by: Any) -> Decision:
    """The office, once the filing is on record: what is not filed is nobody's report."""
    if ledger.district_id != by.district_id or not by.has(Role.LEDGER_OFFICE):
        return refuse("报送包由台账汇总人生成")
    if ledger.state != LedgerState.FILED:
        return refuse(f"台账{ledger.get_state_display()}，登记报送备案以后才能生成报送包")
    return allow()


def may_read_city(by: Any) -> Decision:
    if by.is_city_office:
        return allow()
    return refuse("全市汇总由市级汇总人查看")


def reads_city(by: Any) -> bool:
    """Whether the bar offers the page to this visitor."""
    return by.is_authenticated and bool(may_read_city(by))
