"""核验 at a short address, for everybody; ``asked`` is a 核验码, or a number."""

from django.urls import path

from whitelist.views import gate

app_name = "gate"
urlpatterns = [
    path("", gate.ask, name="ask"),
    path("<str:asked>/", gate.answer, name="answer"),
    path("<str:asked>/<slug:code>/", gate.answer, name="answer_of_district"),
]
