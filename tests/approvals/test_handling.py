"""催办 by those who wait, 转办 to a colleague: who may, what is seen of it, and that it happens once."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from approvals import desk, handling, services
from approvals.models import Application, Reminder
from approvals.permissions import ACTS_AT
from approvals.states import State
from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.models import User
from jianfu.organisations.services import grant_role
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft, experts, give_opinions, step
from tests.approvals.test_agents import agent_for
from tests.approvals.test_concurrency import at_once
from tests.factories import build_world

MONDAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def today(settings):
    settings.JIANFU_TODAY = MONDAY


def fresh(user):
    return User.objects.select_related("person").get(pk=user.pk)


def urge(application, by, note="望尽快办理。", **more):
    return services.urge(application=application, by=by, note=note, **more)


def transfer(application, to, by, note="本人外出", **more):
    return services.transfer(application=application, to=to.person, by=by, note=note, **more)


def colleague(world, role=Role.FIRST_REVIEWER, key="colleague", place="other_section"):
    return world.user(role, key=key, place=place)


def lines(user):
    return desk.todo(fresh(user), dates.today())


class TestWhoMayUrge:
    def test_those_who_wait_and_nobody_else(self, world):
        application = application_at(State.APPRAISED, world)
        other_unit = world.user(Role.APPLICANT, key="other unit", place="other_department")
        allowed = {
            name
            for name, user in {
                "applicant": world.user(Role.APPLICANT),
                "office": world.user(Role.PUBLICATION_CLERK),
                "reviewer": world.user(Role.FIRST_REVIEWER),
                "leader": world.user(Role.LEADER),
                "other unit": other_unit,
            }.items()
            if handling.may_urge(application, user)
        }
        assert allowed == {"applicant", "office"}

    def test_whoever_handed_it_on(self, world):
        application = application_at(State.REVIEWED, world)
        assert handling.may_urge(application, world.user(Role.FIRST_REVIEWER))
        assert not handling.may_urge(application, colleague(world))

    def test_nobody_urges_himself(self, world):
        application = application_at(State.RETURNED, world)
        assert "本人办理" in handling.may_urge(application, world.user(Role.APPLICANT)).text
        assert handling.may_urge(application, world.user(Role.PUBLICATION_CLERK))

    def test_the_office_urges_experts_while_sheets_are_owed(self, world):
        application = step(draft(world), "submit", world)
        office = world.user(Role.PUBLICATION_CLERK)
        assert not handling.may_urge(application, office)
        asked = [user.person for user in experts(world)]
        services.assign_experts(application=application, experts=asked, by=office)
        urge(application, office)
        (matter,) = lines(experts(world)[0])
        assert matter.urged == 1
        give_opinions(application, world)
        assert not handling.may_urge(application, office)

    @pytest.mark.parametrize("state", [State.DRAFTED, State.PUBLISHED, State.REJECTED, State.WITHDRAWN])
    def test_not_where_nobody_is_waited_for(self, world, state):
        application = application_at(state, world)
        with pytest.raises(Refused, match="没有人要办理"):
            urge(application, world.user(Role.APPLICANT))


class TestUrging:
    def test_the_holder_sees_it_until_the_state_moves_on(self, world):
        application = application_at(State.APPRAISED, world)
        urge(application, world.user(Role.APPLICANT))
        (matter,) = lines(world.user(Role.FIRST_REVIEWER))
        assert (matter.urged, matter.urged_words) == (1, "被催办 1 次")
        step(application, "pass_review", world)
        (matter,) = lines(world.user(Role.LEADER))
        assert matter.urged == 0

    def test_a_second_stay_at_the_same_step_begins_anew(self, world, settings):
        application = step(draft(world), "submit", world)
        urge(application, world.user(Role.APPLICANT))
        settings.JIANFU_TODAY = MONDAY + timedelta(days=1)
        application = step(application, "return_", world, note="请补方案")
        application = step(application, "submit", world)
        assert handling.counts([application]) == {}

    def test_once_a_day_whoever_comes_first(self, world, settings):
        application = application_at(State.APPRAISED, world)
        first = urge(application, world.user(Role.APPLICANT))
        with pytest.raises(Refused, match=rf"{first.by.name}已经催办过。一天催办一次"):
            urge(application, world.user(Role.PUBLICATION_CLERK))
        settings.JIANFU_TODAY = MONDAY + timedelta(days=1)
        urge(application, world.user(Role.PUBLICATION_CLERK))
        (matter,) = lines(world.user(Role.FIRST_REVIEWER))
        assert matter.urged == 2

    def test_the_table_keeps_one_a_day(self, world):
        row = urge(application_at(State.APPRAISED, world), world.user(Role.APPLICANT))
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)

    def test_it_is_written_down(self, world):
        application = application_at(State.APPRAISED, world)
        urge(application, world.user(Role.APPLICANT), note="已经 5 天")
        event = Event.objects.get(action="application.urged")
        assert (event.note, event.source, event.target_id) == (
            "已经 5 天",
            State.APPRAISED,
            str(application.pk),
        )

    @pytest.mark.parametrize(
        ("note", "said"), [(" ", "填写催办的话"), ("字" * 201, "最多 200 字，现在是 201 字")]
    )
    def test_words_of_a_sensible_length(self, world, note, said):
        with pytest.raises(Refused, match=said):
            urge(application_at(State.APPRAISED, world), world.user(Role.APPLICANT), note=note)

    def test_what_moved_on_meanwhile_is_not_urged_blindly(self, world):
        application = application_at(State.APPRAISED, world)
        step(application, "pass_review", world)
        with pytest.raises(Conflicted, match="现在是“领导小组审批”"):
            urge(application, world.user(Role.APPLICANT), expected_version=application.version)


def test_the_list_offers_it_when_it_is_late_or_lies(world, client, settings):
    application = application_at(State.APPRAISED, world)
    client.force_login(world.user(Role.APPLICANT))
    address = reverse("approvals:application_urge", args=[application.pk])
    offered = {}
    for day in (7, 8, 9, 10, 11):
        settings.JIANFU_TODAY = date(2026, 9, day)
        offered[day] = address in client.get(reverse("approvals:application_mine")).content.decode()
    assert offered == {7: False, 8: False, 9: False, 10: True, 11: True}


def test_two_clicks_with_the_sentence_ready(world, client, settings):
    application = application_at(State.APPRAISED, world)
    settings.JIANFU_TODAY = date(2026, 9, 16)
    client.force_login(world.user(Role.APPLICANT))
    address = reverse("approvals:application_urge", args=[application.pk])
    assert address in client.get(application.get_absolute_url()).content.decode()
    form = client.get(address).context["form"]
    assert form["note"].value() == "9月7日到“区教委初审”，已 7 个工作日，超期 2 天，望尽快办理。"
    page = client.post(
        address, {"note": form["note"].value(), "version": form["version"].value()}, follow=True
    )
    words = page.content.decode()
    assert "已催办" in words
    assert "被催办 1 次" in words
    assert address not in words  # not twice a day
    assert "今天已催办" in client.get(reverse("approvals:application_mine")).content.decode()
    again = client.post(address, {"note": "再催", "version": form["version"].value()})
    assert "一天催办一次" in again.content.decode()
    assert Reminder.objects.count() == 1


class TestTransfer:
    def test_only_the_named_colleague_has_it_to_do(self, world):
        application = application_at(State.APPRAISED, world)
        reviewer, other = world.user(Role.FIRST_REVIEWER), colleague(world)
        third = colleague(world, key="third")
        transfer(application, other, reviewer)
        assert [len(lines(user)) for user in (reviewer, other, third)] == [0, 1, 0]
        application.refresh_from_db()
        assert application.responsible == other.person
        assert handling.may_urge(application, reviewer)
        assert not handling.may_urge(application, other)
        assert Event.objects.get(action="application.transferred").note == "本人外出"
        latest = application.history.latest("history_id")
        assert latest.history_change_reason == f"转办给{other.person.name}：本人外出"

    def test_it_ends_with_the_step(self, world):
        application = application_at(State.APPRAISED, world)
        application = transfer(application, colleague(world), world.user(Role.FIRST_REVIEWER))
        by = colleague(world)
        done = services.perform(application=application, name="pass_review", by=by, note="同意")
        assert done.responsible is None

    def test_a_colleague_takes_it_over(self, world):
        application = application_at(State.APPRAISED, world)
        reviewer, third = world.user(Role.FIRST_REVIEWER), colleague(world, key="third")
        application = transfer(application, colleague(world), reviewer)
        transfer(application, third, third, note="由本人办理")
        assert [len(lines(user)) for user in (reviewer, colleague(world), third)] == [0, 0, 1]
        labels = [entry.label for entry in handling.Between(application, reviewer).into([])]
        assert labels == ["接办", f"转办给{colleague(world).person.name}"]

    def test_when_the_named_one_is_gone_it_waits_for_all_again(self, world):
        application = application_at(State.APPRAISED, world)
        reviewer, other = world.user(Role.FIRST_REVIEWER), colleague(world)
        transfer(application, other, reviewer)
        other.is_active = False
        other.save()
        assert len(lines(reviewer)) == 1
        other.is_active = True
        other.save()
        assert lines(reviewer) == []
        office = world.place("office")  # what else he does makes him no reviewer
        grant_role(person=other.person, organisation=office, role=Role.SECTION_CLERK, by=None)
        ended = {"since": MONDAY - timedelta(days=9), "until": MONDAY - timedelta(days=1)}
        other.person.memberships.filter(role=Role.FIRST_REVIEWER).update(**ended)
        assert len(lines(reviewer)) == 1

    def test_an_agent_may_be_named(self, world):
        application = application_at(State.APPRAISED, world)
        agent = agent_for(world, Role.FIRST_REVIEWER)
        transfer(application, agent, world.user(Role.FIRST_REVIEWER))
        assert len(lines(agent)) == 1

    @pytest.mark.parametrize("who", ["stranger to the step", "separated", "of the same section", "already"])
    def test_not_to_everybody(self, world, who):
        application = application_at(State.APPRAISED, world)
        reviewer, other = world.user(Role.FIRST_REVIEWER), colleague(world)
        said = {
            "stranger to the step": "不在本环节的办理人之列",
            "separated": "申报了这项申请",
            "of the same section": "本科室申报的事项由其他科室初审",
            "already": "现在就由这位同志承办",
        }[who]
        if who == "stranger to the step":
            other = world.user(Role.LEADER)
        elif who == "separated":
            applicant = world.user(Role.APPLICANT).person
            grant_role(
                person=applicant, organisation=world.place("section"), role=Role.FIRST_REVIEWER, by=None
            )
            other = world.user(Role.APPLICANT)
        elif who == "of the same section":
            Application.objects.filter(pk=application.pk).update(organisation=world.place("other_section"))
        else:
            transfer(application, other, reviewer)
        with pytest.raises(Refused, match=said):
            transfer(application, other, reviewer)

    def test_only_by_a_holder_and_not_where_nothing_is_handled(self, world):
        application = application_at(State.APPRAISED, world)
        with pytest.raises(Refused, match="本环节的办理人提出"):
            transfer(application, colleague(world), world.user(Role.LEADER))
        filed = application_at(State.FILED, world)
        office = world.user(Role.PUBLICATION_CLERK)
        with pytest.raises(Refused, match="不能转办"):
            transfer(filed, office, office)
        with pytest.raises(Refused, match="填写说明"):
            transfer(application, colleague(world), world.user(Role.FIRST_REVIEWER), note=" ")


def test_the_page_lists_colleagues_and_says_why_not(world, client):
    application = application_at(State.APPRAISED, world)
    reviewer, other = world.user(Role.FIRST_REVIEWER), colleague(world)
    applicant = world.user(Role.APPLICANT)
    section = world.place("section")
    grant_role(person=applicant.person, organisation=section, role=Role.FIRST_REVIEWER, by=None)
    client.force_login(reviewer)
    address = reverse("approvals:application_transfer", args=[application.pk])
    assert address in client.get(application.get_absolute_url()).content.decode()
    page = client.get(address)
    shown = {row.person: bool(row.decision) for row in page.context["people"]}
    assert shown == {reviewer.person: True, other.person: True, applicant.person: False}
    assert "申报了这项申请" in page.content.decode()
    version = page.context["form"]["version"].value()
    posted = {"to": applicant.person_id, "note": "外出", "version": version}
    assert "申报了这项申请" in client.post(address, posted).content.decode()
    answer = client.post(address, {**posted, "to": other.person_id}, follow=True)
    assert f"已转给{other.person.name}" in answer.content.decode()
    client.force_login(other)
    assert f"由{other.person.name}承办" in client.get(application.get_absolute_url()).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_colleagues_cost_the_same_at_any_number(world, many, django_assert_num_queries):
    application = Application.objects.get(pk=application_at(State.APPRAISED, world).pk)
    for number in range(many):
        colleague(world, key=f"colleague {number}")
    by = fresh(world.user(Role.FIRST_REVIEWER))
    by.memberships  # noqa: B018 - read once a request
    with django_assert_num_queries(6):
        people = handling.colleagues(application, by)
    assert len(people) == many + 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_urge_at_once_and_one_is_told(transactional_db):
    world = build_world()
    application = application_at(State.APPRAISED, world)
    people = [fresh(world.user(role)) for role in (Role.APPLICANT, Role.PUBLICATION_CLERK)]
    told = at_once(*(partial(urge, application, by) for by in people))
    assert Reminder.objects.count() == 1
    assert sorted("一天催办一次" in words for words in told) == [False, True]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_hand_it_on_at_once_and_one_is_told(transactional_db):
    world = build_world()
    application = application_at(State.APPRAISED, world)
    by = fresh(world.user(Role.FIRST_REVIEWER))
    others = [colleague(world, key=key) for key in ("one", "two")]
    told = at_once(
        *(partial(transfer, application, to, by, expected_version=application.version) for to in others)
    )
    application.refresh_from_db()
    assert application.transfers.count() == 1
    assert application.responsible_id == application.transfers.get().to_id
    assert sorted("刚刚被别人改动过" in words for words in told) == [False, True]


@pytest.mark.parametrize("state", sorted(ACTS_AT))
def test_every_road_s_steps_may_be_urged_by_the_applicant_and_handed_on_by_their_holders(world, state):
    """Whatever the road: both read the one table that says who acts where."""
    application = draft(world)
    Application.objects.filter(pk=application.pk).update(state=state, number="JXY20260001")
    application.refresh_from_db()
    still = state in {State.FILED, State.COLLECTED, State.LENT}
    assert bool(handling.may_urge(application, world.user(Role.APPLICANT))) is (state != State.LENT)
    for role in set(Role) - {Role.SCHOOL}:
        may = bool(handling.may_transfer(application, world.user(role)))
        assert may is (role in ACTS_AT[state] and not still), role


def test_what_goes_with_the_yearly_plan_is_not_handed_on_alone(world):
    application = application_at(State.APPROVED, world)
    application.inspection_plan_id = 1
    office = world.user(Role.PUBLICATION_CLERK)
    assert "随年度计划" in handling.may_transfer(application, office).text
