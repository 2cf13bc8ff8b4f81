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
