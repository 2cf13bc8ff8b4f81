"""Who closes the year: the office gathers, a leader signs, the office locks, files and opens again."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.organisations.states import Role

CHECKERS = (Role.LEDGER_OFFICE, Role.LEADER)


def may_summarise(ledger: Any, by: Any) -> Decision:
    return _office(ledger, by, "汇总送签")


def may_recall(ledger: Any, by: Any) -> Decision:
    return _office(ledger, by, "撤回")


def may_hand_over(ledger: Any, by: Any) -> Decision:
    return _office(ledger, by, "送核对")


def may_record(ledger: Any, by: Any) -> Decision:
    """核对归档: the office or a leader, but never the natural person who entered a row, nor their agent."""
    decision = may_check(ledger, by)
    if not decision:
        return decision
    answers = [_not_entered(ledger, people) for people in _acting(by, *CHECKERS)]
    return next((answer for answer in answers if answer), answers[0])


def may_check(ledger: Any, by: Any) -> Decision:
    if ledger.district_id == by.district_id and by.has(*CHECKERS):
        return allow()
    return refuse("补录的台账由另一位台账汇总人或领导小组成员核对")


def may_turn_back(ledger: Any, by: Any) -> Decision:
    return may_record(ledger, by) if ledger.is_past else is_leader(ledger, by)


def _not_entered(ledger: Any, people: dict[int, str]) -> Decision:
    numbers = ledger.rows_filled_by(people)
    for key, name in people.items():
        if numbers.get(key):
            rows = "、".join(map(str, numbers[key]))
            words = f"{name}补录了第 {rows} 项，不能再核对，请另一位台账汇总人或领导小组成员核对"
            return refuse(words, "R-LED-20", "填报与审核分离")
    return allow()


def may_lock(ledger: Any, by: Any) -> Decision:
    return _office(ledger, by, "锁定")


def may_file(ledger: Any, by: Any) -> Decision:
    return _office(ledger, by, "报送备案")


def may_reopen(ledger: Any, by: Any) -> Decision:
    return _office(ledger, by, "重新打开")


def may_record_receipt(ledger: Any, by: Any) -> Decision:
    return _office(ledger, by, "登记备案回执")


def is_leader(ledger: Any, by: Any) -> Decision:
    if ledger.district_id == by.district_id and by.has(Role.LEADER):
        return allow()
    return refuse("台账由领导小组成员签发或退回")


def may_sign(ledger: Any, by: Any) -> Decision:
    """A leader, but never the natural person who filled or summarised, nor an agent of such a person."""
    decision = is_leader(ledger, by)
    if not decision:
        return decision
    answers = [_apart(ledger, people) for people in _acting(by, Role.LEADER)]
    return next((answer for answer in answers if answer), answers[0])


def principal(by: Any, role: str) -> Any:
    """For whom the person acts in the role; None where the role is their own."""
    held = [row for row in by.memberships if row.role == role]
    if not held or any(row.on_behalf_of is None for row in held):
        return None
    return held[0].on_behalf_of


def _acting(by: Any, *roles: str) -> list[dict[int, str]]:
    """Who would answer for it, by their right to it: the person alone, or with each principal."""
    lent = [row.on_behalf_of for row in by.memberships if row.role in roles]
    if None in lent:
        return [{by.person_id: "本人"}]
    return [{by.person_id: f"代理人{by.person.name}", one.pk: f"被代理人{one.name}"} for one in lent]


def _apart(ledger: Any, people: dict[int, str]) -> Decision:
    numbers = ledger.rows_filled_by(people)
    for key, name in people.items():
        if numbers.get(key):
            rows = "、".join(map(str, numbers[key]))
            return _not_twice(f"{name}填报过第 {rows} 项")
        if key in ledger.summarised_by_ids:
            return _not_twice(f"{name}汇总了这本台账")
    return allow()


def _not_twice(words: str) -> Decision:
    return refuse(
        f"{words}，不能再签发同一本台账，请领导小组另一位成员签发", "R-LED-21", "填报、汇总与签发分离"
    )


def _office(ledger: Any, by: Any, verb: str) -> Decision:
    if ledger.district_id == by.district_id and by.has(Role.LEDGER_OFFICE):
        return allow()
    return refuse(f"台账由台账汇总人{verb}")


def closes_years(by: Any) -> bool:
    """Whether any step of a year is ever this person's."""
    return bool(by.has(Role.LEADER, Role.LEDGER_OFFICE))
