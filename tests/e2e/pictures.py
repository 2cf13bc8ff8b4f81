"""The README's pictures, which the tests make when `JIANFU_PICTURES=1`, and never otherwise."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

PICTURES = Path(__file__).parent / "pictures"
LARGEST = 200 * 1024  # bytes


def wanted() -> bool:
    return bool(os.environ.get("JIANFU_PICTURES"))


def save_picture(name: str, png: bytes) -> None:
    """Small enough to keep in the repository for good: Pillow, where it is there, takes colours away."""
    PICTURES.mkdir(exist_ok=True)
    small = _quantised(png)
    assert len(small) <= LARGEST, f"{name}.png has {len(small)} bytes"
    (PICTURES / f"{name}.png").write_bytes(small)


def save_first_page(name: str, pdf: Path) -> None:
    """Page 1 of a PDF as a picture, by poppler's pdftoppm; without it the picture stays as it is."""
    drawer = shutil.which("pdftoppm")
    if wanted() and drawer:
        command = [drawer, "-png", "-r", "110", "-f", "1", "-l", "1", str(pdf)]
        save_picture(name, subprocess.run(command, check=True, capture_output=True).stdout)


def _quantised(png: bytes) -> bytes:
    if find_spec("PIL") is None:
        return png
    from PIL import Image

    out = BytesIO()
    whole = Image.open(BytesIO(png)).convert("RGB")
    # By coverage, so that the few points of red and amber keep their colour.
    few = whole.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
