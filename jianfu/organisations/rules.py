"""Which roles one natural person may hold at the same time, and what may be lent to an agent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.decisions import Decision, allow, refuse

from .states import ADMINISTRATORS, UNDELEGABLE, Role


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


def may_be_delegated(role: str) -> Decision:
    if role in ADMINISTRATORS:
        return refuse(f"{Role(role).label}不能由别人代理，离岗时由上级另行任命", "R-ORG-02", "三员分立")
    if role in UNDELEGABLE:
        return refuse("论证意见是专家本人的意见，不能由别人代理，由领导小组办公室另行指派专家", "R-ORG-02")
    return allow()


def term_of_delegation(since: date, until: date, *, today: date, limit: int) -> Decision:
    """Both days count; not into the past, for what was done was done by whoever did it."""
    decision = allow()
    if since < today:
        decision &= refuse(f"代理从今天（{chinese_date(today)}）或以后开始，不能补办")
    if until < since:
        return decision & refuse("结束日期要在开始日期或以后")
    days = (until - since).days + 1
    if days > limit:
        decision &= refuse(
            f"一次代理最多 {limit} 天，现在是 {days} 天。到期后还需要的，可再办一次", "R-ORG-03"
        )
    return decision
