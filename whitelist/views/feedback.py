"""意见建议 of departments and schools, and the answers (R110)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from jianfu.kernel.decisions import require
from jianfu.organisations.selectors import organisations
from jianfu.organisations.states import Role
from whitelist import permissions, services
from whitelist.forms.evaluation import AnswerForm, FeedbackForm
from whitelist.models import Complaint, Feedback
from whitelist.permissions.complaint import may_reach_complaints
from whitelist.states.complaint import ComplaintKind

from .tabs import tabs_of

PAGE = 50


@login_required
@require_safe
def feedback_list(request: HttpRequest) -> HttpResponse:
    """The own unit's, or all of the district for its staff; the newest first."""
    rows = Feedback.objects.visible_to(request.user).select_related("organisation")
    if not permissions.may_read_evaluations(request.user):
        require(permissions.may_give_feedback(request.user))
    context = {
        "tabs": tabs_of(request.user, "feedback_list"),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "may_give": permissions.may_give_feedback(request.user),
        "sealed": _sealed(request.user),
    }
    return render(request, "whitelist/feedback_list.html", context)


def _sealed(user: Any) -> int:
    """How many came by the public form, of those that the person may see; their words stay there."""
    if not may_reach_complaints(user):
        return 0
    return int(Complaint.objects.visible_to(user).filter(kind=ComplaintKind.FEEDBACK).count())


@login_required
def feedback_form(request: HttpRequest) -> HttpResponse:
    require(permissions.may_give_feedback(request.user))
    units = request.user.organisation_ids(Role.APPLICANT, Role.SCHOOL)
    form = FeedbackForm(
        request.POST or None, units=organisations(request.user.district_id).filter(pk__in=units)
    )
    if request.method == "POST" and form.is_valid():
        made = services.give_feedback(by=request.user, **form.cleaned_data)
        messages.success(request, "已提交，领导小组办公室答复后在这里看得到")
        return redirect(made)
    return render(request, "whitelist/feedback_form.html", {"form": form})


@login_required
def feedback_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, and the answer; whoever may answer does it here."""
    rows = Feedback.objects.visible_to(request.user).select_related("organisation", "given_by", "answered_by")
    feedback = get_object_or_404(rows, pk=pk)
    may_answer = bool(permissions.may_answer_feedback(feedback, request.user)) and not feedback.answered_at
    form = AnswerForm(request.POST or None) if may_answer else None
    if request.method == "POST":
        require(permissions.may_answer_feedback(feedback, request.user))
        if form is not None and form.is_valid():
            with form.showing_refusals():
                services.answer_feedback(
                    feedback=feedback, answer=form.cleaned_data["answer"], by=request.user
                )
                messages.success(request, f"已答复{feedback.organisation}")
                return redirect("whitelist:feedback_list")
    return render(request, "whitelist/feedback_detail.html", {"feedback": feedback, "form": form})
