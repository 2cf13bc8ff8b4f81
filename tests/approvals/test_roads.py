"""What somebody reads before beginning, and the way of each road that every page tells of."""

from datetime import date

import pytest

from approvals import progress, roads, selectors
from approvals.states import STOPPED, Road, State
from approvals.workflow import WORKFLOWS, way_of
from jianfu.kernel import dates
from tests.approvals.factories import application_at, draft, onward, step

WAYS = {
    Road.CAMPUS_ANNUAL: "专家论证 区教委初审 领导小组审批 备案 公布白名单",
    Road.CAMPUS_SINGLE: "专家论证 区教委初审 领导小组审批 备案 公布白名单",
    Road.CAMPUS_URGENT: "区教委初审 领导小组审批 备案 公布白名单",
    Road.CAMPUS_EXEMPT: "免申报登记 公布白名单",
    Road.INSPECTION_PLAN: "区教委归口审核 年度计划审批 公布清单 清单备案",
    Road.INSPECTION_SINGLE: "区教委归口审核 党委办、政府办审核 党委审批 公布清单 清单备案",
    Road.SURVEY: "区教委归口审核",
    Road.SECONDMENT: "原学校和教师同意 区教委审核 党委或人社审批 在借",
    Road.SECONDMENT_SHORT: "区教委归口审核",
}


@pytest.mark.parametrize("road", Road)
def test_the_bar_follows_the_table(road):
    labels = [label for label, _states in progress.STAGES[road]]
    assert labels == ["部门申请", *WAYS[road].split()]
    shown = frozenset().union(*(states for _label, states in progress.STAGES[road]))
    aside = {*STOPPED, State.RETURNED, way_of(road)[-1]}
    assert shown | aside == WORKFLOWS[road].reached


@pytest.mark.parametrize("road", Road)
def test_every_road_can_be_walked_and_its_bar_moves_on(world, road):
    application = draft(world, road)
    for state in way_of(road):
        application = step(application, onward(application), world)
        bar = progress.stages(application, application.steps.select_related("person"), "某人")
        states = [stage.state for stage in bar]
        assert application.state == state
        assert states.count("current") <= 1
        assert "returned" not in states
        now = states.index("current") if "current" in states else len(states)
        assert states[:now] == ["done"] * now
        assert all(stage.who for stage in bar[:now])
    assert application.state == way_of(road)[-1]


def test_the_page_offers_every_road_once_with_its_days(world):
    groups = roads.choices(world.district.pk, date(2026, 7, 1))
    offered = [choice for _group, choices in groups for choice in choices]
    assert sorted(choice.road for choice in offered) == sorted(Road.values)
    by_road = {choice.road: choice for choice in offered}
    assert by_road[Road.CAMPUS_ANNUAL].days == 30  # 5 + 5 + 10 + 5 + 5
    assert by_road[Road.CAMPUS_URGENT].days == 25
    assert "7月、12月集中申报，现在正是时候" in by_road[Road.CAMPUS_ANNUAL].mind
    assert "最早2026年7月15日开展" in by_road[Road.CAMPUS_SINGLE].mind


def test_the_cap_counts_what_was_decided_and_what_is_coming(world):
    year = dates.today().year
    application_at(State.APPROVED, world)
    application_at(State.SUBMITTED, world)
    application_at(State.REPORTED, world, road=Road.CAMPUS_EXEMPT)
    application_at(State.DRAFTED, world)
    application_at(State.WITHDRAWN, world)
    found = selectors.cap_counter(world.district.pk, year, dates.today())
    assert (found.listed, found.under_way, found.exempt, found.cap) == (1, 1, 1, 10)
    assert "还可批准 8 项" in found.words
    assert selectors.cap_counter(world.district.pk, year + 1, dates.today()).together == 0
