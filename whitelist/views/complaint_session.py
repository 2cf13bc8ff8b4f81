"""对应的场次: the visit that a complaint is about, chosen by its handler while checking."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from jianfu.kernel.decisions import require
from whitelist.complaints.visits import MOST, in_words, possible_sessions
from whitelist.forms.complaint import SessionForm
from whitelist.models import Complaint
from whitelist.permissions import complaint as permissions
from whitelist.services import complaint as writing

from .complaint_office import visible


@login_required
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """Optional: where it was about a visit that is in the plans."""
    complaint = visible(request, pk)
    require(permissions.may_read_words(complaint, request.user))
    offered = [(row, in_words(row)) for row in possible_sessions(complaint)[:MOST]]
    known = complaint.opened(complaint.tied, "tied")
    initial = {"version": complaint.version, "session": known.get("session"), "found": known.get("found")}
    form = SessionForm(request.POST or None, sessions=offered, initial=initial)
    if form.is_valid() and _tied(request, complaint, form):
        messages.success(request, f"{complaint}对应的场次已登记")
        return redirect(complaint)
    context = {
        "title": "对应的场次",
        "question": f"{complaint.number}：反映的是哪一次进校，查明是什么情况？",
        "consequence": "认定属实、部分属实的，统计分析里这一场不再按计划推定为已开展。"
        "单位和学校的页面不变，看不出有人反映。",
        "form": form,
        "verb": "登记",
        "cancel_url": complaint.get_absolute_url(),
    }
    response = render(request, "components/confirm_page.html", context)
    add_never_cache_headers(response)
    return response


def _tied(request: HttpRequest, complaint: Complaint, form: SessionForm) -> bool:
    given = form.cleaned_data
    with form.showing_refusals():
        writing.tie_session(
            complaint=complaint,
            session=given["session"],
            found=given["found"],
            by=request.user,
            expected_version=given["version"],
        )
        return True
    return False
