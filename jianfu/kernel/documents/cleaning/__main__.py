"""python -m jianfu.kernel.documents.cleaning KIND LIMITS < FILE > FILE: the drawing process.

It takes its limits before it looks at the file, has no settings and no database, writes to its output only,
and says nothing about what it read but why a PDF is not taken.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

from PIL import Image, ImageOps

from . import UNFIT
from .pages import Unfit, drawn_pages


def main() -> None:
    kind, limits = sys.argv[1], json.loads(sys.argv[2])
    _limit(limits)
    Image.MAX_IMAGE_PIXELS = limits["pixels"]
    draw = drawn_pages if kind == "pdf" else drawn
    try:
        made = draw(sys.stdin.buffer.read(), limits)
    except Unfit as unfit:
        sys.stderr.write(str(unfit))
        sys.exit(UNFIT)
    except Exception:
        sys.exit(1)
    sys.stdout.buffer.write(made)


def drawn(content: bytes, limits: dict[str, int]) -> bytes:
    """The visible pixels, upright, at most ``edge`` long, in a new picture of the same kind."""
    with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as found:
        if found.width * found.height > limits["pixels"]:
            raise ValueError("too many pixels")
        kind = found.format or "JPEG"
        found.seek(0)
        upright = ImageOps.exif_transpose(found)
        upright.thumbnail((limits["edge"], limits["edge"]))
        shown = _flat(upright)
    new = Image.frombytes("RGB", shown.size, shown.tobytes())  # nothing but pixels goes over
    kept: dict[str, Any] = {"quality": 88} if kind == "JPEG" else {"optimize": True}
    out = io.BytesIO()
    new.save(out, format=kind, **kept)
    return out.getvalue()


def _flat(picture: Image.Image) -> Image.Image:
    """On white: what lies hidden under a transparent place is not carried along either."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(ground, seen).convert("RGB")
    return picture.convert("RGB")


def _limit(limits: dict[str, int]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
