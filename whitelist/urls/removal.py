"""移出, with an account."""

from django.urls import path

from whitelist.views import removal

PATTERNS = [
    path("office/removals/", removal.removal_list, name="removal_list"),
    path("office/removals/new/", removal.removal_form, name="removal_form"),
    path("office/removals/<int:pk>/", removal.removal_detail, name="removal_detail"),
    path("office/removals/<int:pk>/act/", removal.removal_act, name="removal_act"),
    path("office/removals/<int:pk>/release/", removal.removal_release, name="removal_release"),
    path(
        "office/removals/<int:pk>/papers/<slug:paper>/<slug:extension>/",
        removal.removal_paper,
        name="removal_paper",
    ),
]
