"""查进度: with the receipt, and with nothing else. It travels in the form, never in an address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from jianfu.kernel import sealing
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.exchange import visitor_address
from jianfu.organisations.selectors import districts
from whitelist.complaints.telling import told_to_writer
from whitelist.forms.complaint import AnswerForm, ReceiptForm
from whitelist.models import Complaint
from whitelist.services.complaint import answer_complaint, followed, urge_by_writer

from .confidential import RECEIPTS, confidential_page, sends_too_many_files

UNKNOWN = "没有这个回执码的记录。核对后再试；一小时最多试 10 次"
TOO_MANY_FILES = "这个网络一小时内传的文件太多了，没有收下。过一小时再传，或打监督电话"
LOCKED = "这个网络一小时内试错的次数太多了。过一小时再试，或打监督电话"


@confidential_page
def follow(request: HttpRequest, code: str) -> HttpResponse:
    district = get_object_or_404(districts(), code=code)
    asked = request.method == "POST"
    form = ReceiptForm(request.POST if asked else None)
    if asked and sealing.is_ready() and form.is_valid():
        complaint = _found(request, form, district)
        if complaint:
            return _shown(request, district, complaint, form.cleaned_data["receipt"])
    context = {"district": district, "form": form, "public_active": "report"}
    status = 429 if form.errors and LOCKED in form.non_field_errors() else 200
    return render(request, "whitelist/complaint_follow.html", context, status=status)


def _found(request: HttpRequest, form: ReceiptForm, district: Any) -> Complaint | None:
    """Only what was wrong counts, by the network it came from; a right one is asked as often as one likes."""
    by = visitor_address(request)
    if RECEIPTS.is_reached(by):
        form.add_error(None, LOCKED)
        return None
    complaint = followed(form.cleaned_data["receipt"], district)
    if complaint is None:
        RECEIPTS.count(by)
        form.add_error("receipt", UNKNOWN)
    return complaint


def _shown(request: HttpRequest, district: Any, complaint: Complaint, receipt: str) -> HttpResponse:
    act, said = request.POST.get("act", ""), ""
    too_many = sends_too_many_files(request)
    files = None if too_many else request.FILES
    form = AnswerForm(request.POST, files) if act == "answer" else AnswerForm()
    try:
        if too_many:
            require(refuse(TOO_MANY_FILES))
        if act == "answer" and form.is_valid():
            given = form.cleaned_data
            answer_complaint(complaint=complaint, words=given["words"], pictures=given["pictures"])
            form, said = AnswerForm(), "已经收到，办理人会看到"
        elif act == "urge":
            urge_by_writer(complaint=complaint)
            said = "已经催办，办理人的待办里会显示"
    except Refused as refusal:
        form.add_error(None, refusal.decision.reasons) if form.is_bound else None
        said = "" if form.is_bound else refusal.decision.text
    context = {
        "district": district,
        "public_active": "report",
        "receipt": receipt,
        "answer_form": form,
        "said": said,
        **told_to_writer(complaint),
    }
    return render(request, "whitelist/complaint_progress.html", context)
