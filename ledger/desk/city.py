"""The city office's entry in the bar, and the history of the keys it registered."""

from __future__ import annotations

from jianfu.kernel import registry
from ledger.models import DistrictKey
from ledger.permissions.city import reads_city


def register() -> None:
    page = registry.NavEntry("全市汇总", "ledger:city_overview", 20, reads_city, phone=True)
    registry.navigation.register("city", page)
    registry.landings.register("city", page)
    registry.historied.register(
        "district_key", registry.Historied(DistrictKey, "区县公钥", DistrictKey.objects.visible_to)
    )
