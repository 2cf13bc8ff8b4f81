"""补录: which year of before, on which form, from which paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from jianfu.kernel.fields import IntegerField, ModelChoiceField, TextField
from jianfu.kernel.forms import Form
from ledger.models import LedgerTemplate
from ledger.rules import form as rules


class PastYearForm(Form):
    year = IntegerField(label="年度", min_value=rules.FIRST_YEAR, help_text="四位数，今年以前的")
    template = ModelChoiceField(LedgerTemplate.objects.none(), label="当年的台账模板", empty_label=None)
    source = TextField(
        label="出处",
        max_length=200,
        help_text="原件的名称和文号，例如《云岭区2024年中小学教师减负工作台账》（云教〔2024〕86号）",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"year": today.year - 1})
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = LedgerTemplate.objects.for_opening()
