"""政策参数: every figure that is declared anywhere, with what holds today; a district's own value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from jianfu.kernel import dates, policy
from jianfu.kernel.policy import FIGURES, Figure

from .models import PolicyValue

_HOW_HARD = "规则的核对力度（拦截：不改不能提交；提示：提醒后可以提交；不查：不核对）"


@dataclass(frozen=True)
class Row:
    """One figure: what holds in the district on the day, and what its source says."""

    figure: Figure
    in_force: str
    is_own: bool

    @property
    def source(self) -> str:
        """Clause and paper, and whether somebody has read it there."""
        words = "，".join(part for part in (self.figure.clause, self.figure.document) if part)
        return words if self.figure.verified or "待核实" in words else f"{words}，待核实"

    @property
    def words(self) -> str:
        figure = self.figure
        return f"{figure.title}（{figure.code}，现为 {self.in_force}，{figure.clause}）"

    @property
    def default(self) -> str:
        return self.figure.in_words(self.figure.value)


def figure_groups(district_id: int | None, on: date) -> list[tuple[str, list[Row]]]:
    """Numbers and names first, then how hard each rule judges; by code."""
    figures = sorted(FIGURES.values(), key=lambda figure: figure.code)
    severities = [figure for figure in figures if figure.code.endswith(policy.SEVERITY_SUFFIX)]
    return [
        ("期限、份数和单位", _rows((f for f in figures if f not in severities), district_id, on)),
        (
            "规则的核对力度（拦截：不改不能提交；提示：提醒后可以提交；不查：不核对）",
            _rows(severities, district_id, on),
        ),
    ]


def _rows(figures: Iterable[Figure], district_id: int | None, on: date) -> list[Row]:
    values = ((figure, policy.figure_value(figure, district_id, on)) for figure in figures)
    return [Row(figure, figure.in_words(value), value != figure.value) for figure, value in values]


class PolicyValueForm(forms.ModelForm):
    """A district's own value, refused in words where it is none of the figure's kind."""

    code = forms.ChoiceField(label="参数")
    district_id: int | None = None  # set by the admin screen

    class Meta:
        model = PolicyValue
        fields = ("code", "value", "effective_from", "document")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [
            (
                row.figure.code,
                f"{row.figure.title}（{row.figure.code}，现为 {row.in_force}，{row.figure.clause}）",
            )
            for _title, rows in figure_groups(self.district_id, dates.today())
            for row in rows
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        figure = FIGURES.get(data.get("code", ""))
        if figure and "value" in data:
            try:
                figure.of_text(data["value"])
            except ValueError as wrong:
                self.add_error("value", str(wrong))
        return data
