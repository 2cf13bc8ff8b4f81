"""How one application stands for this person: in an open round, granted so or so, with a seat left."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from approvals import panel, permissions
from approvals.exports import Case
from approvals.exports.wording import granted_manner
from approvals.models import Application, Assignment, RoundItem
from approvals.states import STATE_OF_STAGE, RoundState, State


def standing_of(request: HttpRequest, case: Case) -> dict[str, Any]:
    return {
        "gathered": _gathered(request, case.application),
        "granted": _granted(case),
        "recused": _left(request, case.application),
    }


def _gathered(request: HttpRequest, application: Application) -> RoundItem | None:
    """Its line in the round in which it is about to be decided; never for its own unit before the release."""
    stages = [stage for stage, state in STATE_OF_STAGE.items() if state == application.state]
    if not stages:
        return None
    rows = RoundItem.objects.visible_to(request.user).filter(application=application)
    return rows.filter(round__state=RoundState.OPEN, round__stage__in=stages).select_related("round").first()


def _granted(case: Case) -> list[tuple[str, str, bool]]:
    """How it may be done, beside what was asked where the decision says something else (R54, R55)."""
    return [(label, _beside(case, label, words), True) for label, words in granted_manner(case)]


def _beside(case: Case, label: str, words: str) -> str:
    asked = case.content.get(label.removeprefix("批准的"), words)
    return words if asked == words else f"{words}（申请的是：{asked}）"


def _left(request: HttpRequest, application: Application) -> list[Assignment]:
    """Who fell out of the panel and was not replaced yet, for the office while it can still ask somebody."""
    if application.state != State.SUBMITTED or not permissions.may_run_office(application, request.user):
        return []
    rows = application.assignments.filter(content_version=application.content_version)
    return panel.unreplaced(rows.select_related("expert"))
