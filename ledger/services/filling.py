"""Writing a row: entries, blanks, the words they read as, and who wrote them. All or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from jianfu.kernel import trail
from jianfu.kernel.decisions import Conflicted, Decision, Refusal, allow, refuse, require
from jianfu.kernel.workflow import locked, save_tracked
from jianfu.organisations.states import Role
from ledger import wording
from ledger.models import Achievement, BlankValue, LedgerRow
from ledger.permissions import form as permissions
from ledger.rules import form as rules
from ledger.selectors import figures
from ledger.states import RowState, ValueSource
from ledger.workflow import ROW


def report_row(*, row: LedgerRow, by: Any) -> LedgerRow:
    """报送. A doubt about the figures stops it only where the district says so (figure `<code>-SEVERITY`)."""
    with transaction.atomic():
        done: LedgerRow = ROW.perform(row, "submit", by=by)
        found = figures.refusing(done)
        require(Decision(*(Refusal(each.message, each.rule.code, each.rule.clause) for each in found)))
    return done


@dataclass(frozen=True)
class EntryInput:
    """One line of 落实情况 as typed; ``pk`` names the entry it replaces, None is a new one, which may be
    ``drafted_from`` a record."""

    kind: str
    name: str
    quantity: Decimal | None = None
    unit: str = ""
    ratio: Decimal | None = None
    outcome: str = ""
    pk: int | None = None
    drafted_from: str = ""


@dataclass(frozen=True)
class BlankInput:
    """What stands in a blank: a number or a text, and why it differs from what the records say."""

    value: int | str | None
    override_reason: str = ""
    carried: bool = False


def save_row(
    *,
    row: LedgerRow,
    by: Any,
    entries: Sequence[EntryInput] | None = None,
    blanks: Mapping[str, BlankInput] | None = None,
    expected_version: int | None = None,
    at: datetime | None = None,
    source: str = "",
) -> LedgerRow:
    """Save what was typed; what is None stays as it is. The first save starts the row, and one that
    changes nothing leaves neither a version nor an event. With a ``source`` it is 补录: the office enters
    what a paper says, and nobody's word is given for it.

    Raises `Refused`, or `Conflicted` when somebody saved since the person opened the row.
    """
    with transaction.atomic():
        fresh = locked(row)
        if expected_version is not None and fresh.version != expected_version:
            raise Conflicted(refuse("别人刚刚保存过这一项。请对照后再保存，自己填的内容还在"))
        source = source or fresh.ledger.source
        require(permissions.may_enter(fresh, by) if source else permissions.may_fill(fresh, by))
        if not source and fresh.state in {RowState.ASSIGNED, RowState.ENTERED}:
            fresh = ROW.perform(fresh, "start", by=by, at=at)
        require(_still_fillable(fresh))
        before = _contents(fresh)
        if entries is not None:
            _write_entries(fresh, entries, by)
        _write_blanks(fresh, blanks or {}, entering=bool(source))
        if _contents(fresh) == before:
            return fresh
        if source:
            fresh = ROW.perform(fresh, "enter", by=by, at=at, data={"source": source})
        _put_into_words(fresh)
        fresh.contributors.add(by.person)
        save_tracked(fresh, by=by, reason="补录" if source else "填报", at=at)
        trail.record(action="ledger_row.fill", target=fresh, by=by, data={"version": fresh.version})
    return fresh


def _contents(row: LedgerRow) -> tuple[list[Any], list[Any]]:
    """What stands in the row, to see whether a save changed anything: autosave sends the same again."""
    blanks = ("code", "number", "text", "source", "computed", "computed_text", "override_reason")
    return (
        list(Achievement.objects.filter(row=row).order_by("position").values_list(*CONTENT)),
        list(BlankValue.objects.filter(row=row).order_by("code").values_list(*blanks)),
    )


def may_write(row: LedgerRow, by: Any) -> Decision:
    """Whether the person may change the row's contents as it now stands."""
    return permissions.may_fill(row, by) and _still_fillable(row)


def _still_fillable(row: LedgerRow) -> Decision:
    if not row.ledger.is_writable:
        return permissions.is_writable(row.ledger)
    if not row.is_fillable:
        return refuse(f"这一项现在是“{row.get_state_display()}”，撤回或退回后才能再改")
    return allow()


def _write_entries(row: LedgerRow, entries: Sequence[EntryInput], by: Any) -> None:
    """Entries of the row that are not named again are gone; a foreign ``pk`` counts as a new entry."""
    require(_within_limit(len(entries)))
    known = {entry.pk: entry for entry in row.entries.all()}
    for pk in known.keys() - {entry.pk for entry in entries}:
        known.pop(pk).delete()
    section = _section_of(row, by)
    for position, typed in enumerate(entries, start=1):
        entry = known.get(typed.pk) if typed.pk else None
        if entry is None:
            entry = Achievement(row=row, drafted_from=typed.drafted_from)
        if entry.pk is None or _differs(entry, typed):
            entry.section_id, entry.written_by = section, by.person
        for name in CONTENT:
            setattr(entry, name, getattr(typed, name))
        entry.position = position
        entry.save()


CONTENT = ("kind", "name", "quantity", "unit", "ratio", "outcome")


def _differs(entry: Achievement, typed: EntryInput) -> bool:
    return any(getattr(entry, name) != getattr(typed, name) for name in CONTENT)


def _within_limit(count: int) -> Decision:
    if count <= rules.ENTRIES_LIMIT:
        return allow()
    return refuse(f"一项任务最多 {rules.ENTRIES_LIMIT} 条落实情况，现在是 {count} 条。同类的合并成一条")


def _section_of(row: LedgerRow, by: Any) -> int | None:
    mine = by.organisation_ids(Role.SECTION_CLERK) & row.section_ids
    return min(mine) if mine else None


def _write_blanks(row: LedgerRow, typed: Mapping[str, BlankInput], *, entering: bool) -> None:
    blanks = list(row.blanks.all())
    last, asked = figures.last_year(row.ledger), figures.Asked(row.ledger)
    this = figures.beside(row, figures.this_year(row.ledger), asked)
    this |= {blank.code: typed[blank.code].value for blank in blanks if blank.code in typed}
    counted = figures.measured(row.ledger, blanks, last=last, this=this, asked=asked)
    counted = {} if row.ledger.is_past else counted
    for blank in blanks:
        blank.counted = counted.get(blank.code)
        if blank.code in typed:
            _fill(blank, typed[blank.code], entering=entering)
        elif blank.source == ValueSource.COMPUTED:
            blank.value = blank.counted  # nobody's word: it follows the register
        if not blank.is_filled:
            nothing = figures.is_incomparable(blank, last, asked)
            blank.source = ValueSource.INCOMPARABLE if nothing else ""
        blank.save()


def _fill(blank: BlankValue, typed: BlankInput, *, entering: bool) -> None:
    """A changed value loses its confirmation: the person who reports the row next answers for it."""
    before = blank.value
    blank.value = typed.value
    blank.source = ValueSource.BACKFILLED if entering else _source(blank, typed)
    blank.override_reason = typed.override_reason if rules.needs_reason(blank.value, blank.counted) else ""
    if before != blank.value:
        blank.confirmed_by = blank.confirmed_at = None


def _source(blank: BlankValue, typed: BlankInput) -> str:
    if blank.value == blank.counted:
        return ValueSource.COMPUTED
    return ValueSource.CARRIED if typed.carried else ValueSource.ENTERED


def _put_into_words(row: LedgerRow) -> None:
    """From fresh queries: what was prefetched before the writing is stale now."""
    entries = Achievement.objects.filter(row=row)
    row.implementation = "\n".join(wording.implementation(entries))
    row.put_figures_into_words()


def carry_over(*, row: LedgerRow, by: Any, expected_version: int | None = None) -> LedgerRow:
    """复制上年: last year's entries behind those that stand here, without names that are here already,
    and last year's words into empty text blanks, marked 上年结转. Numbers are never carried."""
    require(permissions.is_open(row.ledger))
    before = figures.last_years_row(row)
    if before is None:
        require(refuse(f"{row.ledger.year - 1}年没有这一项，请直接填写"))
    here = [as_input(entry) for entry in row.entries.all()]
    names = {entry.name for entry in here}
    copied = [as_input(entry, new=True) for entry in before.entries.all() if entry.name not in names]
    texts = {blank.code: blank.text for blank in before.blanks.all() if blank.is_text and blank.text}
    empty = [blank for blank in row.blanks.all() if blank.is_text and not blank.text and blank.code in texts]
    return save_row(
        row=row,
        by=by,
        entries=[*here, *copied],
        blanks={blank.code: BlankInput(texts[blank.code], carried=True) for blank in empty},
        expected_version=expected_version,
    )


def as_input(entry: Achievement, *, new: bool = False) -> EntryInput:
    return EntryInput(**{name: getattr(entry, name) for name in CONTENT}, pk=None if new else entry.pk)
