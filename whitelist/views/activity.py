"""活动实施方案: the list, a new plan, its words and sessions, and the steps of its road."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from approvals.selectors import schools_admitted
from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused, require
from jianfu.kernel.exchange import key_of, keys_of, version_of
from whitelist import permissions, services, showing
from whitelist.forms import ActivitySearch, MoveForm, PasteForm, PickForm, PlanForm
from whitelist.models import Activity, Session
from whitelist.selectors import plannable
from whitelist.states import WRITABLE, ActivityState

from .tabs import tabs_of

PAGE = 50


@login_required
@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """One's own unit's plans; for staff those of all units, what waits for them first."""
    rows = Activity.objects.visible_to(request.user).for_list()
    form = ActivitySearch(request.GET, states=ActivityState.choices)
    if state := form.chosen("state"):
        rows = rows.filter(state=state)
    for word in form.chosen("q").split():
        rows = rows.filter(Q(title__icontains=word) | Q(organisation__name__icontains=word))
    page = Paginator(rows.order_by("-first_day", "-pk"), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": showing.lines(page.object_list, dates.today()),
        "tabs": tabs_of(request.user, "activity_list"),
        "plans": bool(permissions.may_plan_somewhere(request.user)),
        "district": request.user.person.district,
    }
    return render(request, "whitelist/activity_list.html", context)


@login_required
def activity_new(request: HttpRequest) -> HttpResponse:
    """Choose the listed item; its plan opens with what is known already."""
    entries = plannable(request.user, dates.today())
    if request.method == "POST":
        entry = get_object_or_404(entries, pk=key_of(request.POST.get("entry", "")) or 0)
        activity = services.open_activity(
            entry=entry,
            by=request.user,
            organisation=permissions.planning_unit(services.named_units(entry), request.user),
        )
        return redirect("whitelist:activity_edit", activity.pk)
    context = {"entries": entries, "tabs": tabs_of(request.user, "activity_list")}
    return render(request, "whitelist/activity_new.html", context)


def visible(request: HttpRequest, pk: int) -> Activity:
    return get_object_or_404(Activity.objects.visible_to(request.user).for_list(), pk=pk)


@login_required
@require_safe
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    activity = visible(request, pk)
    return render(request, "whitelist/activity_detail.html", showing.page_of(activity, request.user))


@login_required
@require_POST
def activity_act(request: HttpRequest, pk: int) -> HttpResponse:
    """A step of the road; refused, it says why and keeps the words."""
    activity = visible(request, pk)
    name, note = request.POST.get("transition", ""), request.POST.get("note", "")
    if name not in showing.buttons_of(activity):
        return redirect(activity)
    try:
        done = services.take_step(
            activity=activity, name=name, by=request.user, note=note, expected_version=version_of(request)
        )
    except Refused as refusal:
        context = showing.page_of(activity, request.user)
        context |= {"note": note, "said": refusal.decision.reasons}
        return render(request, "whitelist/activity_detail.html", context, status=422)
    messages.success(request, f"已{showing.label_of(activity, name)}，现在是“{done.get_state_display()}”")
    return redirect(done)


# --- writing -----------------------------------------------------------------------------------------------


def writable(request: HttpRequest, pk: int) -> Activity:
    activity = visible(request, pk)
    require(permissions.may_plan(activity, request.user))
    return activity


@login_required
def activity_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The words of the plan and its sessions, on one page."""
    activity = writable(request, pk)
    if activity.state not in WRITABLE:
        return redirect(activity)
    form = plan_form(activity, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.save_activity(
            activity=activity,
            by=request.user,
            fields=form.cleaned_data,
            expected_version=version_of(request),
        )
        if activity.sessions.exists():
            return redirect(activity)
        messages.success(request, "已保存。下面排场次")
        return redirect(f"{reverse('whitelist:activity_edit', args=[pk])}#sessions")
    return _edit_page(request, activity, form=form)


def _edit_page(request: HttpRequest, activity: Activity, **forms: Any) -> HttpResponse:
    context = {
        "activity": activity,
        "form": plan_form(activity),
        "returned": activity.steps.filter(target=ActivityState.RETURNED).first()
        if activity.state == ActivityState.RETURNED
        else None,
        "pick": pick_form(activity),
        "paste": PasteForm(activity=activity, today=dates.today()),
        **forms,
        **showing.schedule_of(activity),
    }
    return render(request, "whitelist/activity_edit.html", context)


def plan_form(activity: Activity, data: Any = None) -> PlanForm:
    known = services.said_already(activity.entry, activity.organisation, activity.handler)
    return PlanForm(data, activity=activity, known=known)


def pick_form(activity: Activity, data: Any = None) -> PickForm:
    application = activity.entry.application
    admitted = schools_admitted(application) if application is not None else None
    said = activity.entry
    initial = {"order": "each", "grades": said.grades[:100], "class_hours": said.class_hours}
    initial["teacher_count"] = said.teacher_count
    return PickForm(data, activity=activity, admitted=admitted, today=dates.today(), initial=initial)


@login_required
@require_POST
def activity_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """Add sessions that were picked or pasted, or take some out."""
    activity = writable(request, pk)
    action = request.POST.get("action", "")
    if action == "remove":
        keys = keys_of(request.POST.getlist("chosen"))
        count = services.remove_sessions(activity=activity, by=request.user, keys=keys)
        messages.success(request, f"已删去 {count} 场")
        return redirect(f"{reverse('whitelist:activity_edit', args=[pk])}#sessions")
    name, form = "pick", pick_form(activity, request.POST)
    if action == "paste":
        name, form = "paste", PasteForm(request.POST, activity=activity, today=dates.today())
    if not form.is_valid():
        return _edit_page(request, activity, **{name: form})
    rows = form.rows()
    added = services.add_sessions(activity=activity, by=request.user, rows=rows)
    again = len(rows) - len(added)
    messages.success(request, f"已排 {len(added)} 场{f'，{again} 场已经在表里' if again else ''}")
    return redirect(f"{reverse('whitelist:activity_edit', args=[pk])}#sessions")


# --- one session -------------------------------------------------------------------------------------------


@login_required
def session_change(request: HttpRequest, pk: int) -> HttpResponse:
    """改期 or 取消 of one session that the school was told of."""
    rows = Session.objects.visible_to(request.user).select_related("activity__entry", "school")
    session = get_object_or_404(rows, pk=pk)
    require(permissions.may_call_off(session.activity, request.user))
    moves = bool(permissions.may_plan(session.activity, request.user))
    form, said = MoveForm(request.POST or None, initial=_now(session)), []
    if request.method == "POST":
        try:
            if words := _changed(request, session, form):
                messages.success(request, words)
                return redirect(session.activity)
        except Refused as refusal:
            said = refusal.decision.reasons
    context = {"session": session, "activity": session.activity, "form": form, "said": said, "moves": moves}
    return render(request, "whitelist/session_change.html", context)


def _now(session: Session) -> dict[str, Any]:
    return {"day": session.day, "times": f"{session.begins:%H:%M}-{session.ends:%H:%M}"}


def _changed(request: HttpRequest, session: Session, form: MoveForm) -> str:
    """What was done, in words; nothing where the form does not read."""
    version = version_of(request)
    if request.POST.get("action") == "drop":
        services.drop_session(
            session=session, by=request.user, note=request.POST.get("note", ""), expected_version=version
        )
        return f"已取消{session}，学校的日历里会标出"
    if not form.is_valid():
        return ""
    data = form.cleaned_data
    begins, ends = data["times"]
    services.move_session(
        session=session,
        by=request.user,
        day=data["day"],
        begins=begins,
        ends=ends,
        note=data["note"],
        expected_version=version,
    )
    return f"已改到{dates.chinese_date(data['day'])}，学校和区教委会看到原定日期和原因"


@login_required
@require_safe
def school_loads(request: HttpRequest) -> HttpResponse:
    """The term's count of every school against the cap, for staff; by name, never by number."""
    require(permissions.may_see_every_school(request.user))
    context = {
        **showing.loads_of(request.user.district_id, dates.today()),
        "tabs": tabs_of(request.user, "calendar"),
    }
    return render(request, "whitelist/school_loads.html", context)
