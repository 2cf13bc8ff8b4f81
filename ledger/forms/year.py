"""Opening a year from an earlier one: from which, until when, and which words each row takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from jianfu.kernel import dates
from jianfu.kernel.fields import ChineseDateField, ChoiceField, IntegerField, ModelChoiceField
from jianfu.kernel.forms import Form
from ledger.rules import form as rules
from ledger.services.year import Carried


class AgainForm(Form):
    """From which year, for which year, until when."""

    source = ModelChoiceField(None, label="从哪一年的台账", empty_label=None)
    year = IntegerField(label="打开年度", min_value=rules.FIRST_YEAR, help_text="四位数，例如 2027")
    fill_by = ChineseDateField(label="填报截止", help_text="上年按填报截止的任务都按这一天")

    def __init__(self, *args: Any, ledgers: QuerySet, today: date, **kwargs: Any) -> None:
        newest = ledgers.first()
        kwargs.setdefault(
            "initial",
            {
                "source": newest.pk,
                "year": newest.year + 1,
                "fill_by": dates.add_months(newest.fill_by, 12),
            },
        )
        super().__init__(*args, **kwargs)
        self.last_year = today.year + 1
        self.fields["source"].queryset = ledgers
        self.fields["source"].label_from_instance = lambda ledger: (
            f"{ledger.year}年（{ledger.get_state_display()}）"
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        source, year, fill_by = data.get("source"), data.get("year"), data.get("fill_by")
        if year and year > self.last_year:
            self.add_error("year", f"年度最晚可填 {self.last_year}，现在是 {year}")
        elif year and source and year <= source.year:
            self.add_error("year", f"打开年度要晚于 {source.year}，现在是 {year}")
        elif year and fill_by and fill_by.year not in (year, year + 1):
            self.add_error("fill_by", f"填报截止要在 {year} 年或次年，现在是 {fill_by.year} 年")
        return data


class WordingForm(Form):
    """One choice a row that has one, and what was previewed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, carried: Iterable[Carried], digest: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carried = list(carried)
        self.initial["seen"] = digest
        for each in self.carried:
            if each.asks:
                self.fields[f"row-{each.key}"] = ChoiceField(
                    label=f"第 {each.place} 项的文字",
                    choices=[(wording.value, wording.label) for wording in each.wordings],
                    initial=each.wordings[0].value,
                    widget=forms.RadioSelect(attrs={"class": "inline"}),
                )

    def lines(self) -> list[dict[str, Any]]:
        """Each row of the preview with its field, where there is something to choose."""
        return [
            {"row": each, "field": self[f"row-{each.key}"] if each.asks else None} for each in self.carried
        ]

    def wordings(self) -> dict[str, str]:
        data = self.cleaned_data
        return {each.key: data[f"row-{each.key}"] for each in self.carried if each.asks}
