"""The page 工作台: tabs with their numbers, days at the present step, whose agent one is, and its cost."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from approvals import services
from approvals.states import State
from jianfu.kernel import registry, trail
from jianfu.organisations.models import CalendarDay
from jianfu.organisations.states import ADMINISTRATORS, Role
from tests.approvals import rounds
from tests.approvals.factories import application_at, draft, step
from tests.approvals.rounds import AGREED
from tests.organisations.test_delegation import lend

MONDAY = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def today(settings):
    settings.JIANFU_TODAY = MONDAY


def opened(client, user, tab="todo"):
    client.force_login(user)
    return client.get(reverse("desk"), {"tab": tab})


def test_each_tab_says_how_many(world, client):
    application_at(State.REVIEWED, world)
    application_at(State.APPRAISED, world)
    shown = {
        role: [tab["count"] for tab in opened(client, world.user(role)).context["tabs"]]
        for role in (Role.FIRST_REVIEWER, Role.APPLICANT, Role.PUBLICATION_CLERK, Role.SCHOOL)
    }
    assert shown == {
        Role.FIRST_REVIEWER: [1, 1, 0],
        Role.APPLICANT: [0, 2, 2],
        Role.PUBLICATION_CLERK: [0, 2, 0],
        Role.SCHOOL: [0, 0, 0],
    }
    words = opened(client, world.user(Role.APPLICANT)).content.decode()
    assert "待办 0" in words
    assert "我发起的 2" in words


def test_nobody_counts_further_than_he_looks(world, client, monkeypatch):
    monkeypatch.setattr(registry, "MANY", 2)
    application_at(State.REVIEWED, world)
    reviewer = world.user(Role.FIRST_REVIEWER)
    assert opened(client, reviewer).context["tabs"][1]["count"] == 1
    application_at(State.REVIEWED, world)
    assert opened(client, reviewer).context["tabs"][1]["count"] == "2+"


def test_days_at_this_step_are_working_days_of_this_step(world, client, settings):
    CalendarDay.objects.create(day=date(2026, 9, 9), is_workday=False, name="假日")
    application = step(draft(world), "submit", world)
    office = world.user(Role.PUBLICATION_CLERK)
    for day, waited in [(7, 0), (8, 1), (9, 1), (10, 2), (13, 3), (14, 4)]:
        settings.JIANFU_TODAY = date(2026, 9, day)
        (matter,) = opened(client, office).context["page"].object_list
        assert matter.waited == waited, day
    assert "4 天" in opened(client, office).content.decode()
    step(application, "conclude", world)
    (matter,) = opened(client, world.user(Role.FIRST_REVIEWER)).context["page"].object_list
    assert matter.waited == 0


def test_who_waits_sees_the_light_too(world, client, settings):
    application_at(State.APPRAISED, world)
    settings.JIANFU_TODAY = MONDAY + timedelta(days=10)
    (matter,) = opened(client, world.user(Role.APPLICANT), "started").context["page"].object_list
    assert matter.remaining.light == "r"
    assert "超期 3 天" in opened(client, world.user(Role.APPLICANT), "started").content.decode()


def test_what_has_ended_waits_for_nobody(world, client):
    application_at(State.PUBLISHED, world)
    (matter,) = opened(client, world.user(Role.APPLICANT), "started").context["page"].object_list
    assert matter.waited is None


def test_an_agent_is_told_for_whom(world, client):
    application_at(State.APPRAISED, world)
    agent = world.user(Role.SECTION_CLERK)
    assert "正在代" not in opened(client, agent).content.decode()
    lend(world)
    page = opened(client, agent)
    assert f"正在代{world.user(Role.FIRST_REVIEWER).person.name}（初审人）办理" in page.content.decode()
    assert page.context["tabs"][0]["count"] == 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("role", "state", "tab", "queries"),
    [
        (Role.FIRST_REVIEWER, State.APPRAISED, "todo", 10),
        (Role.PUBLICATION_CLERK, State.SUBMITTED, "todo", 14),
        (Role.APPLICANT, State.APPRAISED, "started", 13),
        (Role.FIRST_REVIEWER, State.REVIEWED, "done", 13),
    ],
)
def test_the_cost_does_not_grow(world, client, django_assert_num_queries, rows, role, state, tab, queries):
    for _ in range(rows):
        application_at(state, world)
    opened(client, world.user(role), tab)
    trail.record(action="something.happened", target=world.district, by=None)  # all is counted again
    assert queries <= 14  # one a share, however many matters there are
    with django_assert_num_queries(queries):
        page = client.get(reverse("desk"), {"tab": tab})
    assert len(page.context["page"].object_list) == rows
    known = 4 + (tab == "todo")  # session, account, roles, the head of the chain; the rounds
    with django_assert_num_queries(known):
        client.get(reverse("desk"), {"tab": tab})


def test_a_mark_in_a_round_shows_at_once(world, client):
    application = application_at(State.REVIEWED, world)
    leader = world.user(Role.LEADER)
    round_ = rounds.opened(world, [application])
    words = opened(client, leader).context["page"].object_list[0].origin
    services.mark(item=round_.items.get(), by=leader, marks=AGREED)
    assert opened(client, leader).context["page"].object_list[0].origin != words


def test_a_step_shows_at_once(world, client):
    """What was counted is remembered by the head of the trail, and no longer."""
    application = application_at(State.APPRAISED, world)
    reviewer = world.user(Role.FIRST_REVIEWER)
    for _ in range(2):
        assert [tab["count"] for tab in opened(client, reviewer).context["tabs"]] == [1, 0, 0]
    step(application, "pass_review", world)
    assert [tab["count"] for tab in opened(client, reviewer).context["tabs"]] == [0, 1, 0]


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_the_three_administrators_begin_where_their_work_is(world, client, role):
    client.force_login(world.user(role))
    assert client.get("/").url == reverse("admin:index")
    client.force_login(world.user(Role.SECTION_CLERK))
    assert client.get("/").url == reverse("desk")
