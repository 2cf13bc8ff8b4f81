"""The pages after a listing: planning, checking, the school's day, calendars and feeds."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse

from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.whitelist.activities import (
    agreed,
    department,
    handed_in,
    listed,
    plan,
    reviewer,
    scheduled,
    school,
    weekday,
)
from tests.whitelist.factories import clerk
from whitelist import services
from whitelist.calendars import announced_today
from whitelist.models import Activity, CalendarFeed, Visit
from whitelist.states import ActivityState, VisitKind


def url(name, *args):
    return reverse(f"whitelist:{name}", args=args)


def text_of(answer):
    return answer.content.decode()


def test_a_department_plans_and_the_bureau_agrees(world, client):
    entry = listed(world)
    client.force_login(department(world))
    page = client.get(url("activity_new"))
    assert entry.title in text_of(page)
    client.post(url("activity_new"), {"entry": entry.pk})
    activity = Activity.objects.get()
    page = text_of(client.get(url("activity_edit", activity.pk)))
    assert "本表 7 项，已为您带出" in page
    day = weekday(45)
    picked = {
        "action": "pick", "schools": [world.place("school").pk], "days": f"{day:%Y-%m-%d}",
        "order": "each", "times": "14:00-14:40", "grades": "四年级",
    }  # fmt: skip
    client.post(url("activity_sessions", activity.pk), picked)
    client.post(url("activity_sessions", activity.pk), picked)  # the same again is not added twice
    assert activity.sessions.count() == 1
    words = {"title": "演练", "content": "讲解、演练", "safety": "有预案", "contact_name": "张喆"}
    client.post(
        url("activity_edit", activity.pk),
        {**words, "contact_phone": "023-1", "version": Activity.objects.get().version},
    )
    version = Activity.objects.get().version
    client.post(url("activity_act", activity.pk), {"transition": "submit", "version": version})
    assert Activity.objects.get().state == ActivityState.SUBMITTED
    client.force_login(reviewer(world))
    assert "同意实施" in text_of(client.get(activity.get_absolute_url()))
    client.post(
        url("activity_act", activity.pk),
        {"transition": "agree", "version": Activity.objects.get().version, "note": "同意。"},
    )
    assert Activity.objects.get().state == ActivityState.AGREED


def test_pasted_rows_become_sessions_and_a_wrong_one_keeps_the_words(world, client):
    activity = plan(world)
    client.force_login(department(world))
    day = weekday(45)
    good = f"实验小学\t{day:%Y-%m-%d}\t14:00-14:40\t四年级"
    answer = client.post(
        url("activity_sessions", activity.pk), {"action": "paste", "rows_text": f"{good}\n某校\t1\t2"}
    )
    assert "第 2 行：没有叫“某校”的学校" in text_of(answer)
    assert good.split("\t")[1] in text_of(answer)
    assert activity.sessions.count() == 0
    client.post(url("activity_sessions", activity.pk), {"action": "paste", "rows_text": good})
    assert activity.sessions.count() == 1
    key = activity.sessions.get().pk
    client.post(url("activity_sessions", activity.pk), {"action": "remove", "chosen": [key, "x"]})
    assert activity.sessions.count() == 0


def test_a_refused_step_says_why_and_keeps_the_words(world, client):
    activity = scheduled(world, days=(20,))
    client.force_login(department(world))
    answer = client.post(
        url("activity_act", activity.pk),
        {"transition": "submit", "version": activity.version, "note": "请尽快"},
    )
    assert answer.status_code == 422
    assert "R-ACT-01" in text_of(answer)
    assert "请尽快" in text_of(answer)
    assert "不到一个月" in text_of(client.get(url("activity_edit", activity.pk)))


def test_agreeing_in_spite_of_a_warning_needs_a_reason(world, client):
    services.take_step(activity=scheduled(world), name="submit", by=department(world))
    other = scheduled(world, begins=time(9), ends=time(9, 40))
    services.take_step(activity=other, name="submit", by=department(world))
    client.force_login(reviewer(world))
    shown = text_of(client.get(other.get_absolute_url()))
    assert "R-ACT-12" in shown
    sent = {"transition": "agree", "version": Activity.objects.get(pk=other.pk).version}
    assert "仍然同意的，在意见里写明理由" in text_of(client.post(url("activity_act", other.pk), sent))
    client.post(url("activity_act", other.pk), {**sent, "note": "两批学生。"})
    assert Activity.objects.get(pk=other.pk).state == ActivityState.AGREED


def test_a_session_is_moved_with_notice_and_the_school_sees_both_days(world, client, clock):
    activity = agreed(world, days=(40, 47))
    first, second = activity.sessions.order_by("day")
    client.force_login(department(world))
    new = weekday(50)
    sent = {"action": "move", "day": f"{new:%Y-%m-%d}", "times": "09:00-09:40", "note": "消防员出警"}
    client.post(url("session_change", first.pk), {**sent, "version": Activity.objects.get().version})
    first.refresh_from_db()
    assert (first.day, first.moved_from) == (new, weekday(40))
    client.post(
        url("session_change", second.pk),
        {"action": "drop", "note": "学校有考试", "version": Activity.objects.get().version},
    )
    clock(new)
    client.force_login(school(world))
    shown = text_of(client.get(url("today")))
    assert "原定" in shown
    assert "学校有考试" in shown
    assert [step.label for step in activity.steps.all()][:2] == ["取消一场", "改期"]


@pytest.mark.parametrize(("days", "says"), [(0, "与原来相同"), (-90, "已经过去")])
def test_a_move_to_where_it_is_or_back_is_refused_in_one_sentence(world, client, days, says):
    session = agreed(world).sessions.get()
    client.force_login(department(world))
    day = session.day + timedelta(days=days)
    sent = {"action": "move", "day": f"{day:%Y-%m-%d}", "times": session.times, "note": "下雨"}
    version = Activity.objects.get().version
    page = text_of(client.post(url("session_change", session.pk), {**sent, "version": version}))
    assert says in page
    assert "R-ACT" not in page
    assert "下雨" in page, "what was typed stays"
    assert Activity.objects.get().version == version


def test_a_move_on_short_notice_is_refused(world, client, clock):
    session = agreed(world).sessions.get()
    clock(session.day)
    client.force_login(department(world))
    sent = {"action": "move", "day": f"{session.day + timedelta(days=7):%Y-%m-%d}", "times": "9:00-9:40"}
    answer = client.post(
        url("session_change", session.pk), {**sent, "note": "忙", "version": Activity.objects.get().version}
    )
    assert "R-ACT-08" in text_of(answer)
    session.refresh_from_db()
    assert session.moved_from is None


# --- the school --------------------------------------------------------------------------------------------


def test_a_school_lands_on_its_day_and_says_so_in_one_touch_or_two(world, client, clock):
    activity = agreed(world, days=(40, 47))
    one, two = activity.sessions.order_by("day")
    clock(one.day)
    client.force_login(school(world))
    assert client.get(reverse("home")).url == url("today")
    assert activity.title in text_of(client.get(url("today")))
    client.post(url("visit_record", one.pk), {"kind": "confirmed"})
    clock(two.day)
    assert "没有出示批准文件" in text_of(client.get(url("visit_refusal", two.pk)))
    answer = client.post(url("visit_record", two.pk), {"kind": "refused", "note": "只带了介绍信"})
    assert "选一个拒绝原因" in text_of(answer)
    assert "只带了介绍信" in text_of(answer)
    client.post(url("visit_record", two.pk), {"kind": "refused", "reason": "no_paper"})
    assert [visit.kind for visit in Visit.objects.order_by("day")] == ["confirmed", "refused"]
    assert Event.objects.filter(action="visit.refused").count() == 1
    client.force_login(department(world))
    assert "学校已拒绝" in text_of(client.get(activity.get_absolute_url()))


def test_last_button_wins_over_the_hidden_kind(world, client, clock):
    session = agreed(world).sessions.get()
    clock(session.day)
    client.force_login(school(world))
    client.post(url("visit_record", session.pk), {"kind": ["refused", "absent"]})
    assert Visit.objects.get().kind == VisitKind.ABSENT


def test_who_came_unannounced_takes_four_fields(world, client):
    client.force_login(school(world))
    assert len(re.findall(r'<(?:input type="text"|select) name="', text_of(client.get(url("unlisted"))))) == 4
    today = dates.today()
    sent = {"visitor": "某公司", "purpose": "推销", "kind": "unlisted_refused", "day": f"{today:%Y-%m-%d}"}
    later = {**sent, "day": f"{today + timedelta(days=1):%Y-%m-%d}"}
    assert "不能晚于今天" in text_of(client.post(url("unlisted"), later))
    assert "来校日期最早填" in text_of(client.post(url("unlisted"), {**sent, "day": "2020-01-01"}))
    client.post(url("unlisted"), sent)
    client.post(url("unlisted"), sent)  # Back, and once more
    assert Visit.objects.unlisted().count() == 1
    assert "某公司" in text_of(client.get(url("today")))
    client.force_login(department(world))
    assert client.get(url("today")).status_code == 403


# --- calendars ---------------------------------------------------------------------------------------------


def test_a_month_shows_staff_every_school_and_a_school_its_own(world, client):
    activity = handed_in(world)
    month = f"{activity.sessions.get().day:%Y-%m}"
    client.force_login(reviewer(world))
    assert "待核对" in text_of(client.get(url("calendar"), {"month": month}))
    client.force_login(school(world))
    assert activity.title not in text_of(client.get(url("calendar"), {"month": month}))
    services.take_step(activity=activity, name="agree", by=reviewer(world))
    assert activity.title in text_of(client.get(url("calendar"), {"month": month}))
    client.force_login(world.user(Role.SCHOOL, place="other_school", key="other-school"))
    assert activity.title not in text_of(client.get(url("calendar"), {"month": month}))
    client.force_login(department(world))
    assert client.get(url("calendar")).status_code == 403


def test_schools_stand_by_name_and_never_by_number(world, client):
    agreed(world)
    client.force_login(reviewer(world))
    page = text_of(client.get(url("school_loads")))
    assert page.index("实验小学") < page.index("长坝中学")
    assert "不作排名" in page


def feed_address(client):
    page = text_of(client.get(url("feed_list")))
    return re.search(r'value="http://testserver(/whitelist/office/feeds/[^"]+)"', page)[1]


def test_a_feed_is_read_without_signing_in_until_its_address_is_renewed(world, client):
    activity = agreed(world)
    client.force_login(school(world))
    address = feed_address(client)
    client.logout()
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    said = text_of(answer).replace("\r\n ", "")
    assert f"UID:session-{activity.sessions.get().pk}@yunling.jianfu" in said
    assert "STATUS:CONFIRMED" in said
    assert client.get(address.replace(".ics", "0.ics")).status_code == 404
    client.force_login(school(world))
    client.post(url("feed_renew", CalendarFeed.objects.get().pk))
    assert feed_address(client) != address
    client.logout()
    assert client.get(address).status_code == 404


def test_what_was_called_off_stays_in_the_feed_as_cancelled(world, client):
    activity = agreed(world)
    client.force_login(school(world))
    address = feed_address(client)
    before = re.search(r"SEQUENCE:(\d+)", text_of(client.get(address)))[1]
    services.drop_session(session=activity.sessions.get(), by=department(world), note="天气")
    said = text_of(client.get(address))
    assert "STATUS:CANCELLED" in said
    assert int(re.search(r"SEQUENCE:(\d+)", said)[1]) > int(before)


def test_a_feed_of_another_school_is_not_renewed(world, client):
    mine = services.feed_for(by=school(world), school=world.place("school"))
    client.force_login(world.user(Role.SCHOOL, place="other_school", key="other-school"))
    assert client.post(url("feed_renew", mine.pk)).status_code == 404


def test_the_public_calendar_names_nobody(world, client):
    activity = agreed(world)
    services.take_step(activity=handed_in(world, days=(47,)), name="return_", by=reviewer(world), note="改")
    people = [activity.contact_name, activity.contact_phone, activity.handler.name, clerk(world).person.name]
    for name in ("public_calendar", "public_feed"):
        answer = client.get(url(name, "yunling"))
        said = text_of(answer).replace("\r\n ", "")
        assert answer.status_code == 200
        assert activity.entry.title in said
        assert not [one for one in people if one in said]
        assert not answer.cookies
    assert text_of(client.get(url("public_feed", "yunling"))).count("BEGIN:VEVENT") == 1


def test_the_gate_is_told_who_is_announced_for_today(world, clock):
    activity = agreed(world)
    session = activity.sessions.get()
    assert announced_today(activity.entry, session.day) == ["14:00–14:40 实验小学，四年级"]
    assert announced_today(activity.entry, session.day + timedelta(days=1)) == []
    services.drop_session(session=session, by=department(world), note="天气")
    assert announced_today(activity.entry, session.day) == []


def test_a_change_shows_in_public_at_once(world, client):
    activity = agreed(world)
    assert activity.entry.title in text_of(client.get(url("public_calendar", "yunling")))
    services.take_step(activity=activity, name="call_off", by=reviewer(world), note="停办")
    assert activity.entry.title not in text_of(client.get(url("public_calendar", "yunling")))


# --- queries -----------------------------------------------------------------------------------------------


def many(world, count):
    for number in range(count):
        activity = scheduled(world, begins=time(8 + number), ends=time(8 + number, 40))
        services.take_step(activity=activity, name="submit", by=department(world))
        services.take_step(activity=activity, name="agree", by=reviewer(world), note="错开时间。")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("name", "role", "queries"),
    [
        ("activity_list", Role.FIRST_REVIEWER, 7),
        ("calendar", Role.FIRST_REVIEWER, 9),
        ("calendar_week", Role.FIRST_REVIEWER, 13),
        ("today", Role.SCHOOL, 9),
        ("public_feed", None, 3),
    ],
)
def test_as_many_queries_for_one_as_for_three(
    world, client, clock, django_assert_num_queries, count, name, role, queries
):
    many(world, count)
    day = Activity.objects.first().sessions.get().day
    clock(day)
    if role:
        client.force_login(world.user(role))
        client.get(url(name))  # what the bar counts is known now
    with django_assert_num_queries(queries):
        answer = client.get(url(name, *([] if role else ["yunling"])))
    assert text_of(answer).count("消防安全应急疏散演练") >= count
