"""待论证: an expert's own list and sheet. What others said stays hidden until the own sheet is in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from approvals import permissions, services
from approvals.forms.acts import OpinionForm, sheet
from approvals.models import Assignment, Opinion
from approvals.progress import facts
from approvals.states import Grade, State
from approvals.views.attachment import shown_files
from approvals.views.detail import panel_of
from approvals.views.panel import recusal_page
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, refuse, require
from jianfu.organisations.selectors import work_calendar


def own_assignments(request: HttpRequest) -> Any:
    rows = Assignment.objects.visible_to(request.user).sitting(request.user.person_id)
    return rows.select_related("application__organisation", "application__district", "opinion")


@login_required
def opinion_list(request: HttpRequest) -> HttpResponse:
    if not permissions.judges(request.user):
        require(refuse("待论证由专家委员会的专家查看"))
    waiting = Assignment.objects.open_for(request.user)
    given = own_assignments(request).filter(opinion__submitted_at__isnull=False)
    done = request.GET.get("tab") == "done"
    rows = (given if done else waiting).select_related("application__organisation", "opinion")
    counts = {"todo": waiting.count(), "done": given.count()}
    today, calendar = dates.today(), work_calendar()
    context = {
        "tabs": [
            {"label": "待论证", "url": "?tab=todo", "active": not done, "count": counts["todo"]},
            {"label": "已论证", "url": "?tab=done", "active": done, "count": counts["done"]},
        ],
        "done": done,
        "lines": [
            {"row": row, "application": row.application, "remaining": calendar.remaining(row.due_on, today)}
            for row in rows.order_by("-pk" if done else "due_on")[:200]
        ],
    }
    return render(request, "approvals/opinions.html", context)


@login_required
def opinion_form(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = get_object_or_404(own_assignments(request), pk=pk)
    if request.method == "POST" and "rest" in request.POST:
        return _agree_to_the_rest(request, assignment)
    final = request.method == "POST" and "draft" not in request.POST
    opinion = getattr(assignment, "opinion", None)
    initial = sheet(opinion) if opinion is not None else {}
    form = OpinionForm(request.POST if request.method == "POST" else None, initial=initial, final=final)
    said = ""
    if request.method == "POST" and form.is_valid():
        try:
            keep(assignment, form, request, submit=final)
        except Refused as refused:
            said = refused.decision.text
        else:
            return _next(request, assignment)
    context = {**_context(request, assignment), "form": form, "said": said}
    return render(request, "approvals/opinion.html", context)


def _agree_to_the_rest(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """Points without an answer are answered 同意, as a draft; what was answered stays."""
    form = OpinionForm(request.POST, final=False)
    form.full_clean()
    items = {point: (grade or Grade.AGREE, note) for point, (grade, note) in form.items().items()}
    keep(assignment, form, request, submit=False, items=items)
    return redirect(f"{assignment.get_absolute_url()}#id_conclusion_0")


def keep(
    assignment: Assignment, form: OpinionForm, request: HttpRequest, *, submit: bool, items: Any = None
) -> Opinion:
    return services.save_opinion(
        assignment=assignment,
        by=request.user,
        items=items or form.items(),
        conclusion=form.cleaned_data.get("conclusion") or "",
        comment=form.cleaned_data.get("comment") or "",
        submit=submit,
    )


def _next(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """提交并下一项: straight to the next sheet that is owed."""
    if "draft" in request.POST:
        messages.success(request, "已暂存，可以以后接着填")
        return redirect("approvals:opinion_list")
    following = Assignment.objects.open_for(request.user).order_by("due_on", "pk").first()
    messages.success(
        request, f"已提交“{assignment.application}”的论证意见" + ("，下面是下一项" if following else "")
    )
    if following:
        return redirect("approvals:opinion_form", following.pk)
    return redirect("approvals:opinion_list")


def _earlier(assignment: Assignment) -> Opinion | None:
    """The same expert's sheet on the content before it was changed."""
    return (
        Opinion.objects.filter(
            assignment__application_id=assignment.application_id,
            assignment__expert_id=assignment.expert_id,
            assignment__content_version__lt=assignment.content_version,
            submitted_at__isnull=False,
        )
        .order_by("-assignment__content_version")
        .first()
    )


def _context(request: HttpRequest, assignment: Assignment) -> dict[str, Any]:
    application = assignment.application
    submission = application.submissions.filter(content_version=assignment.content_version).first()
    content = submission.content if submission else {}
    opinion = getattr(assignment, "opinion", None)
    given = bool(opinion and opinion.submitted_at)
    current = assignment.content_version == application.content_version
    return {
        "open": application.state == State.SUBMITTED and current and not given,
        "assignment": assignment,
        "application": application,
        "facts": facts(content),
        "files": shown_files(application),
        "remaining": work_calendar().remaining(assignment.due_on, dates.today()),
        "earlier": None if given else _earlier(assignment),
        "given": given,
        "panel": panel_of(request, application) if given else None,
        "saved_at": opinion.history.first().history_date if opinion else None,
        "waiting": Assignment.objects.open_for(request.user).count(),
    }


@login_required
def opinion_recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """申请回避: the expert's own, before handing in."""
    assignment = get_object_or_404(own_assignments(request), pk=pk)
    return recusal_page(
        request,
        assignment.application,
        assignment.expert,
        back=assignment.get_absolute_url(),
        done=reverse("approvals:opinion_list"),
    )


@login_required
@require_POST
def opinion_autosave(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = get_object_or_404(own_assignments(request), pk=pk)
    if "earlier" in request.POST:
        return _take_over(request, assignment)
    form = OpinionForm(request.POST, final=False)
    form.full_clean()
    try:
        keep(assignment, form, request, submit=False)
    except Refused as refused:
        return JsonResponse({"message": refused.decision.text}, status=409)
    return JsonResponse({"saved_at": timezone.localtime(dates.now()).strftime("%H:%M")})


def _take_over(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """沿用上次意见: the earlier sheet as the draft of this one."""
    earlier = _earlier(assignment)
    if earlier is not None:
        items = {item.point: (item.grade, item.note) for item in earlier.items.all()}
        services.save_opinion(
            assignment=assignment,
            by=request.user,
            items=items,
            conclusion=earlier.conclusion,
            comment=earlier.comment,
            submit=False,
        )
        messages.success(request, "已带入上次意见，请核对后提交")
    return redirect("approvals:opinion_form", assignment.pk)
