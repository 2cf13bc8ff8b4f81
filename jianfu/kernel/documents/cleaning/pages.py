"""A PDF as pictures of its pages, and these as a new PDF that holds nothing else.

Drawn are the words and pictures of a page, and what stands in the fields of a form, for a seal is one. Notes,
marks and stamps of whoever read it are not: they carry names. What is switched off (a hidden layer) is not
drawn either; scripts, attachments, links and every word about the file stay behind, as does the text itself.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

POINTS = 72  # of a PDF in an inch
METRE = POINTS / 0.0254
LESS = "只留有关的几页另存一份，或截图后上传"


class Unfit(Exception):  # noqa: N818  a refusal with words, not a fault
    """The PDF is not taken; the message is one Chinese sentence with the way out."""


@dataclass(frozen=True)
class Page:
    """A JPEG with its pixels, and the size in points at which it stands on the new page."""

    jpeg: bytes
    pixels: tuple[int, int]
    points: tuple[float, float]


def drawn_pages(content: bytes, limits: dict[str, int]) -> bytes:
    """The new PDF. Raises `Unfit`."""
    try:
        found = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise Unfit("这个 PDF 设了打开密码，没有保存。去掉密码另存一份，或截图后上传") from None
        raise
    found.init_forms()  # fields are drawn with it; there is no engine for scripts
    if len(found) > limits["pages"]:
        raise Unfit(f"这个 PDF 有 {len(found)} 页，最多 {limits['pages']} 页，没有保存。{LESS}")
    for number in range(len(found)):
        _check_size(found[number].get_size(), number + 1, limits["metres"])
    made, size = [], 0
    for number in range(len(found)):
        made.append(_drawn(found[number], limits))
        size += len(made[-1].jpeg)
        if size > limits["made"]:
            raise Unfit(f"这个 PDF 图太多，画出来超过 {limits['made'] // 1024**2} MB，没有保存。{LESS}")
    return bound(made)


def _check_size(points: tuple[float, float], number: int, most: int) -> None:
    longest = max(points) / METRE
    if longest > most:
        words = f"第 {number} 页长 {longest:.1f} 米，最长 {most} 米，没有保存。把有关的部分截图后上传"
        raise Unfit(f"这个 PDF {words}")


def _drawn(page: pypdfium2.PdfPage, limits: dict[str, int]) -> Page:
    width, height = page.get_size()
    finest = (limits["page_pixels"] / max(width * height, 1)) ** 0.5
    bitmap = page.render(scale=min(limits["dpi"] / POINTS, finest), draw_annots=False)
    picture: Any = bitmap.to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, format="JPEG", quality=82)
    made = Page(out.getvalue(), picture.size, (width, height))
    bitmap.close()
    page.close()
    return made


def bound(pages: Iterable[Page]) -> bytes:
    """A PDF of one picture on each page. Without the name of a program, a time, or a number of its own."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for page in pages:
        first, (width, height) = len(objects) + 1, page.points
        kids.append(f"{first} 0 R")
        shown = f"q {width:.2f} 0 0 {height:.2f} 0 0 cm /P Do Q".encode()
        box = f"/MediaBox[0 0 {width:.2f} {height:.2f}]/Resources<</XObject<</P {first + 1} 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Contents {first + 2} 0 R>>".encode())
        kind = "/Type/XObject/Subtype/Image/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode"
        across, down = page.pixels
        objects.append(_stream(f"{kind}/Width {across}/Height {down}", page.jpeg))
        objects.append(_stream("", shown))
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
    return _written(objects)


def _stream(told: str, content: bytes) -> bytes:
    return f"<<{told}/Length {len(content)}>>stream\n".encode() + content + b"\nendstream"


def _written(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, told in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + told + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
