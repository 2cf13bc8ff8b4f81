"""The application form: its pages in any order, 核对, 提交, 回执."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from approvals import parts, services
from approvals.checklist import checklist
from approvals.findings import shown
from approvals.forms.acts import AttachmentForm
from approvals.forms.parts import PartForm, form_of
from approvals.holders import Holders
from approvals.models import Application
from approvals.progress import STAGES, ahead
from approvals.states import EDITABLE, AttachmentKind, Road, State
from approvals.views.attachment import shown_files
from approvals.workflow import workflow_of
from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused
from jianfu.kernel.exchange import version_of

USUAL_FILES = "还没有附件。一般要有活动实施方案和应急预案"


def own(request: HttpRequest, pk: int) -> Application:
    rows = Application.objects.of_applicant(request.user).for_list()
    return get_object_or_404(rows.prefetch_related("bases"), pk=pk)


def return_reason(application: Application) -> Any:
    """The step that sent it back, while it is back."""
    if application.state != State.RETURNED:
        return None
    return application.steps.filter(transition="return_").select_related("person", "on_behalf_of").first()


def mending(application: Application, returned: Any) -> list[parts.FormPart]:
    """The pages that whoever sent it back wants mended, in the form's order."""
    named = returned.data.get("pages", []) if returned else []
    return [part for part in parts.parts_of(application.road) if part.key in named]


@login_required
def application_form(request: HttpRequest, pk: int) -> HttpResponse:
    application = own(request, pk)
    if application.state not in EDITABLE:
        return redirect("approvals:application_detail", pk)
    returned = return_reason(application)
    mend = mending(application, returned)
    if mend and "mend" in request.GET:
        return redirect("approvals:application_part", pk, mend[0].key)
    found = parts.progress(application, dates.today())
    open_parts = [p for p in found if not p.done]
    tasks = [_task(application, p, p.part in mend) for p in found]
    context = {
        "application": application,
        "tasks": [*tasks, _last_task(application, open_parts)],
        "done": len(found) - len(open_parts),
        "total": len(found),
        "items": parts.items_of(application.road),
        "carried": parts.carried_fields(application),
        "returned": returned,
        "mend": mend,
    }
    return render(request, "approvals/form.html", context)


def _task(application: Application, found: parts.Progress, wanted: bool) -> dict[str, Any]:
    url = reverse("approvals:application_part", args=[application.pk, found.part.key])
    if wanted:
        return {"label": found.part.title, "url": url, "state": "退回要改", "tone": "red"}
    return {"label": found.part.title, "url": url, "state": found.words, "tone": found.tone}


def _last_task(application: Application, open_parts: list[Any]) -> dict[str, Any]:
    if open_parts:
        return {
            "label": "核对并提交",
            "state": f"暂不能提交：还有 {len(open_parts)} 步",
            "url": reverse("approvals:application_check", args=[application.pk]),
            "tone": "",
        }
    url = reverse("approvals:application_check", args=[application.pk])
    return {"label": "核对并提交", "url": url, "state": "可以提交", "tone": "blue"}


def page_form(application: Application, key: str) -> type[PartForm]:
    """The form of the page; 404 where the road has no such page."""
    kind = form_of(application, key)
    if kind is None:
        raise Http404
    return kind


@login_required
def application_part(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    application = own(request, pk)
    kind = page_form(application, key)
    if application.state not in EDITABLE:
        return redirect("approvals:application_detail", pk)
    form = kind(application, request.POST if request.method == "POST" else None)
    mine_against_theirs: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            application = save(form, request)
        except Conflicted as conflict:
            application = own(request, pk)
            mine_against_theirs = _differences(form, application)
            form.add_error(None, conflict.decision.text)
        else:
            answer = _after_saving(request, application, form, key)
            if answer:
                return answer
    return render(request, "approvals/part.html", _part_context(application, form, key, mine_against_theirs))


def save(form: PartForm, request: HttpRequest) -> Application:
    """Write what is valid. Raises `Conflicted` when a colleague saved since the page was opened."""
    fields = form.storable()
    return services.save_draft(
        application=form.application,
        by=request.user,
        fields=fields,
        expected_version=form.cleaned_data.get("version"),
        **form.besides(),
    )


def _after_saving(
    request: HttpRequest, application: Application, form: PartForm, key: str
) -> HttpResponse | None:
    """Where to go on; None where the page must be shown again with what is wrong or missing."""
    leaving = request.POST.get("go") == "exit"
    if form.malformed:
        return None
    if leaving:
        messages.success(request, "已保存，可以以后接着填")
        return redirect("approvals:application_form", application.pk)
    everything = parts.progress(application, dates.today())
    found = next(p for p in everything if p.part.key == key)
    for field, words in found.missing.items():
        _say(form, field, words)
    for finding in found.blocking:
        _say(form, finding.fields[0], str(finding))
    if not found.done:
        return None
    return _onward(application, everything, key)


def _onward(application: Application, everything: list[parts.Progress], key: str) -> HttpResponse:
    """To the next page; to 核对 when nothing is left to fill, at once when mending what was returned."""
    order = [part.key for part in parts.parts_of(application.road)]
    following = order[order.index(key) + 1 :]
    complete = all(progress.done for progress in everything)
    wanted = [part.key for part in mending(application, return_reason(application)) if part.key in following]
    if wanted:
        return redirect("approvals:application_part", application.pk, wanted[0])
    if complete and (application.state == State.RETURNED or not following):
        return redirect("approvals:application_check", application.pk)
    if following:
        return redirect("approvals:application_part", application.pk, following[0])
    return redirect("approvals:application_form", application.pk)


def _say(form: PartForm, field: str, words: str) -> None:
    """The rule's words at their field, once."""
    place, name = form.place_of(field)
    if words not in place.errors.get(name or "__all__", []):
        place.add_error(name, words)


def _differences(form: PartForm, theirs: Application) -> list[dict[str, str]]:
    """What was typed here against what the colleague saved, of this page."""
    current = type(form)(theirs)
    rows = []
    for name in form.columns:
        typed, kept = form[name].value(), current[name].value()
        if str(typed or "") != str(kept or ""):
            rows.append({"label": form[name].label, "old": str(kept or "未填"), "new": str(typed or "未填")})
    return rows


def _part_context(
    application: Application, form: PartForm, key: str, differences: list[dict[str, str]]
) -> dict[str, Any]:
    found = next(p for p in parts.progress(application, dates.today()) if p.part.key == key)
    last = application.history.order_by("-history_id").first()
    order = [part.key for part in parts.parts_of(application.road)]
    uploads = "files" in found.part.besides
    return {
        "application": application,
        "form": form,
        "part": found.part,
        "place": order.index(key) + 1,
        "total": len(order),
        "template": [f"approvals/parts/{key}.html", "approvals/parts/plain.html"],
        "findings": shown(found.warnings if form.errors else found.findings, application),
        "differences": differences,
        "returned": return_reason(application),
        "mend": mending(application, return_reason(application)),
        "saved_at": last.history_date if last else None,
        "files": shown_files(application, removable=True) if uploads else [],
        **(_uploading(found) if uploads else {}),
    }


def _uploading(found: parts.Progress) -> dict[str, Any]:
    """The form for a file; where one kind must still come, it is asked for by name."""
    if "files" not in found.missing:
        return {"attachment_form": AttachmentForm(), "files_empty": USUAL_FILES}
    wanted = AttachmentForm(initial={"kind": AttachmentKind.PLAN})
    return {"attachment_form": wanted, "files_empty": f"还没有附件。请先{found.missing['files']}"}


@login_required
@require_POST
def application_autosave(request: HttpRequest, pk: int, key: str) -> JsonResponse:
    """What autosave.js posts: the valid answers are kept, the rest stays on the page."""
    application = own(request, pk)
    kind = page_form(application, key)
    try:
        saved = save(kind(application, request.POST), request)
    except Refused as refused:
        return JsonResponse({"message": refused.decision.text}, status=409)
    now = timezone.localtime(dates.now()).strftime("%H:%M")
    return JsonResponse({"saved_at": now, "version": saved.version, "findings": _live(saved, key)})


def _live(application: Application, key: str) -> str:
    """What the rules say of the part as it now is: the fragment that the page shows without being left."""
    found = next(p for p in parts.progress(application, dates.today()) if p.part.key == key)
    return render_to_string("approvals/rule_findings.html", {"findings": shown(found.findings, application)})


@login_required
def application_check(request: HttpRequest, pk: int) -> HttpResponse:
    application = own(request, pk)
    if application.state not in EDITABLE:
        return redirect("approvals:application_detail", pk)
    said = ""
    if request.method == "POST":
        try:
            services.perform(
                application=application,
                name="submit",
                by=request.user,
                expected_version=version_of(request),
            )
        except Refused as refused:
            said = refused.decision.text
            application = own(request, pk)
        else:
            return redirect("approvals:application_receipt", pk)
    found = parts.progress(application, dates.today())
    context = {
        "application": application,
        "sections": checklist(application, found),
        "decision": workflow_of(application).decide(application, "submit", request.user),
        "findings": shown(dict.fromkeys(f for p in found for f in p.warnings), application),
        "said": said,
        "next_stage": STAGES[Road(application.road)][1][0],
        "returned": return_reason(application),
    }
    return render(request, "approvals/check.html", context)


@login_required
def application_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """After 提交: the number, what happens next and until when. Stays at its address."""
    application = own(request, pk)
    if application.number is None:
        return redirect("approvals:application_form", pk)
    holder = Holders(application.district_id, dates.today()).of(application)
    context = {"application": application, "holder": holder, "ahead": ahead(application)}
    return render(request, "approvals/receipt.html", context)
