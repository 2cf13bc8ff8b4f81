"""The form as people and scripts use it."""

import pytest

from approvals import services
from approvals.models import Application
from approvals.states import State
from jianfu.kernel import dates
from jianfu.organisations.models import PolicyValue
from jianfu.organisations.states import Role
from tests.approvals.factories import (
    application_at,
    draft,
)
from tests.approvals.views.conftest import page


def test_a_new_application_is_a_draft_at_once(world, as_):
    answer = as_(Role.APPLICANT).post(page("application_new"), {"road": "campus_annual"})
    made = Application.objects.get()
    assert answer.url == page("application_form", made.pk)
    shown = as_(Role.APPLICANT).get(answer.url).content.decode()
    assert "已填 0/5 步" in shown
    assert "已为您带出 4 项" in shown


def test_somebody_without_the_role_is_told_why(as_):
    answer = as_(Role.LEADER).post(page("application_new"))
    assert answer.status_code == 403
    assert "申报经办人" in answer.content.decode()


def test_a_part_is_saved_though_it_is_incomplete(world, as_):
    application = draft(world)
    url = page("application_part", application.pk, "content")
    answer = as_(Role.APPLICANT).post(url, {"content": "新内容", "go": "on", "version": application.version})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "填写预期效果" in body
    assert "<title>错误：" in body
    application.refresh_from_db()
    assert (application.content, application.expected_effect) == ("新内容", "")


def test_leaving_does_not_ask_for_what_is_missing(world, as_):
    application = draft(world)
    url = page("application_part", application.pk, "content")
    answer = as_(Role.APPLICANT).post(url, {"content": "新内容", "go": "exit"})
    assert answer.url == page("application_form", application.pk)


def test_a_rule_speaks_when_its_page_is_saved(world, as_):
    application = draft(world)
    data = {
        "delivery": "visit", "method": "讲", "class_hours": "1", "teacher_count": "0", "go": "on",
        "charges_fee": "yes", "appraises_schools": "no", "demands_traces": "no",
    }  # fmt: skip
    answer = as_(Role.APPLICANT).post(page("application_part", application.pk, "conduct"), data)
    assert "R-CAM-05，黑龙江减负工作清单第9条" in answer.content.decode()


def test_a_colleagues_version_does_not_eat_what_was_typed(world, as_):
    application = draft(world)
    services.save_draft(
        application=application, by=world.user(Role.APPLICANT), fields={"content": "同事写的"}
    )
    url = page("application_part", application.pk, "content")
    answer = as_(Role.APPLICANT).post(
        url, {"content": "我写的", "expected_effect": "好", "go": "on", "version": application.version}
    )
    body = answer.content.decode()
    assert "同单位的同事刚刚改过" in body
    assert "我写的" in body
    assert "同事写的" in body
    application.refresh_from_db()
    assert application.content == "同事写的"
    again = {"content": "我写的", "expected_effect": "好", "go": "exit", "version": application.version}
    as_(Role.APPLICANT).post(url, again)
    application.refresh_from_db()
    assert application.content == "我写的"


def test_autosave_answers_in_json(world, as_):
    application = draft(world)
    url = page("application_autosave", application.pk, "scope")
    saved = as_(Role.APPLICANT).post(
        url, {"grades": "半句", "starts_on": "2027年3", "version": application.version}
    )
    assert saved.json()["version"] == application.version + 1
    application.refresh_from_db()
    assert application.grades == "半句"
    stale = as_(Role.APPLICANT).post(url, {"schools_text": "旧页", "version": application.version - 1})
    assert stale.status_code == 409
    assert "同事刚刚改过" in stale.json()["message"]


def test_check_submit_receipt(world, as_):
    application = draft(world)
    client = as_(Role.APPLICANT)
    shown = client.get(page("application_check", application.pk)).content.decode()
    assert "未填" in shown
    assert "中华人民共和国消防法第六条" in shown
    answer = client.post(page("application_check", application.pk), {"version": application.version})
    assert answer.url == page("application_receipt", application.pk)
    receipt = client.get(answer.url).content.decode()
    application.refresh_from_db()
    assert application.number in receipt
    assert dates.chinese_date(application.due_on) in receipt
    again = client.post(page("application_check", application.pk), {"version": application.version})
    assert again.url == page("application_detail", application.pk)
    assert application.submissions.count() == 1


def test_an_incomplete_application_cannot_be_pressed_through(world, as_):
    application = draft(world, title="")
    answer = as_(Role.APPLICANT).post(
        page("application_check", application.pk), {"version": application.version}
    )
    assert "填写活动名称" in answer.content.decode()
    application.refresh_from_db()
    assert application.state == State.DRAFTED


@pytest.mark.parametrize("version", ["", "0", "abc", "-1", "9" * 40, "１２"])
def test_a_version_that_fits_nothing_submits_nothing(world, as_, version):
    application = draft(world)
    answer = as_(Role.APPLICANT).post(page("application_check", application.pk), {"version": version})
    assert answer.status_code == 200
    application.refresh_from_db()
    assert application.state == State.DRAFTED


def test_a_returned_form_opens_at_its_reason(world, as_):
    application = application_at(State.RETURNED, world)
    for name, *args in (("application_form",), ("application_part", "content"), ("application_check",)):
        body = as_(Role.APPLICANT).get(page(name, application.pk, *args)).content.decode()
        assert "退回补正：请补方案" in body


def test_throwing_away_asks_first(world, as_):
    application = draft(world)
    url = page("application_discard", application.pk)
    assert "不能恢复" in as_(Role.APPLICANT).get(url).content.decode()
    assert as_(Role.APPLICANT).post(url).url == page("application_mine")
    assert as_(Role.APPLICANT).get(url).status_code == 404


def test_what_is_saved_by_itself_is_answered_with_what_the_rules_say(world, as_):
    application = draft(world)
    url = page("application_autosave", application.pk, "content")
    data = {"content": "学生每天打卡，<b>拍照</b>上传", "integration": "practice", "expected_effect": "好"}
    said = as_(Role.APPLICANT).post(url, data).json()
    assert "<mark>打卡</mark>" in said["findings"]
    assert "<mark>拍照</mark>" in said["findings"]
    assert "<b>" not in said["findings"]
    assert "文中的留痕要求，合川区行动方案三（三）" in said["findings"]
    data |= {"content": "讲解，不要求打卡、拍照", "version": said["version"]}
    assert "mark" not in as_(Role.APPLICANT).post(url, data).json()["findings"]


def test_without_a_script_the_same_words_stand_on_the_page(world, as_):
    application = draft(world, content="学生每天打卡")
    body = as_(Role.APPLICANT).get(page("application_part", application.pk, "content")).content.decode()
    assert "学生每天<mark>打卡</mark>" in body
    assert "aria-live" in body
    other = as_(Role.APPLICANT).get(page("application_part", application.pk, "scope")).content.decode()
    assert "<mark>" not in other
    check = as_(Role.APPLICANT).get(page("application_check", application.pk)).content.decode()
    assert check.count("学生每天<mark>打卡</mark>") == 1


def test_words_that_a_district_blocks_are_an_error_at_their_own_field(world, as_):
    PolicyValue.objects.create(
        district=world.district,
        code="R-CAM-19-SEVERITY",
        value="拦截",
        effective_from=dates.today(),
        document="云教领〔2026〕1号",
    )
    application = draft(world)
    url = page("application_part", application.pk, "content")
    data = {"content": "学生每天打卡", "integration": "practice", "expected_effect": "好", "go": "on"}
    body = as_(Role.APPLICANT).post(url, data).content.decode()
    assert 'href="#id_content"' in body
    assert "R-CAM-19，合川区行动方案三（三）" in body
