"""拼音首字母: xfaqyl for 消防安全演练, so that a name is found without an input method (ux S9)."""

from __future__ import annotations

import re
from typing import Any

from django.db import models

_LETTERS = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9]{2,}")
_OTHERS = re.compile(r"[^a-z0-9]")


def initials(text: str) -> str:
    """The first letter of each character's reading in its word, Latin letters and digits as they are."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - 50 MB of words, needed by who writes alone

    return _OTHERS.sub("", "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower())


def typed_initials(word: str) -> str:
    """What was typed, where it may be initials: two signs or more with a letter; else nothing."""
    return word.lower() if _LETTERS.fullmatch(word) else ""


class InitialsField(models.CharField):
    """Follows the column ``of`` whenever the row is written."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"editable": False, "blank": True, "default": "", **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: Any, add: bool) -> str:
        found = initials(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, found)
        return found
