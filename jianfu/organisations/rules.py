"""Which roles one natural person may hold at the same time."""

from __future__ import annotations

from collections.abc import Iterable

from jianfu.kernel.decisions import Decision, allow, refuse

from .states import ADMINISTRATORS, Role


def may_hold_together(roles: Iterable[str]) -> Decision:
    """系统、安全、审计 exclude each other and every business role (三员分立)."""
    held = {Role(role) for role in roles}
    exclusive = held & ADMINISTRATORS
    if not exclusive or len(held) == 1:
        return allow()
    names = "、".join(role.label for role in Role if role in held)
    return refuse(
        f"同一个人不能同时担任{names}：系统管理员、安全管理员、审计员互相排斥，也不能兼任业务角色。"
        "请先结束原来的角色，或改由另一人担任",
        "R-ORG-01",
        "三员分立",
    )
