"""较上年减少 as people type it: 3, −3, or 增加 3."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from jianfu.kernel.fields import IntegerField
from ledger.wording import LESS, MORE, number_words

_SIGN = re.compile(rf"\s*({LESS}|{MORE}|减|增)(?=\D*\d)\s*")


class DifferenceField(IntegerField):
    """Last year less this year. An increase is shown, and may be typed, as 增加 3; it is −3."""

    def to_python(self, value: Any) -> int | None:
        if not isinstance(value, str):
            return super().to_python(value)
        value = value.replace("\u2212", "-")
        said = _SIGN.match(value)
        if not said:
            return super().to_python(value)
        number = super().to_python(value[said.end() :])
        return number if number is None or said[1].startswith(LESS[0]) else -number

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A keyboard with letters: 增加 is typed on a phone, too."""
        attrs = super().widget_attrs(widget)
        return {**attrs, "class": f"{attrs['class']} in-difference", "inputmode": "text"}

    def prepare_value(self, value: Any) -> Any:
        return number_words(value) if isinstance(value, int) else value
