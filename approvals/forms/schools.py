"""Which schools: all of the chosen stages, or those that are ticked one by one. Nobody types their names."""

from __future__ import annotations

from typing import Any

from approvals.models import Application
from approvals.schools import schools_of
from jianfu.kernel.fields import ModelMultipleChoiceField
from jianfu.kernel.forms import Form

from .part import PartForm

# Written from the choice (approvals/schools.py), and told about at the choice.
_DERIVED = frozenset({"schools_text", "school_count"})


class SchoolsForm(PartForm):
    schools = ModelMultipleChoiceField(
        queryset=None, label="只在部分学校开展", required=False, help_text="不选就是所选学段的全部学校"
    )

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(application, *args, **kwargs)
        self.fields["schools"].queryset = schools_of(application.district)

    def initial_of(self, application: Application) -> dict[str, Any]:
        found = super().initial_of(application)
        if application.pk:
            found["schools"] = list(application.schools.values_list("pk", flat=True))
        return found

    def place_of(self, name: str) -> tuple[Form, str | None]:
        return super().place_of("stages" if name in _DERIVED else name)

    @property
    def chosen(self) -> set[str]:
        return {str(getattr(value, "pk", value)) for value in self["schools"].value() or ()}

    def groups(self) -> list[dict[str, Any]]:
        """The schools under the name of their kind, each with whether it is ticked."""
        found: dict[str, list[dict[str, Any]]] = {}
        chosen = self.chosen
        for school in self.fields["schools"].queryset:
            row = {"pk": school.pk, "name": str(school), "ticked": str(school.pk) in chosen}
            found.setdefault(school.get_stage_display() or "其他学校", []).append(row)
        return [{"label": label, "schools": rows} for label, rows in found.items()]

    def besides(self) -> dict[str, Any]:
        self.full_clean()
        chosen = self.cleaned_data.get("schools")
        return super().besides() if chosen is None else {**super().besides(), "schools": chosen}
