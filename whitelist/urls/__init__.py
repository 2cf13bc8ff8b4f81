"""The addresses, a module for each door; those of the districts come last, for their first part is a code."""

from . import activity, complaint, evaluation, monitoring, office, public, removal

app_name = "whitelist"
urlpatterns = [
    *office.PATTERNS,
    *activity.PATTERNS,
    *complaint.PATTERNS,
    *removal.PATTERNS,
    *evaluation.PATTERNS,
    *monitoring.PATTERNS,
    *public.PATTERNS,
    *activity.PUBLIC,
]
