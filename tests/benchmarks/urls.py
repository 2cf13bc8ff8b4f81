"""The house with the floors beside it, for measuring only."""

from django.urls import include, path

from jianfu.urls import handler400, handler403, handler404, handler500

from . import floors

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("floor/", floors.bare_view),
    path("floor/304/", floors.not_modified),
    path("floor/decision/<int:pk>/", floors.bare_decision),
    path("", include("jianfu.urls")),
]
