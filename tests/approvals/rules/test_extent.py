"""No more than what was approved (R29), no school too often (教师厅〔2025〕2号): both sides of every edge."""

from datetime import date, timedelta

import pytest

from approvals import services
from approvals.facts import facts_of
from approvals.parts import findings_of
from approvals.states import Road, State
from jianfu.kernel import dates
from jianfu.organisations.models import PolicyValue
from jianfu.organisations.states import Role
from tests.approvals.factories import application_at, draft
from tests.approvals.rules.sound import found, said

SINGLE, PLAN = Road.INSPECTION_SINGLE, Road.INSPECTION_PLAN
APPROVED = {
    "stages": ["primary", "junior"], "school_count": 10, "days": 5, "methods": ["on_site"],
    "materials": ["防汛预案", "值班安排"],
}  # fmt: skip
NOW = {
    "stages": ["primary"], "school_count": 10, "starts_on": date(2027, 6, 14), "ends_on": date(2027, 6, 18),
    "methods": ["on_site"], "materials": "1. 防汛预案；\n2. 值班安排",
}  # fmt: skip


def told(**changed):
    return found(SINGLE, approved=[("“防汛检查”（DC20270001）", APPROVED)], **{**NOW, **changed})


def test_what_stays_within_the_approval_is_left_alone():
    assert told() == []
    assert told(school_count=9, ends_on=date(2027, 6, 17), materials="值班安排", methods=[]) == []
    assert said(SINGLE, **{**NOW, "school_count": 99}) == []  # nothing alike was approved


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"stages": ["primary", "senior"]}, "学段批准小学、初中，这次增加高中"),
        ({"school_count": 11}, "学校批准 10 所，这次 11 所"),
        ({"ends_on": date(2027, 6, 19)}, "时间批准 5 天，这次 6 天"),
        ({"methods": ["on_site", "online"]}, "方式批准现场，这次增加线上"),
        ({"materials": "防汛预案\n巡查照片"}, "材料批准 2 项，这次多要 1 项：“巡查照片”"),
    ],
)
def test_whatever_is_more_is_said_with_both_values(changed, words):
    (finding,) = told(**changed)
    assert finding.rule.code == "R-INSP-10"
    assert not finding.blocks
    assert finding.message == (
        f"“防汛检查”（DC20270001）批准的范围之外：{words}。请改回批准的内容，确需增加的写明依据"
    )


def test_what_is_not_known_on_either_side_is_not_compared():
    assert told(school_count=None) == []
    unknown = [("“防汛检查”（DC20270001）", {**APPROVED, "school_count": None, "days": None})]
    assert said(SINGLE, approved=unknown, **{**NOW, "school_count": 99}) == []


@pytest.mark.parametrize(("count", "codes"), [(0, []), (1, ["R-INSP-11"])])
def test_one_comprehensive_inspection_a_school_and_year(count, codes):
    assert said(PLAN, comprehensive=[("实验小学", count)]) == codes


def test_the_schools_that_have_had_theirs_are_named():
    (finding,) = found(PLAN, comprehensive=[("实验小学", 1), ("第二小学", 0)])
    assert finding.message == (
        "实验小学（已有 1 次）本年加上这一次超过综合性督查检查每校 1 次。请合并进行，或换学校"
    )


# --- in the records ----------------------------------------------------------------------------------------


def codes_of(application):
    return {finding.rule.code for finding in findings_of(application, dates.today())}


def wider(world, road=SINGLE, **changed):
    application = draft(world, road, **changed)
    fields = {"ends_on": application.ends_on + timedelta(days=1)}
    return services.save_draft(application=application, by=world.user(Role.APPLICANT), fields=fields)


@pytest.mark.parametrize(
    ("state", "speaks"),
    [(State.COLLECTED, False), (State.CLEARED, True), (State.RECORDED, True)],
)
def test_an_item_of_the_approved_plan_is_not_widened_by_a_single_one(world, state, speaks):
    planned = application_at(state, world, road=PLAN, title="校园消防检查")
    again = wider(world, title="校园消防 检查")
    assert ("R-INSP-10" in codes_of(again)) is speaks
    if speaks:
        ((named, extent),) = facts_of(again, dates.today())["approved"]
        assert (named, extent["days"]) == (f"“校园消防检查”（{planned.number}）", 6)
    assert "R-INSP-10" not in codes_of(draft(world, SINGLE, title="校园消防检查"))  # as it was approved
    assert "R-INSP-10" not in codes_of(wider(world, title="校园食品检查"))


def test_it_does_not_speak_against_itself_or_another_year(world):
    planned = application_at(State.CLEARED, world, road=PLAN, title="校园消防检查")
    assert facts_of(planned, dates.today())["approved"] == []
    later = wider(world, title="校园消防检查", year=planned.year + 1)
    assert facts_of(later, dates.today())["approved"] == []


def test_comprehensive_inspections_are_counted_by_school(world):
    first = application_at(State.REQUESTED, world, road=SINGLE, title="教育综合督导")
    application_at(State.REQUESTED, world, road=SINGLE, title="校园消防检查")
    assert facts_of(first, dates.today())["comprehensive"] == [("实验小学", 0)]
    second = draft(world, PLAN, title="年度综合检查")
    assert facts_of(second, dates.today())["comprehensive"] == [("实验小学", 1)]
    assert "R-INSP-11" in codes_of(second)
    assert "R-INSP-11" not in codes_of(draft(world, PLAN, title="校园卫生检查"))
    seniors = draft(world, PLAN, title="高中综合检查", stages=["senior"])
    assert "R-INSP-11" not in codes_of(seniors)


@pytest.mark.parametrize(("code", "value"), [("INSP-CAP-WHOLE", "2"), ("R-INSP-11-SEVERITY", "不查")])
def test_a_district_sets_the_cap_or_drops_it(world, code, value):
    application_at(State.REQUESTED, world, road=SINGLE, title="教育综合督导")
    PolicyValue.objects.create(
        district=world.district, code=code, value=value, effective_from=dates.today(),
        document="云教领〔2026〕1号",
    )  # fmt: skip
    assert "R-INSP-11" not in codes_of(draft(world, PLAN, title="年度综合检查"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow(world, django_assert_num_queries, count):
    for _ in range(count):
        application_at(State.ANNOUNCED, world, road=SINGLE, title="教育综合督导")
    mine = type(draft(world)).objects.select_related("inspection").prefetch_related("bases")
    mine = mine.get(pk=draft(world, SINGLE, title="教育综合督导").pk)
    with django_assert_num_queries(5):
        facts = facts_of(mine, dates.today())
    assert len(facts["approved"]) == count
