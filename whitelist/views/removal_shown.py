"""A removal in words: its facts, how far it has come, what was done; less of it for the department."""

from __future__ import annotations

from typing import Any

from jianfu.kernel.dates import chinese_date
from whitelist.models import Removal
from whitelist.states import RemovalState as S

_ROAD = ("提出", "听取部门意见", "领导小组决定", "生效")
_AT = {S.PROPOSED: 0, S.HEARING: 1, S.HEARD: 2, S.MENDING: 2, S.REMOVED: 3, S.KEPT: 3, S.WITHDRAWN: 3}
_ENDS = {S.KEPT: "保留", S.WITHDRAWN: "已撤回"}
_CONSEQUENCES = {
    "hear": "发函后部门在“待办”里看得到函告的理由，看不到具体理由和来源。",
    "reply": "提交后由领导小组决定，不能再改。可以说明情况，也可以提出整改措施。",
    "remove": "决定移出的，从生效日期起公开页面显示“已移出”和公开的理由，不能撤回；"
    "决定保留、限期整改的，写明理由或要求。",
    "report_mending": "报告后由领导小组复核，决定移出、保留或继续整改。",
}
# What the department reads of the record: its own steps, the letter, and the decisions.
_TOLD = frozenset({"hear", "reply", "record_reply", "record_silence", "remove", "keep", "mend",
                   "report_mending", "call_back"})  # fmt: skip


def facts_of(removal: Removal, *, inside: bool) -> list[tuple[Any, ...]]:
    entry = removal.entry
    facts: list[tuple[Any, ...]] = [
        ("白名单编号", entry.number),
        ("部门", removal.department_name),
        ("批准的时间", entry.period),
        ("移出事由", removal.get_ground_display()),
        ("告知部门和公开的理由", removal.public_reason, True),
    ]
    if inside:
        came = removal.get_source_display()
        facts += [
            ("具体理由（不公开）", removal.reason, True),
            ("来源", f"{came}（{removal.reference}）" if removal.reference else came),
            ("提出人", _who(removal.proposed_by, removal.proposed_for)),
        ]
    return [*facts, *_heard(removal), *_decided(removal)]


def _heard(removal: Removal) -> list[tuple[Any, ...]]:
    if removal.heard_from is None:
        return []
    sent = chinese_date(removal.heard_from)
    facts: list[tuple[Any, ...]] = [
        ("发函日期", f"{sent}，{removal.hearing_number}" if removal.hearing_number else sent)
    ]
    if removal.replied_on:
        facts += [("答复日期", chinese_date(removal.replied_on)), ("部门意见", removal.reply, True)]
    elif removal.state not in (S.HEARING, S.WITHDRAWN):
        facts.append(("部门意见", "逾期没有答复"))
    return facts


def _decided(removal: Removal) -> list[tuple[Any, ...]]:
    if removal.decided_on is None:
        return []
    facts: list[tuple[Any, ...]] = [
        ("最近一次决定", f"{chinese_date(removal.decided_on)}，{removal.meeting_number}")
    ]
    if removal.mend_until:
        facts.append(("整改期限", chinese_date(removal.mend_until)))
    if removal.effective_on:
        facts.append(("移出生效日期", chinese_date(removal.effective_on)))
    return facts


def stages_of(removal: Removal) -> list[dict[str, Any]]:
    at, ended = _AT[S(removal.state)], not removal.due_on
    days = [removal.created_at, removal.heard_from, removal.decided_on, removal.effective_on]
    last = _ENDS.get(S(removal.state), _ROAD[3])
    return [
        {
            "label": last if place == 3 else label,
            "state": "done" if place < at or ended else "current" if place == at else "todo",
            "when": days[place] if place <= at else None,
            "who": "限期整改" if place == 2 and removal.state == S.MENDING else "",
        }
        for place, label in enumerate(_ROAD)
    ]


def entries_of(removal: Removal, *, inside: bool) -> list[dict[str, Any]]:
    """办理过程, the newest first. The department does not read who proposed it."""
    steps = removal.steps.select_related("person", "on_behalf_of").order_by("-at", "-pk")
    shown = [step for step in steps if inside or step.transition in _TOLD]
    entries = [
        {
            "label": step.label,
            "who": step.who,
            "organisation": step.organisation_name,
            "when": step.at,
            "note": step.note,
            "tone": "",
        }
        for step in shown
    ]
    if inside:
        who = _who(removal.proposed_by, removal.proposed_for)
        entries.append(
            {"label": "提出移出建议", "who": who, "when": removal.created_at, "note": removal.reason}
        )
    return entries


def _who(person: Any, principal: Any) -> str:
    return f"{person.name}（代{principal.name}）" if principal else str(person.name)


def consequences(names: list[str]) -> list[str]:
    return [_CONSEQUENCES[name] for name in names if name in _CONSEQUENCES]
