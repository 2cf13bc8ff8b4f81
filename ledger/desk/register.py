"""What the pages that gather show of the registers: the bar and the history."""

from __future__ import annotations

from typing import Any

from jianfu.kernel import registry
from ledger.permissions import register as permissions
from ledger.registers import REGISTERS


def register() -> None:
    registry.navigation.register(
        "registers", registry.NavEntry("减负清单", "ledger:register_list", 42, _reads)
    )
    for known in REGISTERS.values():
        registry.historied.register(
            known.history, registry.Historied(known.model, known.item, known.model.objects.visible_to)
        )


def _reads(user: Any) -> bool:
    return user.is_authenticated and bool(permissions.may_read_registers(user))
