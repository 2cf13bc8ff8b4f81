"""What handlers and signers do, each on a page of its own; every answer is kept by no cache."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from jianfu.kernel import fields, sealing, trail
from jianfu.kernel.decisions import Refused, require
from jianfu.kernel.documents.official import render_docx, render_pdf
from jianfu.kernel.exchange import file_answer, version_of
from jianfu.kernel.forms import Form
from jianfu.kernel.workflow import NOTE_LIMIT
from whitelist.complaints.papers import Paper, document_of, may_print
from whitelist.forms.complaint import STEP_FORMS, AccusedForm, AssignForm, ReasonForm
from whitelist.models import Complaint, ComplaintEvidence
from whitelist.permissions import complaint as permissions
from whitelist.selectors.complaint import possible_handlers
from whitelist.services import complaint as writing
from whitelist.workflow.complaint import COMPLAINT

from .complaint_office import detail_context, visible

WRITERS = {"pdf": render_pdf, "docx": render_docx}
# What has no words of its own: signing is a yes.
_WORDLESS = {"accept", "propose_exposure"}


@login_required
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step: what it needs, and what it means."""
    complaint = visible(request, pk)
    row = COMPLAINT.transitions.get(name)
    if row is None:
        raise Http404
    form = _step_form(row)(request.POST or None, initial={"version": complaint.version})
    if request.method == "POST" and form.is_valid() and _done(request, complaint, name, form):
        messages.success(request, f"{complaint}已办理：{row.label}")
        return redirect(complaint)
    if request.method != "POST":
        require(COMPLAINT.decide(complaint, name, request.user))
    context = {
        "title": row.label,
        "question": f"{complaint.number}，{complaint.accused_words or '被反映单位待确定'}",
        "consequence": _MEANS.get(name, ""),
        "form": form,
        "verb": row.label,
        "tone": row.tone,
        "cancel_url": complaint.get_absolute_url(),
    }
    return render(request, "components/confirm_page.html", context)


_MEANS = {
    "propose_notice": "通报由领导小组成员签发，经办过这一件的人不能签发。通报里不写反映人、学校和反映时间。",
    "sign_notice": "签发后由办理人印发通报，并记入这个单位的通报次数。",
    "propose_exposure": "签发后任何人不用登录就能看到这段话。",
    "sign_exposure": "签发后马上在公开页面上看得到，撤不回来。",
    "close": "反映人凭回执码能看到处理结果。",
    "decline": "反映人凭回执码能看到依据和理由。",
    "refer": "反映人凭回执码能看到转给了哪里。转出的内容不带姓名和电话。",
    "answer": "反映人凭回执码能看到答复。",
}


def _step_form(row: Any) -> type[Form]:
    """What the step asks for, then its words, and the version that was looked at."""
    parts: dict[str, Any] = {}
    if row.name not in _WORDLESS:
        label = row.note_label if row.note_required else "意见"
        parts["note"] = fields.TextField(
            label=label, required=row.note_required, max_length=NOTE_LIMIT, rows=4
        )
    parts["version"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    return type("StepForm", (STEP_FORMS.get(row.name, Form),), parts)


def _done(request: HttpRequest, complaint: Complaint, name: str, form: Any) -> bool:
    given = dict(form.cleaned_data)
    note, version = given.pop("note", ""), given.pop("version")
    with form.showing_refusals():
        writing.perform_complaint(
            complaint=complaint, name=name, by=request.user, note=note, expected_version=version, data=given
        )
        return True
    return False


@login_required
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    done = writing.take(complaint=visible(request, pk), by=request.user, expected_version=version_of(request))
    messages.success(request, f"已领办{done}，内容只有本人看得到")
    return redirect(done)


@login_required
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    complaint = visible(request, pk)
    require(permissions.may_assign(complaint, request.user))
    people = possible_handlers(complaint)
    form = AssignForm(request.POST or None, people=people, initial={"version": complaint.version})
    if form.is_valid() and _assigned(request, complaint, form):
        messages.success(request, f"{complaint}已转给{form.cleaned_data['to'].person.name}办理")
        return redirect("whitelist:complaint_list")
    context = {
        "title": "转办",
        "question": f"{complaint.number}，现在的办理人：{complaint.handler or '待领办'}",
        "consequence": "转办后原来的办理人不能再看内容、署名和证据。",
        "form": form,
        "verb": "转办",
        "cancel_url": complaint.get_absolute_url(),
    }
    return render(request, "components/confirm_page.html", context)


def _assigned(request: HttpRequest, complaint: Complaint, form: AssignForm) -> bool:
    given = form.cleaned_data
    with form.showing_refusals():
        writing.assign(
            complaint=complaint,
            to=given["to"],
            by=request.user,
            note=given["note"],
            expected_version=given["version"],
        )
        return True
    return False


@login_required
def accused(request: HttpRequest, pk: int) -> HttpResponse:
    complaint = visible(request, pk)
    require(permissions.is_handler(complaint, request.user))
    form = AccusedForm(
        request.POST or None, initial={"units": complaint.accused_units}, district_id=complaint.district_id
    )
    if form.is_valid():
        done = writing.name_accused(complaint=complaint, units=form.cleaned_data["units"], by=request.user)
        if done.handler_id is None:
            messages.success(request, f"{done}已登记被反映单位。本人在其中任职，须回避，已交其他办理人")
            return redirect("whitelist:complaint_list")
        messages.success(request, f"{done}的被反映单位已登记")
        return redirect(done)
    context = {
        "title": "被反映单位",
        "question": f"{complaint.number}：选定后，这些单位的人看不到这一件，也不能办理。",
        "form": form,
        "verb": "登记",
        "cancel_url": complaint.get_absolute_url(),
    }
    return render(request, "components/confirm_page.html", context)


@login_required
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    complaint = visible(request, pk)
    try:
        writing.ask(
            complaint=complaint, by=request.user, words=request.POST.get("words", "").replace("\x00", "")
        )
    except Refused as refused:
        return _again(request, complaint, refused)
    messages.success(request, "问题已写下，反映人凭回执码能看到")
    return redirect(complaint)


@login_required
def identity(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked why, every time; shown on the answer to that question, and nowhere else."""
    complaint = visible(request, pk)
    require(permissions.may_read_words(complaint, request.user))
    form, known = ReasonForm(request.POST or None), None
    if form.is_valid():
        with form.showing_refusals():
            known = writing.view_identity(
                complaint=complaint, by=request.user, reason=form.cleaned_data["reason"]
            )
    context = {"complaint": complaint, "form": form, "known": known}
    response = render(request, "whitelist/complaint_identity.html", context)
    add_never_cache_headers(response)
    return response


@login_required
@require_POST
def weigh(request: HttpRequest, pk: int) -> HttpResponse:
    """回访核实, 提请认定捏造, 认定与否, 改类别."""
    complaint, by = visible(request, pk), request.user
    ways = {
        "confirm": lambda: writing.confirm_identity(complaint=complaint, by=by),
        "propose": lambda: writing.propose_fabrication(complaint=complaint, by=by),
        "yes": lambda: writing.judge_fabrication(complaint=complaint, by=by, fabricated=True),
        "no": lambda: writing.judge_fabrication(complaint=complaint, by=by, fabricated=False),
        "kind": lambda: writing.change_kind(complaint=complaint, by=by),
    }
    way = ways.get(request.POST.get("act", ""))
    if way is None:
        raise Http404
    try:
        way()
    except Refused as refused:
        return _again(request, complaint, refused)
    messages.success(request, f"{complaint}已登记")
    shown = Complaint.objects.visible_to(by).filter(pk=pk).exists()
    return redirect(complaint) if shown else redirect("whitelist:complaint_list")


@login_required
@require_POST
def urge(request: HttpRequest, pk: int) -> HttpResponse:
    complaint = visible(request, pk)
    try:
        writing.urge(complaint=complaint, by=request.user)
    except Refused as refused:
        return _again(request, complaint, refused)
    messages.success(request, f"已催办{complaint}")
    return redirect(complaint)


def _again(request: HttpRequest, complaint: Complaint, refused: Refused) -> HttpResponse:
    context = detail_context(request, complaint, refused.decision.text)
    return render(request, "whitelist/complaint_detail.html", context)


@login_required
@require_safe
def paper(request: HttpRequest, pk: int, kind: str, format: str) -> HttpResponse:  # noqa: A002
    complaint = visible(request, pk)
    if kind not in Paper.values or format not in WRITERS:
        raise Http404
    wanted = Paper(kind)
    require(may_print(complaint, wanted, request.user))
    made = WRITERS[format](document_of(complaint, wanted))
    data = {"document": wanted.label, "format": format}
    trail.record(action="complaint.printed", target=complaint, by=request.user, data=data)
    return file_answer(made, f"{complaint.number} {wanted.label}", format)


@login_required
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A picture or PDF, opened for the handler; its address tells nothing, and it is kept by no cache."""
    rows = ComplaintEvidence.objects.filter(complaint__in=Complaint.objects.visible_to(request.user))
    row = get_object_or_404(rows.select_related("complaint__handler__person"), pk=pk)
    require(permissions.may_read_words(row.complaint, request.user))
    with row.file.open("rb") as stream:
        content = sealing.unseal_bytes(stream.read(), f"complaint.evidence.{row.complaint.token}")
    trail.record(action="complaint.evidence_viewed", target=row.complaint, by=request.user)
    response = HttpResponse(content, content_type=row.content_type)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response
