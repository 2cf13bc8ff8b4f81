"""R-ACT: what a plan may ask of schools, as it was approved (R52, R53, R60; 004 四(三)、四(四)).

Facts are ``slots`` (`rules.slots.Slot`), what the entry says, ``today`` and ``submitted_on``, and what
`whitelist.around` looks up. Each sentence names what it is about and the way out.
"""

from __future__ import annotations

from datetime import timedelta

from approvals.selectors import PLAN_LEAD
from jianfu.kernel.dates import add_months, chinese_date
from jianfu.kernel.papers import HECHUAN, SAMPLE, Facts, known
from jianfu.kernel.policy import Rule, Said, Severity
from whitelist.figures import MOVE_NOTICE

from .frequency import period_of, read_frequency, too_many
from .grades import beyond, label_of
from .slots import named, said


def _in_time(facts: Facts) -> Said | None:
    """A month before each session; what was approved with its plan inside needs no second month."""
    if facts["plan_inside"]:
        return None
    earliest = earliest_day(facts)
    late = [slot for slot in facts["slots"] if slot.day < earliest]
    if not late:
        return None
    message = (
        f"{named(late)}距报送不到 {facts[PLAN_LEAD.code]} 个月。请改到{chinese_date(earliest)}或以后；"
        "确需提前的，另按“一事一审”申报"
    )
    return said(message, late, "不到一个月")


def earliest_day(facts: Facts) -> object:
    """The first day for which a plan handed in on ``submitted_on`` is in time (R53: 最迟 add_months back)."""
    day = add_months(facts["submitted_on"], facts[PLAN_LEAD.code])
    months = facts[PLAN_LEAD.code]
    while add_months(day, -months) < facts["submitted_on"]:
        day += timedelta(days=1)
    return day


def _in_period(facts: Facts) -> Said | None:
    starts, ends, removed = facts["starts_on"], facts["ends_on"], facts["removed_on"]
    last = min(ends, removed - timedelta(days=1)) if removed else ends
    outside = [slot for slot in facts["slots"] if not starts <= slot.day <= last]
    if not outside:
        return None
    period = f"{chinese_date(starts)}至{chinese_date(last)}"
    message = f"{named(outside)}不在批准的时间{period}内。请改到这段时间，或重新申报"
    return said(message, outside, "不在批准的时间内")


def _ahead(facts: Facts) -> Said | None:
    past = [slot for slot in facts["slots"] if slot.day < facts["today"]]
    if not past:
        return None
    return said(f"{named(past)}已经过去。请改到今天以后，或删去", past, "已经过去")


def _in_schools(facts: Facts) -> Said | None:
    """``admitted``: the schools that were approved; None where the list on paper did not say."""
    if facts["admitted"] is None:
        return None
    outside = [slot for slot in facts["slots"] if slot.school_id not in facts["admitted"]]
    if not outside:
        return None
    schools = "、".join(dict.fromkeys(slot.school for slot in outside))
    message = f"{schools}不在批准的范围（{facts['scope']}）内。请删去，或重新申报"
    return said(message, outside, "学校不在批准范围")


def _in_grades(facts: Facts) -> Said | None:
    wrong = [(slot, beyond(slot.grades, facts["grades"])) for slot in facts["slots"]]
    wrong = [(slot, grades) for slot, grades in wrong if grades]
    if not wrong:
        return None
    every = sorted({grade for _slot, grades in wrong for grade in grades})
    labels = "、".join(label_of(grade) for grade in every)
    message = f"{labels}不在批准的年级（{facts['grades']}）内：{named([slot for slot, _ in wrong])}。请改年级"
    return said(message, [slot for slot, _grades in wrong], "年级不在批准范围")


def _often(facts: Facts) -> Said | None:
    """``own``: (school, day) of the entry's other plans."""
    frequency = read_frequency(facts["frequency"])
    if frequency is None:
        return None
    slots, term_of = facts["slots"], facts["term_of"]
    visits = [(slot.school_id, slot.day) for slot in slots]
    full = too_many(frequency, [*visits, *facts["own"]], term_of)
    over = [slot for slot in slots if (slot.school_id, period_of(frequency, slot.day, term_of)) in full]
    if not over:
        return None
    schools = "、".join(dict.fromkeys(slot.school for slot in over))
    message = (
        f"{schools}安排的次数超过批准的频次“{facts['frequency']}”（{frequency.words}）。"
        "请减少场次，同一天分批的合到一天"
    )
    return said(message, over, "超过批准频次")


def _as_much(facts: Facts) -> Said | None:
    """No more lessons or teachers than were approved (R59)."""
    hours, teachers = facts["class_hours"], facts["teacher_count"]
    over = [
        slot
        for slot in facts["slots"]
        if (hours is not None and slot.class_hours > hours)
        or (teachers is not None and slot.teacher_count > teachers)
    ]
    if not over:
        return None
    approved = f"每班占用课时 {_or_dash(hours)}，需教师 {_or_dash(teachers)} 人"
    return said(f"{named(over)}比批准的（{approved}）多。请改回批准的数", over, "比批准的多")


def _or_dash(value: object) -> str:
    return "—" if value is None else str(value)


def _told_in_time(facts: Facts) -> Said | None:
    """改期: ``notice`` working days from today to the earlier of the old and the new day."""
    days, slots = facts[MOVE_NOTICE.code], facts["slots"]
    if facts["notice"] >= days:
        return None
    message = (
        f"距{'原定' if facts['notice_of'] == 'old' else '新的'}日期只剩 {max(facts['notice'], 0)} 个工作日，"
        f"改期要提前 {days} 个工作日告知学校。请改到更晚，来不及的取消这一场，并打电话告诉学校"
    )
    return said(message, slots, "告知太晚")


IN_TIME = known(
    Rule(
        "R-ACT-01",
        "实施方案提前一个月报审",
        "004 四（四）",
        _in_time,
        field="sessions",
        figures=(PLAN_LEAD,),
        quote="事项开展部门要科学设计活动实施方案，并在活动开展前1个月报区教委审核把关",
    ),
    HECHUAN,
)
IN_PERIOD = known(Rule("R-ACT-02", "在批准的时间内", "004 四（三）", _in_period, field="sessions"), HECHUAN)
AHEAD = known(Rule("R-ACT-03", "日期在将来", "004 四（三）", _ahead, field="sessions"), HECHUAN)
IN_SCHOOLS = known(Rule("R-ACT-04", "在批准的学校", "004 四（三）", _in_schools, field="sessions"), HECHUAN)
IN_GRADES = known(
    Rule("R-ACT-05", "在批准的年级", "004 四（三）", _in_grades, Severity.WARN, "sessions"), HECHUAN
)
OFTEN = known(Rule("R-ACT-06", "不超过批准的频次", "004 四（三）", _often, field="sessions"), HECHUAN)
AS_MUCH = known(
    Rule(
        "R-ACT-07",
        "课时和教师不多于批准的",
        "002 二4",
        _as_much,
        field="sessions",
        quote="不得对课时、教师、考核提出量化要求",
    ),
    SAMPLE,
)
TOLD_IN_TIME = known(
    Rule(
        "R-ACT-08",
        "改期提前告知学校",
        "来源文件未规定，平台建议值",
        _told_in_time,
        field="day",
        figures=(MOVE_NOTICE,),
    ),
    HECHUAN,
)
SCOPE_RULES = (IN_PERIOD, AHEAD, IN_SCHOOLS, IN_GRADES, OFTEN, AS_MUCH)
