"""The one way in which a page hands out a file that may be long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from jianfu.kernel import exports
from jianfu.kernel.exchange import file_answer

from .ordering import order


def deliver(*, kind: str, about: Mapping[str, str], by: Any, target: Any = None) -> HttpResponse:
    """The file at once, or the page where a long one can be watched while it is made beside the server.

    Each file that leaves is an event on ``target``. Raises `Refused`, and Http404 for what the person does
    not see.
    """
    export = exports.makers[kind](about, by)
    if export is None:
        raise Http404
    if export.is_long:
        return redirect(order(kind=kind, about=about, by=by))
    content, facts = export.made()
    exports.note(export, facts, by=by, target=target)
    return file_answer(content, export.title, export.extension)
