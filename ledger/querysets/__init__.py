"""The doors to the rows of this app."""

from .closing import Filings
from .intake import Intakes
from .ledger import LedgerRows, Ledgers
from .register import RegisterItems
from .secondment import Secondments
from .template import LedgerTemplates

__all__ = ["Filings", "Intakes", "LedgerRows", "LedgerTemplates", "Ledgers", "RegisterItems", "Secondments"]
