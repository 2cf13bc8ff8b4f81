"""抽调借用: how long a teacher may be away, and what a record must show (R83–R91)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jianfu.kernel.calendar import Remaining
from jianfu.kernel.dates import chinese_date, last_allowed_day
from jianfu.kernel.papers import HEILONGJIANG, MINISTRY, WULONG, known
from jianfu.kernel.policy import Finding, Rule, Severity, examine
from ledger.states import ENDING_WITHIN_DAYS, NOTICE_DAYS, SecondmentKind, Standing

ONE_DAY = timedelta(days=1)

SECONDMENT_MONTHS = "BORROW-MONTHS"  # approvals grant by it, and declare it


def months_spanned(first: date, last: date) -> int:
    """Calendar months begun: a month not yet full counts whole. 2026-03-01 to 2026-08-31 is 6."""
    months = max((last.year - first.year) * 12 + last.month - first.month, 1)
    return months if last <= last_allowed_day(first, months) else months + 1


def last_day_away(starts_on: date, ends_on: date, returned_on: date | None, on: date) -> date:
    """The last day the teacher is known to be away, seen from ``on``.

    ``returned_on`` is the first day back at school, so the day before is the last one away. A teacher who
    has not returned is away at least until ``on``, whatever the paper said.
    """
    if returned_on is not None:
        return max(starts_on, returned_on - ONE_DAY)
    return max(ends_on, on) if starts_on <= on else ends_on


def overlap(first: tuple[date, date], second: tuple[date, date]) -> bool:
    """Whether two periods, both ends included, share a day."""
    return first[0] <= second[1] and second[0] <= first[1]


def standing(
    *, starts_on: date, ends_on: date, returned_on: date | None, is_voided: bool, on: date
) -> Standing:
    if is_voided:
        return Standing.VOIDED
    if returned_on is not None and returned_on <= on:
        return Standing.BACK
    if starts_on > on:
        return Standing.PLANNED
    if ends_on < on:
        return Standing.OVERDUE
    return Standing.ENDING if ends_on <= on + timedelta(days=ENDING_WITHIN_DAYS) else Standing.AWAY


RISK = "在编不在岗风险"


def notice(days: int) -> str:
    """How near the end is, by the nearest of the days of notice; empty while there is more time."""
    if days < 0:
        return Standing.OVERDUE.label
    near = [limit for limit in NOTICE_DAYS if days <= limit]
    if not near:
        return ""
    return f"{min(near)} 天内到期" if min(near) else "今天到期"


def gives_notice(ends_on: date, on: date, next_workday: date) -> bool:
    """Whether the mail of this working day tells of it: overdue, or 30, 7 or 0 days are left on this day or
    on one before the next mail goes out."""
    if ends_on < on:
        return True
    return any(on <= ends_on - timedelta(days=days) < next_workday for days in NOTICE_DAYS)


@dataclass(frozen=True)
class DaysLeft(Remaining):
    """Time left of a borrowing, in natural days as the paper counts it.

    Yellow from 30 days on in the register; on a desk, where other matters are due tomorrow, from 7.
    """

    yellow_from: int = ENDING_WITHIN_DAYS
    unit = "自然日"

    @property
    def light(self) -> str:
        if self.days < 0:
            return "r"
        return "y" if self.days <= self.yellow_from else "g"


Facts = Mapping[str, Any]


def _over(last: date, facts: Facts) -> str | None:
    """交流轮岗 is no borrowing in the sense of 000 r13 and runs as long as its own rules say."""
    if facts["kind"] == SecondmentKind.ROTATION:
        return None
    limit: date = last_allowed_day(facts["starts_on"], facts["months"])
    if last <= limit:
        return None
    return f"借到{chinese_date(last)}，超过 {facts['months']} 个月的上限，最迟应到{chinese_date(limit)}"


def _over_limit(facts: Facts) -> str | None:
    return _over(facts["last_day"], facts)


def _over_limit_unexplained(facts: Facts) -> str | None:
    """What the self-check finds must be recordable, but never without a word on it."""
    planned = facts["returned_on"] - ONE_DAY if facts["returned_on"] else facts["ends_on"]
    words = None if facts["extension_reason"] else _over(planned, facts)
    return words and f"{words}。请改早日期；确已超期的，在“超期说明”写明原因和续借批准文件"


def _elsewhere(facts: Facts) -> str | None:
    if not facts["overlaps"]:
        return None
    known = "；".join(facts["overlaps"])
    return f"这位教师同一时间已有借用记录：{known}。请先为原记录登记返岗，或改这次的起止日期"


def _unapproved(facts: Facts) -> str | None:
    return None if facts["approving_body"] else "未经批准借用：没有审批单位，须经县级以上教育部门同意并报批"


def _unfiled(facts: Facts) -> str | None:
    return None if facts["filing_body"] else "没有报同级党委或人社部门备案的记录"


def _without_consent(facts: Facts) -> str | None:
    missing = [
        who
        for who, given in (("本人", facts["teacher_consented"]), ("原学校", facts["school_consented"]))
        if not given
    ]
    return f"没有{'和'.join(missing)}同意的记录" if missing else None


def _not_back(facts: Facts) -> str | None:
    if facts["standing"] != Standing.OVERDUE:
        return None
    days = (facts["today"] - facts["ends_on"]).days
    return f"{RISK}：借期已过 {days} 天，没有返岗记录。请催办返岗，或办理续借"


def _in_village(facts: Facts) -> str | None:
    return "不得要求中小学教师驻村扶贫" if facts["kind"] == SecondmentKind.VILLAGE else None


def _namesake(facts: Facts) -> str | None:
    if not facts["namesakes"]:
        return None
    return f"另有同名教师在借：{'；'.join(facts['namesakes'])}。是同一人的，请改用原记录的学校"


OVER_LIMIT = known(
    Rule("R-BORROW-01", "借用不超过半年", "000 r13", _over_limit, Severity.WARN, "ends_on"), WULONG
)
OVER_LIMIT_UNEXPLAINED = known(
    Rule("R-BORROW-09", "超期须有说明", "000 r13", _over_limit_unexplained, field="extension_reason"), WULONG
)
ELSEWHERE = known(Rule("R-BORROW-02", "一人一时一处", "000 r13", _elsewhere, field="starts_on"), WULONG)
UNAPPROVED = known(
    Rule("R-BORROW-03", "借用须经批准", "000 r13，001-7", _unapproved, Severity.WARN, "approving_body"),
    WULONG,
)
UNFILED = known(
    Rule("R-BORROW-04", "借用须报备案", "000 r13，001-7", _unfiled, Severity.WARN, "filing_body"), WULONG
)
NOT_BACK = known(
    Rule("R-BORROW-05", "到期即返岗", "003-17", _not_back, Severity.WARN, "returned_on"), HEILONGJIANG
)
WITHOUT_CONSENT = known(
    Rule(
        "R-BORROW-06",
        "本人和学校同意",
        "教师厅〔2025〕2号，条款待核实",
        _without_consent,
        Severity.WARN,
        "teacher_consented",
    ),
    MINISTRY,
    verified=False,
)
IN_VILLAGE = known(
    Rule("R-BORROW-07", "不派教师驻村", "000 r4，003-4", _in_village, Severity.WARN, "kind"), WULONG
)
NAMESAKE = known(
    Rule("R-BORROW-08", "同名提醒", "一人一档", _namesake, Severity.WARN, "teacher_name"), WULONG
)

BEFORE_SAVING = (OVER_LIMIT_UNEXPLAINED, ELSEWHERE)
# What the self-check finds on a record; of these, what whoever enters one can put right at once.
ON_A_RECORD = (OVER_LIMIT, NOT_BACK, UNAPPROVED, UNFILED, WITHOUT_CONSENT, IN_VILLAGE, NAMESAKE)
_ENTERED = (UNAPPROVED, UNFILED, WITHOUT_CONSENT, IN_VILLAGE)


def what_blocks(facts: Facts, **in_force: Any) -> list[Finding]:
    """Why the record may not be saved. ``in_force``: the ``district_id`` and the day ``on`` whose severities
    hold. That a teacher is back is recorded whatever else a district made a condition."""
    rotates, back = facts["kind"] == SecondmentKind.ROTATION, facts["returned_on"] is not None
    asked = BEFORE_SAVING if rotates or back else (*BEFORE_SAVING, *_ENTERED)
    return [found for found in examine(asked, facts, **in_force) if found.blocks]


def what_to_mend(facts: Facts, **in_force: Any) -> list[Finding]:
    """What stands against a record that was saved; also where its teacher is, if that did not block."""
    if facts["kind"] == SecondmentKind.ROTATION:
        return examine((NOT_BACK, NAMESAKE), facts, **in_force)
    elsewhere = [found for found in examine((ELSEWHERE,), facts, **in_force) if not found.blocks]
    return [*examine(ON_A_RECORD, facts, **in_force), *elsewhere]


def is_over_limit(kind: str, starts_on: date, last_day: date, months: int) -> bool:
    return kind != SecondmentKind.ROTATION and last_day > last_allowed_day(starts_on, months)
