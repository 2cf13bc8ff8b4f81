"""Two people at the same moment, real threads on PostgreSQL: one effect, a clear word for the loser."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from approvals import services
from approvals.models import Application, Opinion
from approvals.states import State
from jianfu.audit.models import Chain
from jianfu.audit.selectors import breaks
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.models import User
from jianfu.organisations.states import Role
from tests.approvals.factories import ALL_AGREE, application_at, draft, experts, step, step_data
from tests.factories import build_world

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DONE = "done"


@pytest.fixture
def world(transactional_db):
    return build_world()


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run the acts together, each with a connection of its own; what each was told, or DONE."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            gate.wait(10)
            act()
        except Refused as refused:
            return refused.decision.text
        finally:
            connection.close()
        return DONE

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def fresh(user: User) -> User:
    return User.objects.select_related("person__organisation").get(pk=user.pk)


def acting(application: Application, name: str, user: User, *, note: str = "同意", version: bool = True):
    """The step as a page would send it: its own stale instance and the version it showed."""
    stale = Application.objects.get(pk=application.pk)

    def act() -> None:
        services.perform(
            application=stale,
            name=name,
            by=fresh(user),
            note=note,
            expected_version=stale.version if version else None,
            data=step_data(name),
        )

    return act


def one_won(told: list[str], *words: str) -> None:
    assert Counter(told)[DONE] == 1, told
    loser = next(text for text in told if text != DONE)
    assert any(word in loser for word in words), loser


def whole_chains() -> bool:
    return all(not breaks(chain) for chain in Chain.objects.all())


@pytest.mark.parametrize("version", [True, False])
def test_two_leaders_approve_at_once(world, version):
    application = application_at(State.REVIEWED, world)
    other = world.user(Role.LEADER, key="second-leader")
    told = at_once(
        acting(application, "approve", world.user(Role.LEADER), version=version),
        acting(application, "approve", other, version=version),
    )
    one_won(told, "刚刚被别人改动过", "现在是“备案”")
    assert application.steps.filter(transition="approve").count() == 1
    assert whole_chains()


def test_approved_while_it_is_withdrawn(world):
    application = application_at(State.REVIEWED, world)
    told = at_once(
        acting(application, "approve", world.user(Role.LEADER)),
        acting(application, "withdraw", world.user(Role.APPLICANT), note="活动取消"),
    )
    one_won(told, "刚刚被别人改动过")
    application.refresh_from_db()
    assert application.state in {State.APPROVED, State.WITHDRAWN}
    assert application.steps.filter(target=application.state).count() == 1


def test_edited_while_it_is_handed_in(world):
    application = draft(world)
    stale = Application.objects.get(pk=application.pk)

    def edit() -> None:
        services.save_draft(
            application=stale,
            by=fresh(world.user(Role.APPLICANT)),
            fields={"title": "改了一半"},
            expected_version=stale.version,
        )

    told = at_once(acting(application, "submit", world.user(Role.APPLICANT)), edit)
    one_won(told, "刚刚被别人改动过", "已提交的内容不能再改", "同事刚刚改过")
    application.refresh_from_db()
    if application.state == State.SUBMITTED:
        assert (
            application.submissions.get().content["活动名称"] == application.title == "消防安全应急疏散演练"
        )


def test_the_last_two_opinions_arrive_together(world):
    application = step(draft(world), "submit", world)
    panel = experts(world)
    rows = services.assign_experts(
        application=application,
        experts=[user.person for user in panel],
        by=world.user(Role.PUBLICATION_CLERK),
    )

    def giving(row, user):
        def act() -> None:
            services.save_opinion(
                assignment=row,
                by=fresh(user),
                items=ALL_AGREE,
                conclusion="agree",
                comment="好",
                submit=True,
            )

        return act

    giving(rows[0], panel[0])()
    assert at_once(giving(rows[1], panel[1]), giving(rows[2], panel[2])) == [DONE, DONE]
    assert Opinion.objects.filter(submitted_at__isnull=False).count() == 3
    told = at_once(giving(rows[1], panel[1]), giving(rows[1], panel[1]))
    assert all("已经提交，不能再改" in text for text in told)


def test_one_sheet_is_handed_in_twice_by_a_double_click(world):
    application = step(draft(world), "submit", world)
    expert = experts(world)[0]
    (row,) = services.assign_experts(
        application=application, experts=[expert.person], by=world.user(Role.PUBLICATION_CLERK)
    )

    def act() -> None:
        services.save_opinion(
            assignment=row,
            by=fresh(expert),
            items=ALL_AGREE,
            conclusion="agree",
            comment="好",
            submit=True,
        )

    one_won(at_once(act, act), "已经提交，不能再改")
    assert Opinion.objects.get().items.count() == 9


def test_a_double_click_hands_in_once(world):
    application = draft(world)
    by = world.user(Role.APPLICANT)
    told = at_once(acting(application, "submit", by), acting(application, "submit", by))
    one_won(told, "刚刚被别人改动过")
    application.refresh_from_db()
    assert (application.content_version, application.submissions.count()) == (1, 1)
    assert application.number.endswith("0001")


def test_many_hand_in_together_and_no_number_is_given_twice(world):
    drafts = [draft(world) for _ in range(4)]
    by = world.user(Role.APPLICANT)
    assert set(at_once(*(acting(row, "submit", by) for row in drafts))) == {DONE}
    numbers = sorted(Application.objects.values_list("number", flat=True))
    assert [number[-4:] for number in numbers] == ["0001", "0002", "0003", "0004"]
    assert whole_chains()


def test_the_same_expert_is_asked_twice_at_once(world):
    application = step(draft(world), "submit", world)
    person = experts(world)[0].person

    def act() -> None:
        services.assign_experts(
            application=application, experts=[person], by=fresh(world.user(Role.PUBLICATION_CLERK))
        )

    assert at_once(act, act) == [DONE, DONE]
    assert application.assignments.count() == 1


def test_conflicted_is_a_refusal_a_page_can_show():
    assert issubclass(Conflicted, Refused)
