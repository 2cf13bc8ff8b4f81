"""Closing a clue."""

from __future__ import annotations

from django import forms

from jianfu.kernel import fields
from jianfu.kernel.forms import Form
from whitelist.states import ClueVerdict


class CloseForm(Form):
    verdict = fields.ChoiceField(
        label="结论", choices=ClueVerdict.choices, widget=forms.RadioSelect(attrs={"class": "inline"})
    )
    note = fields.TextField(label="核实情况", max_length=300, rows=3, help_text="向谁了解的，结果怎样")
