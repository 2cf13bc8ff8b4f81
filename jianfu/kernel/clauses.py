"""The places in the source documents, in words that a person can look up.

In code a clause is cited briefly, by the number of its document (``004 四（三）``, ``000 r13``), as
the list of requirements does; on a screen, in a refusal and on paper it carries the document's name.
"""

from __future__ import annotations

import re

SHORT_NAMES = {
    "000": "武隆区减负台账",
    "001": "大武口区实施方案",
    "002": "减负实施方案范文",
    "003": "黑龙江减负工作清单",
    "004": "合川区行动方案",
}
_BRIEF = re.compile(r"(?<![0-9A-Za-z])(00[0-4])(?: ?r(\d+)|-(\d+)| (?=[^0-9A-Za-z\s]))")


def worded(clause: str) -> str:
    """合川区行动方案四（三） for ``004 四（三）``; 武隆区减负台账第13项 for ``000 r13``; other words stay."""
    return _BRIEF.sub(lambda match: SHORT_NAMES[match.group(1)] + _place(match), clause)


def unnamed(clause: str) -> str:
    """Only the place, where the document stands beside it: 四（三） for ``004 四（三）``."""
    return _BRIEF.sub(_place, clause)


def _place(match: re.Match[str]) -> str:
    _document, row, item = match.groups()
    return f"第{row}项" if row else f"第{item}条" if item else ""
