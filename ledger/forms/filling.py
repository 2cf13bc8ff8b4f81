"""Filling a row: entries as an editable table, blanks inside their sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BaseFormSet, BoundField, formset_factory
from django.http import QueryDict

from jianfu.kernel.fields import ChoiceField, DecimalField, IntegerField, TextField
from jianfu.kernel.forms import Form
from jianfu.kernel.indicators import TEXT_LIMIT, Value
from ledger.models import BlankValue, LedgerRow
from ledger.rules import form as rules
from ledger.selectors import figures
from ledger.selectors.origins import Origin
from ledger.services.filling import CONTENT, BlankInput, EntryInput
from ledger.states import AchievementKind, ValueSource
from ledger.wording import Filled, Hole, segments, spoken

from .difference import DifferenceField

EXTRA = 2
_UNIT = re.compile(r"[\u4e00-\u9fff]{1,3}$")


class EntryForm(Form):
    """One line of 落实情况; a line left empty is no line."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    kind = ChoiceField(label="类别", choices=AchievementKind.choices, initial=AchievementKind.HELD)
    name = TextField(label="名称", max_length=200)
    quantity = DecimalField(label="数量", required=False)
    unit = TextField(label="单位", max_length=10, required=False)
    ratio = DecimalField(label="比例", required=False, max_value=100, max_digits=5)
    outcome = TextField(label="成效", max_length=1000, required=False, rows=2)

    def clean(self) -> dict[str, Any]:
        """「18项」 typed into 数量 fills the unit as well."""
        data = super().clean()
        typed = _UNIT.search(str(self.data.get(self.add_prefix("quantity"), "")).strip()[:50])
        if typed and data.get("quantity") is not None and not data.get("unit"):
            data["unit"] = typed.group()
        return data

    def as_input(self) -> EntryInput:
        kept = {name: self.cleaned_data[name] for name in CONTENT}
        return EntryInput(**kept, pk=self.cleaned_data["id"])


class EntryFormSet(BaseFormSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"missing_management_form": "表格没有传完整，刷新页面后再保存"})
        super().__init__(*args, **kwargs)

    def add_fields(self, form: EntryForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "删除"
        place = f"第 {index + 1} 行" if index is not None else "新增行"
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = f"{place}{field.label or ''}"

    def inputs(self) -> list[EntryInput]:
        """The lines to keep, in their order."""
        kept = [form for form in self.forms if form not in self.deleted_forms]
        return [form.as_input() for form in kept if form.cleaned_data.get("name")]


EntryLines = formset_factory(
    EntryForm,
    formset=EntryFormSet,
    extra=EXTRA,
    max_num=rules.ENTRIES_LIMIT,
    validate_max=True,
    absolute_max=rules.ENTRIES_LIMIT + 50,
    can_delete=True,
)


def entry_lines(row: LedgerRow, data: Mapping[str, Any] | None = None) -> EntryFormSet:
    entries = list(row.entries.all())
    initial = [{name: getattr(entry, name) for name in (*CONTENT, "id")} for entry in entries]
    lines = EntryLines(data, initial=initial, prefix="entries")
    writers = {str(entry.pk): f"{entry.section or ''} {entry.written_by}" for entry in entries}
    for form in lines.forms:
        form.writer = writers.get(str(form["id"].value()), "")
    return lines


def with_lines_of_others(row: LedgerRow, by: Any, data: QueryDict) -> QueryDict:
    """What was typed, and behind it the lines that other people have added since the page was opened."""
    joined = data.copy()
    total = _count(data)
    typed = {data.get(f"entries-{place}-name", "").strip() for place in range(total)}
    sent = {data.get(f"entries-{place}-id", "") for place in range(total)}
    for entry in row.entries.all():
        if entry.written_by_id == by.person_id or str(entry.pk) in sent or entry.name in typed:
            continue
        for name in (*CONTENT, "id"):
            value = getattr(entry, name)
            joined[f"entries-{total}-{name}"] = "" if value is None else str(value)
        total += 1
    joined["entries-TOTAL_FORMS"] = str(total)
    return joined


def _count(data: QueryDict) -> int:
    """How many lines the page sent; it was read once already, and found sound."""
    return min(int(data["entries-TOTAL_FORMS"]), rules.ENTRIES_LIMIT)


@dataclass(frozen=True)
class Piece:
    """A part of the sentence on a screen: words, or a blank with its field or with ``text`` in it."""

    text: str = ""
    field: BoundField | None = None
    blank: BlankValue | None = None
    comparison: figures.Comparison | None = None
    origin: Origin | None = None


class FiguresForm(Form):
    """The blanks of one row. ``counted`` is what the records say now; it stands in an empty blank at once,
    and is nobody's word until the row is reported."""

    def __init__(
        self,
        row: LedgerRow,
        counted: Mapping[str, Value],
        data: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.row, self.counted = row, counted
        self.blanks: list[BlankValue] = list(row.blanks.all())
        kwargs.setdefault("prefix", f"row{row.pk}")
        super().__init__(data, **kwargs)
        for place, blank in enumerate(self.blanks):
            self.fields[blank.code] = self._field(blank, place)
            if blank.code in counted:
                self.fields[f"{blank.code}_reason"] = TextField(
                    label=f"“{blank.name}”的改动说明",
                    max_length=200,
                    required=False,
                    initial=blank.override_reason,
                )

    def _field(self, blank: BlankValue, place: int) -> forms.Field:
        attrs = {"aria-label": blank.name, "data-col": f"figure-{place}"}
        if blank.is_text:
            field: forms.Field = TextField(
                label=blank.name,
                max_length=TEXT_LIMIT,
                required=False,
                initial=blank.text or self.counted.get(blank.code, ""),
            )
            attrs["class"] = "in-words"
        else:
            kind = DifferenceField if blank.compares else IntegerField
            field = kind(
                label=blank.name,
                required=False,
                min_value=-rules.HIGHEST if blank.compares else 0,
                max_value=rules.HIGHEST,
                carried="登记簿" if blank.code in self.counted else "",
                initial=self.counted.get(blank.code) if blank.number is None else blank.number,
            )
        if blank.source == ValueSource.INCOMPARABLE:
            attrs["placeholder"] = blank.words
        field.widget.attrs.update(attrs)
        # The page says what it showed: a blank that somebody else changed meanwhile is not taken for typed.
        field.show_hidden_initial = True
        return field

    def inputs(self) -> dict[str, BlankInput]:
        """What stands in the blanks that were sent; a blank that the page did not show stays as it is."""
        sent = [blank for blank in self.blanks if self.add_prefix(blank.code) in self.data]
        data = self.cleaned_data
        return {b.code: BlankInput(data[b.code], data.get(f"{b.code}_reason", "")) for b in sent}

    @property
    def lines(self) -> list[dict[str, str]]:
        """The errors for the summary on top, each naming its row."""
        return [
            {"target": self[name].id_for_label, "words": f"第 {self.row.number} 项：{error}"}
            for name, errors in self.errors.items()
            for error in errors
        ]


def was_sent(row: LedgerRow, data: Mapping[str, Any] | None) -> bool:
    """Whether the page showed this row's blanks for typing."""
    return data is not None and any(f"row{row.pk}-{blank.code}" in data for blank in row.blanks.all())


def versions_words(rows: Iterable[LedgerRow]) -> str:
    """The versions of several rows in one hidden field: 12.3_13.1."""
    return "_".join(f"{row.pk}.{row.version}" for row in rows)


def read_versions(text: str) -> dict[int, int]:
    """The versions by row; what cannot be read is left out, and its row counts as moved on."""
    pairs = re.findall(r"(\d{1,18})\.(\d{1,9})(?:_|$)", text[:4000])
    return {int(pk): int(version) for pk, version in pairs}


def sentence(
    row: LedgerRow,
    last: Mapping[str, BlankValue],
    form: FiguresForm | None = None,
    origins: Mapping[int, Origin] | None = None,
) -> list[Piece]:
    """重点监测数据 piece by piece, last year's number behind each unit; with a form it can be typed into.
    ``origins`` by the blank's key put a mark behind each figure."""
    blanks = {blank.code: blank for blank in row.blanks.all()}
    read: Sequence[str | Hole | Filled] = segments(row.figures)
    if form is None:
        read = spoken(row.figures, {code: blank.words for code, blank in blanks.items()})
    pieces: list[Piece] = []
    pending: BlankValue | None = None
    for piece in _known(read, blanks):
        if isinstance(piece, Hole):
            pending = blanks[piece.code]
            pieces.append(Piece(field=form[piece.code] if form else None, blank=pending))
        elif isinstance(piece, Filled):
            pending = blanks[piece.code]
            pieces.append(Piece(text=piece.words, blank=pending))
        else:
            pieces += _behind_blank(piece, pending, last, origins or {})
            pending = None
    return pieces


def _behind_blank(
    text: str,
    blank: BlankValue | None,
    last: Mapping[str, BlankValue],
    origins: Mapping[int, Origin],
) -> list[Piece]:
    """The words behind a blank: its unit with where it comes from, last year's value, and the rest."""
    if blank is None:
        return [Piece(text=text)]
    if blank.is_text:
        return [Piece(origin=origins.get(blank.pk)), Piece(text=text)]
    unit = blank.unit if blank.unit and text.startswith(blank.unit) else ""
    return [
        Piece(text=unit, origin=origins.get(blank.pk)),
        Piece(comparison=figures.compare(blank, last)),
        Piece(text=text[len(unit) :]),
    ]


def _known(
    pieces: Iterable[str | Hole | Filled], blanks: Mapping[str, BlankValue]
) -> list[str | Hole | Filled]:
    """A blank that the row does not have is printed as it stands, so that nobody overlooks it."""
    return [
        f"{{{piece.code}}}" if not isinstance(piece, str) and piece.code not in blanks else piece
        for piece in pieces
    ]
