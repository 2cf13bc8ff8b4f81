"""Each figure against applications that were really walked along the road."""

from datetime import timedelta

import pytest

from approvals import services
from approvals.models import Application
from approvals.states import STOPPED, Road, State
from approvals.statistics import TABLES, tables_of
from approvals.statistics.tables import outcome_of, rows_of
from jianfu.kernel import dates
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft, step


def tables(user, family="all"):
    rows = rows_of(user, dates.today().year, family)
    return {table.key: table for table in tables_of(rows, user.district_id, dates.today())}


def lines(table):
    return {line.label: line.cells for line in table.lines}


@pytest.fixture
def walked(world):
    """One published, one under way, one rejected with a ground, one returned and handed in again, a draft."""
    application_at(State.PUBLISHED, world)
    application_at(State.APPRAISED, world)
    asked = application_at(State.APPRAISED, world)
    services.perform(
        application=asked, name="reject", by=world.user(Role.FIRST_REVIEWER), note="次数已满",
        data={"grounds": ["over_limit", "timing"]},
    )  # fmt: skip
    back = step(draft(world, category="education"), "submit", world)
    step(back, "return_", world, data={"grounds": ["plan"]})
    step(Application.objects.get(pk=back.pk), "submit", world)
    draft(world)
    return world


def test_by_unit_with_what_became_of_them(walked):
    table = tables(walked.user(Role.LEADER))["unit"]
    # 申请, 通过, 办理中, 不予通过, 撤回或并入, 曾退回补正
    assert lines(table) == {"区消防救援支队": (4, 1, 2, 1, 0, 1)}
    assert table.title == "各单位共申请 4 项，通过 1 项"
    (line,) = table.lines
    assert [(bar.width, bar.tone) for bar in line.bars] == [(25.0, "green"), (50.0, "blue"), (25.0, "red")]


def test_by_category_and_road(walked):
    found = tables(walked.user(Role.LEADER))
    assert lines(found["category"]) == {"专项任务": (3, 1, 1, 1, 0, 0), "教育宣传": (1, 0, 1, 0, 0, 1)}
    assert lines(found["road"]) == {"进校园·年度": (4, 1, 2, 1, 0, 1)}


def test_how_far_they_came(walked):
    counts = [line.cells[0] for line in tables(walked.user(Role.LEADER))["funnel"].lines]
    assert counts == [4, 3, 1, 1, 1, 1]


def test_why_not_counts_each_ground_that_was_ticked(walked):
    table = tables(walked.user(Role.LEADER))["reasons"]
    assert lines(table) == {
        "本年度次数已超过清单规定次数": (0, 1),
        "活动实施方案不完整": (1, 0),
        "开展时间需要调整": (0, 1),
    }


def test_a_no_without_a_ground_is_counted_as_such(world):
    application_at(State.REJECTED, world)
    assert lines(tables(world.user(Role.LEADER))["reasons"]) == {"没有选理由，只写了意见": (0, 1)}


def test_days_are_working_days_against_the_limit(world):
    """Handed in on a Friday, concluded on the Monday a week later: six working days, limit five."""
    friday = dates.now().replace(year=2026, month=11, day=6, hour=10)
    with dates.as_of(friday):
        application = step(draft(world), "submit", world)
    with dates.as_of(friday + timedelta(days=10)):
        step(application, "conclude", world)
    found = lines(tables(world.user(Role.LEADER))["days"])
    assert found["专家论证"] == (1, 6, 6, 5, 1)


def test_on_the_last_day_it_is_not_late(world):
    friday = dates.now().replace(year=2026, month=11, day=6, hour=10)
    with dates.as_of(friday):
        application = step(draft(world), "submit", world)
    with dates.as_of(friday + timedelta(days=7)):
        step(application, "conclude", world)
    assert lines(tables(world.user(Role.LEADER))["days"])["专家论证"] == (1, 5, 5, 5, 0)


def test_another_year_family_or_district_is_not_counted(walked, stranger_world):
    leader = walked.user(Role.LEADER)
    year = dates.today().year
    assert not rows_of(leader, year - 1, "all").exists()
    assert not rows_of(leader, year, "survey").exists()
    assert rows_of(leader, year, "campus").count() == 4
    assert not rows_of(stranger_world.user(Role.LEADER), year, "all").exists()


def test_every_state_has_its_piece_of_the_bar():
    assert {outcome_of(state) for state in STOPPED} == {"rejected", "left"}
    assert outcome_of(State.RETURNED) == "pending"
    assert outcome_of(State.LENT) == "passed"
    assert {outcome_of(state) for state in State} == {"passed", "pending", "rejected", "left"}


def test_as_many_queries_for_many_as_for_one(world, django_assert_num_queries):
    leader = world.user(Role.LEADER)
    application_at(State.APPRAISED, world)
    tables(leader)
    for count in (1, 3):
        while Application.objects.count() < count:
            application_at(State.APPRAISED, world)
        with django_assert_num_queries(5):
            assert set(tables(leader)) >= set(TABLES)


def test_roads_of_every_family_are_named():
    from approvals.statistics.tables import FAMILIES

    rows = Application.objects.all()
    for key, (_label, narrowed) in FAMILIES.items():
        str(narrowed(rows).query)
        assert key
    assert {road.value.split("_")[0] for road in Road} == set(FAMILIES) - {"all"}
