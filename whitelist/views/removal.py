"""移出: propose, hear the department, decide; each page for whom it concerns."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Refused, require
from jianfu.kernel.documents.official import render_docx, render_pdf
from jianfu.kernel.exchange import file_answer, version_of
from jianfu.kernel.policy import figure_value
from jianfu.organisations.selectors import work_calendar
from whitelist import letters, permissions, services
from whitelist.forms.removal import ProposalForm, asks_for_more, step_form
from whitelist.models import Entry, Removal
from whitelist.permissions.removal import reads_inside
from whitelist.rules.removal import MENDING_DAYS
from whitelist.states import REMOVAL_TONES, RemovalSource, RemovalState
from whitelist.workflow import REMOVAL

from .removal_shown import consequences, entries_of, facts_of, stages_of
from .tabs import tabs_of

PAGE = 50
WRITERS = {"pdf": render_pdf, "docx": render_docx}


@login_required
@require_safe
def removal_list(request: HttpRequest) -> HttpResponse:
    """Every proposal of the district, the newest first; those that are open, or all."""
    require(permissions.may_read_removals(request.user))
    everything = request.GET.get("tab") == "all"
    rows = Removal.objects.visible_to(request.user).for_list()
    page = Paginator(rows if everything else rows.open(), PAGE).get_page(request.GET.get("page"))
    calendar, today = work_calendar(), dates.today()
    context = {
        "tabs": tabs_of(request.user, "removal_list"),
        "page": page,
        "rows": [
            (row, REMOVAL_TONES[row.state], calendar.remaining(row.due_on, today) if row.due_on else None)
            for row in page.object_list
        ],
        "everything": everything,
        "may_propose": permissions.may_propose(request.user.person, request.user),
    }
    return render(request, "whitelist/removal_list.html", context)


@login_required
def removal_form(request: HttpRequest) -> HttpResponse:
    """Propose: the entry comes chosen where the person came from one."""
    require(permissions.may_propose(request.user.person, request.user))
    entries = (
        Entry.objects.visible_to(request.user).filter(removed_on__isnull=True).order_by("-year", "number")
    )
    asked = entries.filter(number=request.GET.get("entry", "")[:20]).first()
    form = ProposalForm(request.POST or None, entries=entries, initial=_initial(request, asked))
    if request.method == "POST" and form.is_valid():
        with form.showing_refusals():
            made = services.propose(by=request.user, **form.cleaned_data, **_source(request))
            messages.success(request, f"已提出移出“{made.entry}”，等领导小组办公室发函听取意见")
            return redirect(made)
    return render(request, "whitelist/removal_form.html", {"form": form})


def _source(request: HttpRequest) -> dict[str, str]:
    """Where the person came from: an evaluation, a signal; else 日常工作."""
    told = request.GET.get("source", "")
    known = told if told in RemovalSource.values else RemovalSource.OFFICE
    return {"source": known, "reference": request.GET.get("reference", "")[:60]}


def _initial(request: HttpRequest, entry: Entry | None) -> dict[str, Any]:
    return {"entry": entry, "ground": request.GET.get("ground", "")}


@login_required
@require_safe
def removal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible(request, pk))


def visible(request: HttpRequest, pk: int) -> Removal:
    rows = Removal.objects.visible_to(request.user)
    row: Removal = get_object_or_404(
        rows.select_related("entry__district", "district", "department", "proposed_by", "proposed_for"), pk=pk
    )
    return row


def _page(
    request: HttpRequest, removal: Removal, *, refused: Any = None, form: Any = None, note: str = ""
) -> HttpResponse:
    options, today = REMOVAL.available(removal, request.user), dates.today()
    names = [option.transition.name for option in options]
    inside = reads_inside(removal, request.user)
    days = figure_value(MENDING_DAYS, removal.district_id, today)
    calendar = work_calendar()
    labels = dict.fromkeys(o.transition.note_label for o in options if o.transition.note_required)
    context = {
        "removal": removal,
        "tone": REMOVAL_TONES[RemovalState(removal.state)],
        "remaining": calendar.remaining(removal.due_on, today) if removal.due_on else None,
        "facts": facts_of(removal, inside=inside),
        "stages": stages_of(removal),
        "timeline": entries_of(removal, inside=inside),
        "options": options,
        "consequences": consequences(names),
        "step_form": form or step_form(names, removal, today, calendar.add(today, days)),
        "note_label": "、".join(labels) or "说明",
        "note": note,
        "refused": () if refused is None else refused.reasons,
        "papers": [(key, name) for key, name in letters.NAMES.items() if letters.may_print(removal, key)],
        "inside": inside,
        "next_release": removal.state == RemovalState.REMOVED and bool(permissions.may_prepare(request.user)),
    }
    return render(request, "whitelist/removal_detail.html", context)


@login_required
@require_POST
def removal_act(request: HttpRequest, pk: int) -> HttpResponse:
    """A step; where it is refused, the page says why and keeps what was typed."""
    removal = visible(request, pk)
    name, note = request.POST.get("transition", ""), request.POST.get("note", "")
    if name not in REMOVAL.transitions:
        raise Http404
    form = (
        step_form([name], removal, dates.today(), dates.today(), request.POST)
        if asks_for_more(name)
        else None
    )
    if form is not None and not form.is_valid():
        return _page(request, removal, form=form, note=note)
    data = dict(form.cleaned_data) if form else {}
    try:
        done = services.perform_removal(
            removal=removal,
            name=name,
            by=request.user,
            note=note,
            data=data,
            expected_version=version_of(request),
        )
    except Refused as refused:
        return _page(request, visible(request, pk), refused=refused.decision, form=form, note=note)
    messages.success(request, f"“{done.entry}”：{done.get_state_display()}")
    return redirect(done)


@login_required
@require_POST
def removal_release(request: HttpRequest, pk: int) -> HttpResponse:
    """准备移出后的新一版: the release on its way, or a new draft."""
    return redirect(services.release_without(entry=visible(request, pk).entry, by=request.user))


@login_required
@require_safe
def removal_paper(request: HttpRequest, pk: int, paper: str, extension: str) -> HttpResponse:
    """听取意见函 or 移出决定, as PDF or Word."""
    removal = visible(request, pk)
    if paper not in letters.NAMES or extension not in WRITERS:
        raise Http404
    require(letters.may_print(removal, paper))
    made = WRITERS[extension](letters.document_of(removal, paper))
    data = {"document": letters.NAMES[paper], "format": extension}
    trail.record(action="removal.printed", target=removal, by=request.user, data=data)
    return file_answer(made, f"{removal.entry.number} {removal.entry} {letters.NAMES[paper]}", extension)
