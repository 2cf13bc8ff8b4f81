"""What courses teach of a theme already (002 三（二）4, 004 三（三）)."""

from __future__ import annotations

from collections.abc import Collection

from .features import features
from .lexicon import lexicon


def taught_in(title: str, content: str, stages: Collection[str] = ()) -> list[tuple[str, str, str]]:
    """(theme, course, what the course holds of it), the weightiest theme first.

    Courses of the stages only; of every stage where none is chosen yet.
    """
    words, found = lexicon(), features(title, content)
    keys = found.named or set(sorted(found.themes, key=lambda key: -found.themes[key])[:1])
    return [
        (words.themes[key].name, words.courses[course].name, what)
        for key in sorted(keys, key=lambda key: (-found.themes[key], key))
        for course, what in words.themes[key].taught.items()
        if not stages or set(words.courses[course].stages) & set(stages)
    ]
