"""R-ACT-11 and on: what else comes to the school on these days (B3, B5, B7; 004 三(二)).

``taken`` are the sessions of other plans at the same schools (`rules.slots.Taken`); ``reserved`` and
``closed`` map a slot's key to what the school calendar says of its day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from approvals.selectors import SCHOOL_CAP
from jianfu.kernel.papers import HECHUAN, MINISTRY, OWN, Facts, known
from jianfu.kernel.policy import Rule, Said, Severity
from whitelist.figures import CAP_COUNTS, WEEK_MOST

from .cap import load_of
from .grades import overlap
from .slots import SHOWN, Slot, Taken, listed, named, said, short


def _same_time(facts: Facts) -> Said | None:
    """The same pupils at the same time: in another plan, or twice in this one."""
    pairs = [(slot, other.words) for slot, other in _meeting(facts) if _collide(slot, other)]
    slots = facts["slots"]
    pairs += [
        (one, f"与本方案{other.begins:%H:%M}–{other.ends:%H:%M}的另一场")
        for number, one in enumerate(slots)
        for other in slots[number + 1 :]
        if (one.school_id, one.day) == (other.school_id, other.day) and _collide(one, other)
    ]
    if not pairs:
        return None
    message = f"同一班级同一时间已有安排（{listed(pairs)}）。请错开时间或改年级"
    return said(message, [slot for slot, _words in pairs], "时间冲突")


def _collide(one: Slot, other: Slot | Taken) -> bool:
    return one.begins < other.ends and other.begins < one.ends and overlap(one.grades, other.grades)


def _meeting(facts: Facts) -> Iterator[tuple[Slot, Taken]]:
    by_day = defaultdict(list)
    for other in facts["taken"]:
        by_day[other.school_id, other.day].append(other)
    for slot in facts["slots"]:
        for other in by_day[slot.school_id, slot.day]:
            yield slot, other


def _same_day(facts: Facts) -> Said | None:
    pairs = [(slot, other.words) for slot, other in _meeting(facts) if not _collide(slot, other)]
    if not pairs:
        return None
    message = f"同一天学校已有别的活动（{listed(pairs)}）。请换一天，让学校一天只接待一项"
    return said(message, [slot for slot, _words in pairs], "同一天有别的活动")


def _in_exams(facts: Facts) -> Said | None:
    found = [
        (slot, reserved.words)
        for slot in facts["slots"]
        for reserved in facts["reserved"].get(slot.key, ())
        if not reserved.grades or overlap(slot.grades, reserved.grades)
    ]
    if not found:
        return None
    message = f"正在考试或备考（{listed(found)}）。请避开这段时间"
    return said(message, [slot for slot, _words in found], "考试或备考")


def _closed(facts: Facts) -> Said | None:
    found = [(slot, facts["closed"][slot.key]) for slot in facts["slots"] if slot.key in facts["closed"]]
    if not found:
        return None
    message = f"当天学校不上课（{listed(found)}）。请改到上学的日子"
    return said(message, [slot for slot, _words in found], "不上课")


def _cap(facts: Facts) -> Said | None:
    """``comings``: (school, term) → (entry, day) of the others; the slots' own are added here."""
    cap, counts = facts[SCHOOL_CAP.code], facts[CAP_COUNTS.code]
    ours = defaultdict(list)
    for slot in facts["slots"]:
        ours[slot.school_id, facts["term_of"](slot.day)].append(slot)
    full = []
    for (school, term), slots in ours.items():
        before = facts["comings"].get((school, term), ())
        together = load_of([*before, *((facts["entry_id"], slot.day) for slot in slots)], counts)
        if together > cap:
            full.append((slots, f"{slots[0].school}{term}已有 {load_of(before, counts)} {counts}"))
    if not full:
        return None
    words = "；".join(text for _slots, text in full[:SHOWN])
    more = f"等 {len(full)} 所学校" if len(full) > SHOWN else ""
    message = f"{words}{more}，加上这一项超过每校每学期 {cap} {counts}。请换学校、换学期，或与已有的活动合并"
    return said(message, [slot for slots, _text in full for slot in slots], "学期上限已满")


def _same_theme(facts: Facts) -> Said | None:
    """``near``: entry → why it is near; those of the slots' terms at the same school."""
    pairs = []
    for slot in facts["slots"]:
        for other in facts["taken"]:
            if other.school_id != slot.school_id or other.entry_id not in facts["near"]:
                continue
            if facts["term_of"](other.day) == facts["term_of"](slot.day):
                why = facts["near"][other.entry_id]
                pairs.append((slot, f"{other.unit}“{other.title}”{short(other.day)}，{why}"))
                break
    if not pairs:
        return None
    message = f"本学期同一学校已有同一或相近主题的活动（{listed(pairs)}）。请合并开展，或换学校"
    return said(message, [slot for slot, _words in pairs], "同主题")


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _crowded(facts: Facts) -> Said | None:
    """More than so many comings (an item on a day) in one week at one school, this plan's included."""
    most, weeks = facts[WEEK_MOST.code], defaultdict(set)
    for other in facts["taken"]:
        weeks[other.school_id, _week(other.day)].add((other.entry_id, other.day))
    for slot in facts["slots"]:
        weeks[slot.school_id, _week(slot.day)].add((facts["entry_id"], slot.day))
    found = [slot for slot in facts["slots"] if len(weeks[slot.school_id, _week(slot.day)]) > most]
    if not found:
        return None
    message = f"{named(found)}那一周到校的活动超过 {most} 次。请排到别的周，避免集中"
    return said(message, found, "一周过于集中")


SAME_TIME = known(Rule("R-ACT-11", "同班同时不冲突", "004 三（二）", _same_time, field="sessions"), HECHUAN)
SAME_DAY = known(
    Rule("R-ACT-12", "同校同日不重叠", "004 三（二）", _same_day, Severity.WARN, "sessions"), HECHUAN
)
IN_EXAMS = known(
    Rule(
        "R-ACT-13",
        "避开考试周和毕业班备考",
        OWN,
        _in_exams,
        Severity.WARN,
        "sessions",
    ),
    HECHUAN,
)
CLOSED = known(Rule("R-ACT-14", "在上学的日子", OWN, _closed, field="sessions"), HECHUAN)
CAP = known(
    Rule(
        "R-ACT-15",
        "每校每学期上限",
        "教师厅〔2025〕2号，条款待核实",
        _cap,
        Severity.WARN,
        "sessions",
        (SCHOOL_CAP, CAP_COUNTS),
    ),
    MINISTRY,
    verified=False,
)
SAME_THEME = known(
    Rule(
        "R-ACT-16",
        "同主题不重复进校",
        "004 三（二）",
        _same_theme,
        Severity.WARN,
        "sessions",
        quote="同一或相近主题活动频繁、多部门组织进入校园",
    ),
    HECHUAN,
)
CROWDED = known(
    Rule(
        "R-ACT-17",
        "一周不过于集中",
        OWN,
        _crowded,
        Severity.WARN,
        "sessions",
        (WEEK_MOST,),
    ),
    HECHUAN,
)
SCHOOL_RULES = (SAME_TIME, SAME_DAY, IN_EXAMS, CLOSED, CAP, SAME_THEME, CROWDED)
