"""今天进校: what comes to the school, and what became of it. Two touches at most, or none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, require
from jianfu.kernel.exchange import key_of
from jianfu.organisations.selectors import schools as schools_of
from jianfu.organisations.states import Role
from whitelist import permissions, services
from whitelist.desk import evaluation, monitoring
from whitelist.forms import UnlistedForm, VisitForm
from whitelist.models import Session, Visit
from whitelist.showing import STANDING_TONES
from whitelist.states import RefusalReason, SessionStanding

BACK, AHEAD = 14, 14  # days shown before and after today
OPEN = {SessionStanding.TODAY, SessionStanding.INFERRED}


def own_schools(user: Any) -> list[Any]:
    keys = user.organisation_ids(Role.SCHOOL)
    return list(schools_of(user.district_id).filter(pk__in=keys).order_by("position", "name"))


def _own(request: HttpRequest) -> list[Any]:
    schools = own_schools(request.user)
    require(permissions.may_answer_for(schools[0].pk if schools else 0, request.user))
    return schools


@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What comes today, then what comes next, then what was lately."""
    schools, on = _own(request), dates.today()
    rows = Session.objects.visible_to(request.user).filter(school__in=schools)
    rows = rows.between(on - timedelta(days=BACK), on + timedelta(days=AHEAD)).for_list()
    shown = [_shown(row, on, several=len(schools) > 1) for row in rows]
    unlisted = Visit.objects.visible_to(request.user).unlisted().filter(school__in=schools)
    context = {
        "schools": schools,
        "waiting": [*monitoring.todo(request.user, on), *evaluation.voices(request.user, on)],
        "on": on,
        "weekday": dates.chinese_weekday(on),
        "now": [row for row in shown if row["session"].day == on],
        "coming": [row for row in shown if row["session"].day > on],
        "past": [row for row in reversed(shown) if row["session"].day < on],
        "unlisted": unlisted.between(on - timedelta(days=BACK), on).select_related("school"),
    }
    return render(request, "whitelist/today.html", context)


def _shown(session: Session, on: Any, *, several: bool) -> dict[str, Any]:
    standing, said = session.stands(on), getattr(session, "visit", None)
    day = "" if session.day == on else f"{session.day.month}月{session.day.day}日 "
    needs = session.activity.needs
    return {
        "when": f"{day}{session.times}",
        "facts": _facts(session, said, several=several),
        "needs": f"学校准备：{needs}。" if needs else "",
        "session": session,
        "standing": standing,
        "tone": STANDING_TONES[standing],
        "open": standing in OPEN,
        "answered": said is not None,
    }


def _facts(session: Session, said: Any, *, several: bool) -> str:
    """Who comes to whom, what is different from before, what was said."""
    before = session.moved_from
    parts = (
        str(session.activity.organisation),
        str(session.school) if several else "",
        session.grades,
        f"需教师 {session.teacher_count} 人" if session.teacher_count else "",
        f"原定{before.month}月{before.day}日" if before else "",
        said.get_reason_display() if said is not None else "",
        session.called_off_reason,
    )
    return "，".join(part for part in parts if part)


def _session(request: HttpRequest, pk: int) -> Session:
    rows = Session.objects.visible_to(request.user).select_related("activity__organisation", "school")
    session = get_object_or_404(rows, pk=pk)
    require(permissions.may_answer_for(session.school_id, request.user))
    return session


@login_required
def visit_refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """拒绝: the reasons, each one a button."""
    context = {"session": _session(request, pk), "reasons": RefusalReason.choices, "said": []}
    return render(request, "whitelist/visit_refusal.html", context)


@login_required
@require_POST
def visit_record(request: HttpRequest, pk: int) -> HttpResponse:
    session, form = _session(request, pk), VisitForm(request.POST)
    if form.is_valid():
        try:
            visit = services.record_visit(session=session, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            return _reasons(request, session, refusal.decision.reasons)
        messages.success(request, f"已登记：{session.activity}，{visit.get_kind_display()}")
        return redirect("whitelist:today")
    return _reasons(request, session, [words for errors in form.errors.values() for words in errors])


def _reasons(request: HttpRequest, session: Session, said: list[str]) -> HttpResponse:
    context = {"session": session, "reasons": RefusalReason.choices, "said": said}
    typed = {"note": request.POST.get("note", "")}
    return render(request, "whitelist/visit_refusal.html", {**context, **typed}, status=422)


@login_required
def unlisted(request: HttpRequest) -> HttpResponse:
    """Somebody came whom nobody announced."""
    schools = _own(request)
    form = UnlistedForm(request.POST or None, today=dates.today(), schools=schools)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        chosen = key_of(str(data.get("school", ""))) or schools[0].pk
        visit = services.record_unlisted(
            school=next(row for row in schools if row.pk == chosen),
            by=request.user,
            kind=data["kind"],
            visitor=data["visitor"],
            purpose=data["purpose"],
            day=data["day"],
        )
        messages.success(request, f"已登记：{visit.visitor}，{visit.get_kind_display()}")
        return redirect("whitelist:today")
    return render(request, "whitelist/unlisted.html", {"form": form})
