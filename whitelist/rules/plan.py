"""The rules that a plan, and a change of it, are examined by."""

from .activity import IN_TIME, SCOPE_RULES, TOLD_IN_TIME
from .school_days import SCHOOL_RULES

PLAN_RULES = (IN_TIME, *SCOPE_RULES, *SCHOOL_RULES)
MOVE_RULES = (TOLD_IN_TIME, *SCOPE_RULES, *SCHOOL_RULES)
