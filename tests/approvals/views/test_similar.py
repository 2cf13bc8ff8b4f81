"""同主题申请 on the page of an application: for who decides, and for nobody else."""

import pytest

from approvals.states import State
from approvals.views.detail import similar_of
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft
from tests.approvals.views.conftest import page


def body_of(client, application):
    return client.get(page("application_detail", application.pk)).content.decode()


@pytest.fixture
def two(world):
    other = application_at(State.SUBMITTED, world, title="119火场逃生体验", content="讲逃生。")
    mine = application_at(State.SUBMITTED, world, title="消防安全演练", content="讲灭火。")
    return mine, other


@pytest.mark.parametrize("role", [Role.PUBLICATION_CLERK, Role.FIRST_REVIEWER, Role.LEADER])
def test_who_decides_sees_it_with_why_and_where(two, as_, role):
    mine, other = two
    body = body_of(as_(role), mine)
    assert "同主题申请" in body
    assert f'href="{page("application_detail", other.pk)}"' in body
    assert "主题相同：消防安全" in body
    assert "高度相近" in body


def test_the_applicant_sees_the_finding_and_not_the_block(two, as_):
    body = body_of(as_(Role.APPLICANT), two[0])
    assert "R-CAM-13" in body
    assert "同主题申请" not in body


def test_a_draft_of_another_is_not_there(world, as_):
    mine = application_at(State.SUBMITTED, world, title="消防安全演练")
    draft(world, title="119火场逃生体验")
    body = body_of(as_(Role.LEADER), mine)
    assert "本区没有同一或相近主题的申请" in body
    assert "火场" not in body


def test_the_form_says_it_while_it_is_filled(two, world, as_):
    third = draft(world, title="灭火器实操课", content="讲灭火器。")
    body = as_(Role.APPLICANT).get(page("application_part", third.pk, "basis")).content.decode()
    assert "R-CAM-13" in body
    assert "119火场逃生体验" in body


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(world, rf, count, django_assert_num_queries):
    for name in "甲乙丙"[:count]:
        application_at(State.SUBMITTED, world, title=f"火场逃生体验{name}", content="讲逃生。")
    mine = application_at(State.SUBMITTED, world, title="消防安全演练")
    request = rf.get("/")
    request.user = world.user(Role.LEADER)
    assert request.user.is_district_staff
    with django_assert_num_queries(4):
        assert len(similar_of(request, mine)) == count
