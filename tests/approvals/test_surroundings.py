"""What lies around an application, counted with a constant number of queries."""

from datetime import date, timedelta

import pytest

from approvals import guards, services
from approvals.facts import facts_of
from approvals.models import HeldData, ThemeRecord
from approvals.states import Road, State
from approvals.surroundings import (
    borrowed_before,
    fill_days,
    held_data,
    materials_elsewhere,
    school_loads,
    year_count,
)
from jianfu.kernel import dates
from jianfu.organisations.models import District, Organisation
from jianfu.organisations.states import Kind, Role, SchoolStage
from tests.approvals.factories import application_at, draft, step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_day_in_autumn(settings):
    settings.JIANFU_TODAY = date(2026, 11, 23)


def handed_in(world, schools=(), **changed):
    made = draft(world, **changed)
    if schools:
        made = services.save_draft(
            application=made, by=world.user(Role.APPLICANT), fields={}, schools=list(schools)
        )
    return step(made, "submit", world)


def on_road(world, road, **fields):
    by = world.user(Role.APPLICANT)
    made = services.open_draft(by=by, organisation=world.place("department"), road=road)
    return services.save_draft(application=made, by=by, fields=fields)


def test_an_application_stands_alone_at_first(world):
    assert school_loads(draft(world)) == [("实验小学", 0, [])]
    assert year_count(draft(world)) == 0


def test_only_what_was_handed_in_and_not_stopped_counts(world):
    handed_in(world)
    draft(world)
    step(handed_in(world), "withdraw", world)
    mine = draft(world)
    assert year_count(mine) == 1
    assert [count for _name, count, _titles in school_loads(mine)] == [1]


def test_another_year_district_or_term_does_not_count(world):
    following = dates.today().year + 1
    handed_in(world, year=following, starts_on=date(following, 3, 1), ends_on=date(following, 3, 1))
    spring = handed_in(world, term="spring")
    assert year_count(draft(world)) == 1
    assert [row[1] for row in school_loads(draft(world, term="autumn"))] == [0]
    assert [row[1] for row in school_loads(draft(world, term="year"))] == [1]
    assert [row[1] for row in school_loads(spring)] == [0]


def test_another_district_does_not_count(world):
    theirs = handed_in(world)
    elsewhere = District.objects.create(code="elsewhere", name="邻区")
    type(theirs).objects.filter(pk=theirs.pk).update(district=elsewhere)
    mine = draft(world)
    assert year_count(mine) == 0
    assert [row[1] for row in school_loads(mine)] == [0]


def test_what_needs_no_application_is_no_part_of_the_cap(world):
    exempt = on_road(world, Road.CAMPUS_EXEMPT)
    type(exempt).objects.filter(pk=exempt.pk).update(state="reported", number="X")
    assert year_count(draft(world)) == 0


def test_chosen_schools_count_for_themselves_only(world):
    school, other = world.place("school"), world.place("other_school")
    handed_in(world, [school])
    loads = school_loads(draft(world, stages=["primary", "junior"]))
    assert loads == [("实验小学", 1, ["消防安全应急疏散演练"]), ("长坝中学", 0, [])]
    handed_in(world, stages=["junior"])
    assert [row[:2] for row in school_loads(draft(world, stages=["primary", "junior"]))] == [
        ("实验小学", 1),
        ("长坝中学", 1),
    ]
    mine = handed_in(world, [other])
    assert [row[:2] for row in school_loads(mine)] == [("长坝中学", 1)]


def test_a_school_of_two_stages_is_touched_by_either(world):
    Organisation.objects.create(
        district=world.district, kind=Kind.SCHOOL, name="石桥学校", stage=SchoolStage.NINE_YEAR
    )
    handed_in(world, stages=["junior"])
    assert ("石桥学校", 1) in [row[:2] for row in school_loads(draft(world))]


@pytest.mark.parametrize(("gap", "meets"), [(0, True), (1, False)])
def test_days_meet_on_their_last_day_and_not_after_it(world, gap, meets):
    first = date(2027, 3, 1)
    handed_in(world, year=2027, starts_on=first, ends_on=date(2027, 3, 5))
    starts = date(2027, 3, 5) + timedelta(days=gap)
    mine = draft(world, year=2027, starts_on=starts, ends_on=date(2027, 3, 20))
    ((_name, count, titles),) = school_loads(mine)
    assert (count, bool(titles)) == (1, meets)


@pytest.mark.parametrize(("last", "meets"), [(date(2027, 3, 31), True), (date(2027, 4, 1), False)])
def test_a_long_period_says_nothing_of_the_day(world, last, meets):
    handed_in(world, year=2027, starts_on=date(2027, 3, 1), ends_on=last)
    mine = draft(world, year=2027, starts_on=date(2027, 3, 8), ends_on=date(2027, 3, 9))
    assert bool(school_loads(mine)[0][2]) is meets


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(world, django_assert_num_queries, count):
    for _ in range(count):
        handed_in(world, [world.place("school")])
    mine = type(draft(world)).objects.prefetch_related("bases").get(pk=draft(world).pk)
    with django_assert_num_queries(11):
        facts = facts_of(mine, dates.today())
    assert facts["school_loads"][0][1] == facts["year_count"] == count
    with django_assert_num_queries(0):
        assert "year_count" not in facts_of(mine, dates.today(), alone=True)


def test_near_themes_of_the_year_that_stand(world):
    """Neither last year's, nor what was declined; a draft is nobody else's."""
    mine = draft(world, title="消防安全演练", term="spring")
    application_at(State.SUBMITTED, world, title="火场逃生体验", term="spring", content="讲逃生。")
    application_at(State.REJECTED, world, title="灭火器实操")
    last = application_at(State.SUBMITTED, world, title="消防车进校园")
    ThemeRecord.objects.filter(application=last).update(year=mine.year - 1)
    draft(world, title="消防宣讲")
    ((level, title, why),) = facts_of(mine, dates.today())["similar"]
    assert (level, title) == ("高度相近", "火场逃生体验")
    assert why.startswith(f"主题相同：消防安全；同在{mine.year}年春季学期；")
    assert facts_of(mine, dates.today())["taught_in"][0][:2] == ("消防安全", "道德与法治")


def test_materials_that_another_item_asks_for(world):
    first = on_road(world, Road.INSPECTION_PLAN, title="教学常规检查", materials="1.课程表\n2.教案")
    mine = on_road(world, Road.INSPECTION_SINGLE, title="督导", materials="《课程表》\n食堂台账")
    assert materials_elsewhere(mine) == []  # a draft asks for nothing yet
    type(first).objects.filter(pk=first.pk).update(state="requested", number="D1")
    assert materials_elsewhere(mine) == [("《课程表》", "教学常规检查")]


def test_data_that_is_known_is_named_with_its_place(world):
    HeldData.objects.create(
        district=world.district, name="学生人数", aliases="在校生数、生数", kept_in="学籍管理平台"
    )
    mine = on_road(world, Road.SURVEY, items_asked="各班学生人数\n在校生数\n校车数量\n2.在校生数")
    assert held_data(mine) == [
        ("各班学生人数", "学生人数", "学籍管理平台"),
        ("在校生数", "学生人数", "学籍管理平台"),
    ]


def test_working_days_to_fill_it_in(world):
    mine = on_road(world, Road.SURVEY, given_out_on=date(2026, 12, 11), hand_in_on=date(2026, 12, 18))
    assert fill_days(mine) == 5
    assert fill_days(on_road(world, Road.SURVEY)) is None


def test_the_chain_of_a_borrowing_is_the_days_away(world):
    first = on_road(world, Road.SECONDMENT, starts_on=date(2026, 3, 1), ends_on=date(2026, 8, 31))
    services.save_draft(
        application=first, by=world.user(Role.APPLICANT), fields={"returned_on": date(2026, 7, 1)}
    )
    second = on_road(world, Road.SECONDMENT, starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31))
    third = on_road(world, Road.SECONDMENT, starts_on=date(2027, 2, 1), ends_on=date(2027, 5, 31))
    type(first).objects.filter(pk=second.pk).update(predecessor=first)
    type(first).objects.filter(pk=third.pk).update(predecessor=second)
    third = type(first).objects.get(pk=third.pk)
    assert borrowed_before(third) == [
        (date(2026, 3, 1), date(2026, 6, 30)),
        (date(2026, 9, 1), date(2027, 1, 31)),
    ]
    facts = facts_of(third, dates.today())
    assert facts["borrowed_before"] == borrowed_before(third)
    refused = guards.still_within_the_cap(third, None)
    assert "最晚到2027年5月1日" in refused.text  # a year from 1 March 2026, and 62 days back at school
