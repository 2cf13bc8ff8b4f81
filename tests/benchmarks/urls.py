"""The house with the floors beside it, for measuring only."""

from django.urls import include, path

from . import floors

handler400 = "jianfu.errors.bad_request"
handler404 = "jianfu.errors.not_found"

urlpatterns = [
    path("floor/", floors.bare_view),
    path("floor/304/", floors.not_modified),
    path("", include("jianfu.urls")),
]
