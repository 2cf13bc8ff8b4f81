import json
import stat
from pathlib import Path

import pytest

from jianfu.kernel import sealing


def test_what_is_sealed_opens_where_it_belongs(settings):
    sealed = sealing.seal({"name": "卓玛"}, "row.1")
    assert "卓玛".encode() not in sealed.encode()
    assert sealing.unseal(sealed, "row.1") == {"name": "卓玛"}
    with pytest.raises(sealing.NoKey):
        sealing.unseal(sealed, "row.2")


def test_the_same_value_is_never_sealed_the_same():
    assert sealing.seal("x", "a") != sealing.seal("x", "a")


def test_the_file_is_for_its_owner_alone_and_never_replaced(settings):
    path = Path(settings.COMPLAINT_KEY)
    before = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not sealing.create_keys()
    assert path.read_bytes() == before


def test_after_a_rotation_the_old_opens_until_it_is_dropped():
    old = sealing.seal_bytes(b"x", "a")
    digest = sealing.keyed_digest("13900000000", "phone")
    assert sealing.add_key() == "2"
    assert sealing.unseal_bytes(old, "a") == b"x"
    assert not sealing.is_sealed_by_newest(old)
    new = sealing.seal_bytes(b"y", "a")
    sealing.drop_old_keys()
    assert sealing.unseal_bytes(new, "a") == b"y"
    with pytest.raises(sealing.NoKey, match="第 1 把"):
        sealing.unseal_bytes(old, "a")
    assert sealing.keyed_digest("13900000000", "phone") == digest


def test_another_key_file_opens_nothing(settings, tmp_path):
    sealed = sealing.seal("x", "a")
    settings.COMPLAINT_KEY = str(tmp_path / "other")
    with pytest.raises(sealing.NoKey, match="complaint_key"):
        sealing.seal("x", "a")
    sealing.create_keys()
    with pytest.raises(sealing.NoKey, match="打不开"):
        sealing.unseal(sealed, "a")


def test_a_digest_needs_the_key(settings, tmp_path):
    known = sealing.keyed_digest("x", "a")
    assert sealing.keyed_digest("x", "b") != known
    settings.COMPLAINT_KEY = str(tmp_path / "other")
    sealing.create_keys()
    assert sealing.keyed_digest("x", "a") != known


def test_nothing_is_left_beside_the_file(settings):
    sealing.add_key()
    folder = Path(settings.COMPLAINT_KEY).parent
    assert [path.name for path in folder.glob("complaint_key*")] == ["complaint_key"]
    assert set(json.loads(Path(settings.COMPLAINT_KEY).read_text())) == {"digest", "1", "2"}
