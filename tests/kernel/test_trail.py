import pytest

from jianfu.kernel import trail


def test_nothing_happens_unrecorded(monkeypatch):
    monkeypatch.setattr(trail, "_installed", [])
    with pytest.raises(RuntimeError, match="no audit trail"):
        trail.record(action="x", target=None, by=None)


def test_the_installed_recorder_writes(monkeypatch):
    monkeypatch.setattr(trail, "_installed", [])
    written = []
    trail.install(lambda **event: written.append(event))
    trail.record(action="x", target=None, by=None, note="为什么")
    assert written == [{"action": "x", "target": None, "by": None, "note": "为什么"}]
