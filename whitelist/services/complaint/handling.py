"""What handlers and signers write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from jianfu.kernel import trail
from jianfu.kernel.decisions import Conflicted, allow, refuse, require
from jianfu.kernel.workflow import NOTE_LIMIT, locked, save_tracked
from whitelist.complaints import guards
from whitelist.complaints.kinship import is_escalated
from whitelist.models import Complaint
from whitelist.permissions.complaint import is_handler, may_assign, may_handle, may_see
from whitelist.states.complaint import ENDED, ComplaintKind, DeclineGround
from whitelist.workflow.complaint import COMPLAINT

from .following import remind, write_message
from .identity import fabricated_by
from .visits import count_anew, drop_other_units


def take(*, complaint: Complaint, by: Any, expected_version: int | None = None) -> Complaint:
    """领办. Of two who take it at once the second is told who has it."""
    with transaction.atomic():
        fresh = locked(complaint)
        require(may_assign(fresh, by))
        if fresh.handler_id is not None:
            raise Conflicted(refuse(f"这一件刚刚由{fresh.handler.person.name}领办了"))
        _as_seen(fresh, expected_version)
        return _hand(fresh, by, by, "领办")


def assign(
    *, complaint: Complaint, to: Any, by: Any, note: str, expected_version: int | None = None
) -> Complaint:
    """转办 to a colleague, or over to oneself. From then on the former handler reads nothing more of it."""
    with transaction.atomic():
        fresh = locked(complaint)
        require(may_assign(fresh, by))
        require(may_handle(fresh, to))
        _as_seen(fresh, expected_version)
        decision = allow() if note.strip() else refuse("填写转办的理由")
        if fresh.handler_id == to.pk:
            decision &= refuse(f"现在就是{to.person.name}办理")
        if fresh.state in ENDED:
            decision &= refuse("这一件已经有了结果，不用转办")
        if len(note) > NOTE_LIMIT:
            decision &= refuse(f"转办的理由最多 {NOTE_LIMIT} 字，现在是 {len(note)} 字")
        require(decision & guards.keeps_the_writer(fresh, note))
        return _hand(fresh, to, by, note.strip())


def _hand(complaint: Complaint, to: Any, by: Any, note: str) -> Complaint:
    former = complaint.handler
    complaint.handler = to
    save_tracked(complaint, by=by, reason=note)
    data = {"from": former.person.name if former else "", "to": to.person.name}
    trail.record(action="complaint.assigned", target=complaint, by=by, data=data)
    return complaint


def name_accused(
    *, complaint: Complaint, units: Iterable[Any], by: Any, expected_version: int | None = None
) -> Complaint:
    """Say which units are meant. Where the handler turns out to belong to one, it lies open for others."""
    with transaction.atomic():
        fresh = locked(complaint)
        require(is_handler(fresh, by))
        _as_seen(fresh, expected_version)
        chosen = list(units)
        if not chosen:
            require(refuse("选择被反映的单位，至少一个"))
        fresh.accused.set(chosen)
        fresh.__dict__.pop("accused_units", None)
        fresh.escalated = is_escalated(chosen)
        drop_other_units(fresh)
        if not may_handle(fresh, by):
            fresh.handler = None
        save_tracked(fresh, by=by, reason="确定被反映单位")
        trail.record(action="complaint.accused_named", target=fresh, by=by)
    return fresh


def change_kind(*, complaint: Complaint, by: Any) -> Complaint:
    """投诉举报 instead of 意见建议, or the other way: the writer need not know the difference."""
    with transaction.atomic():
        fresh = locked(complaint)
        require(is_handler(fresh, by) & guards.is_received(fresh, by))
        other = ComplaintKind.FEEDBACK if fresh.kind == ComplaintKind.COMPLAINT else ComplaintKind.COMPLAINT
        fresh.kind = other
        save_tracked(fresh, by=by, reason=f"改为{other.label}")
        trail.record(action="complaint.kind_changed", target=fresh, by=by, destination=other)
    return fresh


def perform_complaint(
    *,
    complaint: Complaint,
    name: str,
    by: Any,
    note: str = "",
    expected_version: int | None = None,
    data: Mapping[str, Any] | None = None,
) -> Complaint:
    """Take a step of the road. No words that others read hold the writer's name, telephone or sentences."""
    given = dict(data or {})
    with transaction.atomic():
        fresh = locked(complaint)
        require(COMPLAINT.decide(fresh, name, by))
        require(guards.keeps_the_writer(fresh, "".join([note, *map(str, given.values())])))
        if name == "decline":
            _require_ground(fresh, str(given.get("ground") or ""))
        done: Complaint = COMPLAINT.perform(  # type: ignore[assignment]
            fresh, name, by=by, note=note, expected_version=expected_version, data=given
        )
        if name in {"find", "reopen"}:
            count_anew(done)
    return done


def _require_ground(complaint: Complaint, ground: str) -> None:
    if ground not in DeclineGround.values:
        require(refuse("选择不予受理的依据"))
    if ground == DeclineGround.FABRICATED:
        require(guards.may_be_fabricated(complaint, fabricated_by(complaint)))


def ask(*, complaint: Complaint, by: Any, words: str) -> None:
    """A question to the writer, who finds it with the receipt."""
    with transaction.atomic():
        fresh = locked(complaint)
        require(is_handler(fresh, by))
        words = words.strip()
        if not words:
            require(refuse("写下要问的话"))
        if len(words) > NOTE_LIMIT:
            require(refuse(f"最多 {NOTE_LIMIT} 字，现在是 {len(words)} 字"))
        write_message(fresh, words, from_writer=False)
        trail.record(action="complaint.asked", target=fresh, by=by)


def urge(*, complaint: Complaint, by: Any) -> None:
    """By anybody inside who sees it and is not its handler."""
    require(allow() if may_see(complaint, by) else refuse("这一件不由你处催办"))
    if complaint.handler_id == by.pk:
        require(refuse("这一件就由本人办理，不用催办"))
    remind(complaint, by)


def _as_seen(complaint: Complaint, expected_version: int | None) -> None:
    if expected_version is not None and complaint.version != expected_version:
        raise Conflicted(refuse("这一件刚刚被别人改动过，请看过最新内容后再办理"))
