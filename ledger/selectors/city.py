"""The city's view over its districts: who reported, what it adds up to, how it is spread. Never a ranking.

A district reports from this deployment (its ledger is filed here) or by a package from its own; the figures
of both are read alike. Districts always stand in the order of their codes, whatever their figures.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from jianfu.kernel.indicators import INDICATORS
from jianfu.organisations import selectors as organisations
from ledger.models import BlankValue, DistrictKey, Ledger, Submission

FEWEST = 5  # districts; of fewer nobody can say which of them is unusual
FENCE = 1.5  # times the distance between the quartiles (Tukey)


@dataclass(frozen=True)
class Report:
    """One district's year as it was reported; ``figures`` by code, as `figure_of` writes them."""

    code: str
    name: str
    origin: str
    at: Any
    figures: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Standing:
    """A district, and its report of the year if there is one."""

    code: str
    name: str
    report: Report | None


@dataclass(frozen=True)
class FigureLine:
    """One figure over the districts that count it alike. ``apart``: others count it otherwise, and stand on
    a line of their own; ``lacking`` reported the year without a number here."""

    code: str
    name: str
    unit: str
    definition: str
    apart: bool
    numbers: tuple[tuple[str, int], ...]
    lacking: tuple[str, ...]

    @property
    def values(self) -> list[int]:
        return sorted(number for _name, number in self.numbers)

    @property
    def names(self) -> list[str]:
        return [name for name, _number in self.numbers]

    @property
    def marked(self) -> list[str]:
        """The outliers in words."""
        return [f"{name} {number}" for name, number in self.outliers]

    @property
    def total(self) -> int | None:
        return sum(self.values) if self.values else None

    @property
    def spread(self) -> tuple[int, float, int] | None:
        """Least, median, most."""
        values = self.values
        return (values[0], statistics.median(values), values[-1]) if values else None

    @property
    def outliers(self) -> list[tuple[str, int]]:
        """Far beyond the quartiles, and half the median away from it, in the order of the codes.

        Where districts differ by little, the quartiles lie so close that a difference of one would be marked.
        """
        if len(self.numbers) < FEWEST:
            return []
        low, middle, high = statistics.quantiles(self.values, n=4, method="inclusive")
        reach, least = FENCE * (high - low), abs(middle) / 2
        return [
            (name, number)
            for name, number in self.numbers
            if not low - reach <= number <= high + reach and abs(number - middle) > least
        ]


def standings(user: Any, year: int) -> list[Standing]:
    """Every district of the region and every district with a key, by code; five queries at any number."""
    reports = {report.code: report for report in [*_received(user, year), *_filed_here(user, year)]}
    names = {key.code: key.name for key in DistrictKey.objects.visible_to(user)}
    region = user.person.district.region
    if region:
        names |= {district.code: district.name for district in organisations.districts_of(region)}
    return [Standing(code, names[code], reports.get(code)) for code in sorted(names)]


def years(user: Any) -> list[int]:
    """Years of which anything was reported, the newest first."""
    here = Ledger.objects.reported_to(user).order_by().values_list("year", flat=True)
    came = Submission.objects.visible_to(user).order_by().values_list("year", flat=True)
    return sorted({*here, *came}, reverse=True)


# What `figure_of` reads; a city has hundreds of blanks.
_TOLD = ("code", "name", "unit", "kind", "number", "text", "source", "remark")
_TOLD += ("confirmed_by__organisation__name",)


def _filed_here(user: Any, year: int) -> list[Report]:
    ledgers = list(Ledger.objects.reported_to(user).filter(year=year).select_related("district"))
    blanks = BlankValue.objects.filter(row__ledger__in=ledgers).annotate(ledger_id=F("row__ledger_id"))
    told = blanks.select_related("confirmed_by__organisation").only(*_TOLD)
    figures: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for blank in told.order_by("row__number", "position"):
        figures[blank.ledger_id][blank.code] = figure_of(blank)
    return [
        Report(
            each.district.code, each.district.name, "本平台", each.state_entered_at, figures.get(each.pk, {})
        )
        for each in ledgers
    ]


def _received(user: Any, year: int) -> list[Report]:
    """The newest edition of each district."""
    rows = Submission.objects.visible_to(user).filter(year=year).select_related("key").order_by("edition")
    newest = {row.key_id: row for row in rows}
    return [
        Report(row.key.code, row.key.name, f"报送包（第 {row.edition} 版）", row.received_at, _figures(row))
        for row in newest.values()
    ]


def _figures(row: Submission) -> dict[str, dict[str, Any]]:
    return {figure["code"]: figure for line in row.content["rows"] for figure in line["figures"]}


def figure_lines(reports: Sequence[Report]) -> list[FigureLine]:
    """Each number that was reported, added up only where name, unit and definition are the same."""
    grouped: dict[str, dict[tuple[str, str, str], list[tuple[str, Any]]]] = defaultdict(dict)
    for report in reports:
        for code, figure in report.figures.items():
            if not isinstance(figure["value"], str):
                alike = (figure["name"], figure["unit"], figure["definition"])
                grouped[code].setdefault(alike, []).append((report.name, figure["value"]))
    return [
        _line(code, alike, found, apart=len(kinds) > 1)
        for code, kinds in sorted(grouped.items(), key=lambda pair: _place(pair[0]))
        for alike, found in sorted(kinds.items(), key=lambda pair: -len(pair[1]))
        if any(value is not None for _name, value in found)
    ]


def _line(
    code: str, alike: tuple[str, str, str], found: Iterable[tuple[str, Any]], *, apart: bool
) -> FigureLine:
    pairs = list(found)
    numbers = tuple((name, value) for name, value in pairs if value is not None)
    return FigureLine(code, *alike, apart, numbers, tuple(name for name, value in pairs if value is None))


def _place(code: str) -> tuple[int, str]:
    """I2 before I10a."""
    digits = "".join(char for char in code if char.isdigit())
    return int(digits or 0), code


def figure_of(blank: BlankValue) -> dict[str, Any]:
    """One blank with what it counts; the same for a package and for a ledger in this deployment."""
    office = blank.confirmed_by.organisation if blank.confirmed_by else None
    return {
        "code": blank.code,
        "name": blank.name,
        "unit": blank.unit,
        "kind": blank.kind,
        "value": blank.value,
        "source": blank.source,
        "definition": definition_of(blank),
        "confirmed_by": office.name if office else "",
    }


def definition_of(blank: BlankValue) -> str:
    """The template's 口径, and what the indicator behind it counts."""
    indicator = INDICATORS.get(blank.code)
    told = (blank.remark, indicator.definition if indicator else "")
    return " ".join(dict.fromkeys(filter(None, told)))
