"""Items of every register to test with; the clock stands at `TODAY`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from ledger.registers import REGISTERS
from ledger.services import register as services
from tests.factories import World

USUAL: dict[str, dict[str, Any]] = {
    "forms": {
        "name": "校园安全隐患排查表",
        "issuer": "区应急局",
        "frequency": "monthly",
        "respondents": "schools",
    },
    "channels": {"name": "安全工作群", "kind": "group", "platform": "微信", "owner": "区应急局"},
    "gatherings": {
        "name": "反诈骗宣传骨干培训",
        "kind": "training",
        "organiser": "区公安分局",
        "people": 30,
        "is_related": False,
        "days": Decimal(1),
    },
    "duties": {"name": "创建全国文明城区", "kind": "city", "issuer": "区文明办", "bureau_consented": True},
    "reuses": {
        "name": "在编教师人数",
        "requester": "区人社局",
        "source": "全国教师管理信息系统",
        "times": 12,
        "document": "12 所学校各少报 1 次",
    },
    "problems": {"name": "未经审批进校推销教辅", "kind": "disorderly", "source": "survey"},
    "refusals": {"name": "组织教师参加社区合唱", "asker": "石板滩街道", "reason": "与教育教学无关"},
}
SLUGS = tuple(USUAL)


def clerk(world: World, place: str = "section") -> User:
    return world.user(Role.SECTION_CLERK, place=place, key=f"clerk-{place}")


def enter(world: World, slug: str, *, by: User | None = None, **more: Any) -> Any:
    """The usual item of the register, begun on 1 March 2026 unless said otherwise."""
    details = {"begun_on": date(2026, 3, 1), **USUAL[slug], **more}
    return services.add_item(register=REGISTERS[slug], details=details, by=by or clerk(world))


def dispose(world: World, item: Any, verdict: str, day: date = date(2026, 6, 10), **more: Any) -> Any:
    item.refresh_from_db()
    return services.dispose_item(
        item=item,
        verdict=verdict,
        decided_on=day,
        basis=more.pop("basis", "清理工作会议纪要〔2026〕3号"),
        expected_version=item.version,
        by=more.pop("by", clerk(world)),
        **more,
    )


def posted(world: World, slug: str, **more: Any) -> dict[str, Any]:
    """The form as a browser sends it; None leaves a field out."""
    data = {**USUAL[slug], "begun_on": "2026年3月1日", **more}
    ticks = {name for name, value in data.items() if value is False}
    return {name: value for name, value in data.items() if value is not None and name not in ticks}
