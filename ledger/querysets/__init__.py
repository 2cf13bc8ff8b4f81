"""The doors to the rows of this app."""

from .city import CityRows
from .closing import Filings
from .intake import Intakes
from .ledger import LedgerRows, Ledgers
from .milestone import Milestones
from .register import RegisterItems
from .reminder import RowReminders
from .secondment import Secondments
from .template import LedgerTemplates

__all__ = [
    "CityRows",
    "Filings",
    "Intakes",
    "LedgerRows",
    "LedgerTemplates",
    "Ledgers",
    "Milestones",
    "RegisterItems",
    "RowReminders",
    "Secondments",
]
