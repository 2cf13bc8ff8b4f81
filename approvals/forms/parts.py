"""Which form class serves which page of which road: one of its own, or one made from the page's columns."""

from __future__ import annotations

from functools import cache

from approvals.models import Application
from approvals.sheets import FormPart, part_of
from approvals.states import Road
from jianfu.kernel.fields import ChoiceField

from . import campus
from .campus import PROMISE
from .claims import ClaimsForm
from .inspection import InspectingForm
from .part import PartForm, plain, promise
from .schools import SchoolsForm

__all__ = ["FORMS", "PartForm", "form_of"]

_CAMPUS: dict[str, type[PartForm]] = {
    "basis": campus.BasisForm,
    "content": campus.ContentForm,
    "scope": campus.ScopeForm,
    "conduct": campus.ConductForm,
    "files": campus.PromiseForm,
}
_OFF_PLAN = {**_CAMPUS, "basis": campus.OffPlanBasisForm, "files": campus.PlanForm}
# Road → page → its form; a page that stands here nowhere gets a plain one.
FORMS: dict[str, dict[str, type[PartForm]]] = {
    Road.CAMPUS_ANNUAL: _CAMPUS,
    Road.CAMPUS_SINGLE: _OFF_PLAN,
    Road.CAMPUS_URGENT: _OFF_PLAN,
    Road.CAMPUS_EXEMPT: {
        "basis": campus.ExemptBasisForm,
        "extent": campus.ExtentForm,
        "files": campus.PromiseForm,
    },
    Road.INSPECTION_PLAN: {"inspecting": InspectingForm},
    Road.INSPECTION_SINGLE: {"inspecting": InspectingForm},
}
_KINDS: dict[str, type[PartForm]] = {"criteria": ClaimsForm, "schools": SchoolsForm}
_DERIVED = frozenset({"schools_text", "school_count"})


def form_of(application: Application, key: str) -> type[PartForm] | None:
    """The form of the page; None where the road has no such page."""
    part = part_of(application.road, key)
    if part is None:
        return None
    return FORMS.get(application.road, {}).get(key) or _plain_form(part)


@cache
def _plain_form(part: FormPart) -> type[PartForm]:
    """A page without a form of its own: the fields of its columns, in order."""
    bases = [_KINDS[name] for name in part.besides if name in _KINDS]
    fields = {name: _plain_field(name) for name in part.fields if name not in _DERIVED}
    return type("PlainPartForm", tuple(bases) or (PartForm,), fields)


def _plain_field(name: str) -> object:
    if name == "year":
        return ChoiceField(label="年度")
    return promise(PROMISE) if name == "committed" else plain(name)
