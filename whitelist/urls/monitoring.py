"""监测哨点 and 监测线索, with an account."""

from django.urls import path

from whitelist.views import clue, monitoring

PATTERNS = [
    path("office/monitoring/", monitoring.monitoring_list, name="monitoring_list"),
    path("office/monitoring/<int:pk>/<slug:month>/", monitoring.monitoring_report, name="monitoring_report"),
    path("office/clues/", clue.clue_list, name="clue_list"),
    path("office/clues/list.xlsx", clue.clue_export, name="clue_export"),
    path("office/clues/<slug:code>/<slug:season>/<slug:key>/", clue.clue_close, name="clue_close"),
]
