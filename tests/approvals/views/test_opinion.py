"""An expert and the sheet."""

from approvals import services
from approvals.models import Opinion
from approvals.states import State
from jianfu.kernel import registry
from jianfu.organisations.states import Role
from tests.approvals.factories import (
    ALL_AGREE,
    application_at,
    experts,
    step,
)
from tests.approvals.views.conftest import page


def ask(world, count=1):
    application = application_at(State.SUBMITTED, world)
    panel = experts(world, count)
    rows = services.assign_experts(
        application=application,
        experts=[user.person for user in panel],
        by=world.user(Role.PUBLICATION_CLERK),
    )
    return application, rows, panel


def sheet(**changed):
    return {f"{point}_grade": "agree" for point in ALL_AGREE} | {
        "conclusion": "agree",
        "comment": "好",
        **changed,
    }


def test_a_sheet_is_saved_submitted_and_followed_by_the_next(world, client):
    _first, (row,), panel = ask(world)
    _second, (other,), _panel = ask(world)
    client.force_login(panel[0])
    assert client.post(page("opinion_autosave", row.pk), {"comment": "半句"}).json()["saved_at"]
    assert Opinion.objects.get().comment == "半句"
    answer = client.post(page("opinion_form", row.pk), sheet())
    assert answer.url == page("opinion_form", other.pk)
    body = client.get(page("opinion_form", row.pk)).content.decode()
    assert "不能再改" in body


def test_an_incomplete_sheet_says_which_points(world, client):
    _application, (row,), panel = ask(world)
    client.force_login(panel[0])
    body = client.post(page("opinion_form", row.pk), sheet(theme_grade="", comment="")).content.decode()
    assert "选择活动主题的意见" in body
    assert "填写论证意见" in body
    assert not Opinion.objects.filter(submitted_at__isnull=False).exists()


def test_the_rest_is_agreed_to_at_once_and_answers_stay(world, client):
    _application, (row,), panel = ask(world)
    client.force_login(panel[0])
    client.post(page("opinion_form", row.pk), {"rest": "1", "scope_grade": "disagree"})
    grades = dict(Opinion.objects.get().items.values_list("point", "grade"))
    assert grades.pop("scope") == "disagree"
    assert set(grades.values()) == {"agree"}


def test_others_sheets_are_hidden_until_the_own_is_in(world, client):
    _application, rows, panel = ask(world, 2)
    client.force_login(panel[0])
    client.post(page("opinion_form", rows[0].pk), sheet(comment="甲的意见"))
    client.force_login(panel[1])
    assert "甲的意见" not in client.get(page("opinion_form", rows[1].pk)).content.decode()
    detail = client.get(page("application_detail", rows[1].application_id)).content.decode()
    assert "甲的意见" not in detail
    assert client.get(page("opinion_form", rows[0].pk)).status_code == 404
    client.post(page("opinion_form", rows[1].pk), sheet())
    assert "甲的意见" in client.get(page("opinion_form", rows[1].pk)).content.decode()


def test_the_earlier_sheet_can_be_taken_over(world, client):
    application, (row,), panel = ask(world)
    client.force_login(panel[0])
    client.post(page("opinion_form", row.pk), sheet(comment="上次的话"))
    application.refresh_from_db()
    application = step(step(application, "return_", world), "submit", world)
    (again,) = services.assign_experts(
        application=application, experts=[panel[0].person], by=world.user(Role.PUBLICATION_CLERK)
    )
    assert "沿用上次意见" in client.get(page("opinion_form", again.pk)).content.decode()
    client.post(page("opinion_autosave", again.pk), {"earlier": "1"})
    opinion = Opinion.objects.get(assignment=again)
    assert (opinion.comment, opinion.submitted_at) == ("上次的话", None)


def test_an_experts_list_costs_the_same_for_one_row_and_three(
    world, client, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(registry.desks, "_items", {})
    monkeypatch.setattr(registry.navigation, "_items", {})
    _application, _rows, panel = ask(world)
    client.force_login(panel[0])
    for _ in range(2):
        with django_assert_num_queries(6):
            assert client.get(page("opinion_list")).status_code == 200
        ask(world)
        ask(world)
