from .application import Application, Basis, NumberSeries
from .attachment import Attachment
from .expert import Assignment, Opinion, OpinionItem
from .record import Step, Submission

__all__ = [
    "Application",
    "Assignment",
    "Attachment",
    "Basis",
    "NumberSeries",
    "Opinion",
    "OpinionItem",
    "Step",
    "Submission",
]
