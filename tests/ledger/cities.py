"""A city beside the small district, and packages that travel from one to the other."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from jianfu.kernel import signing
from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from ledger.models import DistrictKey, Ledger, Submission
from ledger.services.city import receive, register_key
from ledger.services.package import (
    CONTENT,
    PAPER,
    SIGNATURE,
    SUMS,
    WORKBOOK,
    build_package,
    checksums,
)
from ledger.states import LedgerState
from tests.factories import World, build_world
from tests.ledger.forms import office
from tests.ledger.years import year_at

REGION = "江北市"
FILES = {WORKBOOK: b"workbook", PAPER: b"%PDF"}
FIGURE = {
    "code": "I1",
    "name": "n",
    "unit": "",
    "source": "",
    "definition": "",
    "confirmed_by": "",
    "value": 1,
}


def city_of(region: str, code: str = "jiangbei") -> World:
    made = build_world(code, f"{region}（市级）")
    made.district.is_city, made.district.region = True, region
    made.district.save()
    return made


def in_region(world: World, region: str = REGION) -> World:
    world.district.region = region
    world.district.save()
    return world


def clerk(city: World) -> Any:
    return city.user(Role.CITY_OFFICE)


def filed(world: World) -> Ledger:
    return year_at(LedgerState.FILED, world)


def package(ledger: Ledger, world: World) -> bytes:
    return build_package(ledger=ledger, files=FILES, by=office(world))


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def resigned(data: bytes, **changes: Any) -> bytes:
    """The package with another content, signed again by the same district."""
    parts = parts_of(data)
    content = {**json.loads(parts[CONTENT]), **changes}
    parts[CONTENT] = json.dumps(content, ensure_ascii=False).encode()
    parts[SUMS] = checksums({name: parts[name] for name in (WORKBOOK, PAPER, CONTENT)})
    parts[SIGNATURE] = signing.sign(parts[SUMS]).encode()
    return zipped(parts)


def registered(city: World, world: World, key: str) -> DistrictKey:
    return register_key(code=world.district.code, name=world.district.name, public_key=key, by=clerk(city))


def taken(city: World, data: bytes) -> Submission:
    return receive(data=data, city=city.district, by=clerk(city))


def refusal(city: World, data: bytes) -> str:
    before = Submission.objects.count()
    with pytest.raises(Refused) as refused:
        taken(city, data)
    assert Submission.objects.count() == before
    return str(refused.value)
