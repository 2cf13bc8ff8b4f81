"""Versions of a row, on the application: the first tracked model a person of the business looks at."""

import pytest
from django.urls import reverse

from approvals import services
from jianfu.history import changes
from jianfu.kernel import registry
from jianfu.organisations.states import Role


@pytest.fixture
def edited(world):
    by = world.user(Role.APPLICANT)
    draft = services.open_draft(by=by, organisation=world.place("department"), title="消防演练")
    return services.save_draft(application=draft, by=by, fields={"title": "消防疏散演练", "teacher_count": 0})


def test_changed_fields_with_their_names_old_and_new(edited):
    entry = registry.Historied(model=type(edited), label="申请", visible_to=None)
    newer, older = edited.history.order_by("-history_id")[:2]
    found = {c.label: (c.old, c.new) for c in changes(entry, older, newer)}
    assert found == {"活动名称": ("消防演练", "消防疏散演练"), "需教师人数": ("—", "0")}


def test_hidden_fields_stay_hidden(edited):
    hidden = frozenset({"title"})
    entry = registry.Historied(model=type(edited), label="申请", visible_to=None, hidden_fields=hidden)
    newer, older = edited.history.order_by("-history_id")[:2]
    assert [c.label for c in changes(entry, older, newer)] == ["需教师人数"]


def test_nothing_to_compare_with_a_single_version(edited):
    entry = registry.Historied(model=type(edited), label="申请", visible_to=None)
    assert changes(entry, None, edited.history.first()) == []


def test_a_row_one_may_not_see_has_no_history_page(world, stranger_world, edited, client):
    address = reverse("history", args=["application", edited.pk])
    for user, status in [
        (world.user(Role.APPLICANT), 200),
        (world.user(Role.FIRST_REVIEWER), 404),  # a draft is its writer's own
        (stranger_world.user(Role.APPLICANT), 404),
    ]:
        client.force_login(user)
        assert client.get(address).status_code == status
    assert client.get(reverse("history", args=["nothing", 1])).status_code == 404


def test_any_two_versions_side_by_side(world, edited, client):
    client.force_login(world.user(Role.APPLICANT))
    first, last = edited.history.order_by("history_id").values_list("history_id", flat=True)
    page = client.get(reverse("history", args=["application", edited.pk]), {"a": first, "b": last})
    assert {c.label for c in page.context["changes"]} == {"活动名称", "需教师人数"}
    for nonsense in ("x", "-1", "9" * 40):
        answer = client.get(reverse("history", args=["application", edited.pk]), {"a": nonsense, "b": last})
        assert answer.status_code == 200
