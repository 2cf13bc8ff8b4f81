"""Writing a register: enter, correct, give an opinion, take back a mistake."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused, require
from jianfu.kernel.exchange import key_of, version_of
from ledger.drafting import problem
from ledger.forms.register import DisposeForm, form_of
from ledger.forms.secondment import VoidForm
from ledger.permissions import register as permissions
from ledger.services import register as services
from ledger.states import Verdict
from ledger.views.register import register_or_404, show_item, visible_item
from whitelist.selectors.complaint import proved_complaints


@login_required
def item_add(request: HttpRequest, register: str) -> HttpResponse:
    known = register_or_404(register)
    require(permissions.may_add(request.user, known))
    choose = services.offers_choice(request.user)
    drawn = _drawn_from(request, known)
    if drawn is not None and (there := problem.entered(drawn.pk)):
        return redirect(there)
    initial = {"begun_on": dates.today(), **(problem.initial_of(drawn) if drawn else {})}
    form = form_of(known.slug)(
        request.POST or None, user=request.user, choose_section=choose, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            item = services.add_item(
                register=known,
                details=form.details,
                by=request.user,
                section=form.cleaned_data.get("section"),
                complaint=drawn,
            )
        except Refused as refused:
            form.refuse(refused.decision)
        else:
            messages.success(request, f"已登记“{item}”")
            return redirect("ledger:item_add" if "again" in request.POST else item, **_again(request, known))
    return render(request, "ledger/register_form.html", {"register": known, "form": form, "item": None})


@login_required
def item_change(request: HttpRequest, register: str, pk: int) -> HttpResponse:
    known = register_or_404(register)
    item = visible_item(request, known, pk)
    require(permissions.may_change(request.user, item))
    initial = {"version": item.version}
    shown = type(item)(**{each.attname: getattr(item, each.attname) for each in item._meta.concrete_fields})
    form = form_of(known.slug)(request.POST or None, user=request.user, instance=shown, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_item(
                register=known,
                item=item,
                details=form.details,
                expected_version=form.cleaned_data["version"] or 0,
                by=request.user,
            )
        except Refused as refused:
            _show(form, refused, request, known, pk)
        else:
            messages.success(request, f"已保存“{form.cleaned_data['name']}”")
            return redirect(item)
    return render(request, "ledger/register_form.html", {"register": known, "form": form, "item": item})


@login_required
def item_dispose(request: HttpRequest, register: str, pk: int) -> HttpResponse:
    known = register_or_404(register)
    if not known.disposes:
        raise Http404
    item = visible_item(request, known, pk)
    require(permissions.may_dispose(request.user, item))
    initial = {"verdict": Verdict.KEEP, "decided_on": dates.today(), "version": item.version}
    form = DisposeForm(request.POST or None, item=item, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        data["expected_version"] = data.pop("version")
        try:
            done = services.dispose_item(item=item, by=request.user, **data)
        except Refused as refused:
            _show(form, refused, request, known, pk)
        else:
            messages.success(request, f"“{item}”的处置意见：{done.get_verdict_display()}")
            return redirect(item)
    context = {
        "title": f"“{item}”的处置意见",
        "facts": [("登记单位", str(item.section)), (known.begins, dates.chinese_date(item.begun_on))],
        "form": form,
        "verb": "保存处置意见",
        "cancel_url": item.get_absolute_url(),
    }
    return render(request, "components/confirm_page.html", context)


@login_required
def item_void(request: HttpRequest, register: str, pk: int) -> HttpResponse:
    known = register_or_404(register)
    item = visible_item(request, known, pk)
    require(permissions.may_change(request.user, item))
    form = VoidForm(request.POST or None, initial={"version": item.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.void_item(
                item=item,
                reason=form.cleaned_data["reason"],
                expected_version=form.cleaned_data["version"],
                by=request.user,
            )
        except Refused as refused:
            _show(form, refused, request, known, pk)
        else:
            messages.success(request, f"已作废“{item}”")
            return redirect(item)
    context = {
        "title": f"作废“{item}”",
        "consequence": "登记错了才作废。作废后不再计入任何数字；停止填报、停止使用的，用“处置意见”里的取消。",
        "facts": [("登记单位", str(item.section)), (known.begins, dates.chinese_date(item.begun_on))],
        "form": form,
        "verb": "作废这一条",
        "tone": "danger",
        "cancel_url": item.get_absolute_url(),
    }
    return render(request, "components/confirm_page.html", context)


@login_required
@require_POST
def item_act(request: HttpRequest, register: str, pk: int) -> HttpResponse:
    """A step of the item's own workflow; what was typed stays where the step is refused."""
    known = register_or_404(register)
    item = visible_item(request, known, pk)
    name, note = request.POST.get("transition", ""), request.POST.get("note", "")
    if known.workflow is None or name not in known.workflow.transitions:
        raise Http404
    try:
        done = known.workflow.perform(
            item, name, by=request.user, note=note, expected_version=version_of(request)
        )
    except Refused as refused:
        return show_item(request, known, pk, refused=refused.decision, note=note)
    messages.success(request, f"“{item}”：{done.get_state_display()}")
    return redirect(item)


def _drawn_from(request: HttpRequest, known: Any) -> Any:
    """The complaint that the address names; None where it names none."""
    named = request.GET.get("complaint", "")
    if known.slug != problem.SLUG or not named:
        return None
    require(permissions.may_add(request.user, known))
    return get_object_or_404(proved_complaints(request.user), pk=key_of(named))


def _again(request: HttpRequest, register: Any) -> dict[str, Any]:
    return {"register": register.slug} if "again" in request.POST else {}


def _show(form: Any, refused: Refused, request: HttpRequest, register: Any, pk: int) -> None:
    """After a conflict the typed words stay, and saving again means having seen the newer ones."""
    for reason in refused.decision.reasons:
        form.add_error(None, reason)
    if isinstance(refused, Conflicted):
        form.data = form.data.copy()
        form.data["version"] = str(visible_item(request, register, pk).version)
