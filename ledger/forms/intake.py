"""Choosing a file to read into the ledger."""

from __future__ import annotations

from jianfu.kernel.fields import FileField
from jianfu.kernel.forms import Form


class IntakeForm(Form):
    file = FileField(label="文件")

    def __init__(self, *args: object, hint: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = hint
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.docx,.csv"
