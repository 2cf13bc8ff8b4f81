"""What the writer is told: where it stands in plain words, dated steps, questions and answers, the result."""

from __future__ import annotations

from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.dates import chinese_date
from whitelist.models import Complaint
from whitelist.states.complaint import ENDED, TOLD, ComplaintState, DeclineGround, Finding

from .erasure import evidence_words, identity_words

_STEPS = {
    "accept": "受理，开始核查",
    "answer": "答复并办结",
    "refer": "转其他单位",
    "decline": "不予受理",
    "find": "作出认定",
    "sign_notice": "通报",
    "summon": "约谈",
    "sign_exposure": "曝光",
    "close": "办结",
    "reopen": "重新核查",
}
# Whose words are meant for the writer; the others are work inside.
_WORDED = {"answer", "refer", "decline", "close", "reopen"}


def told_to_writer(complaint: Complaint) -> dict[str, Any]:
    return {
        "complaint": complaint,
        "standing": TOLD[ComplaintState(complaint.state)],
        "ended": complaint.state in ENDED,
        "until": _until(complaint),
        "kept": [
            words for told in (identity_words, evidence_words) if (words := told(complaint, dates.today()))
        ],
        "steps": _steps(complaint),
        "messages_told": conversation(complaint),
        "urged_today": complaint.reminders.filter(day=dates.today()).exists(),
    }


def _until(complaint: Complaint) -> str:
    """The limit of the step, while it is still ahead."""
    due = complaint.due_on
    return f"这一步最迟{chinese_date(due)}" if due and due >= dates.today() else ""


def _steps(complaint: Complaint) -> list[dict[str, Any]]:
    """Newest first."""
    rows = complaint.steps.filter(transition__in=_STEPS).order_by("-at", "-pk")
    told = [_step(row) for row in rows]
    return [*told, {"label": "收到", "when": complaint.received_on, "words": ""}]


def _step(row: Any) -> dict[str, Any]:
    words = [row.note] if row.transition in _WORDED else []
    if row.transition == "find":
        words = [f"认定为“{Finding(row.data['finding']).label}”"]
    if row.data.get("ground"):
        words.insert(0, f"{DeclineGround(row.data['ground']).label}。")
    return {
        "label": _STEPS[row.transition],
        "when": dates.timezone.localtime(row.at).date(),
        "words": "".join(words),
    }


def conversation(complaint: Complaint) -> list[dict[str, Any]]:
    """Questions and answers, oldest first."""
    rows = complaint.messages.order_by("pk")
    return [
        {
            "from_writer": row.from_writer,
            "on": row.on,
            "words": complaint.opened(row.body, "message")["words"],
        }
        for row in rows
    ]
