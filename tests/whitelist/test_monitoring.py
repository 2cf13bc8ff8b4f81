"""监测哨点: who reports on which month until when, what is filled in from the records, and what — means."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError

from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.models import SchoolTerm
from jianfu.organisations.states import Role
from tests.whitelist.evaluations import (
    activity_of,
    another_school,
    at_day,
    listed_entry,
    refuse_session,
    school_clerk,
    session_of,
)
from whitelist import services
from whitelist.desk import monitoring as desk
from whitelist.models import MonitoringPoint, MonthlyReport, Visit
from whitelist.selectors.monitoring import months_between, months_of, read_month
from whitelist.states import Season

AUTUMN = Season(2026, autumn=True)
OCTOBER = date(2026, 10, 1)
LIST = "/whitelist/office/monitoring/"


@pytest.fixture(autouse=True)
def when_everybody_took_office(settings):
    settings.JIANFU_TODAY = date(2026, 9, 1)


def point(world, number=1, **changed):
    days = {"since": date(2026, 9, 1), **changed}
    return MonitoringPoint.objects.create(
        district=world.district, school=another_school(world, number), **days
    )


def october(world):
    return next(month for month in months_of(world.district.pk, AUTUMN) if month.first == OCTOBER)


def report(world, number=1, **said):
    by = school_clerk(world, number)
    said = {"entries": (), "effect": None, **said}
    return services.give_report(school=another_school(world, number), month=october(world), by=by, **said)


def test_without_a_calendar_the_usual_months(world):
    assert [month.first.month for month in months_of(world.district.pk, AUTUMN)] == [9, 10, 11, 12]
    assert [month.first.month for month in months_of(world.district.pk, Season(2026, autumn=False))] == [
        3,
        4,
        5,
        6,
    ]


@pytest.mark.parametrize(("ends", "january"), [(date(2027, 1, 6), False), (date(2027, 1, 7), True)])
def test_a_month_counts_from_seven_days_of_school(world, ends, january):
    SchoolTerm.objects.create(
        district=world.district, name="2026年秋季学期", first_day=date(2026, 9, 1), last_day=ends
    )
    months = [month.first.month for month in months_of(world.district.pk, AUTUMN)]
    assert months == [9, 10, 11, 12, *([1] if january else [])]


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026-1", "二〇二六-10", "2026-10-01", "10"])
def test_what_is_no_month(text):
    assert read_month(text) is None


def test_it_opens_on_a_day_and_stays_until_it_is_given(world):
    point(world)
    clerk, month = school_clerk(world, 1), october(world)
    assert month.due_on == date(2026, 11, 6)  # the fifth working day of November
    waiting = {
        date(2026, 10, 24): ["2026年9月监测月报（3 问）"],
        date(2026, 10, 25): ["2026年9月监测月报（3 问）", "2026年10月监测月报（3 问）"],
        date(2026, 11, 7): ["2026年10月监测月报（3 问）"],
    }
    for day, titles in waiting.items():
        with at_day(day):
            assert [matter.title for matter in desk.todo(clerk, day)] == titles
            assert desk.todo_count(clerk, day) == len(titles)
    with at_day(date(2026, 10, 24)), pytest.raises(Refused, match="从2026年10月25日起填"):
        report(world)
    with at_day(date(2026, 10, 26)):
        report(world)
        with pytest.raises(Refused, match="已经填过"):
            report(world)
        assert len(desk.todo(clerk, date(2026, 10, 26))) == 1


def test_its_own_page_tells_a_point_what_is_due_and_another_school_nothing(world, client):
    point(world)
    with at_day(date(2026, 10, 25)):
        for number, told in ((1, True), (2, False)):
            client.force_login(school_clerk(world, number))
            page = client.get("/whitelist/office/today/").content.decode()
            assert ("2026年10月监测月报（3 问）" in page) is told
            assert ('class="waits"' in page) is told


def test_only_points_are_asked(world):
    point(world, until=date(2026, 10, 30))
    with at_day(date(2026, 10, 26)):
        for number in (1, 2):  # no longer a point at the end of October; never one
            assert "2026年10月" not in str(desk.todo(school_clerk(world, number), OCTOBER))
            with pytest.raises(Refused, match="本校不是监测点"):
                report(world, number)


def test_one_school_is_no_point_twice_at_once(world):
    first = point(world, until=date(2026, 12, 31))
    again = MonitoringPoint(district=world.district, school=first.school, since=date(2026, 12, 31))
    with pytest.raises(ValidationError, match="已是监测点"):
        again.clean()
    again.since = date(2027, 1, 1)
    again.clean()
    again.until = date(2026, 12, 1)
    with pytest.raises(ValidationError, match="结束日期"):
        again.clean()


@pytest.mark.parametrize(
    ("said", "words"),
    [({"others": "某街道"}, "选择总体成效"), ({"effect": 5}, "总体成效不用选"),
     ({"practice": "P99"}, "选择一种问题")],
)  # fmt: skip
def test_what_must_fit_together(world, said, words):
    point(world)
    with at_day(date(2026, 10, 26)), pytest.raises(Refused, match=words):
        report(world, **said)


def test_the_records_fill_it_in(world, client):
    """工作台, 总体成效, 提交月报: three clicks where nothing is to be added."""
    point(world)
    entry = listed_entry(world)
    activity, school = activity_of(entry), another_school(world, 1)
    for day in (12, 19):
        session_of(activity, school, date(2026, 10, day))
    refuse_session(session_of(activity, school, date(2026, 10, 21), begins=time(9), ends=time(10)), world)
    clerk = school_clerk(world, 1)
    Visit.objects.create(
        district=world.district, school=school, day=date(2026, 10, 14), kind="unlisted_refused",
        visitor="某街道", purpose="扫码", recorded_by=clerk.person,
    )  # fmt: skip
    client.force_login(clerk)
    with at_day(date(2026, 10, 26)):
        address = f"{LIST}{school.pk}/2026-10/"
        page = client.get(address).content.decode()
        assert "10月12日、10月19日" in page
        assert "checked" in page
        assert "有商业推销或收费" in page
        assert "某街道10月14日" in page
        done = client.post(
            address, {"entries": [entry.pk], "others": "某街道10月14日", "effect": "4"}, follow=True
        )
        assert "不用再报" in done.content.decode()
        row = MonthlyReport.objects.get()
        assert (list(row.entries.all()), row.effect, row.has_clue) == ([entry], 4, True)
        assert "10月12日" not in client.get(address).content.decode()  # now it is read
        foreign = client.post(address, {"entries": [entry.pk]})
        assert foreign.status_code == 200
    assert MonthlyReport.objects.count() == 1


def test_a_month_without_a_report_is_no_zero(world, client):
    point(world)
    point(world, 2)
    with at_day(date(2026, 10, 26)):
        report(world)
        client.force_login(world.user(Role.FIRST_REVIEWER))
        page = client.get(LIST).content.decode()
        assert page.count(">0 项</a>") == 1
        assert page.count("<td>—") == 3  # September of both, October of the second
        client.force_login(school_clerk(world, 2))
        own = client.get(LIST).content.decode()
        assert "第2小学" in own
        assert "第1小学" not in own
        assert client.get(f"{LIST}{another_school(world, 1).pk}/2026-10/").status_code == 404
        assert client.get(f"{LIST}{another_school(world, 2).pk}/2026-08/").status_code == 404


def test_the_list_takes_as_many_queries_for_three_as_for_one(world, client, django_assert_num_queries):
    client.force_login(world.user(Role.FIRST_REVIEWER))
    with at_day(date(2026, 10, 26)):
        for numbers in ((1,), (2, 3)):
            for number in numbers:
                point(world, number)
                report(world, number)
            client.get(LIST)
            with django_assert_num_queries(9):
                client.get(LIST)


def test_the_keeper_of_master_data_keeps_the_points(world, stranger_world, client):
    client.force_login(world.user(Role.SYSTEM_ADMINISTRATOR))
    typed = {
        "school": another_school(world, 1).pk,
        "since": "2026-09-01",
        "until": "",
        "document": "云教〔2026〕1号",
    }
    client.post("/admin/whitelist/monitoringpoint/add/", typed)
    assert MonitoringPoint.objects.get().district == world.district
    client.post(
        "/admin/whitelist/monitoringpoint/add/", {**typed, "school": stranger_world.place("school").pk}
    )
    assert MonitoringPoint.objects.count() == 1
    client.force_login(world.user(Role.FIRST_REVIEWER))
    assert client.get("/admin/whitelist/monitoringpoint/").status_code in (302, 403)


def test_two_colleagues_at_once(world):
    point(world)
    with at_day(date(2026, 10, 26)):
        report(world)
        with pytest.MonkeyPatch.context() as patch:  # the second looked before the first had written
            patch.setattr(services.monitoring, "may_give_report", lambda *_a: _yes())
            with pytest.raises(Conflicted, match="刚刚填过"):
                report(world)


def _yes():
    from jianfu.kernel.decisions import Decision

    return Decision()


def test_months_between(world):
    found = months_between(world.district.pk, date(2026, 6, 30), date(2026, 9, 30))
    assert [month.key for month in found] == ["2026-06", "2026-09"]
