"""Writing the register of borrowed teachers: enter, correct, register a return, take back a mistake."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html_join

from jianfu.kernel import dates
from jianfu.kernel.decisions import Conflicted, Refused, require
from jianfu.kernel.document_numbers import read_document_number
from jianfu.kernel.exchange import key_of
from jianfu.organisations import selectors as organisations
from ledger.forms.secondment import FIRST_FIELDS, ReturnForm, SecondmentForm, VoidForm, show_refusals
from ledger.models import Secondment
from ledger.permissions import secondment as permissions
from ledger.rules.secondment import last_allowed_day
from ledger.selectors import secondment as selectors
from ledger.services import secondment as services


@login_required
def secondment_add(request: HttpRequest) -> HttpResponse:
    require(permissions.may_keep_register(request.user))
    form = SecondmentForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            record = services.add_secondment(
                school=form.cleaned_data["school"],
                teacher_name=form.cleaned_data["teacher_name"],
                details=form.details,
                by=request.user,
            )
        except Refused as refused:
            show_refusals(form, refused.decision)
        else:
            return _saved(request, record, form, f"已登记{record.label}")
    return _form_page(request, form, None)


@login_required
def secondment_change(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    form = SecondmentForm(request.POST or None, user=request.user, initial=_initial(row))
    if request.method == "POST" and form.is_valid():
        try:
            record = services.change_secondment(
                secondment=row,
                school=form.cleaned_data["school"],
                teacher_name=form.cleaned_data["teacher_name"],
                details=form.details,
                expected_version=form.cleaned_data["version"] or 0,
                by=request.user,
            )
        except Refused as refused:
            _show(form, refused, row)
        else:
            return _saved(request, record, form, f"已保存{record.label}")
    return _form_page(request, form, row)


@login_required
def secondment_return(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    form = ReturnForm(request.POST or None, initial={"returned_on": dates.today(), "version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.record_return(secondment=row, by=request.user, **_posted(form))
        except Refused as refused:
            _show(form, refused, row)
        else:
            messages.success(request, f"已登记{row.label}返岗")
            return redirect(row)
    shown = selectors.shown(row, request.user, dates.today())
    return render(request, "ledger/secondment_return.html", {"form": form, "shown": shown})


@login_required
def secondment_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    form = VoidForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        try:
            services.void_secondment(secondment=row, by=request.user, **_posted(form))
        except Refused as refused:
            _show(form, refused, row)
        else:
            messages.success(request, f"已作废{row.label}")
            return redirect(row)
    context = {
        "title": f"作废{row.label}",
        "consequence": "作废后不再计入任何数字，也不能再改；记录和原因仍可查看。",
        "facts": [("教师", f"{row.teacher.name}（{row.school}）"), ("工作事项", row.work_item)],
        "form": form,
        "verb": "作废这条记录",
        "tone": "danger",
        "cancel_url": row.get_absolute_url(),
    }
    return render(request, "components/confirm_page.html", context)


@login_required
def secondment_teachers(request: HttpRequest) -> HttpResponse:
    """The names known in a school, as options of the name field."""
    require(permissions.may_keep_register(request.user))
    names = _names_in(request, request.GET.get("school", ""))
    return HttpResponse(format_html_join("", '<option value="{}"></option>', ((name,) for name in names)))


@login_required
def secondment_last_day(request: HttpRequest) -> HttpResponse:
    """Until when a borrowing that starts on the typed day may last, in words."""
    require(permissions.may_keep_register(request.user))
    start = dates.parse_date(request.GET.get("starts_on", "")[:20])
    if start is None or not 1949 < start.year < 2190:
        return HttpResponse("")
    months = selectors.limit_months(request.user.district_id, start)
    return HttpResponse(f"{months} 个月的最后一天是{dates.chinese_date(last_allowed_day(start, months))}")


def _row(request: HttpRequest, pk: int) -> Secondment:
    """A row to write to; 404 where it may not be seen, the reason where it may not be changed."""
    row: Secondment = get_object_or_404(Secondment.objects.visible_to(request.user).for_list(), pk=pk)
    require(permissions.may_change(request.user, row))
    return row


def _initial(row: Secondment) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in services.DETAILS}
    return {"school": row.school_id, "teacher_name": row.teacher.name, "version": row.version, **values}


def _posted(form: Any) -> dict[str, Any]:
    data = dict(form.cleaned_data)
    data["expected_version"] = data.pop("version")
    return data


def _show(form: Any, refused: Refused, row: Secondment) -> None:
    """After a conflict the typed words stay, and saving again means having seen the newer ones."""
    show_refusals(form, refused.decision)
    if isinstance(refused, Conflicted):
        form.data = form.data.copy()
        form.data["version"] = str(row.version)


def _saved(request: HttpRequest, record: Secondment, form: SecondmentForm, words: str) -> HttpResponse:
    messages.success(request, words)
    for warning in read_document_number(form.cleaned_data["document_number"]).warnings:
        messages.warning(request, warning)
    return redirect(record)


def _names_in(request: HttpRequest, school: Any) -> list[str]:
    found = organisations.schools(request.user.district_id).filter(pk=key_of(str(school))).first()
    return sorted({person.name for person in organisations.people_of(found.pk)}) if found else []


def _form_page(request: HttpRequest, form: SecondmentForm, row: Secondment | None) -> HttpResponse:
    context = {
        "form": form,
        "row": row,
        "first": [form[name] for name in FIRST_FIELDS],
        "names": _names_in(request, form["school"].value() or ""),
        "approvers": selectors.known_approvers(request.user.district_id),
        "units": organisations.organisations(request.user.district_id).values_list("name", flat=True),
    }
    return render(request, "ledger/secondment_form.html", context)
