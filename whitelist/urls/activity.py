"""After listing: plans, sessions, visits, calendars and their feeds."""

from django.urls import path

from whitelist.views import activity, calendar, unlisted, visits

PATTERNS = [
    path("office/activities/", activity.activity_list, name="activity_list"),
    path("office/activities/new/", activity.activity_new, name="activity_new"),
    path("office/activities/<int:pk>/", activity.activity_detail, name="activity_detail"),
    path("office/activities/<int:pk>/edit/", activity.activity_edit, name="activity_edit"),
    path("office/activities/<int:pk>/sessions/", activity.activity_sessions, name="activity_sessions"),
    path("office/activities/<int:pk>/act/", activity.activity_act, name="activity_act"),
    path("office/sessions/<int:pk>/change/", activity.session_change, name="session_change"),
    path("office/sessions/<int:pk>/visit/", visits.visit_record, name="visit_record"),
    path("office/sessions/<int:pk>/refusal/", visits.visit_refusal, name="visit_refusal"),
    path("office/today/", visits.today, name="today"),
    path("office/today/unlisted/", visits.unlisted, name="unlisted"),
    path("office/unlisted/", unlisted.unlisted_list, name="unlisted_list"),
    path("office/unlisted/list.xlsx", unlisted.unlisted_export, name="unlisted_export"),
    path("office/calendar/", calendar.calendar, name="calendar"),
    path("office/calendar/week/", calendar.calendar_week, name="calendar_week"),
    path("office/calendar/term.pdf", calendar.calendar_term, name="calendar_term"),
    path("office/calendar/month.pdf", calendar.calendar_month, name="calendar_month"),
    path("office/calendar/schools/", activity.school_loads, name="school_loads"),
    path("office/calendar/feeds/", calendar.feed_list, name="feed_list"),
    path("office/calendar/feeds/<int:pk>/renew/", calendar.feed_renew, name="feed_renew"),
    path("office/feeds/<int:pk>-<slug:token>.ics", calendar.feed, name="feed"),
]
# For everybody; below the code of a district, so after everything that begins with a word of its own.
PUBLIC = [
    path("<slug:code>/calendar/", calendar.public_calendar, name="public_calendar"),
    path("<slug:code>/calendar.ics", calendar.public_feed, name="public_feed"),
]
