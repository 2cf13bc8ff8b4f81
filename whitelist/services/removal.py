"""Writes: proposing that an entry leave the list, each step of it, and taking the entry off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Refused, allow, refuse, require
from jianfu.kernel.policy import figure_value
from jianfu.kernel.steps import filled
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations.selectors import organisations, work_calendar
from whitelist import permissions
from whitelist.models import Entry, Removal
from whitelist.permissions.removal import PROPOSERS, acting_people
from whitelist.rules.removal import STEP_DAYS
from whitelist.states import RemovalGround, RemovalSource, RemovalState
from whitelist.workflow import REMOVAL
from whitelist.workflow.removal import public_reason_decision

if TYPE_CHECKING:
    from jianfu.organisations.models import User

REASON_LIMIT = 500


def propose(
    *,
    entry: Entry,
    by: User,
    ground: str,
    reason: str,
    public_reason: str,
    source: str = RemovalSource.OFFICE,
    reference: str = "",
) -> Removal:
    """Propose that ``entry`` leave the list. ``reason`` stays inside; ``public_reason`` is told to the
    department, and to everybody once it is decided. ``source`` and ``reference`` say which complaint,
    evaluation or signal it comes from; the department never reads them.

    Raises `Refused` where the person may not, words are missing, or the entry is off the list already;
    `Conflicted` where a proposal for it is under way.
    """
    inner, outer = reason.strip(), public_reason.strip()
    decision = permissions.may_propose(entry, by) & filled(inner, "填写具体理由")
    if len(inner) > REASON_LIMIT:
        decision &= refuse(f"具体理由最多 {REASON_LIMIT} 字，现在是 {len(inner)} 字")
    require(decision & public_reason_decision(outer))
    removal = _proposal(entry, by, RemovalGround(ground), inner, outer)
    removal.source, removal.reference = RemovalSource(source), reference
    try:
        with transaction.atomic():
            _require_listed(locked(entry))
            save_tracked(removal, by=by, reason=f"提出移出：{inner}")
            trail.record(action="removal.proposed", target=removal, by=by, note=inner)
    except IntegrityError:
        raise Conflicted(refuse(f"“{entry}”已有办理中的移出建议，请在那一项上继续")) from None
    return removal


def _proposal(entry: Entry, by: User, ground: str, inner: str, outer: str) -> Removal:
    _people, principal = acting_people(by, *PROPOSERS)
    days = figure_value(STEP_DAYS[RemovalState.PROPOSED], entry.district_id, dates.today())
    return Removal(
        district_id=entry.district_id,
        entry=entry,
        department=_department(entry),
        ground=ground,
        reason=inner,
        public_reason=outer,
        proposed_by=by.person,
        proposed_for=principal,
        created_at=dates.now(),
        state_entered_at=dates.now(),
        due_on=work_calendar().add(dates.today(), days),
    )


def _require_listed(entry: Entry) -> None:
    if entry.removed_on:
        raise Refused(refuse(f"“{entry}”已于{dates.chinese_date(entry.removed_on)}移出"))


def _department(entry: Entry) -> Any:
    """Who is heard: the unit that applied; of a list from paper, the unit of that name."""
    if entry.application_id:
        return entry.application.organisation
    return organisations(entry.district_id).filter(name=entry.lead_name).first()


def perform_removal(
    *,
    removal: Removal,
    name: str,
    by: User,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> Removal:
    """Take a step of the table; 决定移出 takes the entry off the list in the same transaction."""
    with transaction.atomic():
        locked(removal.entry)  # before the first event is written: see `hold`
        fresh: Any = REMOVAL.perform(
            removal, name, by=by, note=note, data=data, expected_version=expected_version
        )
        if fresh.state == RemovalState.REMOVED:
            remove(entry=fresh.entry, by=by, on=fresh.effective_on, reason=fresh.public_reason)
    return fresh


def remove(*, entry: Entry, by: User, on: date, reason: str) -> Entry:
    """Take an entry off the list from ``on``, not before today (R56). The row stays, with its reason.

    Pages come here through `perform_removal` only. The next release tells it (`release_without`).
    """
    with transaction.atomic():
        fresh = locked(entry)
        require(permissions.may_remove(fresh, by))
        decision = allow() if reason.strip() else refuse("填写移出原因，写明决定的文件和文号")
        if fresh.removed_on:
            decision &= refuse(f"“{fresh}”已于{dates.chinese_date(fresh.removed_on)}移出")
        if on < dates.today():
            decision &= refuse("移出日期不能早于今天")
        require(decision)
        take_off(fresh, by=by, on=on, reason=reason.strip())
    return fresh


def take_off(entry: Entry, *, by: User, on: date, reason: str) -> None:
    """The one writer of ``Entry.removed_on``; the row is locked already, and whether it may leave is decided.

    Called by `remove`, and by a release that puts a changed entry in the place of this one.
    """
    entry.removed_on, entry.removal_reason, entry.changed_at = on, reason, dates.now()
    save_tracked(entry, by=by, reason=f"移出：{reason}")
    trail.record(action="entry.removed", target=entry, by=by, note=reason)
