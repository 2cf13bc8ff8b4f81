"""What the log of the server may not hold."""

from __future__ import annotations

import logging
import re

# An address that is a key: whoever reads it in a log could enter by it.
_KEYS = re.compile(r"(/enter/)[^/\s\"']+")


class WithoutKeys(logging.Filter):
    """Blots out the key in the address of a one-time link, wherever a line names it."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if "/enter/" in text:
            record.msg, record.args = _KEYS.sub(r"\1…", text), ()
        return True
