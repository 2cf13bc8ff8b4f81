"""The form, its templates, and what people fill in."""

from .city import DistrictKey, Submission
from .closing import Filing, LedgerStep
from .entry import Achievement, BlankValue
from .intake import Intake
from .ledger import Assignment, Baseline, Ledger, LedgerRow
from .milestone import Milestone
from .problem import Problem
from .registers import Channel, DataReuse, Duty, Gathering, RefusedRequest, ReportForm
from .reminder import RowReminder
from .secondment import Secondment
from .template import LedgerTemplate, TemplateBlank, TemplateRow

__all__ = [
    "Achievement",
    "Assignment",
    "Baseline",
    "BlankValue",
    "Channel",
    "DataReuse",
    "DistrictKey",
    "Duty",
    "Filing",
    "Gathering",
    "Intake",
    "Ledger",
    "LedgerRow",
    "LedgerStep",
    "LedgerTemplate",
    "Milestone",
    "Problem",
    "RefusedRequest",
    "ReportForm",
    "RowReminder",
    "Secondment",
    "Submission",
    "TemplateBlank",
    "TemplateRow",
]
