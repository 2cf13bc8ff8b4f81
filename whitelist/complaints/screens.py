"""One complaint as its page shows it: the road, the facts, the record, what may be done."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from jianfu.kernel import dates
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.practices import PRACTICES
from jianfu.organisations.selectors import work_calendar
from whitelist.models import Complaint
from whitelist.states.complaint import (
    ENDED,
    PROVED,
    PROVED_ONES,
    TO_SIGN,
    ComplaintState,
    DeclineGround,
    Finding,
)
from whitelist.states.removal import RemovalSource
from whitelist.workflow.complaint import COMPLAINT

from .guards import proved_against

TONES = {
    ComplaintState.CLOSED: "green",
    ComplaintState.DECLINED: "grey",
    ComplaintState.REFERRED: "grey",
    ComplaintState.NOTICE_PROPOSED: "amber",
    ComplaintState.EXPOSURE_PROPOSED: "amber",
}
_STAGES = (
    ("举报", "received_on"),
    ("核查", "accepted_on"),
    ("认定", "found_on"),
    ("通报", "notified_on"),
    ("约谈", "summoned_on"),
    ("曝光", "exposed_on"),
    ("办结", "closed_on"),
)
_NOW = {
    ComplaintState.RECEIVED: "举报",
    ComplaintState.CHECKING: "核查",
    ComplaintState.FOUND: "认定",
    ComplaintState.NOTICE_PROPOSED: "通报",
    ComplaintState.NOTIFIED: "通报",
    ComplaintState.SUMMONED: "约谈",
    ComplaintState.EXPOSURE_PROPOSED: "曝光",
    ComplaintState.EXPOSED: "曝光",
}


def tone(complaint: Complaint) -> str:
    return TONES.get(ComplaintState(complaint.state), "blue")


def remaining(complaint: Complaint, on: date) -> Any:
    due = complaint.due_on
    return work_calendar().remaining(due, on) if due and complaint.state not in ENDED else None


def holder(complaint: Complaint) -> str:
    if complaint.state in ENDED:
        return "—"
    if complaint.state in TO_SIGN:
        return "领导小组"
    return complaint.handler.person.name if complaint.handler else "待领办"


def stages(complaint: Complaint) -> list[dict[str, Any]]:
    """Dated as they happened; a step that was not taken stays grey once the matter is closed."""
    now = _NOW.get(ComplaintState(complaint.state), "")
    told = []
    for label, column in _STAGES:
        day, current = getattr(complaint, column), label == now
        state = "current" if current else ("done" if day else "todo")
        told.append(
            {"label": label, "state": state, "when": day, "who": holder(complaint) if current else ""}
        )
    return told


def facts(complaint: Complaint) -> list[tuple[Any, ...]]:
    practice = (
        f"{PRACTICES[complaint.practice][0]}（{complaint.practice}）" if complaint.practice else "没有选"
    )
    rows: list[tuple[Any, ...]] = [
        ("类别", complaint.get_kind_display()),
        ("来源", complaint.get_source_display()),
        ("问题", practice, True),
        ("被反映单位", complaint.accused_words or "待确定", True),
        ("收到日期", chinese_date(complaint.received_on)),
        ("办理人", complaint.handler.person.name if complaint.handler else "待领办"),
    ]
    if complaint.entry:
        rows.append(("白名单事项", f"{complaint.entry.title}（{complaint.entry.number}）", True))
    if complaint.finding:
        rows.append(("认定", complaint.get_finding_display()))
    if complaint.signer:
        rows.append(("签发人", complaint.signer.name))
    if complaint.public_text:
        rows.append(("公开的内容", complaint.public_text, True))
    return rows


def record(complaint: Complaint) -> list[dict[str, Any]]:
    """Newest first."""
    rows = complaint.steps.select_related("person", "on_behalf_of")
    return [_entry(row) for row in rows]


def _entry(row: Any) -> dict[str, Any]:
    words = [
        Finding(row.data["finding"]).label if row.data.get("finding") else "",
        DeclineGround(row.data["ground"]).label if row.data.get("ground") else "",
        row.note,
    ]
    days = work_calendar().between(_day(row.entered_at), _day(row.at))
    return {
        "label": row.label,
        "who": row.who,
        "organisation": row.organisation_name,
        "when": row.at,
        "note": "\n".join(filter(None, words)),
        "tone": "returned" if row.transition.startswith("return_") or row.transition == "decline" else "",
        "took": f"{days} 个工作日" if days > 0 else "不到 1 个工作日",
    }


def _day(moment: Any) -> date:
    return timezone.localtime(moment).date()


def acts(complaint: Complaint, by: Any) -> list[dict[str, Any]]:
    """The steps that the row offers this person, each on a page of its own."""
    return [
        {
            "name": option.transition.name,
            "label": option.transition.label,
            "tone": option.transition.tone,
            "url": reverse("whitelist:complaint_act", args=[complaint.pk, option.transition.name]),
            "allowed": bool(option.decision),
            "reason": option.decision.text,
        }
        for option in COMPLAINT.available(complaint, by)
    ]


def removal_address(complaint: Complaint) -> str:
    """Where to propose that the item leave the list, once something about it was proved (R56)."""
    entry = complaint.entry
    if complaint.finding not in PROVED or entry is None or entry.removed_on:
        return ""
    asked = urlencode(
        {"entry": entry.number, "source": RemovalSource.COMPLAINT, "reference": complaint.number}
    )
    return f"{reverse('whitelist:removal_form')}?{asked}"


def repeats(complaint: Complaint) -> list[dict[str, str]]:
    """Of each unit: how many of this year were proved, and which of them this one is (R108)."""
    if complaint.state in ENDED and complaint.finding not in PROVED:
        return []
    told = [_repeat(complaint, unit) for unit in complaint.accused_units]
    return [each for each in told if each["words"]]


def _repeat(complaint: Complaint, unit: Any) -> dict[str, str]:
    """Counted in the year of its own finding, so that an old one says the same for ever."""
    day = complaint.found_on or dates.today()
    year = proved_against(Complaint, unit.pk, day.replace(month=1, day=1)).filter(found_on__year=day.year)
    words, tone = "", "warning"
    if complaint.finding in PROVED:
        earlier = year.filter(Q(found_on__lt=day) | Q(found_on=day, pk__lt=complaint.pk))
        place = earlier.count() + 1
        words, tone = f"{unit.name}{day.year}年第 {place} 件查实的反映", "warning" if place > 1 else ""
    elif count := year.count():
        words = f"{unit.name}{day.year}年已有 {count} 件查实的反映"
    return {"words": words, "tone": tone, "url": _proved_address(unit)}


def _proved_address(unit: Any) -> str:
    asked = urlencode({"tab": "all", "finding": PROVED_ONES, "q": unit.name})
    return f"{reverse('whitelist:complaint_list')}?{asked}"
