"""The yearly plan under two hands at the same moment, real threads on PostgreSQL."""

import pytest

from approvals import services
from approvals.models import InspectionPlan
from approvals.states import PlanState, State
from jianfu.organisations.states import Role
from tests.approvals.plans import collected, data_of, item, item_step, plan_at, plan_of, plan_step
from tests.approvals.test_concurrency import DONE, at_once, fresh, one_won
from tests.factories import build_world

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("in_march"),
]


@pytest.fixture
def world(transactional_db):
    return build_world()


def acting(plan, name, user, *, version=True):
    stale = InspectionPlan.objects.get(pk=plan.pk)

    def act():
        services.perform_plan(
            plan=stale,
            name=name,
            by=fresh(user),
            note="同意",
            expected_version=stale.version if version else None,
            data=data_of(name),
        )

    return act


def test_both_offices_at_once_lose_nothing(world):
    plan = plan_at(PlanState.SENT, world)
    party, government = world.user(Role.PARTY_OFFICE), world.user(Role.GOVERNMENT_OFFICE)
    told = at_once(
        acting(plan, "party_review", party, version=False),
        acting(plan, "government_review", government, version=False),
    )
    assert told == [DONE, DONE]
    plan.refresh_from_db()
    assert plan.state == PlanState.VETTED
    assert plan.steps.filter(transition__in=["party_review", "government_review"]).count() == 2


def test_both_offices_from_the_same_page_one_looks_again(world):
    plan = plan_at(PlanState.SENT, world)
    party, government = world.user(Role.PARTY_OFFICE), world.user(Role.GOVERNMENT_OFFICE)
    one_won(
        at_once(acting(plan, "party_review", party), acting(plan, "government_review", government)),
        "刚刚被别人改动过",
    )


def test_approved_twice_is_approved_once(world):
    plan = plan_at(PlanState.VETTED, world)
    committee = world.user(Role.COMMITTEE)
    again = world.user(Role.COMMITTEE, key="another")
    one_won(
        at_once(
            acting(plan, "approve", committee, version=False), acting(plan, "approve", again, version=False)
        ),
        "现在是“待公布”",
    )
    (carried,) = plan.items.all()
    assert carried.state == State.CLEARED
    assert carried.steps.filter(transition="approve_in_plan").count() == 1


def test_withdrawn_while_it_is_sent(world):
    """Either the item leaves before the plan goes, or it stays in it."""
    collected(world, title="食堂检查")
    application = collected(world)
    plan = plan_of(application)
    applicant, office = world.user(Role.APPLICANT), world.user(Role.PUBLICATION_CLERK)

    def withdraw():
        services.perform(application=application, name="withdraw", by=fresh(applicant), note="不再开展")

    told = at_once(withdraw, acting(plan, "send", office, version=False))
    application.refresh_from_db()
    assert told[1] == DONE
    assert (application.state == State.WITHDRAWN) == (told[0] == DONE)


def test_two_first_consents_share_one_plan(world):
    first = item_step(item(world), "submit", world)
    second = item_step(item(world, title="食堂检查"), "submit", world)
    reviewer = world.user(Role.FIRST_REVIEWER)

    def consent(application):
        def act():
            services.perform(application=application, name="consent", by=fresh(reviewer), note="同意")

        return act

    assert at_once(consent(first), consent(second)) == [DONE, DONE]
    assert InspectionPlan.objects.get().items.count() == 2
    plan_step(InspectionPlan.objects.get(), "send", world)
