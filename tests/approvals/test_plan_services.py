"""Opening the plan, last year's list and its clean-up: 保留、合并或取消."""

import pytest

from approvals import services
from approvals.models import InspectionPlan, PastItem
from approvals.states import Disposition, PlanState, Road
from approvals.workflow import PLAN
from jianfu.audit.models import Event
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.organisations.states import Role
from tests.approvals.plans import collected, item_step, plan_at, plan_of, single_at

pytestmark = pytest.mark.usefixtures("in_march")


@pytest.fixture
def office(world):
    return world.user(Role.PUBLICATION_CLERK)


@pytest.fixture
def plan(world, office):
    return services.open_plan(by=office, district=world.district, year=dates.today().year)


def past(plan, by, *titles):
    rows = [{"title": title, "source": "云委办〔2025〕8号"} for title in titles]
    return services.add_past_items(plan=plan, by=by, rows=rows)


def said(item):
    item.refresh_from_db()
    return item.disposition


def test_opening_again_returns_the_same_plan(world, office, plan):
    assert services.open_plan(by=office, district=world.district, year=plan.year) == plan
    assert plan.history.count() == 1
    assert Event.objects.filter(action="plan.opened").count() == 1


@pytest.mark.parametrize("role", [Role.APPLICANT, Role.FIRST_REVIEWER, Role.PARTY_OFFICE, Role.COMMITTEE])
def test_only_the_office_opens_a_plan_and_cleans_up(world, plan, office, role):
    by = world.user(role)
    (item,) = past(plan, office, "消防检查")
    for act in (
        lambda: services.open_plan(by=by, district=world.district, year=plan.year),
        lambda: services.set_baseline(plan=plan, by=by, count=24, source="清单"),
        lambda: past(plan, by, "食堂检查"),
        lambda: services.dispose(item=item, by=by, disposition="kept"),
        lambda: services.remove_past_item(item=item, by=by),
    ):
        with pytest.raises(Refused, match="由领导小组办公室经办人办理"):
            act()
    assert said(item) == ""
    assert InspectionPlan.objects.get().past_count is None


@pytest.mark.parametrize("ahead", [-1, 0, 1, 2])
def test_a_plan_is_opened_for_this_year_or_the_next(world, office, ahead):
    year = dates.today().year + ahead
    if ahead == 2:
        with pytest.raises(Refused, match="之间的年份"):
            services.open_plan(by=office, district=world.district, year=year)
    else:
        assert services.open_plan(by=office, district=world.district, year=year).year == year


def test_the_first_consent_opens_the_plan_and_the_office_finds_it(world, office):
    opened = plan_of(collected(world))
    assert services.open_plan(by=office, district=world.district, year=opened.year) == opened


def next_year(world, office):
    return services.open_plan(by=office, district=world.district, year=dates.today().year + 1)


def test_last_years_list_comes_along_and_singles_with_it(world, office):
    plan_at(PlanState.PUBLISHED, world)
    single = single_at("announced", world)
    plan = next_year(world, office)
    found = {row.application.road for row in plan.past_items.all()}
    assert found == {Road.INSPECTION_PLAN, Road.INSPECTION_SINGLE}
    assert plan.past_items.get(application=single).source == f"{single.year}年清单 {single.number}"


def test_what_last_years_list_got_since_must_come_along_before_sending(world, office):
    plan = next_year(world, office)
    single_at("announced", world)
    decision = PLAN.decide(plan, "send", office)
    assert "上年清单还有 1 项没有带入清理" in decision.text
    next_year(world, office)
    assert "没有带入" not in PLAN.decide(plan, "send", office).text
    assert "上年事项还有 1 项没有清理意见" in PLAN.decide(plan, "send", office).text
    services.dispose(item=plan.past_items.get(), by=office, disposition="kept")
    assert "上年" not in PLAN.decide(plan, "send", office).text


def test_a_plan_that_was_sent_is_not_opened_again(world, office):
    sent = plan_at(PlanState.SENT, world)
    with pytest.raises(Refused, match="已经建立，现在是“党委办、政府办审核”"):
        services.open_plan(by=office, district=world.district, year=sent.year)


def test_every_item_has_a_title_a_source_and_stands_once(world, office, plan):
    past(plan, office, "消防检查")
    for title, source in (("", "清单"), ("食堂检查", " ")):
        with pytest.raises(Refused, match="填写上年事项名称和来源"):
            services.add_past_item(plan=plan, by=office, title=title, source=source)
    with pytest.raises(Refused, match="“消防检查”已经登记过"):
        past(plan, office, "食堂检查", "消防检查")
    assert [item.title for item in plan.past_items.all()] == ["消防检查"]


def test_cancelling_and_merging_need_a_reason_keeping_none(world, office, plan):
    one, two = past(plan, office, "消防检查", "食堂检查")
    services.dispose(item=one, by=office, disposition="kept")
    with pytest.raises(Refused, match="填写取消的依据或理由"):
        services.dispose(item=two, by=office, disposition="cancelled", reason=" ")
    with pytest.raises(Refused, match="填写合并的依据或理由"):
        services.dispose(item=two, by=office, disposition="merged", merged_with=one)
    with pytest.raises(Refused, match="选择清理意见"):
        services.dispose(item=two, by=office, disposition="nonsense")
    done = services.dispose(item=two, by=office, disposition="merged", reason="同类", merged_with=one)
    assert (done.merged_with, done.disposed_on) == (one, dates.today())
    assert done.history.first().history_change_reason == "清理意见：合并"


def test_an_item_merges_into_one_that_stays(world, office, plan):
    one, two, three = past(plan, office, "消防检查", "食堂检查", "宿舍检查")
    for goal in (None, one):
        with pytest.raises(Refused, match="合并到"):
            services.dispose(item=one, by=office, disposition="merged", reason="同类", merged_with=goal)
    services.dispose(item=two, by=office, disposition="cancelled", reason="没有依据")
    with pytest.raises(Refused, match="清理意见是取消，换一项合并"):
        services.dispose(item=one, by=office, disposition="merged", reason="同类", merged_with=two)
    services.dispose(item=one, by=office, disposition="merged", reason="同类", merged_with=three)
    assert said(three) == Disposition.KEPT
    for later in ("cancelled", "merged"):
        with pytest.raises(Refused, match="有事项合并到“宿舍检查”"):
            services.dispose(item=three, by=office, disposition=later, reason="x", merged_with=one)
    with pytest.raises(Refused, match="有事项合并到“宿舍检查”"):
        services.remove_past_item(item=three, by=office)


def test_another_years_item_is_no_goal(world, office, plan):
    (one,) = past(plan, office, "消防检查")
    (other,) = past(next_year(world, office), office, "食堂检查")
    with pytest.raises(Refused, match="同一份计划"):
        services.dispose(item=one, by=office, disposition="merged", reason="同类", merged_with=other)
    assert said(other) == ""


def test_several_at_once_all_or_none(world, office, plan):
    one, two, three = past(plan, office, "消防检查", "食堂检查", "宿舍检查")
    both = [(one, one.version), (two, two.version)]
    services.dispose(item=two, by=office, disposition="kept")
    with pytest.raises(Conflicted, match="同事刚刚改过“食堂检查”的清理意见"):
        services.dispose_many(items=both, by=office, disposition="cancelled", reason="没有依据")
    assert said(one) == ""
    every = [(item, None) for item in (one, two, three)]
    done = services.dispose_many(items=every, by=office, disposition="merged", reason="同类", merged_with=two)
    assert len(done) == 2
    assert [said(item) for item in (one, two, three)] == ["merged", "kept", "merged"]


def test_the_baseline_has_a_source(world, office, plan):
    with pytest.raises(Refused, match="填写上年事项数的来源"):
        services.set_baseline(plan=plan, by=office, count=24, source=" ")
    assert services.set_baseline(plan=plan, by=office, count=24, source="云委办〔2025〕8号").past_count == 24
    cleared = services.set_baseline(plan=plan, by=office, count=None, source="云委办〔2025〕8号")
    assert (cleared.past_count, cleared.past_source) == (None, "")


def test_what_was_published_is_never_deleted_from_the_list(world, office):
    plan_at(PlanState.PUBLISHED, world)
    plan = next_year(world, office)
    with pytest.raises(Refused, match="上年公布的事项，不能删去"):
        services.remove_past_item(item=plan.past_items.get(), by=office)
    (typed,) = past(plan, office, "打错的")
    services.remove_past_item(item=typed, by=office)
    assert PastItem.objects.count() == 1
    assert typed.history.first().history_type == "-"


def test_once_sent_nothing_of_last_year_changes(world, office):
    application = collected(world)
    plan = plan_of(application)
    (item,) = past(plan, office, "消防检查")
    services.dispose(item=item, by=office, disposition="kept")
    services.perform_plan(plan=plan, name="send", by=office)
    for act in (
        lambda: past(plan, office, "食堂检查"),
        lambda: services.dispose(item=item, by=office, disposition="cancelled", reason="x"),
        lambda: services.remove_past_item(item=item, by=office),
        lambda: services.set_baseline(plan=plan, by=office, count=1, source="x"),
    ):
        with pytest.raises(Refused, match="不能再改"):
            act()


def test_a_plan_without_items_is_not_sent(world, office, plan):
    assert "计划里还没有事项" in PLAN.decide(plan, "send", office).text
    item_step(collected(world), "withdraw", world)
    assert "计划里还没有事项" in PLAN.decide(plan, "send", office).text
