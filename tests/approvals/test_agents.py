"""Acting for another: agent and principal are both free of other parts, and the record names both."""

from datetime import date

import pytest
from django.urls import reverse

from approvals import permissions, services
from approvals.holders import Holders
from approvals.models import Application
from approvals.states import Part, PlanState, State
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.organisations.models import User
from jianfu.organisations.services import delegate, end_delegation, grant_role
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft, experts, step, step_data
from tests.approvals.plans import data_of, plan_at
from tests.organisations.test_delegation import lend


@pytest.fixture(autouse=True)
def today(settings):
    settings.JIANFU_TODAY = date(2026, 9, 7)


def fresh(user):
    return User.objects.select_related("person").get(pk=user.pk)


def agent_for(world, role, *, key="agent", place="office", own=Role.SECTION_CLERK):
    """A colleague of another room, to whom the role is lent."""
    agent = world.user(own, key=key, place=place)
    lend(world, role, agent=agent)
    return fresh(agent)


def waits(user, application):
    return Application.objects.waiting_for(user).filter(pk=application.pk).exists()


def perform(application, name, by, note="同意"):
    return services.perform(application=application, name=name, by=by, note=note, data=step_data(name))


def test_the_record_names_both_and_both_find_it_again(world, client):
    application = application_at(State.APPRAISED, world)
    agent, principal = agent_for(world, Role.FIRST_REVIEWER), world.user(Role.FIRST_REVIEWER)
    assert waits(agent, application)
    application = perform(application, "pass_review", agent)
    made = application.steps.get(transition="pass_review")
    assert (made.person, made.on_behalf_of, made.part) == (agent.person, principal.person, Part.REVIEWER)
    assert made.who == f"{agent.person.name}（代{principal.person.name}）"
    for user in (agent, fresh(principal)):
        assert application in Application.objects.done_by(user)
    client.force_login(principal)
    assert made.who in client.get(application.get_absolute_url()).content.decode()


def test_by_one_s_own_role_one_acts_for_nobody(world):
    other = world.user(Role.FIRST_REVIEWER, key="other", place="other_section")
    lend(world, Role.FIRST_REVIEWER, agent=other)
    application = perform(application_at(State.APPRAISED, world), "pass_review", fresh(other))
    assert application.steps.get(transition="pass_review").on_behalf_of is None


def test_the_applicant_s_agent_applies_for_that_unit_only(world):
    agent = agent_for(world, Role.APPLICANT)
    application = services.perform(application=draft(world), name="submit", by=agent)
    made = application.steps.get()
    assert (made.part, made.on_behalf_of) == (Part.APPLICANT, world.user(Role.APPLICANT).person)


class TestBothAreSeparated:
    def test_an_agent_who_applied_himself(self, world):
        application = application_at(State.APPRAISED, world)
        applicant = world.user(Role.APPLICANT)
        lend(world, Role.FIRST_REVIEWER, agent=applicant)
        applicant = fresh(applicant)
        assert not waits(applicant, application)
        with pytest.raises(
            Refused, match=r"代理人.+申报了这项申请，不能再初审.+R-SEP-05，代理人或被代理人已参与"
        ):
            perform(application, "pass_review", applicant)
        with pytest.raises(Refused, match="R-SEP-05"):
            perform(application, "return_", applicant, note="补材料")

    def test_an_agent_whose_principal_applied(self, world):
        """The clerk of a department who is a reviewer, too, goes on leave."""
        applicant = world.user(Role.APPLICANT)
        application = application_at(State.APPRAISED, world)
        section = world.place("section")
        grant_role(person=applicant.person, organisation=section, role=Role.FIRST_REVIEWER, by=None)
        agent = world.user(Role.SECTION_CLERK, place="office")
        lend_row(applicant.person.memberships.get(role=Role.FIRST_REVIEWER), agent, applicant)
        agent = fresh(agent)
        assert not waits(agent, application)
        with pytest.raises(Refused, match=rf"被代理人{applicant.person.name}申报了这项申请.+R-SEP-05"):
            perform(application, "pass_review", agent)

    def test_what_an_agent_did_counts_for_the_principal(self, world):
        application = application_at(State.APPRAISED, world)
        principal = world.user(Role.FIRST_REVIEWER)
        perform(application, "pass_review", agent_for(world, Role.FIRST_REVIEWER))
        group = world.place("leading_group")
        grant_role(person=principal.person, organisation=group, role=Role.LEADER, by=None)
        application.refresh_from_db()
        assert not waits(fresh(principal), application)
        with pytest.raises(Refused, match=r"本人初审过这项申请.+R-SEP-01"):
            perform(application, "approve", fresh(principal))
        assert not permissions.may_be_asked(application, principal.person)

    def test_what_an_agent_did_counts_for_himself_when_it_is_over(self, world):
        application = application_at(State.APPRAISED, world)
        agent = agent_for(world, Role.FIRST_REVIEWER)
        application = perform(application, "pass_review", agent)
        end_delegation(delegation=agent.person.delegations.get(), by=agent)
        leading = world.place("leading_group")
        grant_role(person=agent.person, organisation=leading, role=Role.LEADER, by=None)
        assert not waits(fresh(agent), application)
        with pytest.raises(Refused, match="R-SEP-01"):
            perform(application, "approve", fresh(agent))

    def test_an_agent_who_was_the_expert(self, world):
        application = application_at(State.APPRAISED, world)
        expert = experts(world)[0]
        lend(world, Role.LEADER, agent=expert)
        application = step(application, "pass_review", world)
        assert not waits(fresh(expert), application)
        with pytest.raises(Refused, match=r"代理人.+论证专家.+R-SEP-05"):
            perform(application, "approve", fresh(expert))

    def test_an_agent_from_the_applying_unit(self, world):
        colleague = world.user(Role.SECTION_CLERK, key="colleague", place="department")
        application = application_at(State.REVIEWED, world)
        lend(world, Role.LEADER, agent=colleague)
        assert not waits(fresh(colleague), application)
        with pytest.raises(Refused, match=r"代理人.+申报单位或联合单位的人员"):
            perform(application, "approve", fresh(colleague))

    def test_of_two_principals_the_one_who_is_free(self, world):
        application = application_at(State.REVIEWED, world)
        agent = agent_for(world, Role.LEADER)
        first = world.user(Role.LEADER)
        second = world.user(Role.LEADER, key="second leader")
        lend_row(second.person.memberships.get(), agent, second)
        application.handler = first.person  # the first one is the applicant himself
        application.save()
        assert waits(fresh(agent), application)
        application = perform(application, "approve", fresh(agent))
        assert application.steps.get(transition="approve").on_behalf_of == second.person


def lend_row(membership, agent, by):
    today = dates.today()
    delegate(
        memberships=[membership], agent=agent.person, since=today, until=today, reason="外出", by=fresh(by)
    )


def test_who_calls_is_told_of_the_agent(world):
    application = application_at(State.APPRAISED, world)
    agent = agent_for(world, Role.FIRST_REVIEWER)
    agent.person.phone = "023-7777"
    agent.person.save()
    holder = Holders(world.district.pk, dates.today()).of(application)
    name = world.user(Role.FIRST_REVIEWER).person.name
    assert (holder.who, holder.phone) == (f"基教科 {agent.person.name}（代{name}）", "023-7777")


def test_the_other_section_s_agent_reviews_no_application_of_his_own_section(world):
    """R-SEP-02 for an agent: neither his principal's section nor his own may have applied."""
    application = application_at(State.APPRAISED, world)
    Application.objects.filter(pk=application.pk).update(organisation=world.place("section"))
    application.refresh_from_db()
    agent = world.user(Role.SECTION_CLERK)  # of the section that applies
    other = world.user(Role.FIRST_REVIEWER, key="other", place="other_section")
    lend_row(other.person.memberships.get(), agent, other)
    assert not waits(fresh(agent), application)
    with pytest.raises(Refused, match="R-SEP-05"):
        perform(application, "pass_review", fresh(agent))


def test_the_bar_of_a_lent_role_is_offered(world, client):
    application = application_at(State.APPRAISED, world)
    client.force_login(agent_for(world, Role.FIRST_REVIEWER))
    assert application in client.get(reverse("approvals:application_list")).context["page"].object_list
    assert "同意，报领导小组" in client.get(application.get_absolute_url()).content.decode()


class TestThePlanToo:
    """党委办, 政府办 and the approver of one plan are different people, and so are their principals."""

    def review(self, plan, name, by):
        return services.perform_plan(plan=plan, name=name, by=by, note="同意", data=data_of(name))

    def test_who_reviewed_does_not_review_again_for_another(self, world):
        plan = plan_at(PlanState.PARTY_PASSED, world)
        lend(world, Role.GOVERNMENT_OFFICE, agent=world.user(Role.PARTY_OFFICE))
        with pytest.raises(Refused, match=r"代理人或被代理人已经审核过这份计划.+R-SEP-05"):
            self.review(plan, "government_review", fresh(world.user(Role.PARTY_OFFICE)))

    def test_nor_does_he_for_whom_it_was_reviewed(self, world):
        plan = plan_at(PlanState.SENT, world)
        principal = world.user(Role.PARTY_OFFICE)
        plan = self.review(plan, "party_review", agent_for(world, Role.PARTY_OFFICE))
        assert plan.steps.get(transition="party_review").on_behalf_of == principal.person
        bureau = world.place("bureau")
        grant_role(person=principal.person, organisation=bureau, role=Role.GOVERNMENT_OFFICE, by=None)
        with pytest.raises(Refused, match=r"本人已经审核过这份计划.+R-SEP-01"):
            self.review(plan, "government_review", fresh(principal))
