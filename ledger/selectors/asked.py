"""What the registers answer for the figures of a ledger: asked once, remembered while nothing changed."""

from __future__ import annotations

from functools import cached_property

from jianfu.audit.selectors import Memory
from jianfu.kernel.indicators import INDICATORS, NOTHING, Measured, Together, last_years
from ledger.models import Ledger


class Asked:
    """Every figure is asked once for a page. With a ``memory`` not even that where it was asked since the
    district's last event: every register, approval and list of the district writes one with each change.
    """

    def __init__(self, ledger: Ledger, memory: Memory | None = None) -> None:
        self.ledger, self._memory = ledger, memory
        self._known = 0

    def now(self, code: str) -> Measured:
        """What the records say of the ledger's year."""
        return self._said_of(code, self.ledger.year)

    def before(self, code: str) -> Measured:
        """What the records say of the year before."""
        return self._said_of(code, self.ledger.year - 1)

    def keep(self) -> None:
        """For the next page: to be called when all was asked."""
        if self._memory and len(self._said) > self._known:
            self._memory.keep(self._name, self._said)

    @cached_property
    def _said(self) -> dict[tuple[str, int], Measured]:
        """The memory is asked before the registers: an event in between only makes it ask once more."""
        known = self._memory.known(self._name) if self._memory else None
        self._known = len(known or ())
        return known or {}

    @property
    def _name(self) -> str:
        """The template is all districts' and has no event in this one's chain."""
        return f"figures.{self.ledger.pk}.{self.ledger.template.forms_reading}"

    def _said_of(self, code: str, year: int) -> Measured:
        if (code, year) not in self._said:
            self._said[code, year] = self._ask(code, year)
        return self._said[code, year]

    def _ask(self, code: str, year: int) -> Measured:
        indicator = INDICATORS.get(code)
        if indicator is None:
            return NOTHING
        if year == self.ledger.year and indicator.together:
            return self._ask_together(code, indicator.together)
        if year == self.ledger.year:
            return indicator.measure(self.ledger.district, year)
        return last_years(indicator, self.ledger.district, self.ledger.year)

    def _ask_together(self, code: str, together: Together) -> Measured:
        """All figures of the register that are declared with it."""
        counted = together(self.ledger.district, self.ledger.year)
        for each, said in counted.items():
            if each in INDICATORS and INDICATORS[each].together is together:
                self._said[each, self.ledger.year] = said
        return counted[code]
