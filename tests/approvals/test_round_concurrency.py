"""Two people at one round at the same moment, real threads on PostgreSQL."""

from collections import Counter

import pytest

from approvals import services
from approvals.models import Application, Round, RoundItem
from approvals.states import RoundState, State
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at
from tests.approvals.rounds import AGREED, mark_all, opened, put_in_force
from tests.approvals.test_concurrency import DONE, acting, at_once, fresh, one_won, whole_chains
from tests.factories import build_world

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db):
    return build_world()


def ready(world, count=2):
    rows = [application_at(State.REVIEWED, world, title=f"活动{n}") for n in range(count)]
    round_ = opened(world, rows)
    mark_all(round_, world.user(Role.LEADER), **AGREED)
    return Round.objects.get(pk=round_.pk), rows


def in_force(round_, user):
    def act():
        put_in_force(round_, fresh(user), expected_version=round_.version)

    return act


def test_two_clerks_mark_one_line(world):
    round_ = opened(world, [application_at(State.REVIEWED, world)])
    item = round_.items.get()

    def marking(user, outcome):
        def act():
            stale = RoundItem.objects.get(pk=item.pk)
            services.mark(item=stale, by=fresh(user), marks={"outcome": outcome}, expected_version=1)

        return act

    one, two = world.user(Role.LEADER), world.user(Role.PUBLICATION_CLERK)
    told = at_once(marking(one, "return"), marking(two, "reject"))
    one_won(told, "没有覆盖")
    marked = round_.items.get()
    assert (marked.outcome, marked.marked_by) in {("return", one), ("reject", two)}
    assert marked.history.count() == 2


def test_put_in_force_twice_at_once(world):
    round_, rows = ready(world)
    other = world.user(Role.LEADER, key="second-leader")
    told = at_once(in_force(round_, world.user(Role.LEADER)), in_force(round_, other))
    one_won(told, "刚刚被同事改过")
    for row in rows:
        row.refresh_from_db()
        assert row.state == State.APPROVED
        assert row.steps.filter(transition="approve").count() == 1
    assert whole_chains()


def test_put_in_force_while_the_applicant_withdraws(world):
    round_, rows = ready(world)
    withdrawn = acting(
        Application.objects.get(pk=rows[1].pk), "withdraw", world.user(Role.APPLICANT), note="活动取消"
    )
    told = at_once(in_force(round_, world.user(Role.LEADER)), withdrawn)
    assert Counter(told)[DONE] == 1, told
    states = [Application.objects.get(pk=row.pk).state for row in rows]
    round_.refresh_from_db()
    if round_.state == RoundState.IN_FORCE:
        assert states == [State.APPROVED, State.APPROVED]
    else:
        assert states == [State.REVIEWED, State.WITHDRAWN]
        assert any("第 2 项“活动1”：现在是“已撤回”" in text for text in told), told
    assert whole_chains()


def test_put_in_force_while_a_line_is_marked(world):
    round_, rows = ready(world)
    item = round_.items.first()

    def remark():
        services.mark(item=item, by=fresh(world.user(Role.PUBLICATION_CLERK)), marks={"outcome": "return"})

    told = at_once(in_force(round_, world.user(Role.LEADER)), remark)
    one_won(told, "刚刚被同事改过", "不能再改")
    rows[0].refresh_from_db()
    assert rows[0].state in {State.APPROVED, State.REVIEWED}


def test_one_application_asked_into_two_rounds(world):
    application = application_at(State.REVIEWED, world)
    leader, clerk = world.user(Role.LEADER), world.user(Role.PUBLICATION_CLERK)

    def opening(user, title):
        def act():
            services.open_round(by=fresh(user), stage="approval", title=title, applications=[application])

        return act

    told = at_once(opening(leader, "第一批"), opening(clerk, "第二批"))
    one_won(told, "已在批次")
    assert RoundItem.objects.filter(application=application).count() == 1
    assert Round.objects.count() == 1


def test_two_rounds_that_merge_into_each_other_do_not_wait_for_each_other(world):
    review = [application_at(State.APPRAISED, world, title=f"初审{n}") for n in range(2)]
    approval = [application_at(State.REVIEWED, world, title=f"审批{n}") for n in range(2)]
    rounds = [opened(world, review, stage="review"), opened(world, approval)]
    whos = [world.user(Role.FIRST_REVIEWER), world.user(Role.LEADER)]
    for round_, by, into in zip(rounds, whos, (approval, review), strict=True):
        first, second = round_.items.all()
        services.mark(item=first, by=by, marks=AGREED)
        services.mark(item=second, by=by, marks={"outcome": "merge", "merge_into": into[0], "note": "并"})
    fresh_rounds = [Round.objects.get(pk=round_.pk) for round_ in rounds]
    told = at_once(*(in_force(r, by) for r, by in zip(fresh_rounds, whos, strict=True)))
    assert told == [DONE, DONE], told
    states = Application.objects.filter(pk__in=[review[1].pk, approval[1].pk]).values_list("state", flat=True)
    assert set(states) == {State.MERGED}
