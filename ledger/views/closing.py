"""汇总、签发、锁定、报送备案: one page on which the year is read before a name is put under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.kernel.exchange import version_of
from ledger.exports import form as exports
from ledger.forms.closing import STEP_FORMS, FilingForm, ReceiptForm
from ledger.models import Filing, Ledger
from ledger.permissions import closing as permissions
from ledger.selectors import closing as selectors
from ledger.services.closing import record_receipt
from ledger.states import TONES
from ledger.workflow import LEDGER

from .figures import clock
from .ledgers import find

DONE = {
    "summarise": "已送领导小组签发",
    "sign": "已签发",
    "return_": "已退回台账汇总人，可以继续填写",
    "recall": "已撤回，可以再改，改好后重新送出",
    "hand_over": "已送核对",
    "record": "已核对归档，下一年的对照从这里读",
    "lock": "已锁定，可以导出定稿并报送备案",
    "file_": "已登记报送备案",
    "reopen": "已重新打开，可以继续填报；原来的签发和备案记录都在",
}
CONSEQUENCES = {
    "summarise": "送签后各科室不能再改，领导小组退回或台账汇总人撤回后才能再填。",
    "recall": "对方办理之前可以撤回。撤回后各项内容和状态不变，改好后重新送出。",
    "hand_over": "补录的内容由另一位台账汇总人或领导小组成员核对；核对之前可以撤回。",
    "record": "填写原来的备案机关和文号。归档后这一年标为补录，下一年的“较上年”从这里读。",
    "lock": "锁定后导出的文件标为定稿，可以报送备案。",
    "reopen": "重新打开后要重新汇总、签发；原来的签发和备案留在办理过程里，导出的表上写明重新打开过。",
}
PHRASES = ("请核对提示的数字，说明原因。", "请补充“不符合要求而未开展”的情况。")


@login_required
@require_http_methods(["GET", "POST"])
def ledger_closing(request: HttpRequest, year: int) -> HttpResponse:
    """GET shows the form, its warnings and what changed since the last signature; POST takes a step."""
    ledger = find(request, year)
    if request.method == "GET":
        return _page(request, ledger, {})
    name, note = request.POST.get("transition", ""), request.POST.get("note", "")
    kind = STEP_FORMS.get(name)
    form = kind(request.POST) if kind else None
    typed = {"form": form, "note": note}
    if name not in DONE:
        return _page(request, ledger, {**typed, "said": refuse("选择要办理的步骤，点下面的按钮").reasons})
    if form is not None and not form.is_valid():
        return _page(request, ledger, typed)
    try:
        LEDGER.perform(
            ledger,
            name,
            by=request.user,
            note=note,
            expected_version=version_of(request),
            data=form.cleaned_data if form else {},
        )
    except Refused as refused:
        return _page(request, find(request, year), {**typed, "said": refused.decision.reasons})
    messages.success(request, f"{ledger.year}年台账{DONE[name]}，{clock()}")
    return redirect(_next(request, ledger, name))


def _next(request: HttpRequest, ledger: Ledger, name: str) -> Any:
    """After a signature or a return on to the next year that waits for the same person."""
    waiting = Ledger.objects.waiting_for(request.user).exclude(pk=ledger.pk).order_by("year").first()
    if name in {"sign", "return_"} and waiting:
        return waiting.get_closing_url()
    return ledger.get_closing_url()


def _page(request: HttpRequest, ledger: Ledger, typed: Mapping[str, Any]) -> HttpResponse:
    today = dates.today()
    steps = selectors.steps_of(ledger)
    rows = list(ledger.rows.order_by("number"))
    context = {
        "ledger": ledger,
        "tone": TONES[ledger.state],
        "remaining": selectors.remaining(ledger, today),
        "stages": selectors.stages(ledger, steps, today),
        "reopened": selectors.reopened_words(ledger, steps),
        "findings": selectors.findings(ledger),
        "changes": selectors.changes(ledger, rows, steps),
        "form": exports.official_form(ledger, today),
        "steps": steps,
        "filings": ledger.filings.select_related("recorded_by"),
        "may_record_receipt": permissions.may_record_receipt(ledger, request.user),
        "lines": [{"target": "", "words": words} for words in typed.get("said", ())],
        **_acts(request, ledger, typed),
    }
    return render(request, "ledger/ledger_closing.html", context)


def _acts(request: HttpRequest, ledger: Ledger, typed: Mapping[str, Any]) -> dict[str, Any]:
    options = LEDGER.available(ledger, request.user)
    names = [option.transition.name for option in options]
    wanted = next((option.transition for option in options if option.transition.note_required), None)
    form = typed.get("form")
    if form is None and "file_" in names:
        form = FilingForm(initial={"body": ledger.district.filing_body, "filed_on": dates.today()})
    if form is None and "record" in names:
        form = FilingForm(initial={"body": ledger.district.filing_body})
    return {
        "options": options,
        "step_form": form,
        "opinion_label": wanted.note_label if wanted else "",
        "opinion_required": all(option.transition.note_required for option in options),
        "note": typed.get("note", ""),
        "phrases": PHRASES if "return_" in names else (),
        "consequences": [CONSEQUENCES[name] for name in names if name in CONSEQUENCES],
    }


@login_required
@require_http_methods(["GET", "POST"])
def filing_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """备案回执, when it comes."""
    rows = Filing.objects.visible_to(request.user).select_related("ledger")
    filing = get_object_or_404(rows, pk=pk)
    require(permissions.may_record_receipt(filing, request.user))
    initial = {name: getattr(filing, name) for name in ReceiptForm.base_fields}
    form = ReceiptForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        with form.showing_refusals():
            record_receipt(
                filing=filing,
                data=form.cleaned_data,
                by=request.user,
                expected_version=version_of(request),
            )
            messages.success(request, f"{filing.ledger.year}年台账的备案回执已登记，{clock()}")
            return redirect(filing.ledger.get_closing_url())
    return render(request, "ledger/filing_receipt.html", {"filing": filing, "form": form})
