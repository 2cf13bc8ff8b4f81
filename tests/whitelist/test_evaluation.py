"""绩效评估: who is asked when, what is counted, from how many on a score is shown, and who reads what."""

from datetime import date, timedelta

import pytest

from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.models import PolicyValue, SchoolTerm
from jianfu.organisations.states import Role
from tests.whitelist.complaints import received
from tests.whitelist.evaluations import (
    AFTER,
    ENDS_ON,
    answers,
    at_day,
    give,
    refuse_session,
    school_clerk,
    schools_give,
    session_of,
    the_evaluation,
    visited_entry,
)
from whitelist import services
from whitelist.desk import evaluation as desk
from whitelist.evaluating import grounds_of
from whitelist.models import Complaint, Entry, Feedback, Session, Voice
from whitelist.selectors.evaluation import evaluation_of, evaluations
from whitelist.services.evaluation import may_give
from whitelist.states import Party, Season

AUTUMN = "2026-autumn"
LIST = "/whitelist/office/evaluations/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def when_everybody_took_office(settings):
    settings.JIANFU_TODAY = date(2026, 9, 1)


@pytest.fixture
def entry(world):
    return visited_entry(world)


@pytest.fixture
def unit(world):
    return world.user(Role.APPLICANT, place="department", key="applicant-department")


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2026, 7, 31), "2026-spring"), (date(2026, 8, 1), AUTUMN), (date(2027, 1, 31), AUTUMN),
     (date(2027, 2, 1), "2027-spring")],
)  # fmt: skip
def test_every_day_lies_in_one_season(day, key):
    season = Season.of(day)
    assert season.key == key
    assert season.first <= day <= season.last
    assert Season.read(key) == season
    assert season.before.last == season.first - timedelta(days=1)


@pytest.mark.parametrize("text", ["2026", "2026-winter", "９９９９-autumn", "20-spring", "0000-spring"])
def test_what_is_no_season(text):
    assert Season.read(text) is None


def test_the_score_is_weighted_over_who_spoke(world, entry, unit):
    """50 学校, 30 区教委, 20 部门: a party that is silent does not count as a bad one."""
    with at_day(AFTER):
        schools_give(entry, world, 5, 4, 3)
        assert the_evaluation(entry).score == 80
        give(entry, Party.DEPARTMENT, 5, unit)
        assert the_evaluation(entry).score == round((50 * 80 + 20 * 100) / 70)
        give(entry, Party.BUREAU, 1, world.user(Role.FIRST_REVIEWER))
        assert the_evaluation(entry).score == round((50 * 80 + 20 * 100 + 30 * 20) / 100)


def test_below_the_minimum_nothing_is_shown_of_the_schools(world, entry, unit):
    with at_day(AFTER):
        schools_give(entry, world, 1, 1)
        give(entry, Party.DEPARTMENT, 5, unit)
        found = the_evaluation(entry)
        assert (found.score, found.spreads, found.grounds) == (None, [], [])
        give(entry, Party.SCHOOL, 1, school_clerk(world, 3))
        found = the_evaluation(entry)
    assert found.spreads[0].counts == (0, 0, 0, 0, 3)
    assert found.score == round((50 * 20 + 20 * 100) / 70)


def test_the_district_may_set_its_own_minimum_and_weights(world, entry):
    for code, value in (("EVAL-MINIMUM", "2"), ("REM-SCORE", "61")):
        PolicyValue.objects.create(
            district=world.district, code=code, value=value, effective_from=date(2026, 1, 1), document="x"
        )
    with at_day(AFTER):
        schools_give(entry, world, 3, 3)
        found = the_evaluation(entry)
    assert found.score == 60
    assert found.grounds == [("weak", "得分 60 分，低于 61 分")]


def test_at_the_threshold_itself_it_is_not_weak(world, entry):
    with at_day(AFTER):
        schools_give(entry, world, 3, 3, 3)
        assert (the_evaluation(entry).score, the_evaluation(entry).grounds) == (60, [])


@pytest.mark.parametrize(("times", "reached"), [(2, False), (3, True)])
def test_refusals_are_counted_from_the_records(world, entry, times, reached):
    activity = entry.activities.get()
    for number in range(times):
        refuse_session(
            session_of(activity, world.place("school-1"), ENDS_ON - timedelta(days=10 + number)), world
        )
    with at_day(AFTER):
        found = the_evaluation(entry)
    assert (found.held, found.refused) == (3, times)
    assert bool(found.grounds) is reached


def test_a_school_is_asked_only_where_it_was_visited(world, entry):
    outside = world.user(Role.SCHOOL)
    with at_day(AFTER):
        assert desk.todo_count(outside, AFTER) == 0
        assert desk.todo_count(school_clerk(world, 1), AFTER) == 1
        with pytest.raises(Refused, match="本校没有来校记录"):
            give(entry, Party.SCHOOL, 5, outside)


def test_a_school_that_refused_is_not_asked(world, entry):
    refuse_session(Session.objects.get(school=world.place("school-2")), world)
    with at_day(AFTER):
        assert desk.todo_count(school_clerk(world, 2), AFTER) == 0


def test_a_school_is_asked_once_and_not_after_the_limit(world, entry):
    clerk = school_clerk(world, 1)
    with at_day(ENDS_ON - timedelta(days=1)):
        assert desk.todo_count(clerk, None) == 0
    with at_day(ENDS_ON):
        (matter,) = desk.todo(clerk, ENDS_ON)
        due = the_evaluation(entry).due_on
    assert "可以不填" in matter.title
    assert matter.told is False  # no mail says so
    with at_day(due):
        assert desk.todo_count(clerk, due) == 1
    with at_day(due + timedelta(days=1)):
        assert desk.todo_count(clerk, due) == 0
        with pytest.raises(Refused, match="截止"):
            give(entry, Party.SCHOOL, 5, clerk)
    with at_day(due):
        give(entry, Party.SCHOOL, 5, clerk)
        assert desk.todo_count(clerk, due) == 0
        with pytest.raises(Refused, match="已经评价过"):
            give(entry, Party.SCHOOL, 1, clerk)
    assert Voice.objects.get().answers == answers(Party.SCHOOL, 5)


def test_the_bureau_speaks_once_whichever_section_writes(world, entry):
    with at_day(AFTER):
        stale = the_evaluation(entry)
        give(entry, Party.BUREAU, 4, world.user(Role.FIRST_REVIEWER))
        other = world.user(Role.FIRST_REVIEWER, place="other_section", key="other")
        with pytest.raises(Refused, match="已经评价过"):
            give(entry, Party.BUREAU, 2, other)
        with pytest.raises(Conflicted, match="已经评价过"):
            services.give_voice(evaluation=stale, party=Party.BUREAU, answers=answers("bureau", 1), by=other)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("party", list(Party))
def test_who_speaks(world, entry, unit, role, party):
    user = {Role.APPLICANT: unit, Role.SCHOOL: school_clerk(world, 1)}.get(role) or world.user(role)
    speaks = {Party.SCHOOL: Role.SCHOOL, Party.BUREAU: Role.FIRST_REVIEWER, Party.DEPARTMENT: Role.APPLICANT}
    with at_day(AFTER):
        assert bool(may_give(the_evaluation(entry), party, user)[1]) is (speaks[party] == role)


@pytest.mark.parametrize(
    ("given", "words"),
    [({"effect": 5, "order": 5}, "选择“不增加教师负担”"),
     ({"effect": 6, "order": 5, "burden": 5}, "选择“对学生"),
     ({"effect": 5, "order": 5, "burden": 5, "other": 1}, "不认识的问题")],
)  # fmt: skip
def test_what_is_no_answer(world, entry, given, words):
    with at_day(AFTER), pytest.raises(Refused, match=words):
        services.give_voice(
            evaluation=the_evaluation(entry), party=Party.SCHOOL, answers=given, by=school_clerk(world, 1)
        )


def test_what_goes_on_is_evaluated_at_the_end_of_the_term(world):
    entry = visited_entry(world, ends_on=date(2027, 6, 30))
    SchoolTerm.objects.create(
        district=world.district, name="2026年秋季学期", first_day=date(2026, 9, 1), last_day=date(2027, 1, 22)
    )
    with at_day(AFTER):
        assert evaluation_of(entry, Season.read(AUTUMN)).opens_on == date(2027, 1, 22)
        assert evaluation_of(entry, Season.read("2027-spring")) is None  # came to nobody yet
    with at_day(date(2027, 3, 1)):
        session_of(entry.activities.get(), world.place("school-1"), date(2027, 2, 26))
        assert evaluation_of(entry, Season.read("2027-spring")).opens_on == date(2027, 6, 30)


def test_what_was_removed_is_evaluated_from_then(world, entry):
    Entry.objects.filter(pk=entry.pk).update(removed_on=date(2026, 10, 26), removal_reason="x")
    with at_day(AFTER):
        assert the_evaluation(Entry.objects.get(pk=entry.pk)).opens_on == date(2026, 10, 26)


def test_the_department_reads_the_sum_and_no_school(world, client, entry, unit):
    client.force_login(unit)
    address = f"{LIST}{entry.pk}/{AUTUMN}/"
    with at_day(AFTER):
        schools_give(entry, world, 1, 1, 1)
        page = client.get(address).content.decode()
        assert "得分 <b>20</b>" in page
        assert "小学" not in page.split("<main")[1].split("</main")[0]
        assert "移出线索。" not in page
        assert client.get(LIST).status_code == 403
        client.force_login(world.user(Role.PUBLICATION_CLERK))
        page = client.get(address).content.decode()
        assert "第2小学的话" in page
        assert f"entry={entry.number}&amp;ground=weak&amp;source=evaluation" in page
        client.force_login(school_clerk(world, 1))
        assert client.get(address).status_code == 404


def test_a_school_answers_with_five_clicks(world, client, entry):
    """工作台, three taps, 提交评价; what the records know is printed and not asked."""
    client.force_login(school_clerk(world, 1))
    with at_day(AFTER):
        (matter,) = desk.todo(school_clerk(world, 1), AFTER)
        page = client.get(matter.url).content.decode()
        assert "10月29日按计划推定已开展" in page
        assert page.count('type="radio"') == 15
        typed = {"effect": "4", "order": "5", "burden": "5", "line": ""}
        assert "选择“对学生的教育效果”" in client.post(matter.url, {"line": ""}).content.decode()
        done = client.post(matter.url, typed, follow=True).content.decode()
    assert "已评价“" in done
    assert Voice.objects.get().organisation == world.place("school-1")


def test_the_list_takes_as_many_queries_for_three_as_for_one(world, client, django_assert_num_queries):
    client.force_login(world.user(Role.PUBLICATION_CLERK))
    with at_day(AFTER):
        for titles in (("一",), ("二", "三")):
            for title in titles:
                visited_entry(world, title=title)
            client.get(LIST)
            with django_assert_num_queries(10):
                client.get(LIST)


def test_another_district_counts_its_own(world, stranger_world, entry):
    assert evaluations(stranger_world.district.pk, Season.read(AUTUMN)) == []
    assert not Entry.objects.visible_to(stranger_world.user(Role.SCHOOL)).filter(pk=entry.pk).exists()
    with at_day(AFTER):
        _unit, decision = may_give(
            the_evaluation(entry), Party.BUREAU, stranger_world.user(Role.FIRST_REVIEWER)
        )
        assert "不属于本区县" in decision.text


def test_a_school_reads_on_its_own_page_what_waits_for_it_and_nothing_else(world, client, entry):
    """One line until the limit, none before the item ends and none once it is answered."""
    with at_day(AFTER):
        due = the_evaluation(entry).due_on
    for day, told in ((ENDS_ON - timedelta(days=1), False), (AFTER, True), (due, True), (due + DAY, False)):
        with at_day(day):
            client.force_login(school_clerk(world, 1))
            page = client.get("/whitelist/office/today/").content.decode()
        assert (f"评价“{entry.title}”（可以不填）" in page) is told, day
        assert ('class="waits"' in page) is told
    with at_day(due):
        schools_give(entry, world, 1)
        client.force_login(school_clerk(world, 1))
        assert 'class="waits"' not in client.get("/whitelist/office/today/").content.decode()


def test_feedback_is_answered_once(world, client, unit):
    client.force_login(unit)
    page = client.post(
        "/whitelist/office/feedback/new/",
        {"organisation": world.place("department").pk, "topic": "forms", "words": "同一份方案要交两遍"},
        follow=True,
    ).content.decode()
    assert "领导小组办公室答复后在这里看得到" in page
    feedback = Feedback.objects.get()
    other = world.user(Role.APPLICANT, place="other_department", key="other")
    client.force_login(other)
    assert client.get(feedback.get_absolute_url()).status_code == 404
    office = world.user(Role.PUBLICATION_CLERK)
    client.force_login(office)
    assert "答复部门和学校的意见建议：1 条" in client.get("/desk/").content.decode()
    client.post(feedback.get_absolute_url(), {"answer": "已改为只交一遍"})
    with pytest.raises(Conflicted, match="已经有人答复"):
        services.answer_feedback(feedback=feedback, answer="再答", by=office)
    with pytest.raises(Refused, match="本单位"):
        services.give_feedback(organisation=world.place("department"), topic="forms", words="x", by=other)
    client.force_login(unit)
    assert "已改为只交一遍" in client.get(feedback.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("proved", "told"), [(2, False), (3, True)])
def test_complaints_count_once_so_many_are_signed_that_it_may_be_told(world, entry, proved, told):
    """REM-COMPLAINTS is 2, but fewer than COM-SMALL-NUMBER of them name somebody."""
    for number in range(proved):
        complaint, _code = received(world)
        signed = {"finding": "upheld", "found_on": ENDS_ON, "notified_on": ENDS_ON, "entry": entry}
        Complaint.objects.filter(pk=complaint.pk).update(number=f"TS{number}", **signed)
    unsigned, _code = received(world)
    Complaint.objects.filter(pk=unsigned.pk).update(
        number="x", finding="upheld", found_on=ENDS_ON, entry=entry
    )
    with at_day(AFTER):
        words = [words for words, _url in grounds_of(the_evaluation(entry), world.user(Role.FIRST_REVIEWER))]
    assert words == (["查实的投诉达到 3 件"] if told else [])


def test_staff_of_the_unit_itself_read_no_school(world, client):
    entry = visited_entry(world, place="section")
    with at_day(AFTER):
        schools_give(entry, world, 1, 1, 1)
        for place, reads in (("section", False), ("other_section", True)):
            client.force_login(world.user(Role.SECTION_CLERK, place=place, key=f"clerk-of-{place}"))
            page = client.get(f"{LIST}{entry.pk}/{AUTUMN}/").content.decode()
            assert "得分 <b>20</b>" in page
            assert ("第2小学的话" in page) is reads
            status = client.get(f"/history/voice/{Voice.objects.first().pk}/").status_code
            assert status == (200 if reads else 404)
