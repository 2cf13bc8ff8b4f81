"""怎样反映问题: whom to call, where to write, when somebody answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse

from jianfu.organisations.selectors import districts

from .caching import public_page


@public_page
def how_to_report(request: HttpRequest, code: str) -> HttpResponse:
    district = get_object_or_404(districts(), code=code)
    context = {"district": district, "form_url": _form_url(code), "public_active": "report"}
    return render(request, "whitelist/how_to_report.html", context)


def _form_url(code: str) -> str:
    """The form, where this house has one."""
    try:
        return reverse("whitelist:complaint_form", args=[code])
    except NoReverseMatch:
        return ""
