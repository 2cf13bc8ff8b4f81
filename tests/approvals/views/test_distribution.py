"""分配专家 over several applications: proposed, changed by hand, saved all or none."""

from approvals.models import Assignment
from approvals.states import State
from jianfu.kernel import registry
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, experts
from tests.approvals.test_recusal import ask, office, recuse
from tests.approvals.views.conftest import page


def seats(answer):
    rows = answer.context["table"].rows
    return {row.application.pk: [c.key for c in row.cells if c.ticked] for row in rows}


def test_a_proposal_is_shown_and_saved_as_ticked(world, as_):
    applications = [application_at(State.SUBMITTED, world) for _ in range(3)]
    people = experts(world, 4)
    client = as_(Role.PUBLICATION_CLERK)
    answer = client.get(page("expert_distribute"), {"count": 2})
    proposal = seats(answer)
    assert {len(ticked) for ticked in proposal.values()} == {2}
    assert sorted(owed for _p, _k, owed in answer.context["table"].people) == [1, 1, 2, 2]
    assert not Assignment.objects.exists()  # looking asks nobody
    first = applications[0]
    ticked = [f"{first.pk}-{people[0].person_id}", *proposal[applications[1].pk]]
    assert client.post(page("expert_distribute"), {"seat": [*ticked, "x", "1-x"]}).status_code == 302
    assert [row.expert_id for row in first.assignments.all()] == [people[0].person_id]
    assert applications[1].assignments.count() == 2
    assert applications[2].assignments.count() == 0


def test_all_or_none_and_the_refusal_names_the_application(world, as_):
    one, other = (application_at(State.SUBMITTED, world, title=f"第{n}项演练") for n in "一二")
    people = experts(world, 2)
    recuse(other, people[1], by=office(world))
    client = as_(Role.PUBLICATION_CLERK)
    body = client.get(page("expert_distribute"), {"count": 2}).content.decode()
    assert "还差 1 位" in body
    sent = {"seat": [f"{one.pk}-{people[0].person_id}", f"{other.pk}-{people[1].person_id}"]}
    answer = client.post(page("expert_distribute"), sent)
    assert "“第二项演练”" in answer.content.decode()
    assert seats(answer)[one.pk] == sent["seat"][:1]  # the ticks stay
    assert not Assignment.objects.counting().exists()
    assert "还没有选专家" in client.post(page("expert_distribute"), {}).content.decode()


def test_who_sits_already_counts_and_a_conflicted_one_has_no_box(world, as_):
    colleague = world.user(Role.EXPERT, place="department", key="colleague")
    people = experts(world, 3)
    application, _rows = ask(world, people[:2])
    answer = as_(Role.PUBLICATION_CLERK).get(page("expert_distribute"), {"count": 3})
    assert seats(answer)[application.pk] == [f"{application.pk}-{people[2].person_id}"]
    assert f'{application.pk}-{colleague.person_id}"' not in answer.content.decode()
    assert "申报单位或联合单位的人员" in answer.content.decode()


def test_only_named_applications_and_only_the_office(world, as_, stranger_world):
    one, _other = (application_at(State.SUBMITTED, world) for _ in range(2))
    foreign = application_at(State.SUBMITTED, stranger_world)
    experts(world)
    client = as_(Role.PUBLICATION_CLERK)
    named = {"application": [one.pk, foreign.pk, "x", "9" * 30], "count": "x"}
    assert list(seats(client.get(page("expert_distribute"), named))) == [one.pk]
    assert as_(Role.LEADER).get(page("expert_distribute")).status_code == 403


def test_the_page_costs_the_same_for_one_row_and_three(world, as_, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(registry.desks, "_items", {})
    monkeypatch.setattr(registry.navigation, "_items", {})
    experts(world)
    client = as_(Role.PUBLICATION_CLERK)
    for more in (1, 2):
        for _ in range(more):
            application_at(State.SUBMITTED, world)
        with django_assert_num_queries(12):
            assert client.get(page("expert_distribute")).status_code == 200
