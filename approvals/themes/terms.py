"""What of an application is written to the index, and looked for in it; and by which reading."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from .features import Features
from .lexicon import PLACE

LENGTH = 24
SCOPES = 2
WEAK = 0.3  # a theme this weak in the whole is no way to find something

Terms = frozenset[str]


def terms_of(found: Features, kind: str) -> Terms:
    """``kind`` keeps matters of another kind apart.

    A pair of characters is looked for among what is on the same theme: of 消防 in 白马 there is little,
    of either alone there is much.
    """
    letter = kind[:1]
    terms = {f"{letter}={key}" for key, weight in found.themes.items() if weight >= WEAK}
    for scope in sorted(found.named)[:SCOPES] or [""]:
        terms |= {f"{letter}{scope}:{pair}"[:LENGTH] for pair in found.pairs}
    return frozenset(terms | {f"{letter}#{shingle}" for shingle in found.sketch})


def is_theme(term: str) -> bool:
    return term[1] == "="


def is_text(term: str) -> bool:
    return term[1] == "#"


def word_of(term: str) -> str:
    """The pair of characters or the piece of text of a term; empty for a theme."""
    return term[2:] if is_text(term) else term.partition(":")[2]


@functools.cache
def reading() -> str:
    """Names the lexicon and the code that read: what another reading wrote is read again."""
    seen = hashlib.sha256()
    here = Path(__file__)
    for source in (PLACE, here.with_name("lexicon.py"), here.with_name("features.py"), here):
        seen.update(source.read_bytes())
    return seen.hexdigest()[:16]
