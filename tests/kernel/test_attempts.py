from jianfu.kernel import attempts
from jianfu.kernel.attempts import Limit

THREE = Limit("test.three", 3)


def test_the_last_allowed_and_the_first_refused():
    assert [THREE.count("a") for _ in range(4)] == [True, True, True, False]
    assert THREE.count("b")


def test_asking_does_not_count():
    for _ in range(5):
        assert not THREE.is_reached("a")
    for _ in range(3):
        THREE.count("a")
    assert THREE.is_reached("a")
    assert not Limit("test.other", 3).is_reached("a")


def test_an_hour_later_it_begins_anew(monkeypatch):
    for _ in range(4):
        THREE.count("a")
    now = attempts.time.time()
    monkeypatch.setattr(attempts.time, "time", lambda: now + 3_600)
    assert THREE.count("a")


def test_what_is_counted_by_is_not_in_the_memory():
    THREE.count("203.0.113.77")
    assert b"203.0.113" not in bytes(attempts._table)


def test_a_full_table_still_counts(monkeypatch):
    monkeypatch.setattr(attempts, "_NEAR", 1)
    monkeypatch.setattr(attempts, "_PLACES", 1)
    assert [THREE.count(str(n)) for n in range(5)] == [True] * 5
