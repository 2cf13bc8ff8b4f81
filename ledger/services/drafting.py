"""Taking proposals into 落实情况: they become entries like any other, written by who took them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction

from jianfu.kernel.decisions import refuse, require
from jianfu.kernel.workflow import locked
from ledger.drafting import Proposal, proposals
from ledger.models import Achievement, LedgerRow
from ledger.permissions.form import is_open

from .filling import EntryInput, as_input, save_row


def take_proposals(
    *, row: LedgerRow, keys: Collection[str], by: Any, expected_version: int | None = None
) -> LedgerRow:
    """Put the ticked ones behind the entries that stand here. What the records do not propose any more, or
    somebody has taken meanwhile, is left out.

    Raises `Refused` where nothing is left, `Conflicted` when somebody saved since the page was opened.
    """
    with transaction.atomic():
        require(is_open(row.ledger))
        locked(row.ledger)  # two rows may ask for the same record; only one of them takes it
        offered = [proposal for _label, found in proposals(row, by) for proposal in found]
        chosen = {proposal.key: proposal for proposal in offered if proposal.key in keys}
        if not chosen:
            require(refuse("勾选要写进落实情况的记录；已经采用过的不再列出"))
        entries = [as_input(entry) for entry in Achievement.objects.filter(row=row)]
        return save_row(
            row=row,
            by=by,
            entries=[*entries, *map(as_entry, chosen.values())],
            expected_version=expected_version,
        )


def as_entry(proposal: Proposal) -> EntryInput:
    return EntryInput(
        kind=proposal.kind,
        name=proposal.name,
        quantity=proposal.quantity,
        unit=proposal.unit,
        outcome=proposal.outcome,
        drafted_from=proposal.key,
    )
