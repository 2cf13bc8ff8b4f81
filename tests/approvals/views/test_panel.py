"""指派专家."""

from approvals.states import State
from jianfu.organisations.states import Role
from tests.approvals.factories import (
    application_at,
    experts,
)
from tests.approvals.views.conftest import page


def test_experts_are_chosen_and_conflicts_are_named(world, as_):
    application = application_at(State.SUBMITTED, world)
    people = [user.person for user in experts(world)]
    colleague = world.user(Role.EXPERT, place="department", key="colleague")
    url = page("expert_choose", application.pk)
    client = as_(Role.PUBLICATION_CLERK)
    assert "须回避" in client.get(url).content.decode()
    none = client.post(url, {})
    assert "还没有选专家" in none.content.decode()
    bad = client.post(url, {"expert": [people[0].pk, colleague.person_id]})
    assert "须回避" in bad.content.decode()
    assert not application.assignments.exists()
    client.post(url, {"expert": [person.pk for person in people]})
    assert application.assignments.count() == 3
    assert client.post(url, {"expert": ["x", "9" * 30]}).status_code == 200


def test_who_may_not_choose_experts(world, as_):
    application = application_at(State.SUBMITTED, world)
    assert as_(Role.LEADER).get(page("expert_choose", application.pk)).status_code == 403
