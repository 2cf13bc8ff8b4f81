"""The calendar by week, and on paper: what it shows of each school, against the term's cap."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from jianfu.kernel import dates
from jianfu.organisations.models import SchoolSpan, SchoolTerm
from jianfu.organisations.states import Role, SpanKind
from tests.whitelist.activities import agreed, department, handed_in, reviewer, scheduled, school, weekday
from whitelist import services, weeks
from whitelist.models import Session

WEEK, TERM, MONTH = (f"/whitelist/office/calendar/{name}" for name in ("week/", "term.pdf", "month.pdf"))


def page(client, day, **more):
    return client.get(WEEK, {"week": f"{day:%Y-%m-%d}", **more}).content.decode()


def words(answer):
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    return "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.content)).pages)


def span(world, day, name, **more):
    return SchoolSpan.objects.create(
        district=world.district, kind=SpanKind.EXAM, name=name, first_day=day, last_day=day, **more
    )


def on_one_day(world, count):
    """So many activities at one school, one after the other."""
    made = []
    for hour in range(8, 8 + count):
        activity = scheduled(world, begins=time(hour), ends=time(hour, 40))
        services.take_step(activity=activity, name="submit", by=department(world))
        services.take_step(activity=activity, name="agree", by=reviewer(world), note="已错开时间。")
        made.append(activity)
    return made


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-29", "2026-11-23"),
        ("2026-11-30", "2026-11-30"),
        ("", "2026-11-16"),
        ("x", "2026-11-16"),
        ("9999-12-31", "2026-11-16"),
        ("0001-01-01", "2026-11-16"),
    ],
)
def test_a_week_begins_on_monday(text, monday):
    assert weeks.week_named(text, date(2026, 11, 20)).isoformat() == monday


def test_a_line_a_school_with_its_clash_its_exams_and_its_term(client, world):
    first, second = on_one_day(world, 2)
    day = first.sessions.get().day
    span(world, day, "期中考试周")
    span(world, day, "本校质量监测", school=world.place("school"))
    span(world, day, "别校停课", school=world.place("other_school"))
    client.force_login(reviewer(world))
    shown = page(client, day)
    assert shown.count("同日</em>") == 4  # in the grid, and in the list for a phone
    assert "2/6 项" in shown
    assert "期中考试周" in shown
    assert "本校质量监测" in shown
    assert "别校停课" not in shown
    services.drop_session(session=second.sessions.get(), by=department(world), note="改为发短片。")
    shown = page(client, day)
    assert "同日</em>" not in shown
    assert "1/6 项" in shown
    assert first.title not in page(client, day + timedelta(days=7))


def test_sunday_is_in_it_and_the_next_monday_not(client, world):
    activity = agreed(world)
    client.force_login(reviewer(world))
    monday = weeks.week_named(f"{weekday(40):%Y-%m-%d}", dates.today())
    for day, there in (
        (monday - timedelta(days=1), False),
        (monday, True),
        (monday + timedelta(days=6), True),
        (monday + timedelta(days=7), False),
    ):
        Session.objects.filter(activity=activity).update(day=day)
        assert (activity.title in page(client, monday)) is there


def test_a_school_sees_its_own_week_and_no_plan_that_waits(client, world):
    activity = handed_in(world)
    day = activity.sessions.get().day
    client.force_login(reviewer(world))
    assert "待核对</em>" in page(client, day)
    client.force_login(school(world))
    assert activity.title not in page(client, day)
    services.take_step(activity=activity, name="agree", by=reviewer(world))
    assert activity.title in page(client, day)
    other = world.place("other_school")
    client.force_login(world.user(Role.SCHOOL, place="other_school", key="other-school"))
    assert activity.title not in page(client, day, school=world.place("school").pk)
    assert other.name in page(client, day)
    client.force_login(department(world))
    assert client.get(WEEK).status_code == 403


def test_month_and_week_lead_to_each_other(client, world):
    client.force_login(reviewer(world))
    chosen = world.place("school").pk
    month = client.get("/whitelist/office/calendar/", {"month": "2026-11", "school": chosen}).content.decode()
    assert f"{WEEK}?school={chosen}&amp;week=2026-10-26" in month
    assert f"?school={chosen}&amp;month=2026-11" in page(client, date(2026, 11, 23), school=chosen)


def test_the_term_of_a_school_on_paper(client, world):
    """Its own visits of the term and not those after; the same bytes for the same visits."""
    activity = agreed(world)
    session = activity.sessions.get()
    SchoolTerm.objects.create(
        district=world.district, name="这个学期", first_day=dates.today(), last_day=session.day
    )
    span(world, session.day, "期末考试周")
    client.force_login(school(world))
    answer = client.get(TERM)
    text = words(answer)
    for told in (activity.title, "这个学期", "期末考试周", "已安排 1 项", "上限 6 项"):
        assert told in text
    assert client.get(TERM).content == answer.content
    Session.objects.update(day=session.day + timedelta(days=1))
    assert activity.title not in words(client.get(TERM))
    client.force_login(world.user(Role.SCHOOL, place="other_school", key="other-school"))
    asked = {"school": world.place("school").pk}
    assert world.place("school").name not in words(client.get(TERM, asked))
    client.force_login(reviewer(world))
    assert client.get(TERM).status_code == 302
    assert world.place("school").name in words(client.get(TERM, asked))


def test_the_month_of_the_district_on_paper_is_for_its_staff(client, world):
    activity = handed_in(world)
    month = {"month": f"{activity.sessions.get().day:%Y-%m}"}
    client.force_login(reviewer(world))
    text = words(client.get(MONTH, month))
    assert activity.title in text
    assert "待区教委核对" in text
    assert "1 所学校，1 场" in text
    assert "没有安排进校的活动" in words(client.get(MONTH, {"month": "2020-02"}))
    for stranger in (school(world), department(world)):
        client.force_login(stranger)
        assert client.get(MONTH, month).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(TERM, 11), (MONTH, 8)])
def test_paper_takes_the_same_queries_for_one_as_for_three(
    client, world, django_assert_num_queries, count, address, queries
):
    activities = on_one_day(world, count)
    day = activities[0].sessions.get().day
    asked = {"month": f"{day:%Y-%m}", "school": world.place("school").pk}
    client.force_login(reviewer(world))
    client.get(address, asked)
    with django_assert_num_queries(queries):
        text = words(client.get(address, asked))
    assert text.count(activities[0].title) >= count
