"""回避: who is recused counts no more, sees no more, and is not asked again."""

from contextlib import contextmanager

import pytest

from approvals import guards, services
from approvals.models import Application, Assignment
from approvals.permissions import may_be_asked
from approvals.states import State
from approvals.views.detail import matrix
from jianfu.audit.models import Event
from jianfu.kernel.decisions import Refused
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.approvals.factories import ALL_AGREE, application_at, experts, give_opinions, step

REASON = "与申报单位有合作"


@contextmanager
def refused(words):
    with pytest.raises(Refused) as caught:
        yield
    assert words in caught.value.decision.text


def office(world):
    return world.user(Role.PUBLICATION_CLERK)


def ask(world, people, application=None):
    application = application or application_at(State.SUBMITTED, world)
    rows = services.assign_experts(
        application=application, experts=[user.person for user in people], by=office(world)
    )
    return application, rows


def recuse(application, expert, by, reason=REASON):
    return services.recuse(application=application, expert=expert.person, reason=reason, by=by)


def conclude(application, world, **more):
    data = {"conclusion": "agree", **more}
    return services.perform(
        application=application, name="conclude", by=office(world), note="同意", data=data
    )


def hand_in(row, user, submit=True):
    services.save_opinion(
        assignment=row, by=user, items=ALL_AGREE, conclusion="agree", comment="甲的意见", submit=submit
    )


def test_an_expert_recuses_oneself_and_sees_nothing_any_more(world):
    first, second, _third = panel = experts(world)
    application, rows = ask(world, panel)
    row = recuse(application, first, by=first)
    assert (row.recusal_reason, row.recused_by) == (REASON, first)
    assert application not in Application.objects.visible_to(first)
    assert not Assignment.objects.visible_to(first).filter(application=application).exists()
    assert not Assignment.objects.open_for(first).exists()
    assert application in Application.objects.visible_to(second)
    with refused("已回避"):
        hand_in(rows[0], first)
    event = Event.objects.get(action="application.expert_recused")
    assert (event.note, event.data["expert"], event.actor_id) == (REASON, first.person_id, first.pk)


def test_a_recused_sheet_counts_no_more(world):
    application = application_at(State.SUBMITTED, world)
    give_opinions(application, world)
    assert guards.quorum(application, None)
    first, second, _third = experts(world)
    recuse(application, first, by=office(world))
    assert "已收到 2 份" in guards.quorum(application, None).text
    shown = Assignment.objects.visible_to(second).counting().filter(application=application)
    assert matrix(shown)["given"] == 2
    with refused("已收到 2 份"):
        conclude(application, world)


def test_the_head_of_the_panel_is_not_recused(world):
    application = application_at(State.SUBMITTED, world)
    give_opinions(application, world)
    (fourth,) = [experts(world, 4)[3]]
    _application, (row,) = ask(world, [fourth], application)
    hand_in(row, fourth)
    recuse(application, fourth, by=office(world))
    with refused("没有提交"):
        services.perform(
            application=application, name="conclude", by=office(world), note="同意",
            data={"conclusion": "agree", "head": fourth.person},
        )  # fmt: skip


def test_who_is_recused_is_not_asked_again_on_any_version(world):
    first, *_others = panel = experts(world)
    application, _rows = ask(world, panel)
    recuse(application, first, by=first)
    assert REASON in may_be_asked(application, first.person).text
    application = step(step(application, "return_", world), "submit", world)
    assert application.content_version == 2
    with refused("已回避"):
        ask(world, [first], application)


def test_a_sheet_on_an_earlier_version_opens_nothing_after_recusal(world):
    first, *_others = experts(world)
    application = application_at(State.SUBMITTED, world)
    give_opinions(application, world)
    application = step(step(application, "return_", world), "submit", world)
    ask(world, [first], application)
    recuse(application, first, by=first)
    assert application not in Application.objects.visible_to(first)
    assert not Assignment.objects.visible_to(first).filter(application=application).exists()


def test_the_office_keeps_somebody_out_before_asking(world):
    (first,) = experts(world, 1)
    application = application_at(State.SUBMITTED, world)
    recuse(application, first, by=office(world))
    with refused("已回避"):
        ask(world, [first], application)
    assert not Assignment.objects.counting().exists()


def test_who_may_not(world, stranger_world):
    first, second, _third = panel = experts(world)
    application, rows = ask(world, panel)
    with refused("由专家本人提出"):
        recuse(application, second, by=first)
    with refused("由专家本人提出"):
        recuse(application, first, by=world.user(Role.LEADER))
    with refused("由专家本人提出"):
        recuse(application, first, by=stranger_world.user(Role.PUBLICATION_CLERK))
    outsider = world.user(Role.EXPERT, key="outsider")
    with refused("没有请本人论证"):
        recuse(application, outsider, by=outsider)
    hand_in(rows[0], first)
    with refused("已经提交，不能再申请回避"):
        recuse(application, first, by=first)
    recuse(application, first, by=office(world))
    with refused("已经回避"):
        recuse(application, first, by=office(world))


@pytest.mark.parametrize("reason", ["", "   ", "字" * 201])
def test_a_reason_is_given_and_short(world, reason):
    (first,) = experts(world, 1)
    application, _rows = ask(world, [first])
    with refused("回避原因"):
        recuse(application, first, by=first, reason=reason)
    assert Assignment.objects.counting().count() == 1


def test_only_while_the_panel_sits(world):
    application = application_at(State.APPRAISED, world)
    with refused("只有“专家论证”时才能办理回避"):
        recuse(application, experts(world)[0], by=office(world))


def test_who_was_recused_does_not_decide_either(world):
    (first,) = experts(world, 1)
    leader = world.place("leading_group")
    grant_role(person=first.person, organisation=leader, role=Role.LEADER, by=None)
    application, _rows = ask(world, [first])
    recuse(application, first, by=first)
    give_opinions(application, world, skip=1)
    application = conclude(application, world)
    application = step(application, "pass_review", world)
    del first.memberships
    assert application.state == State.REVIEWED
    assert application not in Application.objects.waiting_for(first)
    with refused("论证专家"):
        services.perform(application=application, name="approve", by=first, note="同意")


def test_a_leader_on_the_panel_is_blind_until_the_own_sheet_is_in(world):
    first, second, _third = panel = experts(world)
    grant_role(person=first.person, organisation=world.place("leading_group"), role=Role.LEADER, by=None)
    application, rows = ask(world, panel)
    hand_in(rows[1], second)
    seen = Assignment.objects.visible_to(first).filter(application=application)
    assert list(seen) == [rows[0]]
    hand_in(rows[0], first)
    assert seen.all().count() == 3
