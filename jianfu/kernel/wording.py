"""What a form says when it refuses: the field by name and what to do, never 「这个字段是必填项」.

Django's own messages name neither. `word` replaces those that the author of a field left alone, by the kind
of field; sentences end without a full stop, because they stand in a list and behind 「错误：」.
"""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

Messages = dict[str, str]

_GENERAL: Messages = {
    "max_length": "{label}最多 %(limit_value)d 字，现在是 %(show_value)d 字",
    "min_length": "{label}至少 %(limit_value)d 字，现在是 %(show_value)d 字",
    "max_value": "{label}不能大于 %(limit_value)s",
    "min_value": "{label}不能小于 %(limit_value)s",
    "max_digits": "{label}最多 %(max)s 位数字",
    "max_whole_digits": "{label}的整数部分最多 %(max)s 位",
    "max_decimal_places": "{label}最多 %(max)s 位小数",
    "unique": "{label}和已有的一条相同，换一个",
    "null_characters_not_allowed": "{label}里有不能保存的字符，删去后再提交",
}
_TEXT: Messages = {
    "required": "填写{label}",
    "blank": "填写{label}",
    "null": "填写{label}",
    "invalid": "{label}的写法不对，检查后重新填写",
}
_CHOICE: Messages = {
    "required": "选择{label}",
    "blank": "选择{label}",
    "null": "选择{label}",
    "invalid_choice": "所选的{label}不在可选范围内，重新选择",
    "invalid_list": "{label}的选择没有读到，重新选择",
    "invalid_pk_value": "所选的{label}不在可选范围内，重新选择",
}
_BY_KIND: tuple[tuple[tuple[type[forms.Field], ...], Messages], ...] = (
    (
        (forms.FileField,),
        {
            "required": "上传{label}",
            "missing": "上传{label}",
            "invalid": "{label}没有传上来，重新选择文件",
            "empty": "{label}是空文件，换一个再上传",
            "max_length": "{label}的文件名最多 %(max)d 字，现在是 %(length)d 字",
            "contradiction": "{label}不能同时上传和移除，留一样",
            "invalid_image": "{label}不是图片，换一个再上传",
            "invalid_extension": "{label}要是 %(allowed_extensions)s 文件",
        },
    ),
    ((forms.BooleanField,), {"required": "勾选“{label}”"}),
    ((forms.ChoiceField, forms.ModelChoiceField), _CHOICE),
    (
        (forms.DateField,),
        {"required": "填写{label}，例如 2026年9月1日", "invalid": "{label}要写成 2026年9月1日 这样的日期"},
    ),
    (
        (forms.DateTimeField, forms.SplitDateTimeField),
        {"required": "填写{label}", "invalid": "{label}要写成 2026年9月1日 10:42 这样"},
    ),
    (
        (forms.DecimalField, forms.FloatField),
        {"required": "填写{label}，没有就填 0", "invalid": "{label}要填数字，例如 0.5"},
    ),
    ((forms.IntegerField,), {"required": "填写{label}，没有就填 0", "invalid": "{label}要填整数，例如 18"}),
)


def word(field: forms.Field, label: str = "") -> None:
    """Give the field messages that name it; those that its author wrote are kept."""
    name = str(label or field.label or "这一项").replace("%", "%%").replace("{", "（").replace("}", "）")
    own = _defaults(field)
    kind = next((words for kinds, words in _BY_KIND if isinstance(field, kinds)), {})
    for code, sentence in {**_GENERAL, **_TEXT, **kind}.items():
        if code not in field.error_messages or field.error_messages[code] is own.get(code):
            field.error_messages[code] = sentence.format(label=name)


def _defaults(field: forms.Field) -> dict[str, Any]:
    """The messages that the classes of the field bring along, the nearest class last."""
    messages: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        messages.update(getattr(kind, "default_error_messages", {}))
    return messages


_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: Any) -> None:
    """Refuse characters that no database can hold: NUL and halves of surrogate pairs (old emoji input)."""
    found = _NOT_STORABLE.search(value) if isinstance(value, str) else None
    if found:
        words = f"第 {found.start() + 1} 个字是不能保存的字符，删去后再提交"
        raise ValidationError(words, code="null_characters_not_allowed")
