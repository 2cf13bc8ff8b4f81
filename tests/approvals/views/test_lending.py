"""续借 and 已有数据 in the browser's words."""

import pytest
from django.urls import reverse

from approvals.models import Application, HeldData
from approvals.states import Road, State
from jianfu.audit.models import Event
from jianfu.organisations.states import Role
from tests.ledger.test_following import handed_in, lent


@pytest.fixture
def away(world):
    return lent(world, handed_in(world))


def test_the_borrowing_unit_begins_a_renewal_from_the_page(world, client, away):
    client.force_login(world.user(Role.APPLICANT))
    page = client.get(away.get_absolute_url()).content.decode()
    url = reverse("approvals:application_renew", args=[away.pk])
    assert url in page
    answer = client.post(url)
    draft = Application.objects.get(predecessor=away)
    assert answer.url == reverse("approvals:application_form", args=[draft.pk])
    assert (draft.road, draft.state) == (Road.SECONDMENT, State.DRAFTED)
    assert draft.particulars.teacher_name == "何喆"
    assert draft.starts_on > away.ends_on
    assert draft.ends_on is None
    assert draft.particulars.teacher_agreed_on is None


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.COMMITTEE, Role.FIRST_REVIEWER])
def test_nobody_else_is_offered_it(world, client, away, role):
    client.force_login(world.user(role))
    url = reverse("approvals:application_renew", args=[away.pk])
    assert url not in client.get(away.get_absolute_url()).content.decode()
    assert client.post(url).status_code == 404


def test_the_school_consents_with_the_day_of_the_teachers_own_consent(world, client):
    application = handed_in(world)
    client.force_login(world.user(Role.SCHOOL))
    page = client.get(application.get_absolute_url()).content.decode()
    assert "教师本人同意日期" in page
    url = reverse("approvals:application_act", args=[application.pk])
    said = {"version": application.version, "transition": "school_agree", "note": "同意"}
    answer = client.post(url, said)
    assert "填写教师本人同意日期" in answer.content.decode()
    client.post(url, {**said, "agreed_on": "2026.11.20"})
    application.refresh_from_db()
    assert application.state == State.SCHOOL_AGREED
    assert application.particulars.teacher_agreed_on.isoformat() == "2026-11-20"


@pytest.fixture
def held(world):
    keeper = world.place("personnel")
    for name, alias in [("在编教师人数", "教师数"), ("班级数", ""), ("校舍面积", "")]:
        HeldData.objects.create(
            district=world.district, name=name, aliases=alias, kept_in="全国教师管理信息系统", keeper=keeper
        )


def test_what_is_known_is_found_by_its_other_name(world, client, held):
    client.force_login(world.user(Role.APPLICANT))
    page = client.get(reverse("approvals:held_data_list"), {"q": "教师数"}).content.decode()
    assert "在编教师人数" in page
    assert "组织人事科" in page
    assert "班级数" not in page


def test_another_district_knows_nothing_of_it(stranger_world, client, held):
    client.force_login(stranger_world.user(Role.APPLICANT))
    assert "没有找到" in client.get(reverse("approvals:held_data_list")).content.decode()


def test_the_list_costs_as_much_for_three_as_for_one(world, client, django_assert_num_queries):
    client.force_login(world.user(Role.APPLICANT))
    url = reverse("approvals:held_data_list")
    for count in (1, 3):
        HeldData.objects.create(district=world.district, name=f"数据{count}", kept_in="档案")
        client.get(url)
        with django_assert_num_queries(6):
            client.get(url)


def test_the_system_administrator_keeps_it_with_an_event(world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    answer = client.post(
        reverse("admin:approvals_helddata_add"), {"name": "班级数", "aliases": "", "kept_in": "学籍系统"}
    )
    assert answer.status_code == 302
    row = HeldData.objects.get()
    assert row.district == world.district
    assert Event.objects.filter(action="master_data.added", target_name="班级数").exists()
