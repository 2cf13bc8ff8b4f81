"""代理: who may lend which role to whom for how long, and what the agent then holds."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import Delegation, Membership, User
from jianfu.organisations.services import delegate, end_delegation, grant_role
from jianfu.organisations.states import ADMINISTRATORS, Role
from tests.approvals.test_concurrency import at_once
from tests.factories import add_account, add_person, build_world

DAY = timedelta(days=1)


@pytest.fixture
def today(settings):
    settings.JIANFU_TODAY = date(2026, 9, 1)
    return settings.JIANFU_TODAY


def lend(world, role=Role.FIRST_REVIEWER, *, agent=None, by=None, since=None, until=None, reason="外出学习"):
    principal = world.user(role)
    since = since or dates.today()
    [row] = delegate(
        memberships=[principal.person.memberships.get(role=role)],
        agent=(agent or world.user(Role.SECTION_CLERK)).person,
        since=since,
        until=until or since + 9 * DAY,
        reason=reason,
        by=by or principal,
    )
    return row


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.mark.usefixtures("today")
def test_the_agent_holds_the_role_and_knows_for_whom(world, django_assert_num_queries):
    lend(world)
    agent = again(world.user(Role.SECTION_CLERK))
    with django_assert_num_queries(1):
        held = [(row.role, row.organisation.name, row.on_behalf_of) for row in agent.memberships]
    principal = world.user(Role.FIRST_REVIEWER).person
    assert held == [
        (Role.SECTION_CLERK, "基教科", None),
        (Role.FIRST_REVIEWER, "基教科", principal),
    ]
    assert agent.has(Role.FIRST_REVIEWER)
    own = again(world.user(Role.FIRST_REVIEWER)).memberships
    assert [(row.role, row.on_behalf_of) for row in own] == [(Role.FIRST_REVIEWER, None)]


def test_it_counts_from_its_first_to_its_last_day(world, settings, today):
    lend(world, since=today + DAY, until=today + 5 * DAY)
    held = {}
    for ahead in range(7):
        settings.JIANFU_TODAY = today + ahead * DAY
        held[ahead] = again(world.user(Role.SECTION_CLERK)).has(Role.FIRST_REVIEWER)
    assert [ahead for ahead, has in held.items() if has] == [1, 2, 3, 4, 5]


@pytest.mark.usefixtures("today")
class TestWhatTakesItAway:
    def test_ending_it_early(self, world):
        end_delegation(delegation=lend(world), by=world.user(Role.FIRST_REVIEWER))
        assert not again(world.user(Role.SECTION_CLERK)).has(Role.FIRST_REVIEWER)

    def test_the_principal_s_account_was_stopped(self, world):
        lend(world)
        principal = world.user(Role.FIRST_REVIEWER)
        second = add_account(principal.person)
        principal.is_active = False
        principal.save()
        assert again(world.user(Role.SECTION_CLERK)).has(Role.FIRST_REVIEWER)  # by the second account
        second.is_active = False
        second.save()
        assert not again(world.user(Role.SECTION_CLERK)).has(Role.FIRST_REVIEWER)

    def test_the_principal_s_role_ended(self, world, today):
        row = lend(world)
        row.membership.until = today - DAY
        row.membership.since = today - 9 * DAY
        row.membership.save()
        assert not again(world.user(Role.SECTION_CLERK)).has(Role.FIRST_REVIEWER)

    def test_the_agent_s_account_was_stopped(self, world):
        lend(world)
        agent = world.user(Role.SECTION_CLERK)
        agent.is_active = False
        agent.save()
        assert not again(agent).has(Role.FIRST_REVIEWER)

    @pytest.mark.parametrize("role", sorted(ADMINISTRATORS | {Role.EXPERT}))
    def test_the_principal_s_role_became_one_that_nobody_lends(self, world, role):
        row = lend(world)
        Membership.objects.filter(pk=row.membership_id).update(role=role)
        assert not again(world.user(Role.SECTION_CLERK)).has(role)


@pytest.mark.usefixtures("today")
class TestRefusals:
    @pytest.mark.parametrize("role", sorted(ADMINISTRATORS | {Role.EXPERT}))
    def test_keys_and_opinions_are_not_lent(self, world, role):
        with pytest.raises(Refused, match="不能由别人代理"):
            lend(world, role)
        assert not Delegation.objects.exists()

    @pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
    def test_an_administrator_is_nobody_s_agent(self, world, role):
        with pytest.raises(Refused, match="不能同时担任"):
            lend(world, agent=world.user(role))

    def test_nor_is_who_becomes_one_meanwhile(self, world, today):
        clerk = world.user(Role.SECTION_CLERK)
        clerk.person.memberships.update(until=today)
        bureau = world.place("bureau")
        grant_role(
            person=clerk.person, organisation=bureau, role=Role.AUDITOR, by=None, since=today + 5 * DAY
        )
        lend(world, since=today + DAY, until=today + 4 * DAY)
        with pytest.raises(Refused, match="不能同时担任"):
            lend(world, since=today + 5 * DAY, until=today + 6 * DAY)

    def test_an_agent_becomes_no_administrator(self, world, today):
        agent = add_account(add_person(world.district))
        lend(world, agent=agent, since=today + 3 * DAY)  # not yet in force, and yet it counts
        fields = {"organisation": world.place("bureau"), "role": Role.AUDITOR, "since": today}
        with pytest.raises(Refused, match="不能同时担任"):
            grant_role(person=agent.person, by=None, **fields)
        with pytest.raises(ValidationError, match="不能同时担任"):
            Membership(person=agent.person, **fields).full_clean()
        lent = Membership(person=agent.person, until=today + 2 * DAY, **fields)
        lent.full_clean()  # over before the delegation begins

    def test_oneself(self, world):
        with pytest.raises(Refused, match="不能是本人"):
            lend(world, agent=world.user(Role.FIRST_REVIEWER))

    def test_somebody_of_another_district(self, world, stranger_world):
        with pytest.raises(Refused, match="同一区县"):
            lend(world, agent=stranger_world.user(Role.SECTION_CLERK))

    def test_somebody_who_cannot_sign_in(self, world):
        agent = world.user(Role.SECTION_CLERK)
        agent.is_active = False
        agent.save()
        with pytest.raises(Refused, match="没有可用的账号"):
            lend(world)

    def test_what_one_holds_only_as_an_agent(self, world):
        lend(world)
        agent = again(world.user(Role.SECTION_CLERK))
        with pytest.raises(Refused, match="不能再转给别人"):
            lend(world, agent=world.user(Role.LEDGER_OFFICE), by=agent)

    @pytest.mark.parametrize("role", [Role.LEADER, Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR])
    def test_another_s_role(self, world, role):
        with pytest.raises(Refused, match="本人或安全管理员"):
            lend(world, by=world.user(role))

    def test_by_another_district_s_keeper(self, world, stranger_world):
        with pytest.raises(Refused, match="本人或安全管理员"):
            lend(world, by=stranger_world.user(Role.SECURITY_ADMINISTRATOR))

    def test_without_a_reason_or_with_a_novel(self, world):
        with pytest.raises(Refused, match="填写事由"):
            lend(world, reason="  ")
        with pytest.raises(Refused, match="最多 100 字，现在是 101 字"):
            lend(world, reason="字" * 101)

    def test_without_a_role(self, world):
        agent, today = world.user(Role.SECTION_CLERK), dates.today()
        with pytest.raises(Refused, match="选择代理的角色"):
            delegate(memberships=[], agent=agent.person, since=today, until=today, reason="甲", by=agent)

    def test_the_past(self, world, today):
        with pytest.raises(Refused, match="不能补办"):
            lend(world, since=today - DAY)

    def test_an_end_before_the_beginning(self, world, today):
        with pytest.raises(Refused, match="开始日期或以后"):
            lend(world, until=today - DAY)

    def test_sixty_days_and_not_one_more(self, world, today):
        with pytest.raises(Refused, match="最多 60 天，现在是 61 天"):
            lend(world, until=today + 60 * DAY)
        assert lend(world, until=today + 59 * DAY)

    def test_beyond_the_principal_s_own_time(self, world, today):
        principal = world.user(Role.FIRST_REVIEWER)
        principal.person.memberships.update(until=today + 5 * DAY)
        with pytest.raises(Refused, match="超出了本人的任职日期"):
            lend(world, until=today + 6 * DAY)
        assert lend(world, until=today + 5 * DAY)

    def test_two_agents_at_once(self, world, today):
        lend(world, until=today + 4 * DAY)
        other = world.user(Role.LEDGER_OFFICE)
        with pytest.raises(Refused, match=r"2026年9月1日至2026年9月5日已由.+代理"):
            lend(world, agent=other, since=today + 4 * DAY)
        assert lend(world, agent=other, since=today + 5 * DAY)

    def test_all_roles_or_none(self, world, today):
        principal = world.user(Role.FIRST_REVIEWER)
        grant_role(
            person=principal.person, organisation=world.place("panel"), role=Role.EXPERT, by=None, since=today
        )
        with pytest.raises(Refused):
            delegate(
                memberships=principal.person.memberships.all(),
                agent=world.user(Role.SECTION_CLERK).person,
                since=today,
                until=today,
                reason="外出",
                by=principal,
            )
        assert not Delegation.objects.exists()


def test_it_ends_once_and_only_by_those_concerned(world, settings, today):
    row = lend(world)
    with pytest.raises(Refused):
        end_delegation(delegation=row, by=world.user(Role.LEADER))
    end_delegation(delegation=row, by=world.user(Role.SECTION_CLERK))  # the agent lays it down
    with pytest.raises(Refused, match="已经结束"):
        end_delegation(delegation=row, by=world.user(Role.FIRST_REVIEWER))
    other = lend(world, until=today)
    settings.JIANFU_TODAY = today + DAY
    with pytest.raises(Refused, match="已经结束"):
        end_delegation(delegation=other, by=world.user(Role.FIRST_REVIEWER))


@pytest.mark.usefixtures("today")
def test_it_leaves_its_marks(world):
    keeper = world.user(Role.SECURITY_ADMINISTRATOR)
    row = lend(world, by=keeper)
    end_delegation(delegation=row, by=keeper)
    events = Event.objects.filter(target_id=str(row.pk), action__startswith="organisations.delegat")
    assert [event.action for event in events.order_by("position")] == [
        "organisations.delegated",
        "organisations.delegation_ended",
    ]
    assert events.first().note == "外出学习"
    assert [version.history_user for version in row.history.all()] == [keeper, keeper]


@pytest.mark.usefixtures("today")
def test_the_table_refuses_what_no_service_would_write(world):
    row = lend(world)
    for change in ({"until": row.since - DAY}, {"reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Delegation.objects.filter(pk=row.pk).update(**change)


@pytest.mark.usefixtures("today")
def test_who_sees_it(world, stranger_world):
    lend(world)
    seeing = {role for role in Role if Delegation.objects.visible_to(world.user(role)).exists()}
    assert seeing == {Role.FIRST_REVIEWER, Role.SECTION_CLERK, Role.SECURITY_ADMINISTRATOR}
    keeper = stranger_world.user(Role.SECURITY_ADMINISTRATOR)
    assert not Delegation.objects.visible_to(keeper).exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_lend_the_same_role_at_once_and_one_is_told(transactional_db):
    world = build_world()
    agents = [world.user(Role.SECTION_CLERK), world.user(Role.LEDGER_OFFICE)]
    world.user(Role.FIRST_REVIEWER)
    told = at_once(*(partial(lend, world, agent=agent) for agent in agents))
    assert Delegation.objects.count() == 1
    assert sorted("代理，先结束" in words for words in told) == [False, True]
