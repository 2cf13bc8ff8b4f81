"""The chain, and what the database refuses. Tampering is done as an attacker would: past the triggers."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from jianfu.audit import selectors, services, triggers
from jianfu.audit.models import Chain, Event
from jianfu.organisations.states import Role


@pytest.fixture
def trail(world):
    """Three more events of one district."""
    by = world.user(Role.LEADER)
    for number in range(3):
        services.record(action=f"test.{number}", target=world.district, by=by, note=f"第{number}条")
    return by


def chain(user):
    return Chain.objects.get(key=user.district_id)


def tamper(sql, *params):
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    triggers.install(connection)


def test_each_event_names_its_predecessor(trail):
    rows = list(Event.objects.filter(chain_key=trail.district_id).order_by("position"))
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    assert [row.previous for row in rows[1:]] == [row.digest for row in rows[:-1]]
    assert selectors.breaks(chain(trail)) == []


@pytest.mark.parametrize("sql", ["UPDATE audit_event SET note='x'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_an_event(trail, sql):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_python_refuses_too(trail):
    for attempt in (lambda: Event.objects.update(note="x"), lambda: Event.objects.all().delete()):
        with pytest.raises(TypeError, match="append-only"):
            attempt()


def test_a_changed_note_is_found(trail):
    tamper("UPDATE audit_event SET note='换过' WHERE action='test.1'")
    assert [b.problem for b in selectors.breaks(chain(trail))] == ["内容与摘要不符，被改动过"]


def test_a_missing_event_in_the_middle_is_found(trail):
    position = Event.objects.get(action="test.1").position
    tamper("DELETE FROM audit_event WHERE action='test.1'")
    assert [b.problem for b in selectors.breaks(chain(trail))] == [f"缺少第 {position} 至 {position} 条"]


def test_a_cut_tail_is_found(trail):
    tamper("DELETE FROM audit_event WHERE action='test.2'")
    assert ["链尾" in b.problem for b in selectors.breaks(chain(trail))] == [True]


def test_a_tail_cut_together_with_its_head_is_found_by_the_digest_written_down(trail):
    last, before = Event.objects.get(action="test.2"), Event.objects.get(action="test.1")
    tamper("DELETE FROM audit_event WHERE action='test.2'")
    Chain.objects.filter(key=trail.district_id).update(length=before.position, head=before.digest)
    call_command("verify_audit", stdout=StringIO())
    with pytest.raises(CommandError, match="不在链条之中"):
        call_command("verify_audit", expect=last.digest, stdout=StringIO())


def test_the_command_says_whether_the_trail_holds(trail):
    out = StringIO()
    call_command("verify_audit", expect=chain(trail).head, stdout=out)
    assert "审计记录完好" in out.getvalue()
    assert chain(trail).head in out.getvalue()
    tamper("UPDATE audit_event SET actor_name='别人' WHERE action='test.0'")
    with pytest.raises(CommandError, match="1 处不符"):
        call_command("verify_audit", stdout=StringIO(), stderr=StringIO())


def test_districts_have_chains_of_their_own(trail, stranger_world):
    services.record(action="test.other", target=stranger_world.district)
    assert selectors.breaks(Chain.objects.get(key=stranger_world.district.pk)) == []
    assert selectors.breaks(chain(trail)) == []


def test_an_event_is_gone_with_the_change_it_records(world):
    before = Event.objects.count()
    with transaction.atomic():
        services.record(action="test.undone", target=world.district)
        transaction.set_rollback(True)
    assert Event.objects.count() == before


def test_text_that_no_database_holds_is_cleaned(world):
    event = services.record(
        action="test.dirty",
        target=world.district,
        note="甲\x00乙\ud800",
        data={"k": ["\x00", 1, None, {"x"}]},
    )
    event.refresh_from_db()
    assert event.note == "甲乙?"
    assert event.data["k"][:3] == ["", 1, None]
    assert selectors.breaks(Chain.objects.get(key=world.district.pk)) == []
