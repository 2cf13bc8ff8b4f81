"""报送包: signed out of one installation, and into another one only when everything fits."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError

from jianfu.audit.models import Event
from jianfu.kernel import signing
from jianfu.kernel.decisions import Refused
from jianfu.organisations.states import Role
from ledger.models import BlankValue, DistrictKey, Submission
from ledger.selectors.city import standings
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
from tests.factories import World
from tests.ledger.cities import (
    FIGURE,
    FILES,
    clerk,
    filed,
    package,
    parts_of,
    refusal,
    registered,
    resigned,
    taken,
    zipped,
)
from tests.ledger.forms import YEAR, office, signed_in, url
from tests.ledger.years import year_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock", "key_pair")]


def test_the_private_key_is_for_its_owner_alone_and_never_made_twice(settings: Any, key_pair: str) -> None:
    kept = Path(settings.SIGNING_KEY)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert signing.create_key_pair() is False
    assert signing.public_key() == key_pair
    out = io.StringIO()
    call_command("signing_key", stdout=out)
    assert signing.fingerprint(key_pair) in out.getvalue()
    assert "PRIVATE" not in out.getvalue()


def test_a_package_comes_in_with_every_figure_and_no_person(world: World, city: World, key_pair: str) -> None:
    ledger = filed(world)
    registered(city, world, key_pair)
    data = package(ledger, world)
    found = taken(city, data)
    assert (found.key.code, found.year, found.edition) == (world.district.code, YEAR, ledger.version)
    figures = {f["code"]: f for row in found.content["rows"] for f in row["figures"]}
    assert set(figures) == {blank.code for blank in BlankValue.objects.filter(row__ledger=ledger)}
    assert figures["I8a"]["value"] == 5
    assert figures["I8a"]["definition"]
    assert figures["I8a"]["confirmed_by"] == "基教科"
    told = parts_of(data)[CONTENT].decode()
    for person in {blank.confirmed_by.name for blank in BlankValue.objects.filter(row__ledger=ledger)}:
        assert person not in told
    assert Event.objects.filter(action="ledger.packaged").count() == 1
    assert Event.objects.get(action="city.received").data["sha256"] == found.digest


def test_only_the_office_makes_a_package_and_only_of_a_filed_year(world: World) -> None:
    ledger = year_at(LedgerState.LOCKED, world)
    with pytest.raises(Refused, match="登记报送备案以后"):
        package(ledger, world)
    for role in (Role.LEADER, Role.SECTION_CLERK):
        with pytest.raises(Refused, match="台账汇总人"):
            build_package(ledger=ledger, files=FILES, by=world.user(role))
    assert not Event.objects.filter(action="ledger.packaged").exists()


def test_without_a_key_the_refusal_says_how_to_make_one(world: World, settings: Any, tmp_path: Path) -> None:
    ledger = filed(world)
    settings.SIGNING_KEY = str(tmp_path / "none.pem")
    with pytest.raises(Refused, match="signing_key"):
        package(ledger, world)


def test_what_does_not_fit_is_refused_in_a_sentence(world: World, city: World, key_pair: str) -> None:
    data = package(filed(world), world)
    assert "还没有登记公钥" in refusal(city, data)
    registered(city, world, key_pair)
    parts = parts_of(data)
    for name in (WORKBOOK, PAPER):
        assert f"{name} 与签名时不一致" in refusal(city, zipped({**parts, name: b"other"}))
    changed = parts[CONTENT].replace(b'"value": 5', b'"value": 4', 1)
    assert changed != parts[CONTENT]
    assert "ledger.json 与签名时不一致" in refusal(city, zipped({**parts, CONTENT: changed}))
    # Who changes a file and its checksum, too, cannot sign the list.
    listed = checksums({**{name: parts[name] for name in (WORKBOOK, PAPER)}, CONTENT: changed})
    assert "签名与" in refusal(city, zipped({**parts, CONTENT: changed, SUMS: listed}))
    assert "文件与报送包不符" in refusal(city, zipped({**parts, "more.txt": b""}))
    assert "文件与报送包不符" in refusal(city, zipped({n: c for n, c in parts.items() if n != PAPER}))
    assert "打不开" in refusal(city, b"PK\x03\x04 not really")
    assert "打不开" in refusal(city, data[: len(data) // 2])
    assert "两边的软件请升到同一版" in refusal(city, resigned(data, schema="jianfu-ledger/2"))
    assert "20 MB" in refusal(city, b"\x00" * (20 * 1024 * 1024 + 1))
    assert "ledger.json 读不出来" in refusal(city, zipped({**parts, CONTENT: b"[" * 100_000}))
    taken(city, data)


def test_a_bomb_is_not_unpacked(
    world: World, city: World, key_pair: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = parts_of(package(filed(world), world))
    registered(city, world, key_pair)
    bomb = zipped({**parts, SUMS: b"0" * (50 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    asked = []
    original = zipfile.ZipExtFile.read
    monkeypatch.setattr(
        zipfile.ZipExtFile, "read", lambda self, n=-1: (asked.append(n), original(self, n))[1]
    )
    assert "解开后超过" in refusal(city, bomb)
    assert max(asked) <= 20 * 1024 * 1024 + 1
    assert min(asked) > 0


BROKEN = [
    {"year": "2026"},
    {"year": True},
    {"edition": -1},
    {"rows": {}},
    {"rows": [1]},
    {"rows": [{"number": 1, "figures": [{"code": "I1"}]}]},
]
BROKEN += [
    {"rows": [{"number": 1, "figures": [{**FIGURE, **wrong}]}]}
    for wrong in ({"value": 1.5}, {"value": True}, {"value": 10**9}, {"value": "字" * 1001}, {"name": "\x00"})
]
BROKEN.append({"rows": [{"number": 1, "figures": [FIGURE, FIGURE]}]})


@pytest.mark.parametrize("changes", BROKEN)
def test_even_a_signed_content_is_checked_to_its_values(
    world: World, city: World, key_pair: str, changes: dict[str, Any]
) -> None:
    registered(city, world, key_pair)
    content = {
        "schema": "jianfu-ledger/1",
        "district": {"code": world.district.code},
        "year": YEAR,
        "edition": 3,
        "title": "台账",
        "rows": [{"number": 1, "figures": [FIGURE]}],
    }
    empty = zipped({**FILES, CONTENT: b"{}", SUMS: b"", SIGNATURE: b""})
    assert "不合格式" in refusal(city, resigned(empty, **{**content, **changes}))
    taken(city, resigned(empty, **content))


def test_an_older_edition_never_takes_the_place_of_a_newer(world: World, city: World, key_pair: str) -> None:
    data = package(filed(world), world)
    registered(city, world, key_pair)
    newest = taken(city, data).edition
    assert "这一版已经收过" in refusal(city, data)
    assert f"已经收过更新的第 {newest} 版" in refusal(city, resigned(data, edition=newest - 1))
    taken(city, resigned(data, edition=newest + 1))
    [standing] = [each for each in standings(clerk(city), YEAR) if each.report]
    assert f"第 {newest + 1} 版" in standing.report.origin


def test_a_replaced_key_no_longer_opens(world: World, city: World, key_pair: str, settings: Any) -> None:
    data = package(filed(world), world)
    registered(city, world, key_pair)
    settings.SIGNING_KEY += ".other"
    signing.create_key_pair()
    registered(city, world, signing.public_key())
    assert "签名与" in refusal(city, data)
    assert DistrictKey.objects.get().history.count() == 2


def test_the_pages_take_a_key_and_a_package(world: World, city: World, key_pair: str) -> None:
    data = package(filed(world), world)
    client = signed_in(clerk(city))
    typed = {"code": world.district.code, "name": world.district.name, "public_key": "too short"}
    assert "44 个字符" in client.post(url("city_keys"), typed).content.decode()
    client.post(url("city_keys"), {**typed, "public_key": key_pair})
    assert signing.fingerprint(key_pair) in client.get(url("city_keys")).content.decode()
    bad = client.post(url("city_receive"), {"file": SimpleUploadedFile("a.zip", b"x")})
    assert "不是报送包" in bad.content.decode()
    sent = client.post(url("city_receive"), {"file": SimpleUploadedFile("a.zip", data)}, follow=True)
    assert "校验和签名相符" in sent.content.decode()
    assert f"{world.district.name}" in sent.content.decode()


def test_the_command_takes_several_and_says_which_it_refused(
    world: World, city: World, key_pair: str, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    good.write_bytes(package(filed(world), world))
    bad.write_bytes(b"x")
    registered(city, world, key_pair)
    with pytest.raises(CommandError, match="2 个没有收"):
        call_command("receive_package", city.district.code, str(good), str(bad), str(tmp_path / "none.zip"))
    assert Submission.objects.get().received_by is None
    with pytest.raises(CommandError, match="没有代码是"):
        call_command("receive_package", world.district.code, str(good))


def test_the_office_downloads_the_package_from_the_papers(world: World) -> None:
    filed(world)
    client = signed_in(office(world))
    assert url("ledger_package", YEAR) in client.get(url("ledger_papers", YEAR)).content.decode()
    answer = client.get(url("ledger_package", YEAR))
    assert set(parts_of(answer.content)) == {WORKBOOK, PAPER, CONTENT, SUMS, SIGNATURE}
    assert parts_of(answer.content)[PAPER].startswith(b"%PDF")
    leader = signed_in(world.user(Role.LEADER))
    assert leader.get(url("ledger_package", YEAR)).status_code == 403
    assert url("ledger_package", YEAR) not in leader.get(url("ledger_papers", YEAR)).content.decode()
