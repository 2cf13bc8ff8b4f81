"""One application and the steps taken from its page."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from approvals import services
from approvals.states import State
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.approvals.factories import (
    application_at,
    give_opinions,
    step,
)
from tests.approvals.views.conftest import page
from tests.approvals.views.test_meeting import conclude


def test_withdrawing_asks_for_a_reason_and_once(world, as_):
    application = application_at(State.SUBMITTED, world)
    url = page("application_withdraw", application.pk)
    client = as_(Role.APPLICANT)
    assert "不能恢复" in client.get(url).content.decode()
    empty = client.post(url, {"note": "", "version": application.version})
    assert "填写撤回理由" in empty.content.decode()
    client.post(url, {"note": "活动取消", "version": application.version})
    application.refresh_from_db()
    assert application.state == State.WITHDRAWN
    assert client.post(url, {"note": "再撤", "version": application.version}).status_code == 403


def act(client, application, name, **data):
    data = {"transition": name, "note": "同意", "version": application.version, **data}
    return client.post(page("application_act", application.pk), data)


def test_the_road_by_its_pages(world, as_):
    application = application_at(State.SUBMITTED, world)
    give_opinions(application, world)
    filing = {
        "body": "市委",
        "document_number": "江教领备〔2026〕1号",
        "filed_on": f"{dates.today():%Y.%m.%d}",
    }
    meeting = {"decided_on": f"{dates.today():%Y%m%d}", "meeting_number": "云教领纪[2026]03号"}
    conclude(as_(Role.PUBLICATION_CLERK), application)
    application.refresh_from_db()
    for role, name, data in (
        (Role.FIRST_REVIEWER, "pass_review", {}),
        (Role.LEADER, "approve", meeting),
        (Role.PUBLICATION_CLERK, "file", filing),
    ):
        answer = act(as_(role), application, name, **data)
        assert answer.status_code == 302, answer.content.decode()
        application.refresh_from_db()
    assert application.state == State.FILED
    assert application.meeting_number == "云教领纪〔2026〕3号"


def test_a_refused_step_keeps_the_words_and_says_where(world, as_):
    application = application_at(State.REVIEWED, world)
    body = act(as_(Role.LEADER), application, "approve", note="原则同意，控制次数").content.decode()
    assert "填写审批日期" in body
    assert "原则同意，控制次数" in body
    assert "<title>错误：" in body
    application.refresh_from_db()
    assert application.state == State.REVIEWED


def test_returning_does_not_ask_for_the_meeting(world, as_):
    application = application_at(State.REVIEWED, world)
    assert act(as_(Role.LEADER), application, "return_", note="请补预案").status_code == 302


def test_a_stale_tab_is_told_and_keeps_its_words(world, as_):
    application = application_at(State.APPRAISED, world)
    stale = application.version
    services.perform(application=application, name="return_", by=world.user(Role.FIRST_REVIEWER), note="请补")
    answer = act(as_(Role.FIRST_REVIEWER), application, "pass_review", version=stale, note="我写了很多")
    assert answer.status_code == 409
    assert "刚刚被别人改动过，现在是“退回补正”" in answer.content.decode()
    application.refresh_from_db()
    assert application.state == State.RETURNED


@pytest.mark.parametrize("name", ["", "publish", "nonsense", "__class__", "字" * 1000])
def test_no_step_but_those_of_the_page(world, as_, name):
    application = application_at(State.FILED, world)
    assert act(as_(Role.PUBLICATION_CLERK), application, name).status_code == 302
    application.refresh_from_db()
    assert application.state == State.FILED


@pytest.mark.parametrize("note", ["字" * 70_000, "a\x00b", "<script>alert(1)</script>"])
def test_strange_words_never_break_the_page(world, as_, note):
    application = application_at(State.APPRAISED, world)
    answer = act(as_(Role.FIRST_REVIEWER), application, "return_", note=note)
    assert answer.status_code in {200, 302}
    assert b"<script>alert(1)" not in answer.content


def test_the_detail_shows_road_record_matrix_and_changes(world, as_):
    application = application_at(State.RETURNED, world)
    by = world.user(Role.APPLICANT)
    services.save_draft(application=application, by=by, fields={"schools_text": "三所小学"})
    application.refresh_from_db()
    application = step(application, "submit", world)
    give_opinions(application, world)
    body = as_(Role.PUBLICATION_CLERK).get(page("application_detail", application.pk)).content.decode()
    assert 'aria-current="step"' in body
    assert "退回补正" in body
    assert "用时" in body
    assert "专家论证意见（已收 3/3 份）" in body
    assert "改了 1 处" in body
    compared = as_(Role.LEADER).get(page("application_compare", application.pk)).content.decode()
    assert "三所小学" in compared
    assert "全区小学" in compared


def test_a_refused_button_says_why(world, as_):
    application = application_at(State.SUBMITTED, world)
    body = as_(Role.PUBLICATION_CLERK).get(page("application_detail", application.pk)).content.decode()
    assert "已收到 0 份专家意见，须满 3 份才能汇总" in body
    assert 'value="conclude"' not in body


def test_the_applicant_sees_no_sheet_of_an_expert(world, as_):
    application = application_at(State.APPRAISED, world)
    body = as_(Role.APPLICANT).get(page("application_detail", application.pk)).content.decode()
    assert "已收 3/3 份" not in body
    assert "同意开展。" not in body


def test_unsent_changes_of_a_returned_one_are_not_shown_to_the_bureau(world, as_):
    application = application_at(State.RETURNED, world)
    by = world.user(Role.APPLICANT)
    services.save_draft(application=application, by=by, fields={"schools_text": "还在改的"})
    body = as_(Role.LEADER).get(page("application_detail", application.pk)).content.decode()
    assert "还在改的" not in body


def test_rows_of_another_district_are_not_found(world, stranger_world, client):
    application = application_at(State.SUBMITTED, world)
    for role in Role:
        client.force_login(stranger_world.user(role))
        for name in ("application_detail", "application_form", "application_check", "application_paper"):
            assert client.get(page(name, application.pk)).status_code == 404, (role, name)
        assert client.post(page("application_act", application.pk)).status_code == 404


def test_who_decides_sees_what_the_rules_said_then_and_today(world, as_):
    application = application_at(State.APPRAISED, world, content="学生每天打卡")
    body = as_(Role.FIRST_REVIEWER).get(application.get_absolute_url()).content.decode()
    assert "规则核查" in body
    assert "学生每天<mark>打卡</mark>" in body
    assert "提交时已有" in body
    day = application.starts_on + timedelta(days=1)
    with dates.as_of(datetime.combine(day, time(9), tzinfo=timezone.get_current_timezone())):
        later = as_(Role.FIRST_REVIEWER).get(application.get_absolute_url()).content.decode()
    assert "R-CAM-10" in later
    assert "提交后新出现" in later


def test_what_was_decided_keeps_what_the_rules_said(world, as_):
    application = application_at(State.REJECTED, world, content="学生每天打卡")
    body = as_(Role.FIRST_REVIEWER).get(application.get_absolute_url()).content.decode()
    assert "R-CAM-19" in body
    assert "提交后新出现" not in body


def test_a_notice_is_judged_by_the_day_of_applying(world, as_, settings):
    """Applied for in November, looked at in December, when the window is open."""
    settings.JIANFU_TODAY = date(2026, 11, 23)
    application = application_at(State.APPRAISED, world)
    settings.JIANFU_TODAY = date(2026, 12, 1)
    body = as_(Role.FIRST_REVIEWER).get(application.get_absolute_url()).content.decode()
    assert "申报时是11月" in body
    assert "今天已没有这个问题" not in body
