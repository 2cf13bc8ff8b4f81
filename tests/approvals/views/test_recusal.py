"""回避 by its pages: the expert asks, the office sets and replaces."""

from jianfu.kernel import registry
from jianfu.organisations.states import Role
from tests.approvals.factories import experts
from tests.approvals.test_recusal import REASON, ask
from tests.approvals.views.conftest import page


def test_the_expert_asks_to_be_recused_from_the_sheet(world, client):
    first, *_others = panel = experts(world)
    application, rows = ask(world, panel)
    client.force_login(first)
    url = page("opinion_recuse", rows[0].pk)
    assert url in client.get(page("opinion_form", rows[0].pk)).content.decode()
    assert "填写回避原因" in client.post(url, {"reason": ""}).content.decode()
    assert client.post(url, {"reason": REASON}).url == page("opinion_list")
    assert client.get(page("opinion_form", rows[0].pk)).status_code == 404
    assert client.get(page("application_detail", application.pk)).status_code == 404
    assert client.get(page("opinion_recuse", rows[1].pk)).status_code == 404


def test_the_office_replaces_with_one_press(world, as_):
    panel = experts(world, 4)
    application, _rows = ask(world, panel[:3])
    client = as_(Role.PUBLICATION_CLERK)
    url = page("expert_choose", application.pk)
    assert "改请" not in client.get(url).content.decode()
    client.post(page("expert_recuse", application.pk, panel[0].person_id), {"reason": REASON})
    body = client.get(url).content.decode()
    assert REASON in body
    assert f"改请{panel[3].person.name}" in body
    answer = client.post(url, {"instead": panel[3].person_id, "expert": "x"}, follow=True)
    assert "改请" not in answer.content.decode()
    assert application.assignments.counting().count() == 3


def test_the_page_of_the_panel_costs_the_same_for_one_and_more(
    world, as_, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(registry.desks, "_items", {})
    monkeypatch.setattr(registry.navigation, "_items", {})
    application, _rows = ask(world, experts(world, 1))
    client = as_(Role.PUBLICATION_CLERK)
    for count in (1, 6):
        experts(world, count)
        with django_assert_num_queries(13):
            assert client.get(page("expert_choose", application.pk)).status_code == 200
