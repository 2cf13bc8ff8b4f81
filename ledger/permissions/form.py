"""Who may do what with the ledger: one function a question, each answer in words."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role


def may_read(by: Any) -> Decision:
    """The staff of the bureau and the leading group; schools and departments are not asked to."""
    if by.is_district_staff:
        return allow()
    return refuse("减负台账由区教委和领导小组的工作人员查看")


def reads_ledger(by: Any) -> bool:
    """Whether the bar offers the ledger to this visitor."""
    return by.is_authenticated and bool(may_read(by))


def may_keep_templates(by: Any) -> Decision:
    if by.has(Role.SYSTEM_ADMINISTRATOR):
        return allow()
    return refuse("台账模板由系统管理员维护，请与系统管理员联系")


def may_open_ledger(by: Any) -> Decision:
    if by.has(Role.LEDGER_OFFICE):
        return allow()
    return refuse("新一年的台账由台账汇总人打开，请与台账汇总人联系")


def is_open(ledger: Any) -> Decision:
    """Whether anything of the year may still be written; the one sentence that says why not."""
    if ledger.is_open:
        return allow()
    return refuse(
        f"{ledger.year}年台账{ledger.get_state_display()}，不能再改。要改的，请台账汇总人撤回或重新打开，或由领导小组退回"
    )


def is_writable(ledger: Any) -> Decision:
    """Whether rows may still be filled: in an open year by the 科室, in one of 补录 by the office."""
    return allow() if ledger.is_writable else is_open(ledger)


def may_fill(row: Any, by: Any) -> Decision:
    """In a year of 补录 the office, from the paper; else who reports the row."""
    return may_enter(row, by) if row.ledger.is_past else may_report(row, by)


def may_enter(ledger_or_row: Any, by: Any) -> Decision:
    return _office(ledger_or_row, by, "补录")


def may_report(row: Any, by: Any) -> Decision:
    """The clerks of the row's 科室, leading or not (R7)."""
    if row.district_id == by.district_id and by.organisation_ids(Role.SECTION_CLERK) & row.section_ids:
        return allow()
    return refuse(f"这一项由{row.sections_text or '指定的科室'}填报")


def may_return(row: Any, by: Any) -> Decision:
    return _office(row, by, "退回")


def may_accept(row: Any, by: Any) -> Decision:
    """The office, but never the natural person who filled the row, under whatever account."""
    decision = _office(row, by, "审核")
    if decision and by.person_id in row.contributor_ids:
        return refuse(
            "本人参与填报的任务不能由本人审核，请由另一位台账汇总人审核", "R-LED-20", "填报与审核分离"
        )
    return decision


def may_assign(row: Any, by: Any) -> Decision:
    return _office(row, by, "指定责任科室")


def may_set_baselines(ledger: Any, by: Any) -> Decision:
    return _office(ledger, by, "登记上年基数")


def may_export(ledger: Any, by: Any) -> Decision:
    """Whoever reads the ledger may take it along; each time leaves an audit event."""
    if ledger.district_id == by.district_id:
        return may_read(by)
    return refuse("台账由本区县工作人员导出")


def _office(obj: Any, by: Any, verb: str) -> Decision:
    if obj.district_id == by.district_id and by.has(Role.LEDGER_OFFICE):
        return allow()
    return refuse(f"台账由台账汇总人{verb}")
