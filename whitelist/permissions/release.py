"""Who may prepare and publish. Reading what is published needs nobody's leave."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

_OFFICE = "白名单由领导小组办公室经办人公布，请与领导小组办公室联系"


def may_prepare(by: Any) -> Decision:
    """领导小组办公室 prepares the next release of its district."""
    return allow() if by.has(Role.PUBLICATION_CLERK) else refuse(_OFFICE)


def may_publish(release: Any, by: Any) -> Decision:
    """Change, publish: the office of the district that the release belongs to."""
    return may_prepare(by) if by.district_id == release.district_id else refuse(_OFFICE)
