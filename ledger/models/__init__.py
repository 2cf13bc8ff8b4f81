"""The form, its templates, and what people fill in."""

from .closing import Filing, LedgerStep
from .entry import Achievement, BlankValue
from .intake import Intake
from .ledger import Assignment, Baseline, Ledger, LedgerRow
from .problem import Problem
from .registers import Channel, DataReuse, Duty, Gathering, RefusedRequest, ReportForm
from .secondment import Secondment
from .template import LedgerTemplate, TemplateBlank, TemplateRow

__all__ = [
    "Achievement",
    "Assignment",
    "Baseline",
    "BlankValue",
    "Channel",
    "DataReuse",
    "Duty",
    "Filing",
    "Gathering",
    "Intake",
    "Ledger",
    "LedgerRow",
    "LedgerStep",
    "LedgerTemplate",
    "Problem",
    "RefusedRequest",
    "ReportForm",
    "Secondment",
    "TemplateBlank",
    "TemplateRow",
]
