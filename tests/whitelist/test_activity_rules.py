"""R-ACT: each rule's last allowed and first refused value, what it names, and the way out."""

from __future__ import annotations

from collections import Counter
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel.policy import Severity, examine
from jianfu.kernel.terms import ReservedDays
from whitelist.rules.cap import ITEMS, TIMES, load_of
from whitelist.rules.frequency import Frequency, read_frequency
from whitelist.rules.grades import beyond, groups_of, overlap
from whitelist.rules.plan import MOVE_RULES, PLAN_RULES
from whitelist.rules.slots import Slot, Taken

TODAY, DAY = date(2026, 9, 1), date(2026, 10, 13)


def slot(day=DAY, key="1", **changed):
    fields = {"begins": time(14), "ends": time(14, 40), "grades": "四年级", **changed}
    return Slot(key, fields.pop("school_id", 1), fields.pop("school", "实验一小"), day, **fields)


def taken(day=DAY, **changed):
    fields = {"begins": time(9), "ends": time(9, 40), "grades": "四年级", "entry_id": 8, **changed}
    return Taken(
        entry_id=fields.pop("entry_id"),
        activity_id=fields.pop("activity_id", 80),
        title="禁毒宣讲",
        unit="区禁毒办",
        school_id=fields.pop("school_id", 1),
        day=day,
        **fields,
    )


def facts(*slots, **changed):
    return {
        "today": TODAY, "submitted_on": TODAY, "plan_inside": False, "slots": list(slots or [slot()]),
        "entry_id": 9, "starts_on": date(2026, 9, 1), "ends_on": date(2027, 6, 30), "removed_on": None,
        "admitted": None, "scope": "全区小学", "grades": "", "frequency": "", "class_hours": None,
        "teacher_count": None, "term_of": lambda day: "秋季" if day.month > 7 else "春季", "own": [],
        "taken": [], "near": {}, "comings": {}, "reserved": {}, "closed": {}, "notice": 9, "notice_of": "new",
        **changed,
    }  # fmt: skip


def found(values, rules=PLAN_RULES):
    return {finding.rule.code: finding for finding in examine(rules, values)}


def test_a_plan_in_order_is_not_criticised():
    assert found(facts()) == {}


@pytest.mark.parametrize(
    ("submitted", "day", "late"),
    [
        (date(2026, 9, 1), date(2026, 10, 1), False),
        (date(2026, 9, 2), date(2026, 10, 1), True),
        (date(2027, 1, 31), date(2027, 2, 28), True),
        (date(2027, 1, 31), date(2027, 3, 1), False),
    ],
)
def test_a_month_ahead(submitted, day, late):
    said = found(facts(slot(day), submitted_on=submitted, today=submitted))
    assert ("R-ACT-01" in said) == late


def test_the_way_out_of_a_late_plan_is_a_day_that_is_in_time():
    said = found(facts(slot(date(2026, 9, 20))))["R-ACT-01"]
    assert "请改到2026年10月1日或以后" in said.message
    assert [mark.field for mark in said.marks] == ["1"]
    assert found(facts(slot(date(2026, 10, 1)))) == {}


def test_what_was_approved_with_its_plan_waits_no_second_month():
    assert found(facts(slot(date(2026, 9, 2)), plan_inside=True)) == {}


@pytest.mark.parametrize(
    ("day", "removed", "outside"),
    [
        (date(2026, 10, 12), None, False),
        (date(2026, 11, 30), None, False),
        (date(2026, 10, 11), None, True),
        (date(2026, 12, 1), None, True),
        (date(2026, 11, 9), date(2026, 11, 10), False),
        (date(2026, 11, 10), date(2026, 11, 10), True),
    ],
)
def test_in_the_approved_days_and_before_a_removal(day, removed, outside):
    values = facts(slot(day), starts_on=date(2026, 10, 12), ends_on=date(2026, 11, 30), removed_on=removed)
    assert ("R-ACT-02" in found(values)) == outside


def test_only_days_to_come():
    assert "R-ACT-03" not in found(facts(slot(TODAY), plan_inside=True))
    assert "R-ACT-03" in found(
        facts(slot(TODAY - timedelta(days=1)), plan_inside=True, starts_on=date(2026, 1, 1))
    )


def test_only_schools_and_grades_that_were_approved():
    assert found(facts(admitted=frozenset({1}))) == {}
    assert "实验一小不在批准的范围（全区小学）内" in found(facts(admitted=frozenset({2})))["R-ACT-04"].message
    assert found(facts(grades="小学三年级以上")) == {}
    assert "四年级不在批准的年级" in found(facts(grades="小学五年级、初中一年级"))["R-ACT-05"].message


def test_not_oftener_than_approved():
    twice = [slot(DAY), slot(DAY + timedelta(days=7), "2")]
    assert found(facts(*twice, frequency="每校每学期不超过2次")) == {}
    assert "超过批准的频次“每校1次”" in found(facts(*twice, frequency="每校1次"))["R-ACT-06"].message
    same_day = [slot(DAY), slot(DAY, "2", begins=time(15), ends=time(15, 40))]
    assert "R-ACT-06" not in found(facts(*same_day, frequency="每校1次"))
    assert "R-ACT-06" in found(facts(frequency="每校1次", own=[(1, date(2026, 9, 20))]))
    assert "R-ACT-06" not in found(facts(frequency="每月1次", own=[(1, date(2026, 9, 20))]))


def test_no_more_lessons_or_teachers_than_approved():
    assert (
        found(facts(slot(class_hours=Decimal(1), teacher_count=2), class_hours=Decimal(1), teacher_count=2))
        == {}
    )
    assert "R-ACT-07" in found(facts(slot(class_hours=Decimal("1.5")), class_hours=Decimal(1)))
    assert "R-ACT-07" in found(facts(slot(teacher_count=1), teacher_count=0))


def test_the_same_class_at_the_same_time_is_named():
    said = found(facts(taken=[taken(begins=time(14, 39), ends=time(15))]))
    assert "区禁毒办“禁毒宣讲”14:39–15:00" in said["R-ACT-11"].message
    assert said["R-ACT-11"].blocks
    assert "R-ACT-11" not in found(facts(taken=[taken(begins=time(14, 40), ends=time(15))]))
    other_class = found(
        facts(slot(grades="四年级1班"), taken=[taken(begins=time(14), ends=time(15), grades="四年级2班")])
    )
    assert set(other_class) == {"R-ACT-12"}
    assert not other_class["R-ACT-12"].blocks


def test_two_sessions_of_one_plan_collide_too():
    assert "R-ACT-11" in found(facts(slot(), slot(key="2", begins=time(14, 20), ends=time(15))))
    assert "R-ACT-11" not in found(facts(slot(), slot(key="2", school_id=2)))


def test_exams_concern_the_grades_that_sit_them():
    exams = ReservedDays("graduation", "毕业班备考", "中考备考", DAY, DAY, None, "九年级")
    assert found(facts(reserved={"1": [exams]})) == {}
    assert (
        "中考备考（九年级）"
        in found(facts(slot(grades="九年级"), reserved={"1": [exams]}))["R-ACT-13"].message
    )


def test_no_school_on_the_day():
    assert "R-ACT-14" in found(facts(closed={"1": "星期六"}))


@pytest.mark.parametrize(("others", "full"), [(5, False), (6, True)])
def test_the_cap_of_the_term(others, full):
    comings = {(1, "秋季"): [(entry, DAY) for entry in range(100, 100 + others)]}
    said = found(facts(comings=comings))
    assert ("R-ACT-15" in said) == full
    if full:
        assert "实验一小秋季已有 6 项，加上这一项超过每校每学期 6 项" in said["R-ACT-15"].message


def test_an_item_that_comes_already_takes_no_second_place():
    comings = {(1, "秋季"): [(entry, DAY) for entry in (9, 1, 2, 3, 4, 5)]}
    assert found(facts(comings=comings)) == {}


comings = st.lists(st.tuples(st.integers(1, 5), st.dates(date(2026, 9, 1), date(2026, 9, 20))))


@given(comings, comings)
def test_counting_is_by_different_items_and_days(one, other):
    both = [*one, *other]
    assert load_of(both, ITEMS) == len({entry for entry, _day in both}) <= load_of(both, TIMES) <= len(both)
    assert load_of(both, ITEMS) <= load_of(one, ITEMS) + load_of(other, ITEMS)
    assert load_of([*both, *both], TIMES) == load_of(both, TIMES) == len(Counter(both))


def test_the_same_theme_at_the_school_in_the_term():
    near = facts(taken=[taken(date(2026, 12, 1))], near={8: "主题相同：禁毒"})
    assert "12月1日，主题相同：禁毒" in found(near)["R-ACT-16"].message
    assert found({**near, "taken": [taken(date(2026, 12, 1), school_id=2)]}) == {}
    assert found({**near, "taken": [taken(date(2027, 3, 1))]}) == {}


def test_more_than_two_in_a_week():
    monday = date(2026, 10, 12)
    others = [taken(monday, entry_id=1), taken(monday + timedelta(days=6), entry_id=2)]
    assert "R-ACT-17" in found(facts(taken=others))
    assert "R-ACT-17" not in found(facts(taken=[others[0], taken(monday + timedelta(days=7), entry_id=2)]))


def test_a_move_is_told_three_working_days_ahead_and_needs_no_month():
    late = facts(slot(TODAY + timedelta(days=9)), notice=2)
    assert set(found(late, MOVE_RULES)) == {"R-ACT-08"}
    assert found({**late, "notice": 3}, MOVE_RULES) == {}


def test_every_rule_has_its_code_once_and_says_how_hard():
    rules = {rule.code: rule for rule in (*PLAN_RULES, *MOVE_RULES)}
    assert sorted(rules) == [f"R-ACT-{n:02}" for n in (*range(1, 9), *range(11, 18))]
    assert {code for code, rule in rules.items() if rule.severity is Severity.WARN} == {
        "R-ACT-05", "R-ACT-12", "R-ACT-13", "R-ACT-15", "R-ACT-16", "R-ACT-17",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("每校每学年1次", Frequency(1, "year")),
        ("每校 1 次", Frequency(1, "school")),
        ("学校自选，每学期不超过2次", Frequency(2, "term")),
        ("每周两次", Frequency(2, "week")),
        ("每月一次", Frequency(1, "month")),
        ("每生每学年1次", None),
        ("按需", None),
        ("", None),
    ],
)
def test_frequencies_are_read_as_they_are_written(text, read):
    assert read_frequency(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("四年级（1）班、2班", {(4, "1"), (4, "2")}),
        ("一至三年级", {(1, ""), (2, ""), (3, "")}),
        ("初一、高二", {(7, ""), (11, "")}),
        ("七年级至八年级", {(7, ""), (8, "")}),
        ("小学五年级以上", {(5, ""), (6, "")}),
        ("初中非毕业年级", {(7, ""), (8, "")}),
        ("教师", None),
        ("", None),
    ],
)
def test_grades_are_read_as_they_are_written(text, read):
    assert groups_of(text) == (None if read is None else frozenset(read))


def test_what_cannot_be_read_collides_with_everything_and_exceeds_nothing():
    assert overlap("社团", "四年级")
    assert overlap("各年级", "九年级")
    assert not overlap("三年级", "四年级")
    assert beyond("社团", "四年级") == beyond("四年级", "有兴趣的学生") == set()
