"""QR codes as pictures: for a page and a PDF as SVG, for Word as PNG.

Error correction M: a fold or a stamp over a corner is survived, and the signs stay large enough for a phone.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno

QUIET = 4  # modules of white around, which readers need


def _code(text: str) -> Any:
    return segno.make_qr(text, error="m")


def qr_svg(text: str) -> str:
    """An SVG element to stand in a page: black on white, sized by its class."""
    return str(
        _code(text).svg_inline(border=QUIET, light="#fff", omitsize=True, svgclass="qr", lineclass=None)
    )


def qr_data(text: str) -> str:
    """The same as a data: address, which the PDF writer may fetch."""
    return str(_code(text).svg_data_uri(border=QUIET, light="#fff", omitsize=True))


def qr_png(text: str) -> bytes:
    picture = BytesIO()
    _code(text).save(picture, kind="png", scale=8, border=QUIET)
    return picture.getvalue()
