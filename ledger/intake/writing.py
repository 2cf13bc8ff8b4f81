"""Writing a confirmed plan, row by row through the service that the pages use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from jianfu.kernel.decisions import require
from ledger.models import Ledger, LedgerRow
from ledger.permissions import form as permissions
from ledger.services.filling import BlankInput, EntryInput, as_input, save_row

from .contents import Edit

NUMBERS = frozenset({"quantity", "ratio"})


def write(
    ledger: Ledger,
    data: Mapping[str, Any],
    left_out: frozenset[str],
    by: Any,
    at: datetime | None,
    *,
    source: str = "",
) -> str:
    """Every edit but those ``left_out``, with a ``source`` as 补录; returns what was done in words."""
    require(permissions.is_writable(ledger))
    rows = edits = 0
    for planned in data["rows"]:
        kept = [edit for edit in planned["edits"] if edit["key"] not in left_out]
        if kept:
            row = ledger.rows.prefetch_related("entries", "blanks").get(pk=planned["pk"])
            _write_row(row, kept, planned["version"], by, at, source)
            rows, edits = rows + 1, edits + len(kept)
    return f"已写入 {rows} 项任务，共 {edits} 处" if rows else "没有选择要覆盖的内容，什么都没有写入"


def _write_row(
    row: LedgerRow, edits: Sequence[Edit], version: int, by: Any, at: datetime | None, source: str
) -> None:
    of_entries = any(edit["what"] in {"entry", "new", "drop"} for edit in edits)
    save_row(
        row=row,
        by=by,
        entries=_entries(row, edits) if of_entries else None,
        blanks=_blanks(row, edits),
        expected_version=version,
        at=at,
        source=source,
    )


def _entries(row: LedgerRow, edits: Sequence[Edit]) -> list[EntryInput]:
    """All lines of the row as they are to stand: the service writes the whole list."""
    lines = {entry.pk: as_input(entry) for entry in row.entries.all()}
    added: list[EntryInput] = []
    for edit in edits:
        if edit["what"] == "entry" and edit["pk"] in lines:
            value = _typed(edit["field"], edit["value"])
            lines[edit["pk"]] = replace(lines[edit["pk"]], **{edit["field"]: value})
        elif edit["what"] == "drop":
            lines.pop(edit["pk"], None)
        elif edit["what"] == "new":
            added.append(EntryInput(**{name: _typed(name, value) for name, value in edit["entry"].items()}))
    return [*lines.values(), *added]


def _typed(name: str, value: Any) -> Any:
    return Decimal(value) if name in NUMBERS and value is not None else value


def _blanks(row: LedgerRow, edits: Sequence[Edit]) -> dict[str, BlankInput]:
    """A new reason alone keeps the value, a new value alone the reason."""
    known = {blank.code: blank for blank in row.blanks.all()}
    typed: dict[str, BlankInput] = {}
    for edit in edits:
        if edit["what"] in {"blank", "reason"}:
            blank = known[edit["code"]]
            before = typed.get(blank.code) or BlankInput(edit.get("now", blank.value), blank.override_reason)
            name = "value" if edit["what"] == "blank" else "override_reason"
            typed[blank.code] = replace(before, **{name: edit["value"]})
    return typed
