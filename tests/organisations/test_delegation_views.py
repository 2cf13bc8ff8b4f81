from datetime import date, timedelta

import pytest
from django.urls import reverse

from jianfu.organisations.models import Delegation
from jianfu.organisations.states import ADMINISTRATORS, Role

from .test_delegation import lend

LIST, FORM = "organisations:delegation_list", "organisations:delegation_form"


@pytest.fixture(autouse=True)
def today(settings):
    settings.JIANFU_TODAY = date(2026, 9, 1)


def posted(principal, agent, **changes):
    return {
        "roles": [row.pk for row in principal.person.memberships.all()],
        "agent": agent.person_id,
        "since": "2026.9.1",
        "until": "20260908",
        "reason": "外出学习",
        **changes,
    }


def test_the_way_from_the_menu_to_an_agent_and_back(world, client):
    principal, agent = world.user(Role.FIRST_REVIEWER), world.user(Role.SECTION_CLERK)
    client.force_login(principal)
    assert f'href="{reverse(LIST)}"' in client.get(reverse("desk")).content.decode()
    assert "办理代理" in client.get(reverse(LIST)).content.decode()
    page = client.get(reverse(FORM))
    assert page.context["form"]["roles"].initial == [principal.person.memberships.get().pk]
    answer = client.post(reverse(FORM), posted(principal, agent), follow=True)
    assert f"{agent.person.name}代{principal.person.name}办理" in answer.content.decode()
    row = Delegation.objects.get()
    assert (row.since, row.until) == (date(2026, 9, 1), date(2026, 9, 8))
    end = reverse("organisations:delegation_end", args=[row.pk])
    assert "不能再代办" in client.get(end).content.decode()
    assert "已结束" in client.post(end, follow=True).content.decode()
    row.refresh_from_db()
    assert row.revoked_at


def test_a_refusal_is_said_on_the_form_and_what_was_typed_stays(world, client):
    principal, agent = world.user(Role.FIRST_REVIEWER), world.user(Role.SECTION_CLERK)
    client.force_login(principal)
    page = client.post(reverse(FORM), posted(principal, agent, until="2026年12月31日"))
    words = page.content.decode()
    assert "一次代理最多 60 天，现在是 122 天" in words
    assert "2026年12月31日" in words
    assert not Delegation.objects.exists()


def test_only_own_roles_and_possible_people_are_offered(world, stranger_world, client):
    principal = world.user(Role.FIRST_REVIEWER)
    lend(world, Role.LEADER, agent=principal)  # held as an agent: not offered
    for role in ADMINISTRATORS:
        world.user(role)
    stranger_world.user(Role.LEADER)
    client.force_login(principal)
    form = client.get(reverse(FORM)).context["form"]
    assert [row.role for row in form.fields["roles"].queryset] == [Role.FIRST_REVIEWER]
    assert list(form.fields["agent"].queryset) == [world.user(Role.LEADER).person]
    foreign = posted(principal, stranger_world.user(Role.LEADER))
    assert "不在可选范围内" in client.post(reverse(FORM), foreign).content.decode()


def test_who_has_nothing_to_lend_is_told(world, client):
    client.force_login(world.user(Role.EXPERT))
    assert "办理代理" not in client.get(reverse(LIST)).content.decode()
    answer = client.get(reverse(FORM))
    assert answer.status_code == 403
    assert "只能由本人办理" in answer.content.decode()


def test_the_keeper_of_accounts_says_for_whom(world, client):
    principal, agent = world.user(Role.FIRST_REVIEWER), world.user(Role.SECTION_CLERK)
    client.force_login(world.user(Role.SECURITY_ADMINISTRATOR))
    offered = client.get(reverse(FORM)).context["form"].fields["principal"].queryset
    assert set(offered) == {principal.person, agent.person}
    address = f"{reverse(FORM)}?principal={principal.person_id}"
    client.post(address, posted(principal, agent))
    assert Delegation.objects.get().membership.person == principal.person
    assert principal.person.name in client.get(reverse(LIST)).content.decode()
    nonsense = client.get(f"{reverse(FORM)}?principal=x")
    assert "不在可选范围内" in nonsense.content.decode()


def test_what_does_not_concern_one_is_not_there(world, client):
    row = lend(world)
    end = reverse("organisations:delegation_end", args=[row.pk])
    client.force_login(world.user(Role.LEADER))
    assert client.get(end).status_code == client.post(end).status_code == 404
    row.refresh_from_db()
    assert row.revoked_at is None


def test_the_standing_is_told(world, client, settings):
    row = lend(world, since=date(2026, 9, 2), until=date(2026, 9, 3))
    client.force_login(world.user(Role.FIRST_REVIEWER))
    for day, words in [(1, "未开始"), (2, "代理中"), (3, "代理中"), (4, "已到期")]:
        settings.JIANFU_TODAY = date(2026, 9, day)
        assert [line.label for line in client.get(reverse(LIST)).context["lines"]] == [words]
    assert client.post(reverse("organisations:delegation_end", args=[row.pk])).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_at_any_length(world, client, django_assert_num_queries, rows):
    for number in range(rows):
        start = date(2026, 9, 1) + timedelta(days=10 * number)
        lend(world, since=start, until=start)
    client.force_login(world.user(Role.SECURITY_ADMINISTRATOR))
    client.get(reverse(LIST))
    with django_assert_num_queries(6):
        client.get(reverse(LIST))


def test_the_administrator_of_accounts_looks_and_changes_nothing(world, client):
    row = lend(world)
    change = reverse("admin:organisations_delegation_change", args=[row.pk])
    client.force_login(world.user(Role.SECURITY_ADMINISTRATOR))
    assert client.get(change).status_code == 200
    assert client.post(change, {"until": "2027-01-01"}).status_code == 403
    assert client.get(reverse("admin:organisations_delegation_add")).status_code == 403
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    assert client.get(change).status_code == 403
