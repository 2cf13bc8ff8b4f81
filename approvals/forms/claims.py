"""准入条件 with their documents, and 联合单位: what a page has that says on what an application stands."""

from __future__ import annotations

from typing import Any

from approvals.models import Application
from approvals.states import CAMPUS, INSPECTIONS, Criterion, Road
from jianfu.kernel.document_numbers import read_document_number
from jianfu.kernel.fields import BooleanField, ModelMultipleChoiceField, TextField
from jianfu.kernel.forms import Form

from .part import PartForm

# Which conditions a road offers; 004 四（一）, and 001-3 for what needs no application.
_OFFERED: dict[str, tuple[Criterion, ...]] = {
    Road.CAMPUS_SINGLE: (Criterion.LAW, Criterion.MANDATE, Criterion.EDUCATION),
    Road.CAMPUS_URGENT: (Criterion.EMERGENCY, Criterion.LAW, Criterion.MANDATE),
    Road.CAMPUS_EXEMPT: (Criterion.MANDATE, Criterion.LAW),
    **dict.fromkeys(INSPECTIONS, (Criterion.LAW, Criterion.MANDATE)),
}
_LEGENDS = {
    Road.CAMPUS_URGENT: ("紧急情况和文件依据", "必须符合第④项，写明领导小组批准的文件；有其他依据的一并勾选"),
    Road.CAMPUS_EXEMPT: ("免申报的文件依据", "勾选后写明文件名称，以及文号或条款"),
}


class ClaimsForm(PartForm):
    joint = ModelMultipleChoiceField(queryset=None, label="联合单位", required=False, help_text="没有就不选")

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        others = application.district.organisations.filter(
            is_active=True, kind__in=["department", "town", "section"]
        )
        self.fields["joint"].queryset = others.exclude(pk=application.organisation_id)
        offered = _OFFERED.get(application.road, tuple(Criterion))
        self.claims = [self._claim(criterion, application) for criterion in offered]
        campus = application.road in CAMPUS
        ordinary = ("准入条件和文件依据", "四项至少符合一项，勾选后写明依据")
        if application.road == Road.CAMPUS_SINGLE:
            ordinary = ("准入条件和文件依据", "至少符合一项，勾选后写明依据")
        other = ("文件依据", "有依据的勾选，写明文件名称、文号或条款")
        self.legend, self.legend_hint = _LEGENDS.get(application.road, ordinary if campus else other)
        self.claims_required = campus

    def initial_of(self, application: Application) -> dict[str, Any]:
        found = super().initial_of(application)
        if application.pk:
            found["joint"] = list(application.joint_organisations.values_list("pk", flat=True))
        return found

    def _claim(self, criterion: Criterion, application: Application) -> ClaimForm:
        basis = next((b for b in application.bases.all() if b.criterion == criterion), None)
        return ClaimForm(criterion, basis, self.data if self.is_bound else None)

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(claim.is_valid() for claim in self.claims)])

    def place_of(self, name: str) -> tuple[Form, str | None]:
        """The conditions are forms of their own: the first one speaks for all."""
        return (self.claims[0], "claimed_box") if name == "criteria" else super().place_of(name)

    @property
    def criteria_error(self) -> str:
        return "；".join(self.claims[0].errors.get("claimed_box", []))

    @property
    def malformed(self) -> bool:
        return super().malformed or not all(claim.is_valid() for claim in self.claims)

    def bases(self) -> dict[str, tuple[str, str, str]]:
        """criterion → (document, number, clause) of the conditions that are ticked."""
        return {claim.criterion: claim.words() for claim in self.claims if claim.claimed()}

    def besides(self) -> dict[str, Any]:
        if self.malformed:
            return super().besides()
        return {**super().besides(), "bases": self.bases(), "joint": self.cleaned_data.get("joint", [])}


class ClaimForm(Form):
    """One condition of admission and the document that shows it."""

    claimed_box = BooleanField(label="")
    document = TextField(label="文件名称", max_length=200, required=False)
    number = TextField(label="文号", max_length=60, required=False, help_text="例如 云教委发〔2026〕5号")
    clause = TextField(
        label="条款或说明", max_length=300, required=False, help_text="例如 第六条；文号和条款至少填一项"
    )

    def __init__(self, criterion: Criterion, basis: Any, data: Any) -> None:
        self.criterion = criterion
        initial = {"claimed_box": basis is not None}
        if basis:
            initial |= {"document": basis.document, "number": basis.document_number, "clause": basis.clause}
        super().__init__(data, initial=initial, prefix=criterion.value)
        self.fields["claimed_box"].label = criterion.label
        self.fields["document"].required = criterion != Criterion.EDUCATION  # ③ rests on the courses

    def full_clean(self) -> None:
        """What a condition needs is the rules' to say; 必填 here only tells the person."""
        shown, self.fields["document"].required = self.fields["document"].required, False
        super().full_clean()
        self.fields["document"].required = shown

    def clean_number(self) -> str:
        return read_document_number(self.cleaned_data["number"]).text[:60]

    def claimed(self) -> bool:
        return bool(self.is_valid() and self.cleaned_data["claimed_box"])

    def words(self) -> tuple[str, str, str]:
        data = self.cleaned_data
        return data["document"], data["number"], data["clause"]
