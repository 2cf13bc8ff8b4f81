"""反映问题 for everybody, and the handlers' pages. "report" and "results" are no codes for a district."""

from django.urls import path

from whitelist.views import (
    complaint_acts,
    complaint_follow,
    complaint_office,
    complaint_report,
    complaint_results,
    complaint_session,
    complaint_statistics,
)

PATTERNS = [
    path("report/", complaint_report.choose, name="complaint_choose"),
    path("<slug:code>/report/", complaint_report.report, name="complaint_form"),
    path("<slug:code>/report/follow/", complaint_follow.follow, name="complaint_follow"),
    path("<slug:code>/results/", complaint_results.results, name="complaint_results"),
    path("office/complaints/", complaint_office.listing, name="complaint_list"),
    path("office/complaints/enter/", complaint_office.enter, name="complaint_enter"),
    path("office/complaints/statistics/", complaint_statistics.statistics, name="complaint_statistics"),
    path(
        "office/complaints/statistics/<slug:key>.xlsx",
        complaint_statistics.statistics_export,
        name="complaint_statistics_export",
    ),
    path("office/complaints/<int:pk>/", complaint_office.detail, name="complaint_detail"),
    path("office/complaints/<int:pk>/act/<str:name>/", complaint_acts.act, name="complaint_act"),
    path("office/complaints/<int:pk>/take/", complaint_acts.take, name="complaint_take"),
    path("office/complaints/<int:pk>/assign/", complaint_acts.assign, name="complaint_assign"),
    path("office/complaints/<int:pk>/accused/", complaint_acts.accused, name="complaint_accused"),
    path("office/complaints/<int:pk>/ask/", complaint_acts.ask, name="complaint_ask"),
    path("office/complaints/<int:pk>/identity/", complaint_acts.identity, name="complaint_identity"),
    path("office/complaints/<int:pk>/weigh/", complaint_acts.weigh, name="complaint_weigh"),
    path("office/complaints/<int:pk>/session/", complaint_session.session, name="complaint_session"),
    path("office/complaints/<int:pk>/urge/", complaint_acts.urge, name="complaint_urge"),
    path(
        "office/complaints/<int:pk>/paper/<str:kind>.<str:format>",
        complaint_acts.paper,
        name="complaint_paper",
    ),
    path("office/evidence/<int:pk>/", complaint_acts.evidence, name="complaint_evidence"),
]
