"""Every road in the browser: begun with a click, filled, handed in, found again."""

from datetime import timedelta

import pytest

from approvals import services
from approvals.progress import STAGES
from approvals.sheets import parts_of
from approvals.states import Road, State
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft
from tests.approvals.views.conftest import page


def test_one_click_begins_a_road(world, as_):
    client = as_(Role.APPLICANT)
    shown = client.get(page("application_new")).content.decode()
    assert "即时突发" in shown
    answer = client.post(page("application_new"), {"road": "campus_exempt"})
    made = world.district.application_set.get()
    assert (made.road, answer.url) == (Road.CAMPUS_EXEMPT, page("application_form", made.pk))
    assert "已填 0/3 步" in client.get(answer.url).content.decode()
    assert "没有选办什么事" in client.post(page("application_new"), {"road": "x"}).content.decode()


@pytest.mark.parametrize("road", Road)
def test_every_page_of_every_road_opens_and_is_handed_in(world, as_, road):
    application = draft(world, road)
    client = as_(Role.APPLICANT)
    for part in parts_of(road):
        assert client.get(page("application_part", application.pk, part.key)).status_code == 200
    check = client.post(page("application_check", application.pk), {"version": application.version})
    assert check.status_code == 302, check.content.decode()
    receipt = client.get(page("application_receipt", application.pk)).content.decode()
    assert STAGES[road][1][0] in receipt
    assert client.get(page("application_detail", application.pk)).status_code == 200
    assert client.get(page("application_mine")).status_code == 200


def test_reviewers_see_the_cap_and_applicants_do_not(world, as_):
    application = application_at(State.APPRAISED, world)
    url = page("application_detail", application.pk)
    assert "还可批准" in as_(Role.FIRST_REVIEWER).get(url).content.decode()
    assert "还可批准" not in as_(Role.APPLICANT).get(url).content.decode()


def test_the_list_tells_the_roads_apart(world, as_):
    application_at(State.SUBMITTED, world)
    exempt = application_at(State.REPORTED, world, road=Road.CAMPUS_EXEMPT, title="文明城市创建宣传")
    client = as_(Role.PUBLICATION_CLERK)
    everything = client.get(page("application_list"), {"tab": "all"}).content.decode()
    assert "另有免申报登记 1 项" in everything
    assert exempt.number not in everything
    apart = client.get(page("application_list"), {"tab": "all", "road": "campus_exempt"}).content.decode()
    assert exempt.number in apart
    assert "共 1 条" in apart
    assert "进校园·免申报 1" in apart


def test_the_history_shows_what_changed_beside(world, as_):
    application = draft(world, Road.INSPECTION_SINGLE)
    by = world.user(Role.APPLICANT)
    with dates.as_of(dates.now() + timedelta(minutes=1)):
        services.save_draft(application=application, by=by, fields={"materials": "自查表"})
    shown = as_(Role.APPLICANT).get(f"/history/application/{application.pk}/").content.decode()
    assert "需学校提供的材料" in shown
    assert "自查表" in shown
