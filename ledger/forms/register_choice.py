"""Which rows of a register a list or a file shows: the filter, and the figure they stand behind, if any."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from jianfu.kernel.exchange import key_of
from jianfu.kernel.fields import EARLIEST, LATEST
from jianfu.kernel.indicators import INDICATORS
from ledger.indicators.registers import behind
from ledger.registers import Register, reading
from ledger.registers.counted import COUNTED

from .register import RegisterFilter


def chosen_rows(
    user: Any, register: Register, asked: QueryDict
) -> tuple[RegisterFilter, Any, dict[str, Any] | None]:
    """The filter, its rows, and of which figure of which year they are the records, where that was asked."""
    form = RegisterFilter(asked, user=user, register=register)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = reading.filtered(register, register.model.objects.visible_to(user), chosen)
    code, year = asked.get("figure", ""), year_of(asked.get("counted", ""))
    if year is None or COUNTED.get(code, ("",))[0] != register.slug:
        return form, rows, None
    condition = behind(code, user.person.district, year)
    return form, rows.filter(condition), {"year": year, "name": INDICATORS[code].name}


def year_of(text: str) -> int | None:
    """A year that a register can have; None for anything else."""
    year = key_of(text)
    return year if year is not None and EARLIEST.year <= year <= LATEST.year else None
