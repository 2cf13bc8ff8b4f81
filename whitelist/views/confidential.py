"""Pages on which somebody reports: kept by no cache, in no session, and written nowhere unclean.

The view does not look who reads. Uploads are held in memory (Django would put large ones, with all their
metadata, into a temporary folder first). The one cookie is that against forged forms; it ends with
the browser.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from jianfu.kernel.attempts import Limit
from jianfu.kernel.exchange import visitor_address

LARGEST_REQUEST = 55 * 1024 * 1024  # five files of ten, and the words
# What one network may send in an hour: a school behind one address has a hundred teachers.
REPORTS = Limit("complaint.report", 60)
EVERYBODY = Limit("complaint.everybody", 600)
WITH_FILES = Limit("complaint.files", 120)  # each file is drawn anew, which takes seconds
RECEIPTS = Limit("complaint.receipt", 10)

View = Callable[..., HttpResponse]


class InMemory(FileUploadHandler):
    """Holds what is sent, whatever its size, up to `LARGEST_REQUEST`; keeps no file name."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._whole = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._whole += len(raw_data)
        if self._whole > LARGEST_REQUEST:
            raise StopUpload(connection_reset=False)
        self._content.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content, self.field_name, "x", self.content_type, file_size, None, None
        )


def sends_too_many_files(request: HttpRequest) -> bool:
    """Asked before the form reads them: what is refused counts, too, for it was drawn."""
    return bool(request.FILES) and not WITH_FILES.count(visitor_address(request))


def held_in_memory(view: View) -> View:
    """What is sent is on no disk before it is clean; the token is asked for once it can be read like that."""
    guarded = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [InMemory(request)]
        return _too_large(request) or guarded(request, *args, **kwargs)

    return answer


def confidential_page(view: View) -> View:
    held = held_in_memory(view)

    @csrf_exempt
    @login_not_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = held(request, *args, **kwargs)
        except Http404:
            response = render(request, "whitelist/not_found.html", status=404)
        return _kept_nowhere(response)

    return answer


def _too_large(request: HttpRequest) -> HttpResponse | None:
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    return render(request, "errors/413.html", status=413) if length > LARGEST_REQUEST else None


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    for cookie in response.cookies.values():
        cookie["max-age"] = cookie["expires"] = ""
    return response
