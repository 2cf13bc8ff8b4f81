"""What every request passes: clean input before anything reads it, refusals turned into pages."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jianfu.kernel import trail
from jianfu.kernel.decisions import Conflicted, Refused, refuse
from jianfu.kernel.documents.text import DocumentTooLarge

from . import errors

Handler = Callable[[HttpRequest], HttpResponse]
LONGEST_QUERY = 8_000
GAVE_WAY = {"40P01", "40001", "55P03"}  # PostgreSQL's codes; SQLite has words


class CleanInputMiddleware:
    """Addresses that no database can hold (NUL, lone surrogates) are answered with a sentence."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        values = [request.path, *request.GET.keys(), *(v for vs in request.GET.lists() for v in vs[1])]
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY or not all(map(_storable, values)):
            return errors.bad_request(request)
        return self.get_response(request)


class OwnPasswordMiddleware:
    """Who was given a password chooses an own one before anything else is done with the account.

    Views for everybody (Django's ``login_not_required``) are not asked who reads: asking opens the session,
    and the answer would vary by cookie.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or request.path in self._open():
            return None
        return redirect("change_password") if getattr(request.user, "must_change_password", False) else None

    @staticmethod
    def _open() -> set[str]:
        return {reverse("change_password"), reverse("sign_out"), reverse("type_size")}


class RefusalMiddleware:
    """A `Refused` that no view turned into a form error becomes the page that says why, and an event.

    Who had to give way in the database is asked to do it again. A file that would be too large tells its
    limit on the page of a refusal. So does the bare 405 of an address that only takes a form: Django's is
    empty, and a browser would fill it with words of its own language. A form
    that came after the session had ended gives back what was typed, before the person signs in again.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not answer.content:
            return errors.not_opened_directly(request, answer.headers["Allow"])
        return errors.signed_out(request) if _sent_away(request, answer) else answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DocumentTooLarge):
            return errors.refused(request, refuse(str(exception)))
        if _gave_way(exception):
            return errors.gave_way(request)
        if not isinstance(exception, Refused):
            return None
        trail.record(
            action="request.refused",
            target=None,
            by=request.user,
            note=exception.decision.text,
            data={"path": request.path[:200], "method": request.method},
        )
        if isinstance(exception, Conflicted):
            return errors.conflict(request, exception.decision)
        return errors.refused(request, exception.decision)


def _gave_way(exception: Exception) -> bool:
    """Ended by the database in favour of another transaction: a deadlock, or a lock that did not come free.
    Nothing was written, and the same again will be."""
    if not isinstance(exception, OperationalError):
        return False
    return getattr(exception.__cause__, "sqlstate", "") in GAVE_WAY or "database is locked" in str(exception)


def _sent_away(request: HttpRequest, answer: HttpResponse) -> bool:
    """Towards the sign-in, with a form in hand that a person sent (a script looks after its own)."""
    reads = "text/html" in request.headers.get("Accept", "")
    signs_in = f"{reverse('sign_in')}?{REDIRECT_FIELD_NAME}="
    return request.method == "POST" and reads and answer.headers.get("Location", "").startswith(signs_in)


def _storable(text: Any) -> bool:
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)
