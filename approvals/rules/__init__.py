"""Citable rules for what an application may ask of schools: plain facts in, a sentence out.

Facts are the form's values by field name, plus ``today``, ``applied_on`` (the day it was handed in; today
while it is not) and what `approvals.surroundings` counts. Each sentence says what is wrong, the limit, and
the way out. How hard a rule judges, and every number it judges by, is a figure that a district may set from
a day on.
"""

from __future__ import annotations

from approvals.states import Road
from jianfu.kernel.policy import Rule

from . import campus, inspection, secondment, survey
from .extent import EXTENT_RULES
from .plan import PLAN_AS_A_WHOLE
from .required import REQUIRED_OF, missing

__all__ = ["CAMPUS_RULES", "PLAN_AS_A_WHOLE", "REQUIRED", "REQUIRED_OF", "RULES_OF", "missing"]

RULES_OF: dict[Road, tuple[Rule, ...]] = {
    Road.CAMPUS_ANNUAL: campus.ANNUAL_RULES,
    Road.CAMPUS_SINGLE: campus.SINGLE_RULES,
    Road.CAMPUS_URGENT: campus.URGENT_RULES,
    Road.CAMPUS_EXEMPT: campus.EXEMPT_RULES,
    Road.INSPECTION_PLAN: (*inspection.PLAN_RULES, *EXTENT_RULES),
    Road.INSPECTION_SINGLE: (*inspection.SINGLE_RULES, *EXTENT_RULES),
    Road.SURVEY: survey.SURVEY_RULES,
    Road.SECONDMENT: secondment.LONG_RULES,
    Road.SECONDMENT_SHORT: secondment.SHORT_RULES,
}
CAMPUS_RULES = RULES_OF[Road.CAMPUS_ANNUAL]
REQUIRED = REQUIRED_OF[Road.CAMPUS_ANNUAL]
