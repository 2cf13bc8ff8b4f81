"""Who may do something with a handout: the person it was made for, as long as they are who they were."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse


def may_act(handout: Any, by: Any) -> Decision:
    if by is not None and handout.owner_id == by.pk:
        return allow()
    return refuse("导出的文件由导出的人自己办理")


def may_take(handout: Any, by: Any) -> Decision:
    """The roles that the file was made with are still held. What the file itself asks for, its maker says."""
    if not may_act(handout, by):
        return may_act(handout, by)
    if set(handout.roles) <= set(roles_of(by)):
        return allow()
    return refuse("生成这份文件以后，办理人的角色或单位变了，原来的文件不能再下载。回到原来的页面重新导出")


def roles_of(user: Any) -> list[str]:
    """The roles in force today, each with its unit, and the unit of the person."""
    held = {f"{row.role}:{row.organisation_id}" for row in user.memberships}
    return sorted({f"unit:{user.person.organisation_id}", *held})
