"""Form fields that read what Chinese clerks really type and paste, and refuse in words.

Full-width digits, 「18项」, 「1,200 人」, 2026.9.1, 20260901 and 2026年9月1日 are read; 2024年820日 is
refused and never guessed.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from . import dates
from .wording import storable, word

LARGEST = 999_999_999  # fits the integer column of every database
EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．－＋，％　", "0123456789.-+,% ")
_NUMBER = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*%?\s*[\u4e00-\u9fff]{0,3}")
_LONGEST_NUMBER = 40
_DIGITS, _MOBILE, MOBILE_DIGITS = re.compile(r"\d[\d -]*"), re.compile("1[3-9]"), 11


def read_number(text: str) -> str | None:
    """The digits of 「１８项」, 「1,200 人次」 or 「50%」; None where it is no number of sensible length."""
    plain = text.translate(_FULL_WIDTH).replace(",", "").strip()
    match = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST_NUMBER else None
    return match.group(1) if match else None


def telephone(text: str) -> None:
    """A mobile number of 10 or 13 digits is a slip; switchboards are written as people like."""
    for found in _DIGITS.findall(text.translate(_FULL_WIDTH)):
        number = re.sub("[ -]", "", found)
        if _MOBILE.match(number) and len(number) != MOBILE_DIGITS:
            raise ValidationError(f"手机号是 {MOBILE_DIGITS} 位，现在是 {len(number)} 位，核对后重填")


class Suffixed(forms.Field):
    """A field may have the unit printed behind it, and the source of a value that came filled in."""

    def __init__(self, *args: Any, unit: str = "", carried: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.carried = unit, carried
        word(self)


class TextField(Suffixed, forms.CharField):
    """Words. ``rows`` makes it a box of so many lines; line ends count as one character."""

    default_validators = [storable]

    def __init__(self, *args: Any, rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows, "cols": None}))
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> str:
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(value)


class IntegerField(Suffixed, forms.IntegerField):
    """A count: 0 or more unless said otherwise."""

    widget = forms.TextInput

    def __init__(self, *, min_value: int | None = 0, max_value: int | None = LARGEST, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)

    def to_python(self, value: Any) -> int | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        digits = read_number(value)
        whole = Decimal(digits) if digits else None
        if whole is None or whole != whole.to_integral_value():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(whole)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return _number_attrs(widget, "numeric")


class DecimalField(Suffixed, forms.DecimalField):
    """A quantity with a fraction (0.5 课时, 50 %)."""

    widget = forms.TextInput

    def __init__(
        self,
        *,
        min_value: Decimal | int | None = 0,
        max_digits: int | None = 12,
        decimal_places: int | None = 2,
        **kwargs: Any,
    ) -> None:
        super().__init__(min_value=min_value, max_digits=max_digits, decimal_places=decimal_places, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str) and value.strip():
            value = read_number(value)
            if value is None:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """0.50 from the database is shown as 0.5."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) and value.is_finite() else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return _number_attrs(widget, "decimal")


class ChineseDateField(Suffixed, forms.DateField):
    """A day, typed as text: the browser's own date box follows the browser's language, not the page's."""

    widget = forms.TextInput

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "例如 2026年9月1日")
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        day = dates.parse_date(value)
        if day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if not EARLIEST <= day <= LATEST:
            raise ValidationError(f"{self.label or '日期'}的年份不对：{day.year}年", code="invalid")
        return day

    def prepare_value(self, value: Any) -> Any:
        return dates.chinese_date(value) if isinstance(value, date) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": _classes(widget, "in-date"), "autocomplete": "off"}


class ChoiceField(Suffixed, forms.ChoiceField):
    """One of a list."""


class MultipleChoiceField(Suffixed, forms.MultipleChoiceField):
    """Some of a list, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class ModelChoiceField(Suffixed, forms.ModelChoiceField):
    """One row; the empty line says what to do instead of dashes."""

    def __init__(self, queryset: Any, *, empty_label: str | None = "选择一项", **kwargs: Any) -> None:
        super().__init__(queryset, empty_label=empty_label, **kwargs)


class ModelMultipleChoiceField(Suffixed, forms.ModelMultipleChoiceField):
    """Some rows, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class BooleanField(Suffixed, forms.BooleanField):
    """One box to tick; optional unless said otherwise."""

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(required=required, **kwargs)


class FileField(Suffixed, forms.FileField):
    """One file; what it really is, is checked by the app that keeps it."""


def _number_attrs(widget: forms.Widget, mode: str) -> dict[str, Any]:
    return {"inputmode": mode, "class": _classes(widget, "in-number"), "autocomplete": "off"}


def _classes(widget: forms.Widget, added: str) -> str:
    return f"{widget.attrs.get('class', '')} {added}".strip()
