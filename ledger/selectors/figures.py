"""Where a figure comes from: last year's ledger, the records kept anyway, the difference of two years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from jianfu.kernel.indicators import INDICATORS, Measured, Value, subtracted
from jianfu.kernel.policy import Finding, figure_value
from ledger.models import Baseline, BlankValue, Ledger, LedgerRow
from ledger.rules import form as rules
from ledger.states import FILLABLE, UNCHECKED, ValueSource
from ledger.wording import number_words

from .asked import Asked


def last_year(ledger: Ledger) -> dict[str, BlankValue]:
    """The blanks of the year before, by code; where that year has no ledger, the baselines on record. What
    is still being entered from a paper is nobody's word yet."""
    blanks = BlankValue.objects.filter(
        row__ledger__district_id=ledger.district_id, row__ledger__year=ledger.year - 1
    ).exclude(row__ledger__state__in=UNCHECKED)
    found = {blank.code: blank for blank in blanks}
    return found or {row.code: _carried(row) for row in ledger.baselines.all()}


@dataclass(frozen=True)
class Cells:
    """Rows of one ledger with all that their cells need: ``last`` year's blanks as `last_year` gives them,
    and by code what stands ``elsewhere``: in rows of this year that are not among them and that a difference
    of theirs looks at."""

    rows: list[LedgerRow]
    last: Mapping[str, BlankValue]
    elsewhere: dict[str, Value]


def cells_of(ledger: Ledger, chosen: QuerySet[LedgerRow], asked: Asked) -> Cells:
    """``chosen`` brings its blanks, and one query more the rest; no other row is read."""
    rows = list(chosen)
    shown = [blank for row in rows for blank in row.blanks.all()]
    codes = {blank.code for blank in shown}
    compared = {blank.compares for blank in shown} - {""}
    last_ones = Q(year=ledger.year - 1, code__in=codes | compared) & ~Q(state__in=UNCHECKED)
    elsewhere = Q(year=ledger.year, code__in=compared - codes)
    blanks = BlankValue.objects.filter(row__ledger__district_id=ledger.district_id).annotate(
        year=F("row__ledger__year"), state=F("row__ledger__state"), row_state=F("row__state")
    )
    found = list(blanks.filter(last_ones | elsewhere))
    last = {blank.code: blank for blank in found if blank.year != ledger.year}
    others = [blank for blank in found if blank.year == ledger.year]
    this = {blank.code: _standing(ledger, blank, blank.row_state, asked) for blank in others}
    return Cells(rows, last or {row.code: _carried(row) for row in ledger.baselines.all()}, this)


def _standing(ledger: Ledger, blank: BlankValue, row_state: str, asked: Asked) -> Value:
    """What stands in a blank of another row: where nobody has answered for it, the records fill it."""
    follows = ledger.is_open and row_state in FILLABLE and blank.follows_register
    return asked.now(blank.code).value if follows and not blank.compares else blank.value


def _carried(row: Baseline) -> BlankValue:
    """Last year's figure that no ledger holds: 上年结转, with the document it comes from (R10)."""
    source = f"{ValueSource.CARRIED.label}：{row.document}"
    return BlankValue(code=row.code, number=row.number, source=ValueSource.CARRIED, remark=source)


def last_years_row(row: LedgerRow) -> LedgerRow | None:
    """The same row of the year before, with its entries."""
    before = LedgerRow.objects.filter(
        ledger__district_id=row.district_id, ledger__year=row.ledger.year - 1, key=row.key
    ).exclude(ledger__state__in=UNCHECKED)
    return before.prefetch_related("entries").first()


def measured(
    ledger: Ledger,
    blanks: Iterable[BlankValue],
    *,
    last: Mapping[str, BlankValue],
    this: Mapping[str, Value],
    asked: Asked | None = None,
) -> dict[str, Value]:
    """What the records say for each blank that can be counted; blanks that cannot are left out.

    A difference is taken between the two ledgers (``last`` and ``this`` by blank code; what a person typed
    goes before what was counted); only where one of them has no number the register is asked.
    """
    found: dict[str, Value] = {}
    asked = asked or Asked(ledger)
    known = {code: value for code, value in this.items() if value is not None}
    for blank in blanks:
        value = measure(blank, last, {**found, **known}, asked).value
        if value is not None:
            found[blank.code] = value
    return found


def measure(
    blank: BlankValue, last: Mapping[str, BlankValue], this: Mapping[str, Value], asked: Asked
) -> Measured:
    """What the records say of one blank, in words too."""
    other = blank.compares
    if not other:
        return asked.now(blank.code)
    before, now = last[other].number if other in last else None, this.get(other)
    named = INDICATORS.get(other)
    return subtracted(
        named.name if named else blank.name,
        blank.unit,
        asked.ledger.year,
        asked.before(other).value if before is None else before,
        asked.now(other).value if now is None else now,
    )


def is_incomparable(blank: BlankValue, last: Mapping[str, BlankValue], asked: Asked) -> bool:
    """A difference whose other year nobody knows: no ledger, no baseline, no records."""
    if not blank.compares or (blank.compares in last and last[blank.compares].number is not None):
        return False
    return asked.before(blank.compares).value is None


def bring_up_to_date(
    ledger: Ledger,
    rows: Iterable[LedgerRow],
    last: Mapping[str, BlankValue],
    this: Mapping[str, Value] | None = None,
    asked: Asked | None = None,
) -> Asked:
    """Put what the registers say now into the blanks that no person has answered for, in memory only.

    Every page and file that prints an open ledger calls it, so that a changed register shows at the next
    look and a number is never stale. What a person typed stays; so does every figure of a row that was
    reported: somebody has put their name to it. Rows come in the order of the form, blanks prefetched;
    ``this`` are the values of the ledger's other rows, where only some are given.
    Returns what the registers were asked, so that the same page need not ask them twice.
    """
    asked = asked or Asked(ledger)
    known: dict[str, Value] = dict(this or {})
    for row in rows:
        for blank in row.blanks.all():
            if ledger.is_open and row.is_fillable and blank.follows_register:
                _follow(blank, measure(blank, last, known, asked).value)
                if not blank.is_filled and is_incomparable(blank, last, asked):
                    blank.source = ValueSource.INCOMPARABLE
            known[blank.code] = blank.value
    return asked


def _follow(blank: BlankValue, counted: Value) -> None:
    blank.value = blank.counted = counted
    blank.source = ValueSource.COMPUTED if blank.is_filled else ""


def this_year(ledger: Ledger) -> dict[str, BlankValue]:
    """All blanks of the ledger by code, with their rows; one query."""
    blanks = BlankValue.objects.filter(row__ledger=ledger).select_related("row")
    return {blank.code: blank for blank in blanks}


def beside(row: LedgerRow, this: Mapping[str, BlankValue], asked: Asked) -> dict[str, Value]:
    """What stands in the ledger's blanks now, for one of its rows: where a difference of the row looks at a
    blank of another row that nobody has answered for, the records fill that one too."""
    found = values(this)
    for code in {blank.compares for blank in row.blanks.all()} & this.keys():
        other = this[code]
        if other.row_id != row.pk:
            found[code] = _standing(row.ledger, other, other.row.state, asked)
    return found


def values(blanks: Mapping[str, BlankValue]) -> dict[str, Value]:
    return {code: blank.value for code, blank in blanks.items()}


def numbers(blanks: Mapping[str, BlankValue]) -> dict[str, int | None]:
    return {code: blank.number for code, blank in blanks.items()}


def findings(
    ledger: Ledger, codes: Iterable[str], this: Mapping[str, BlankValue], last: Mapping[str, BlankValue]
) -> list[Finding]:
    """What a reader should look at again among the figures of the given blanks."""
    mine = {code: this[code].number for code in codes if code in this}
    target = figure_value(rules.TARGET, ledger.district_id, ledger.fill_by)
    in_force = {"district_id": ledger.district_id, "on": ledger.fill_by}
    return rules.doubts(mine, numbers(last), target, ledger.template.forms_reading, **in_force)


def refusing(row: LedgerRow) -> list[Finding]:
    """What the district made a reason not to report the row."""
    ledger = row.ledger
    codes = [blank.code for blank in row.blanks.all()]
    return [found for found in findings(ledger, codes, this_year(ledger), last_year(ledger)) if found.blocks]


UNKNOWN = "—"


@dataclass(frozen=True)
class Comparison:
    """Last year's value beside this year's, in words; ``better`` None where nothing can be said; ``source``
    names the document where it was carried over."""

    before: str
    change: str = ""
    better: bool | None = None
    source: str = ""

    @property
    def known(self) -> bool:
        return self.before != UNKNOWN


def compare(blank: BlankValue, last: Mapping[str, BlankValue]) -> Comparison:
    """上年 36 减 50%. Fewer is better unless the indicator says otherwise."""
    before = last.get(blank.code)
    if before is None or not before.is_filled:
        return Comparison(UNKNOWN)
    if blank.is_text:
        return Comparison(before.text)
    shown, source = number_words(before.number), before.remark if before.pk is None else ""
    if blank.number is None or blank.compares:
        return Comparison(shown, source=source)
    return Comparison(shown, *_change(blank, before.number), source=source)


def _change(blank: BlankValue, before: int) -> tuple[str, bool | None]:
    less = before - blank.number
    if not less:
        return "持平", None
    verb = "减" if less > 0 else "增"
    amount = f"{round(abs(less) * 100 / before)}%" if before else str(abs(less))
    indicator = INDICATORS.get(blank.code)
    less_is_better = indicator.less_is_better if indicator else blank.code not in MORE_IS_BETTER
    return f"{verb} {amount}", (less > 0) == less_is_better


# Groups merged, villages left, forms cancelled, reports saved: here more is better (A9).
MORE_IS_BETTER = frozenset({"I3", "I4", "I10b", "I12"})
