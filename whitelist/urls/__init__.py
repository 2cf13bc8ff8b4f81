"""The addresses, a module for each door; those of the districts come last, for their first part is a code."""

from . import evaluation, office, public, removal

app_name = "whitelist"
urlpatterns = [*office.PATTERNS, *removal.PATTERNS, *evaluation.PATTERNS, *public.PATTERNS]
