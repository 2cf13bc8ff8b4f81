"""问题整改: from what was found to 销号, by different people (R15, R111)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from ledger.desk import register as desk
from ledger.models import Problem
from ledger.services.register import void_item
from ledger.states import ProblemState
from ledger.workflow import PROBLEM
from tests.factories import World

from .registers import clerk, enter
from .secondments import TODAY, page, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

S = ProblemState


def office(world: World) -> Any:
    return world.user(Role.LEDGER_OFFICE)


def found(world: World, **more: Any) -> Problem:
    whole = {"unit": world.place("section"), "measures": "清退，约谈", "due_on": date(2026, 12, 1)}
    return enter(world, "problems", by=office(world), **{**whole, **more})


def step(problem: Problem, name: str, by: Any, note: str = "") -> Problem:
    return PROBLEM.perform(problem, name, by=by, note=note)


def problem_at(state: str, world: World) -> Problem:
    problem = found(world)
    for name, by, note, reached in (
        ("hand_over", office(world), "", S.ASSIGNED),
        ("mend", clerk(world), "已清退", S.MENDED),
        ("close", office(world), "", S.CLOSED),
    ):
        if problem.state == state:
            break
        problem = step(problem, name, by, note)
        assert problem.state == reached
    return problem


def test_a_problem_is_handed_over_mended_and_struck_off(world):
    problem = problem_at(S.CLOSED, world)
    assert (problem.outcome, problem.ended_on) == ("已清退", TODAY)
    assert problem.mended_by == clerk(world).person


@pytest.mark.parametrize("lacking", ["unit", "measures", "due_on"])
def test_what_is_not_said_is_not_handed_over(world, lacking):
    problem = found(world, **{lacking: "" if lacking == "measures" else None})
    with pytest.raises(Refused, match="再交办"):
        step(problem, "hand_over", office(world))


ALLOWED = {
    (S.FOUND, "hand_over", "office"),
    (S.ASSIGNED, "mend", "clerk"),
    (S.MENDED, "close", "office"),
    (S.MENDED, "return_", "office"),
    (S.CLOSED, "reopen", "office"),
}


@pytest.mark.parametrize("state", S.values)
@pytest.mark.parametrize("name", PROBLEM.transitions)
def test_each_step_in_its_state_by_its_person_and_nobody_else(world, stranger_world, state, name):
    problem = problem_at(state, world)
    people = {
        "office": office(world),
        "clerk": clerk(world),
        "other clerk": clerk(world, "personnel"),
        "leader": world.user(Role.LEADER),
        "school": world.user(Role.SCHOOL),
        "stranger": stranger_world.user(Role.LEDGER_OFFICE),
    }
    may = {who for who, by in people.items() if PROBLEM.decide(problem, name, by)}
    assert may == {who for at, act, who in ALLOWED if (at, act) == (state, name)}


def test_who_mended_does_not_strike_off(world):
    both = clerk(world)
    grant_role(person=both.person, organisation=world.place("office"), role=Role.LEDGER_OFFICE, by=None)
    both = type(both).objects.get(pk=both.pk)
    problem = problem_at(S.ASSIGNED, world)
    problem = step(problem, "mend", both, "已清退")
    with pytest.raises(Refused, match="不能由本人销号"):
        step(problem, "close", both)
    assert desk.todo_count(both, TODAY) == 0
    assert step(problem, "close", office(world)).state == S.CLOSED


def test_returned_and_taken_up_again_with_a_reason(world):
    problem = step(problem_at(S.MENDED, world), "return_", office(world), "还在推销")
    assert problem.state == S.ASSIGNED
    problem = problem_at(S.CLOSED, world) if problem.state == S.CLOSED else problem
    problem = step(step(problem, "mend", clerk(world), "再清退"), "close", office(world))
    with pytest.raises(Refused, match="填写重新整改的原因"):
        step(problem, "reopen", office(world))
    problem = step(problem, "reopen", office(world), "又发现")
    assert (problem.state, problem.ended_on) == (S.ASSIGNED, None)


def test_once_handed_over_what_was_found_is_not_rewritten(world):
    problem = problem_at(S.ASSIGNED, world)
    for rest in ("change/", "void/"):
        answer = post(office(world), f"{problem.get_absolute_url()}{rest}", {})
        assert answer.status_code == 403
    assert "已经交办" in answer.content.decode()


def test_the_steps_are_taken_on_its_page_and_refusals_lose_nothing(world):
    problem = found(world)
    url = f"{problem.get_absolute_url()}act/"
    answer = post(office(world), url, {"transition": "hand_over", "version": problem.version})
    assert answer.status_code == 302
    stale = post(clerk(world), url, {"transition": "mend", "note": "写好的整改情况", "version": 1})
    assert stale.status_code == 409
    assert "刚刚被别人改动过" in stale.content.decode()
    assert "写好的整改情况" in stale.content.decode()
    assert post(clerk(world), url, {"transition": "nonsense"}).status_code == 404
    text = page(clerk(world), problem.get_absolute_url())
    assert "上报整改情况" in text
    assert "销号" not in text.split('class="acts"')[1].split("</form>")[0]


def test_two_who_strike_off_at_once_leave_one_effect(world):
    problem = problem_at(S.MENDED, world)
    PROBLEM.perform(problem, "close", by=office(world), expected_version=problem.version)
    with pytest.raises(Conflicted):
        PROBLEM.perform(problem, "return_", by=office(world), note="x", expected_version=problem.version)


@pytest.mark.parametrize(
    ("state", "whose"), [(S.FOUND, "office"), (S.ASSIGNED, "clerk"), (S.MENDED, "office"), (S.CLOSED, "")]
)
def test_it_waits_on_the_desk_of_whose_turn_it_is(world, state, whose):
    problem = problem_at(state, world)
    desks = {"office": office(world), "clerk": clerk(world), "leader": world.user(Role.LEADER)}
    waiting = {who for who, by in desks.items() if desk.todo_count(by, TODAY)}
    assert waiting == {whose} - {""}
    for who in waiting:
        assert [matter.title for matter in desk.todo(desks[who], TODAY)] == [problem.name]


def test_a_mistake_is_handed_over_to_nobody(world):
    problem = found(world)
    void_item(item=problem, reason="重复登记", expected_version=problem.version, by=office(world))
    problem.refresh_from_db()
    with pytest.raises(Refused, match="已作废，不再办理"):
        step(problem, "hand_over", office(world))
    assert desk.todo_count(office(world), TODAY) == 0
