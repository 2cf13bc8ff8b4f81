"""What 较上年 is taken against, where that is not last year's ledger: years have gaps."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.models import BlankValue, Ledger
from ledger.states import UNCHECKED


def compared_with(ledger: Ledger, last: Mapping[str, BlankValue]) -> str:
    """A sentence for screen and papers; empty where last year's ledger is there, or the numbers are a
    paper's. ``last`` as `figures.last_year` gives it. A year further back is never taken instead."""
    if ledger.is_past or any(blank.pk for blank in last.values()):
        return ""
    earlier = Ledger.objects.filter(district_id=ledger.district_id, year__lt=ledger.year)
    known = list(earlier.order_by("-year").values_list("year", "state")[:2])
    if any(year == ledger.year - 1 and state not in UNCHECKED for year, state in known):
        return ""  # it has none of the figures that are looked at
    return f"{_missing(ledger.year - 1, known)}“较上年”{_taken(bool(last))}都没有的是无上年数，印作“—”。"


def _missing(year: int, known: list[tuple[int, str]]) -> str:
    entering = [state for found, state in known if found == year and state in UNCHECKED]
    words = f"{year}年台账还在补录，归档后才对照" if entering else f"没有{year}年的台账"
    older = [found for found, _state in known if found < year]
    return f"{words}，{older[0]}年的不拿来对照。" if older else f"{words}。"


def _taken(has_baselines: bool) -> str:
    return "取登记的上年基数，没有登记的按上年清单计算，" if has_baselines else "按上年清单计算，清单和基数"
