"""Opening a year, choosing rows of the grid, naming the 科室 of a row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from jianfu.kernel.fields import (
    BooleanField,
    ChineseDateField,
    ChoiceField,
    IntegerField,
    ModelChoiceField,
    ModelMultipleChoiceField,
    TextField,
)
from jianfu.kernel.forms import Form
from ledger.models import Baseline, BlankValue, LedgerRow, LedgerTemplate
from ledger.rules import form as rules
from ledger.states import REPORTED, RowState


class OpeningForm(Form):
    """Which year, from which template, until when."""

    year = IntegerField(label="年度", min_value=rules.FIRST_YEAR, help_text="四位数，例如 2026")
    template = ModelChoiceField(LedgerTemplate.objects.none(), label="台账模板", empty_label=None)
    fill_by = ChineseDateField(
        label="填报截止", help_text="原表没有写明时限的任务都按这一天，例如 2026年12月10日"
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"year": today.year, "fill_by": date(today.year, 12, 10)})
        super().__init__(*args, **kwargs)
        self.last_year = today.year + 1
        self.fields["year"].max_value = self.last_year
        self.fields["template"].queryset = LedgerTemplate.objects.for_opening()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        year, fill_by = data.get("year"), data.get("fill_by")
        if year and year > self.last_year:
            self.add_error("year", f"年度最晚可填 {self.last_year}，现在是 {year}")
        elif year and fill_by and fill_by.year not in (year, year + 1):
            self.add_error("fill_by", f"填报截止要在 {year} 年或次年，现在是 {fill_by.year} 年")
        return data


class GridFilter(Form):
    """Which rows of the ledger to show; everything stands in the address."""

    section = ChoiceField(label="责任科室", required=False)
    state = ChoiceField(label="状态", required=False, choices=[("", "全部"), *RowState.choices])
    mine = BooleanField(label="只看我科室")
    unfilled = BooleanField(label="只看未填")

    def __init__(
        self, *args: Any, sections: Iterable[tuple[int, str]], mine: set[int], **kwargs: Any
    ) -> None:
        """``sections`` are those to choose from, ``mine`` those for which the person fills."""
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [("", "全部科室"), *((str(pk), name) for pk, name in sections)]
        self.mine = mine
        if not mine:
            del self.fields["mine"]

    @property
    def name(self) -> str:
        """Short, and the same for everybody who finds the same."""
        chosen = sorted(self.cleaned_data.items()) if self.is_valid() else []
        mine = sorted(self.mine) if ("mine", True) in chosen else []
        return hashlib.sha256(repr((chosen, mine)).encode()).hexdigest()

    @property
    def wanted(self) -> Q:
        """A filter that makes no sense is as good as none."""
        chosen = self.cleaned_data if self.is_valid() else {}
        found = Q()
        if section := chosen.get("section"):
            found &= LedgerRow.objects.answered_by({int(section)})
        if state := chosen.get("state"):
            found &= Q(state=state)
        if chosen.get("mine"):
            found &= LedgerRow.objects.answered_by(self.mine)
        if chosen.get("unfilled"):
            found &= ~Q(state__in=REPORTED)
        return found


class SectionsForm(Form):
    """Which 科室 answer for a row; the one that leads is named apart."""

    lead = ModelChoiceField(None, label="牵头科室")
    others = ModelMultipleChoiceField(None, label="参与科室", required=False)
    due_on = ChineseDateField(label="时限")

    def __init__(self, *args: Any, sections: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = sections
        self.fields["others"].queryset = sections


class BaselinesForm(Form):
    """Last year's figure and its source for each blank that another one compares itself with."""

    def __init__(
        self, *args: Any, blanks: list[BlankValue], known: dict[str, Baseline], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [blank.code for blank in blanks]
        for blank in blanks:
            row = known.get(blank.code)
            self.fields[blank.code] = IntegerField(
                label=blank.name,
                unit=blank.unit,
                required=False,
                max_value=rules.HIGHEST,
                initial=row.number if row else None,
            )
            self.fields[f"{blank.code}_document"] = TextField(
                label=f"“{blank.name}”的来源文件",
                required=False,
                max_length=200,
                initial=row.document if row else "",
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for code in self.codes:
            if data.get(code) is not None and not data.get(f"{code}_document"):
                self.add_error(f"{code}_document", "填写这个数出自哪份文件，例如清单名称和文号")
        return data

    def values(self) -> dict[str, tuple[int, str]]:
        data = self.cleaned_data
        return {code: (data[code], data[f"{code}_document"]) for code in self.codes if data[code] is not None}
