"""The form, its templates, and what people fill in."""

from .entry import Achievement, BlankValue
from .ledger import Assignment, Baseline, Ledger, LedgerRow
from .secondment import Secondment
from .template import LedgerTemplate, TemplateBlank, TemplateRow

__all__ = [
    "Achievement",
    "Assignment",
    "Baseline",
    "BlankValue",
    "Ledger",
    "LedgerRow",
    "LedgerTemplate",
    "Secondment",
    "TemplateBlank",
    "TemplateRow",
]
