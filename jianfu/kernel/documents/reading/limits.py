"""How much of an untrusted file is looked at before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """``memory`` and ``seconds`` hold the reading process; the rest is looked at before they are reached."""

    memory: int = 512 * MB
    seconds: int = 25
    file: int = 20 * MB
    parts: int = 2_000  # files inside a workbook
    inflated: int = 300 * MB  # all parts together, unpacked
    ratio: int = 200  # unpacked to packed, of a part over a megabyte
    sheets: int = 60
    rows: int = 100_000  # filled ones, of all sheets together
    cells: int = 1_500_000
    last_row: int = 200_000
    last_column: int = 256
    ranges: int = 20_000
    cell_text: int = 32_767


DEFAULT = Limits()
