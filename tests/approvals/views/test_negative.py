"""退回补正, 不予通过, 并入 in the browser, on more than one road."""

import pytest

from approvals import selectors
from approvals.states import Road, State
from approvals.workflow import way_of
from jianfu.organisations.states import Role
from tests.approvals.factories import actor_at, application_at, draft, step
from tests.approvals.views.conftest import page
from whitelist.snapshot import public_fields


def act(client, application, **data):
    return client.post(page("application_act", application.pk), {"version": application.version, **data})


@pytest.mark.parametrize("road", [Road.CAMPUS_ANNUAL, Road.INSPECTION_SINGLE, Road.SURVEY])
def test_grounds_and_pages_lead_the_applicant_to_what_must_be_mended(world, client, as_, road):
    first = way_of(road)[0]
    application = application_at(first, world, road=road)
    client.force_login(world.user(actor_at(application, "return_")))
    assert "勾选理由" in client.get(page("application_detail", application.pk)).content.decode()
    first_page, last_page = _pages(road)
    data = {"grounds": ["basis", "timing"], "pages": [last_page, first_page], "note": "写清楚。"}
    act(client, application, transition="return_", **data)
    application.refresh_from_db()
    back = application.steps.get(transition="return_")
    assert application.state == State.RETURNED
    assert back.note == "依据不足或不符合准入条件；开展时间需要调整。\n写清楚。"
    assert back.data == {"grounds": ["basis", "timing"], "pages": [last_page, first_page]}
    mine = as_(Role.APPLICANT)
    form = page("application_form", application.pk)
    assert f"{form}?mend=1" in mine.get(page("application_mine")).content.decode()
    opened = mine.get(form, {"mend": "1"})
    assert opened.url == page("application_part", application.pk, first_page)
    assert mine.get(form).content.decode().count("退回要改") == 2
    shown = mine.get(opened.url).content.decode()
    assert "要改的页" in shown
    assert page("application_part", application.pk, last_page) in shown


def _pages(road):
    from approvals.sheets import parts_of

    return parts_of(road)[0].key, parts_of(road)[-1].key


def test_the_phrase_that_agrees_gives_way_to_the_grounds(world, client):
    application = application_at(State.APPRAISED, world)
    client.force_login(world.user(Role.FIRST_REVIEWER))
    act(client, application, transition="reject", grounds=["integrate"], note="拟同意。")
    application.refresh_from_db()
    assert application.state == State.REJECTED
    note = application.steps.get(transition="reject").note
    assert note == "可统筹纳入日常教育教学（学科、班团队会、综合实践等）。"


@pytest.mark.parametrize("bad", [{"grounds": ["nonsense"]}, {"pages": ["nonsense"], "note": "请补"}])
def test_grounds_from_nowhere_move_nothing(world, client, bad):
    application = application_at(State.APPRAISED, world)
    client.force_login(world.user(Role.FIRST_REVIEWER))
    answer = act(client, application, transition="return_", **bad)
    assert "不在可选范围内" in answer.content.decode()
    application.refresh_from_db()
    assert application.state == State.APPRAISED


def test_one_goes_on_for_both_and_the_units_stand_in_the_list(world, client, as_):
    goes_on = application_at(State.APPRAISED, world, title="交通安全体验课")
    merged = application_at(State.APPRAISED, world, title="文明出行宣传")
    merged.organisation = world.place("other_department")
    merged.save()
    other_road = application_at(State.REQUESTED, world, road=Road.SURVEY)
    client.force_login(world.user(Role.FIRST_REVIEWER))
    url = page("application_merge", merged.pk)
    shown = client.get(url).content.decode()
    assert goes_on.number in shown
    assert other_road.number not in shown
    assert "选择并入哪一项申请" in client.post(url, {"version": merged.version}).content.decode()
    data = {"version": merged.version, "into": goes_on.pk, "note": "主题相近，合并开展"}
    assert client.post(url, data).url == goes_on.get_absolute_url()
    merged.refresh_from_db()
    assert (merged.state, merged.merged_into_id) == (State.MERGED, goes_on.pk)
    assert "已并入" in client.get(merged.get_absolute_url()).content.decode()
    assert "含并入的申请 1 项" in client.get(goes_on.get_absolute_url()).content.decode()
    assert world.place("other_department") in selectors.joint_units(goes_on)
    assert str(world.place("other_department")) in public_fields(goes_on)["joint_names"]
    assert client.get(url).status_code == 403


def test_who_may_not_merge_is_told_why(world, as_):
    application = application_at(State.APPRAISED, world)
    assert as_(Role.LEADER).get(page("application_merge", application.pk)).status_code == 403
    assert page("application_merge", application.pk) not in (
        as_(Role.APPLICANT).get(application.get_absolute_url()).content.decode()
    )


def test_the_list_says_how_it_may_be_done_as_decided(world):
    application = step(draft(world), "submit", world)
    for name in ("conclude", "pass_review"):
        application = step(application, name, world)
    data = {"delivery": "resources", "integration": ["after_school", "class_meeting"]}
    from tests.approvals.factories import step_data

    application = step(application, "approve", world, data={**step_data("approve"), **data})
    shown = public_fields(application)
    assert (shown["delivery"], shown["integration"]) == ("提供资源，由学校自主开展", "融入班团队会、课后服务")
