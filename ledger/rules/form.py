"""What makes a row complete, and what the figures of a row are asked against each other. Plain values in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from jianfu.kernel.decisions import Decision, Refusal
from jianfu.kernel.indicators import Value
from jianfu.kernel.papers import SAMPLE, WULONG, known
from jianfu.kernel.policy import Figure, Finding, Rule, Severity, declare, examine
from ledger.states import FormsReading
from ledger.wording import value_words

HIGHEST = 9_999_999
ENTRIES_LIMIT = 50
FIRST_YEAR = 2019  # 厅字〔2019〕54号, from which all the lists descend
TARGET, REVIEW_DAYS = "LED-REDUCTION", "LED-REVIEW-DAYS"

declare(
    Figure(
        REVIEW_DAYS,
        "台账汇总人审核一项任务的时限",
        5,
        "个工作日",
        "五份来源均未规定，由区县确定",
        "减负台账默认值",
        date(2020, 1, 1),
        verified=False,
    )
)
declare(
    Figure(
        TARGET,
        "督查检查评比考核事项较上年减少的目标",
        50,
        "%",
        "000 r2",
        "武隆区中小学教师减负工作重点任务台账",
        date(2020, 1, 1),
    )
)


def lacks(entry_count: int, blanks: Iterable[Any]) -> Decision:
    """Everything that is missing before a person can answer for the row (R4, R6). Blanks as in the model."""
    found = []
    if not entry_count:
        found.append(
            Refusal("填写至少一条落实情况；没有开展的，写明“本年未开展”及原因", "R-LED-01", "000 落实情况栏")
        )
    for blank in blanks:
        if not blank.is_settled:
            hint = "填写名称，没有就填“无”" if blank.is_text else "填写数字，没有就填 0"
            found.append(Refusal(f"“{blank.name}”还空着，{hint}", "R-LED-02", "000 重点监测数据栏"))
        elif needs_reason(blank.value, blank.counted) and not blank.override_reason:
            found.append(
                Refusal(
                    f"“{blank.name}”填的是 {value_words(blank.value)}，"
                    f"登记簿算出 {value_words(blank.counted)}，填写改动说明",
                    "R-LED-03",
                    "系统代填不冒名",
                )
            )
    return Decision(*found)


def needs_reason(value: Value, counted: Value) -> bool:
    """An override of what the records say must say why."""
    return value is not None and counted is not None and value != counted


def _sum_of_forms(facts: Mapping[str, Any]) -> str | None:
    """Row 10 in the reading that the template was given. Ambiguous (R12), therefore a warning only, which
    tells both sums: the printed 其中, and 需要填报 without what was cancelled."""
    values = [facts.get(code) for code in ("I10a", "I10b", "I10c", "I10d")]
    if None in values:
        return None
    total, cancelled, kept, added = values
    printed = ("取消整合＋保留＋新增", cancelled + kept + added)
    sensible = ("保留＋新增", kept + added)
    first, second = (printed, sensible) if facts["reading"] == FormsReading.PRINTED else (sensible, printed)
    if total == first[1]:
        return None
    return (
        f"报表共计 {total} 张，与“{first[0]}”的 {first[1]} 张不一致"
        f"（另一种口径“{second[0]}”是 {second[1]} 张），请核对"
    )


def _forms_of_last_year(facts: Mapping[str, Any]) -> str | None:
    cancelled, kept = facts.get("I10b"), facts.get("I10c")
    before = [facts["last"].get(code) for code in ("I10c", "I10d")]
    if None in (cancelled, kept, *before) or cancelled + kept == sum(before):
        return None
    return (
        f"本年取消整合＋保留共 {cancelled + kept} 张，上年保留＋新增共 {sum(before)} 张，两数应当相等，请核对"
    )


def _reduction(facts: Mapping[str, Any]) -> str | None:
    """减少50%: the share of last year's number; nothing is said where last year is unknown or 0."""
    less, before = facts.get("I2"), facts["last"].get("I1")
    if less is None or not before or less * 100 >= before * facts["target"]:
        return None
    return f"较上年 {before} 项减少 {less} 项，不到目标的 {facts['target']}%"


def _rebound(facts: Mapping[str, Any]) -> str | None:
    """A figure that should fall has risen (R14 反弹)."""
    risen = [code for code in ("I1", "I8a", "I13a") if _rose(facts, code)]
    if not risen:
        return None
    return (
        "本年数比上年多："
        + "、".join(f"{facts['last'][c]} 增至 {facts[c]}" for c in risen)
        + "，请在落实情况中说明原因"
    )


def _rose(facts: Mapping[str, Any], code: str) -> bool:
    now, before = facts.get(code), facts["last"].get(code)
    return now is not None and before is not None and now > before


CHECKS = (
    known(Rule("R-LED-10", "报表合计", "000 r10", _sum_of_forms, Severity.WARN), WULONG),
    known(Rule("R-LED-11", "报表跨年衔接", "000 r10", _forms_of_last_year, Severity.WARN), WULONG),
    known(Rule("R-LED-12", "精简目标", "000 r2", _reduction, Severity.WARN), WULONG),
    known(Rule("R-LED-13", "防止反弹", "002 基本原则", _rebound, Severity.WARN), SAMPLE),
)


def doubts(
    values: Mapping[str, int | None],
    last: Mapping[str, int | None],
    target: int,
    reading: str = FormsReading.PRINTED,
    **in_force: Any,
) -> list[Finding]:
    """What a reader should look at again. By the sources none of it keeps anybody from going on; a district
    may say otherwise (``in_force``: its ``district_id``, and the day ``on``)."""
    return examine(CHECKS, {**values, "last": last, "target": target, "reading": reading}, **in_force)
