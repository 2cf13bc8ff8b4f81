"""The three questions of a month, filled in from the records as far as they know."""

from __future__ import annotations

from typing import Any

from django import forms

from jianfu.kernel import fields
from jianfu.kernel.forms import Form
from jianfu.kernel.practices import CHOICES
from whitelist.models import Entry
from whitelist.selectors.monitoring import Known
from whitelist.states import Grade


class ReportForm(Form):
    """What came is ticked already; the school takes away and adds."""

    entries = fields.ModelMultipleChoiceField(
        Entry.objects.none(), label="一、这个月来过本校的活动", required=False
    )
    others = fields.TextField(
        label="另外来过的（名单外的、没有登记的）", required=False, max_length=300, help_text="没有就不填"
    )
    practice = fields.ChoiceField(
        label="二、有没有问题线索", required=False, choices=[("", "没有"), *CHOICES]
    )
    clue = fields.TextField(label="线索情况", required=False, max_length=300, rows=2, help_text="没有就不填")
    effect = fields.ChoiceField(
        label="三、这个月进校活动总体成效",
        required=False,
        choices=Grade.choices,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
    )

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        came = [entry.pk for entry, _days in known.entries]
        noted = "；".join(f"{visit.visitor}{visit.day.month}月{visit.day.day}日" for visit in known.unlisted)
        kwargs.setdefault("initial", {"entries": came, "others": noted[:300]})
        super().__init__(*args, **kwargs)
        days = {entry.pk: days for entry, days in known.entries}
        chosen = self.fields["entries"]
        chosen.queryset = Entry.objects.filter(pk__in=came)
        chosen.label_from_instance = lambda entry: f"{entry.title}（{days[entry.pk]}）"
        if not came:
            del self.fields["entries"]

    @property
    def said(self) -> dict[str, Any]:
        """As `services.give_report` takes it."""
        data = dict(self.cleaned_data)
        effect = data.pop("effect")
        return {"entries": data.pop("entries", ()), "effect": int(effect) if effect else None, **data}
