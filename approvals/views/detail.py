"""One application: what it says, how far it is, what was said about it, and what can be done now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from approvals import parts, permissions, selectors, services
from approvals.exports import Case, may_have_dossier, papers
from approvals.findings import recorded, then_and_now
from approvals.forms.acts import STEP_FORMS, WithdrawForm, offered
from approvals.forms.negative import NEGATIVE, GroundsForm
from approvals.handling import Between
from approvals.holders import Holders
from approvals.models import Application, Assignment
from approvals.phrases import OFFERED, PHRASES
from approvals.progress import changes, facts, matrix, record, stages, tone
from approvals.similar import Similar, compared, similar_to
from approvals.states import UNDER_WAY, State
from approvals.views.attachment import shown_files
from approvals.views.standing import standing_of
from approvals.workflow import workflow_of
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from jianfu.kernel.exchange import version_of
from jianfu.organisations.selectors import work_calendar


def visible(request: HttpRequest, pk: int) -> Application:
    return get_object_or_404(Application.objects.visible_to(request.user).for_list(), pk=pk)


@login_required
def application_detail(request: HttpRequest, pk: int) -> HttpResponse:
    application = visible(request, pk)
    if application.state == State.DRAFTED:
        return redirect("approvals:application_form", pk)
    return render(request, "approvals/detail.html", context_of(request, application))


def context_of(
    request: HttpRequest, application: Application, typed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """What the page shows. ``typed`` keeps what was filled in when a step was refused."""
    today, calendar = dates.today(), work_calendar()
    steps = list(application.steps.select_related("person", "on_behalf_of"))
    submissions = list(application.submissions.all())
    case = Case(application, request.user, steps)
    holder = Holders(application.district_id, today).of(application)
    remaining = calendar.remaining(application.due_on, today) if application.due_on else None
    between = Between(application, request.user)
    return {
        "application": application,
        "tone": tone(application.state),
        "remaining": remaining,
        "holder": holder,
        "stages": stages(application, steps, holder.who),
        "facts": facts(submissions[-1].content if submissions else {}),
        "files": shown_files(application),
        "findings": _findings(application, submissions),
        "similar": similar_of(request, application),
        **_panel_parts(request, case),
        "between": between,
        "entries": between.into(record(application, reversed(case.told), calendar, remaining, holder.who)),
        "submissions": submissions,
        **_paper_parts(case),
        "changed": _changed(submissions),
        **acts_of(request, application, typed),
    }


def similar_of(request: HttpRequest, application: Application) -> list[Similar] | None:
    """Others on the theme, for who reads all applications of the district; None for everybody else."""
    if not permissions.may_read_list(request.user) or not compared(application):
        return None
    near = similar_to(application)
    found = Application.objects.visible_to(request.user).filter(pk__in=[one.application_id for one in near])
    seen = set(found.values_list("pk", flat=True))
    return [one for one in near if one.application_id in seen]


def _cap(request: HttpRequest, application: Application) -> Any:
    """The year's total against its cap (R50), for those who may have to decide on one more."""
    if not application.is_campus or application.state not in UNDER_WAY:
        return None
    if not permissions.may_read_list(request.user):
        return None
    return selectors.cap_counter(application.district_id, application.year, dates.today())


def panel_of(request: HttpRequest, application: Application) -> dict[str, Any] | None:
    """The experts' matrix as far as the person may see it; None for those who see none of it."""
    rows = Assignment.objects.visible_to(request.user).counting()
    rows = rows.filter(application=application, content_version=application.content_version)
    rows = list(rows.select_related("expert__organisation", "opinion").prefetch_related("opinion__items"))
    return matrix(rows) if rows else None


def _paper_parts(case: Case) -> dict[str, Any]:
    return {"papers": papers(case), "may_have_dossier": may_have_dossier(case)}


def _panel_parts(request: HttpRequest, case: Case) -> dict[str, Any]:
    return {
        "panel": panel_of(request, case.application),
        "panel_opinion": case.panel_opinion if case.reads_panel else None,
        **standing_of(request, case),
    }


def _findings(application: Application, submissions: list[Any]) -> list[Any]:
    """What the rules said when it was handed in and, while somebody has to decide, what they say today."""
    if not submissions:
        return []
    last = submissions[-1]
    if application.state not in UNDER_WAY:
        return recorded(last.findings)
    applied_on = timezone.localtime(last.submitted_at).date()
    today = parts.findings_of(application, dates.today(), applied_on=applied_on)
    return then_and_now(last.findings, today, application)


def _changed(submissions: list[Any]) -> list[dict[str, str]]:
    if len(submissions) < 2:
        return []
    return [row for row in changes(submissions[-2], submissions[-1]) if row["old"] != row["new"]]


def acts_of(
    request: HttpRequest, application: Application, typed: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The bar under the page: one button per step that the state offers this person."""
    typed = typed or {}
    options = workflow_of(application).available(application, request.user)
    here = [option for option in options if option.transition.name not in _PAGES]
    names = [option.transition.name for option in here]
    step_form = next((name for name in names if name in STEP_FORMS), "")
    form = typed.get("form")
    if form is None and step_form:
        form = STEP_FORMS[step_form](initial=offered(application, step_form))
    wanted = next((o.transition for o in here if o.transition.note_required), None)
    return {
        "options": [_button(application, option) for option in options] + _merging(application, request.user),
        "step_form": form,
        "opinion_label": wanted.note_label if wanted else "意见",
        "opinion_asked": any(option.transition.note_required for option in here),
        "note": typed.get("note", OFFERED.get(names[0], "") if names else ""),
        "note_error": typed.get("note_error", ""),
        "said": typed.get("said", ""),
        "phrases": PHRASES.get(application.state, ()),
        "may_choose_experts": application.state == State.SUBMITTED
        and permissions.may_run_office(application, request.user),
        "may_renew": permissions.may_renew(application, request.user),
        "may_change": permissions.may_change_listed(application, request.user),
        "may_copy": permissions.may_write(application, request.user),
        "cap": _cap(request, application),
        "grounds": typed.get("grounds", GroundsForm(application)) if NEGATIVE & set(names) else None,
        **_ties(request, application),
    }


def _ties(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What was merged into what; the one that goes on is a link only for who may open it."""
    goes_on = application.merged_into_id
    seen = Application.objects.visible_to(request.user)
    return {
        "absorbed": application.absorbed.select_related("organisation").order_by("number"),
        "open_merged": bool(goes_on) and seen.filter(pk=goes_on).exists(),
    }


def _merging(application: Application, user: Any) -> list[dict[str, Any]]:
    """并入 has a page of its own, and is offered to whoever may give the other negative answers."""
    if not workflow_of(application).decide(application, "merge", user):
        return []
    url = reverse("approvals:application_merge", args=[application.pk])
    return [{"label": "并入", "url": url, "tone": "plain", "allowed": True, "name": "", "reason": ""}]


def _button(application: Application, option: Any) -> Any:
    """Steps with a page of their own are links to it; one that is refused says why at once."""
    page = _PAGES.get(option.transition.name)
    if not page or not option.decision:
        return option
    label = "修改并重新提交" if option.transition.name == "submit" else option.transition.label
    return {
        "label": label,
        "url": reverse(page, args=[application.pk])
        + ("?mend=1" if option.transition.name == "submit" else ""),
        "tone": option.transition.tone,
        "allowed": True,
        "name": "",
        "reason": "",
    }


_PAGES = {
    "withdraw": "approvals:application_withdraw",
    "submit": "approvals:application_form",
    "conclude": "approvals:panel_form",
}


@login_required
@require_POST
def application_act(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one step. What was typed stays on the page when it is refused."""
    application = visible(request, pk)
    name, note = request.POST.get("transition", ""), request.POST.get("note", "")
    flow = workflow_of(application)
    row = flow.transitions.get(name)
    if row is None or not row.button:
        messages.error(request, "没有选择要办理的事项，请点下面的按钮办理")
        return redirect("approvals:application_detail", pk)
    form = _asked_by(application, name, request)
    if form is not None and not form.is_valid() and application.state in row.sources:
        typed = {_place(name): form, "note": note}
        return render(request, "approvals/detail.html", context_of(request, application, typed))
    try:
        services.perform(
            application=application,
            name=name,
            by=request.user,
            expected_version=version_of(request),
            **_words_of(application, form, note.replace("\x00", "")),
        )
    except Refused as refused:
        typed = {"note": note, "said": refused.decision.text, _place(name): form}
        fresh = visible(request, pk)
        status = 409 if fresh.version != version_of(request) else 200
        return render(request, "approvals/detail.html", context_of(request, fresh, typed), status=status)
    messages.success(request, f"“{application}”已办理：{row.label}，{timezone.localtime(dates.now()):%H:%M}")
    return redirect("approvals:application_detail", pk)


def _asked_by(application: Application, name: str, request: HttpRequest) -> Any:
    """The form of what the step asks for besides words, as it was sent."""
    if name in NEGATIVE:
        return GroundsForm(application, request.POST)
    return STEP_FORMS[name](request.POST) if name in STEP_FORMS else None


def _place(name: str) -> str:
    return "grounds" if name in NEGATIVE else "form"


def _words_of(application: Application, form: Any, note: str) -> dict[str, Any]:
    """The note and the data of the step; grounds that were ticked stand in the note as words."""
    if not isinstance(form, GroundsForm):
        return {"note": note, "data": form.cleaned_data if form else {}}
    if not form.is_valid():  # the state moved on meanwhile: the workflow says so
        return {"note": note, "data": {}}
    return {"note": form.note(note, _offered(application)), "data": form.ticked()}


def _offered(application: Application) -> str:
    """The phrase that stood in the box already, if any."""
    rows = workflow_of(application).transitions
    return next(
        (OFFERED[name] for name in rows if name in OFFERED and application.state in rows[name].sources), ""
    )


@login_required
def application_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    application = visible(request, pk)
    decision = workflow_of(application).decide(application, "withdraw", request.user)
    if not decision:
        raise Refused(decision)
    form = WithdrawForm(request.POST or None, initial={"version": application.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        services.perform(
            application=application,
            name="withdraw",
            by=request.user,
            note=data["note"],
            expected_version=data["version"],
        )
        messages.success(request, f"已撤回“{application}”")
        return redirect("approvals:application_detail", pk)
    return render(request, "components/confirm_page.html", _withdrawing(application, form))


def _withdrawing(application: Application, form: WithdrawForm) -> dict[str, Any]:
    return {
        "title": "撤回申请",
        "question": f"撤回“{application}”（{application.number}）？",
        "consequence": "撤回后这份申请不再办理，也不能恢复；以后要开展，可以复制它重新申请。",
        "facts": [
            ("现在的环节", application.get_state_display()),
            ("申报单位", str(application.organisation)),
        ],
        "form": form,
        "verb": "撤回申请",
        "tone": "danger",
        "cancel_url": application.get_absolute_url(),
    }


@login_required
def application_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The last two submissions side by side, or the two that the address names."""
    application = visible(request, pk)
    found = {s.content_version: s for s in application.submissions.all()}
    newest = _asked(request.GET.get("to"), found, application.content_version)
    older = _asked(request.GET.get("from"), found, newest - 1)
    context = {
        "application": application,
        "old": found.get(older),
        "new": found.get(newest),
        "rows": changes(found[older], found[newest]) if older in found and newest in found else [],
    }
    return render(request, "approvals/compare.html", context)


def _asked(text: str | None, found: dict[int, Any], otherwise: int) -> int:
    return next((version for version in found if str(version) == text), otherwise)
