"""The mechanism itself, on the application's table where rows are needed, and on a small table where not."""

from __future__ import annotations

import pytest
from django.db.models import TextChoices

from approvals import services
from approvals.models import Application
from approvals.states import State
from jianfu.audit.models import Event
from jianfu.kernel.decisions import Conflicted, Refused, allow, refuse
from jianfu.kernel.workflow import NOTE_LIMIT, Workflow, transition, transitioned
from jianfu.organisations.states import Role


class Door(TextChoices):
    OPEN = "open", "开"
    SHUT = "shut", "关"
    LOCKED = "locked", "锁"


def door(**more):
    rows = (
        transition("shut", "关门", [Door.OPEN], Door.SHUT, lambda _o, _b: allow()),
        transition("lock", "锁门", [Door.SHUT], Door.LOCKED, lambda _o, _b: refuse("锁门由保卫办理"), **more),
        transition("sweep", "清场", [Door.OPEN], Door.SHUT, lambda _o, _b: allow(), button=False),
    )
    return Workflow(name="door", label="门", states=Door, initial=Door.OPEN, transitions=rows)


class Row:
    def __init__(self, state):
        self.state = state


def test_states_that_nothing_leaves_are_terminal():
    assert door().terminal == {Door.LOCKED}


def test_a_table_with_an_unknown_state_or_a_name_twice_is_refused():
    bad = transition("fly", "飞", ["sky"], Door.SHUT, lambda _o, _b: allow())
    for rows in [(bad,), (*door().transitions.values(), door().transitions["shut"])]:
        with pytest.raises(ValueError, match="unknown states"):
            Workflow(name="x", label="x", states=Door, initial=Door.OPEN, transitions=rows)


def test_the_wrong_state_says_which_would_be_right():
    assert door().decide(Row(Door.OPEN), "lock", None).text == "现在是“开”，只有“关”时才能锁门。"


def test_who_may_not_act_is_not_told_what_the_matter_lacks():
    table = door(guards=(lambda _o, _b: refuse("钥匙没有登记"),))
    assert table.decide(Row(Door.SHUT), "lock", None).reasons == ["锁门由保卫办理"]


def test_only_what_the_state_and_the_role_offer_is_available():
    assert [o.transition.name for o in door().available(Row(Door.OPEN), None)] == ["shut"]
    assert door().available(Row(Door.SHUT), None) == []


# --- with rows -------------------------------------------------------------------------------------------


@pytest.fixture
def returned(world):
    """An application that came back: its applicant may withdraw it, with a reason."""
    by = world.user(Role.APPLICANT)
    draft = services.open_draft(by=by, organisation=world.place("department"), title="消防演练")
    Application.objects.filter(pk=draft.pk).update(state=State.RETURNED, number="JXY20260001")
    return Application.objects.get(pk=draft.pk)


def test_a_step_is_saved_with_history_trail_and_signal_together(world, returned):
    by, heard = world.user(Role.APPLICANT), []

    def listen(instance, act, **_kwargs):
        heard.append((instance.pk, act.source, act.target, act.note))

    transitioned.connect(listen)
    try:
        fresh = services.perform(application=returned, name="withdraw", by=by, note=" 今年不办了 ")
    finally:
        transitioned.disconnect(listen)
    assert (fresh.state, fresh.version) == (State.WITHDRAWN, returned.version + 1)
    newest = fresh.history.latest("history_id")
    assert (newest.history_change_reason, newest.history_user, newest.state) == (
        "今年不办了",
        by,
        State.WITHDRAWN,
    )
    event = Event.objects.latest("position")
    assert (event.action, event.source, event.destination) == (
        "campus_annual.withdraw",
        "returned",
        "withdrawn",
    )
    assert (event.note, event.person_id) == ("今年不办了", by.person_id)
    assert heard == [(returned.pk, "returned", "withdrawn", "今年不办了")]


def test_a_receiver_that_fails_takes_everything_back(world, returned):
    def fail(**_kwargs):
        raise LookupError

    before = Event.objects.count()
    transitioned.connect(fail)
    try:
        with pytest.raises(LookupError):
            services.perform(
                application=returned, name="withdraw", by=world.user(Role.APPLICANT), note="不办"
            )
    finally:
        transitioned.disconnect(fail)
    returned.refresh_from_db()
    assert (returned.state, Event.objects.count()) == (State.RETURNED, before)


def test_a_reason_that_is_asked_for_must_be_given_and_fit(world, returned):
    by = world.user(Role.APPLICANT)
    with pytest.raises(Refused, match="填写撤回理由"):
        services.perform(application=returned, name="withdraw", by=by, note="  ")
    with pytest.raises(Refused, match=f"最多 {NOTE_LIMIT} 字，现在是 {NOTE_LIMIT + 1} 字"):
        services.perform(application=returned, name="withdraw", by=by, note="字" * (NOTE_LIMIT + 1))
    services.perform(application=returned, name="withdraw", by=by, note="字" * NOTE_LIMIT)


def test_a_stale_page_is_told_what_happened_meanwhile(world, returned):
    with pytest.raises(Conflicted, match="刚刚被别人改动过，现在是“退回补正”"):
        services.perform(
            application=returned,
            name="withdraw",
            by=world.user(Role.APPLICANT),
            note="不办",
            expected_version=returned.version - 1,
        )


def test_a_stale_instance_is_decided_on_what_the_row_now_says(world, returned):
    by, stale = world.user(Role.APPLICANT), Application.objects.get(pk=returned.pk)
    services.perform(application=returned, name="withdraw", by=by, note="不办")
    with pytest.raises(Refused, match="现在是“已撤回”"):
        services.perform(application=stale, name="withdraw", by=by, note="再来一次")


def test_a_table_is_not_changed_while_the_program_runs():
    with pytest.raises(TypeError):
        door().transitions["shut"].moves["open"] = "elsewhere"
