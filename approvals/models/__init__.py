from .application import Application, Basis, NumberSeries
from .attachment import Attachment
from .data import HeldData
from .expert import Assignment, ExpertLink, Opinion, OpinionItem, PanelOpinion
from .handling import Reminder, Transfer
from .particulars import Borrowing, Inspection, Survey
from .plan import InspectionPlan, PastItem, PlanStep
from .record import Step, Submission
from .round import Round, RoundItem
from .theme import ThemeRecord, ThemeTerm

__all__ = [
    "Application",
    "Assignment",
    "Attachment",
    "Basis",
    "Borrowing",
    "ExpertLink",
    "HeldData",
    "Inspection",
    "InspectionPlan",
    "NumberSeries",
    "Opinion",
    "OpinionItem",
    "PanelOpinion",
    "PastItem",
    "PlanStep",
    "Reminder",
    "Round",
    "RoundItem",
    "Step",
    "Submission",
    "Survey",
    "ThemeRecord",
    "ThemeTerm",
    "Transfer",
]
