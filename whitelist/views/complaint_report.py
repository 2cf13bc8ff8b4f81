"""反映问题: the form for everybody, and the receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from jianfu.kernel import dates, sealing
from jianfu.kernel.exchange import visitor_address
from jianfu.organisations.selectors import districts
from whitelist.complaints.figures import STEP_LIMITS, value_of
from whitelist.forms.complaint import ReportForm
from whitelist.models import Entry
from whitelist.services.complaint import AlreadyReceived, Report, receive_complaint
from whitelist.states.complaint import ComplaintKind, ComplaintState

from .confidential import EVERYBODY, REPORTS, confidential_page, sends_too_many_files

TOO_MANY = "这个网络一小时内反映的件数太多了，没有收下。内容还在，过一小时再提交，或打监督电话"


@confidential_page
def choose(request: HttpRequest) -> HttpResponse:
    """The only district's form at once; several to choose from."""
    found = list(districts())
    if len(found) == 1:
        return redirect("whitelist:complaint_form", found[0].code)
    return render(request, "whitelist/complaint_choose.html", {"districts": found, "public_active": "report"})


@confidential_page
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Empty; filled in and kept; or with what has to be changed."""
    district = get_object_or_404(districts(), code=code)
    if not sealing.is_ready():
        return _page(request, district, closed=True)
    entry = _entry(district, request)
    sent = request.method == "POST"
    too_many = sent and sends_too_many_files(request)
    form = ReportForm(
        request.POST if sent else None,
        request.FILES if sent and not too_many else None,
        initial=_initial(request, entry),
        district_id=district.pk,
    )
    if too_many:
        form.add_error(None, TOO_MANY)
    elif sent and form.is_valid():
        receipt = _received(request, district, form, entry)
        if receipt:
            return _receipt(request, district, receipt)
    return _page(request, district, form=form, entry=entry, opening=ReportForm.opening())


def _page(request: HttpRequest, district: Any, **more: Any) -> HttpResponse:
    context = {"district": district, "public_active": "report", **more}
    return render(request, "whitelist/complaint_form.html", context)


def _entry(district: Any, request: HttpRequest) -> Entry | None:
    """The item of the list that it is about, where the writer came from its page."""
    number = (request.POST if request.method == "POST" else request.GET).get("entry", "")[:20]
    return Entry.objects.public().filter(district=district, number=number).first() if number else None


def _initial(request: HttpRequest, entry: Entry | None) -> dict[str, Any]:
    wanted = request.GET.get("kind", "")
    kind = wanted if wanted in ComplaintKind.values else ComplaintKind.COMPLAINT
    return {"unit": entry.lead_name if entry else "", "kind": kind}


def _received(request: HttpRequest, district: Any, form: ReportForm, entry: Entry | None) -> str:
    """The receipt; "" where it was not kept, and the form says why."""
    if not (REPORTS.count(visitor_address(request)) and EVERYBODY.count("")):
        form.add_error(None, TOO_MANY)
        return ""
    try:
        report = Report(**form.told, entry=entry, submission=form.submission)
        _complaint, code = receive_complaint(district=district, report=report)
    except AlreadyReceived as refusal:
        form.add_error(None, refusal.decision.reasons)
        return ""
    return code


def _receipt(request: HttpRequest, district: Any, code: str) -> HttpResponse:
    today = dates.today()
    context = {
        "district": district,
        "public_active": "report",
        "receipt": code,
        "received_on": today,
        "days": value_of(STEP_LIMITS[ComplaintState.RECEIVED], district.pk, today),
        "address": request.build_absolute_uri(reverse("whitelist:complaint_follow", args=[district.code])),
    }
    return render(request, "whitelist/complaint_receipt.html", context)
