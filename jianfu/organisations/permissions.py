"""Who may keep the master data."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse

from .states import Role


def may_keep_master_data(by: Any) -> Decision:
    """单位、人员、台账模板、政策参数、节假日: the system administrator."""
    if by.has(Role.SYSTEM_ADMINISTRATOR):
        return allow()
    return refuse("基础数据由系统管理员维护，请与系统管理员联系")


def may_keep_accounts(by: Any) -> Decision:
    """账号和任职: the security administrator, so that nobody gives a role to themselves by keeping data."""
    if by.has(Role.SECURITY_ADMINISTRATOR):
        return allow()
    return refuse("账号和任职由安全管理员维护，请与安全管理员联系")


def may_delegate(membership: Any, by: Any) -> Decision:
    """The principal himself, or the security administrator; never an agent: what is lent is not lent on."""
    keeps = by.has(Role.SECURITY_ADMINISTRATOR) and membership.person.district_id == by.district_id
    if keeps or membership.person_id == by.person_id:
        return allow()
    return refuse("代理由本人或安全管理员办理，代理人不能再转给别人")


def may_end_delegation(delegation: Any, by: Any) -> Decision:
    """The principal, the agent who lays it down, or the security administrator."""
    if delegation.agent_id == by.person_id:
        return allow()
    return may_delegate(delegation.membership, by)
