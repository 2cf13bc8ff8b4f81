"""Official documents as PDF, by WeasyPrint: no network, no files, text always escaped.

Fonts come from fontconfig (the project sets FONTCONFIG_FILE before anything is drawn) and are embedded as
subsets. The same input gives the same bytes: the only date is the document's own.
"""

from __future__ import annotations

import contextlib
import functools
import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pydyf
from django.template import Context, Engine

from .flow import guessed_starts
from .form import OfficialForm
from .pages import cuts, lines_of
from .paper import form_context, title_art
from .text import DocumentTooLarge, printable

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.pdf import PDF

TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
PRODUCT = "减负台账"
# WeasyPrint 70 fails on a relative @import without any base; joined to this one, everything is refused.
NOWHERE = "data:,"
# Measured: 0.25 s of one core per 1,000 characters of table text; an official form has 3,000 to 20,000.
TEXT_LIMIT = 80_000
PAGE_BEGUN = "Step 5 - Creating layout - Page %d"  # in WeasyPrint's log
NATURAL_PASSES = 3
PASSES = 8


def render_form(form: OfficialForm, said: Callable[[int], None] | None = None) -> bytes:
    """The form on A4 landscape: header on every page, rows whole, 事项 cells repeated where a page ends.

    ``said`` is told the number of each page that is begun, from 1 again where a second layout is needed.
    Raises DocumentTooLarge when the text is longer than can be laid out while a person waits.
    """
    length = sum(
        len(row.text(column.key)) for row in form.rows for column in form.columns if column.key != "subject"
    )
    if length > TEXT_LIMIT:
        raise DocumentTooLarge(
            f"全表共 {length:,} 字，超过一份 PDF {TEXT_LIMIT:,} 字的上限。请精简落实情况或改为附件后再导出。"
        )
    widths = "".join(
        f".form col:nth-child({place}) {{ width: {share}% }}"
        for place, share in enumerate(form.column_shares, 1)
    )
    css = (style("page.css"), style("form.css"), widths)
    with _telling(said) if said else contextlib.nullcontext():
        document = _settled(form, css)
        return _written(document)


def expected_pages(form: OfficialForm) -> int:
    """About as many pages as it will have, by arithmetic."""
    return len(guessed_starts(form, lines_of(form), len(title_art(form.title)["lines"]))) + 1


class _Pages(logging.Handler):
    """WeasyPrint says in its log which page it begins. What ``said`` raises ends the layout."""

    def __init__(self, said: Callable[[int], None]) -> None:
        super().__init__(logging.INFO)
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        if isinstance(record.args, tuple) and record.msg == PAGE_BEGUN:
            self.said(int(str(record.args[0])))


@contextlib.contextmanager
def _telling(said: Callable[[int], None]) -> Iterator[None]:
    """For a process that lays out one document at a time."""
    log, pages = logging.getLogger("weasyprint.progress"), _Pages(said)
    level, spread = log.level, log.propagate
    log.addHandler(pages)
    log.setLevel(logging.INFO)
    log.propagate = False  # else the journal has each step of it
    try:
        yield
    finally:
        log.removeHandler(pages)
        log.setLevel(level)
        log.propagate = spread


def _settled(form: OfficialForm, css: Sequence[str]) -> Document:
    """Lay out until every merged cell ends where its page ends; one pass when no page end cuts one."""
    lines = lines_of(form)
    starts = guessed_starts(form, lines, len(title_art(form.title)["lines"]))
    forced: frozenset[int] = frozenset()
    for attempt in range(PASSES):
        context = form_context(form, lines, starts, forced)
        document = laid_out(fill_template("exports/form.html", context), css)
        found = page_starts(document, [line["anchor"] for line in context["lines"]])
        if cuts(lines, found) == cuts(lines, starts):
            break
        starts = found if attempt < NATURAL_PASSES else starts | found
        forced = starts if attempt >= NATURAL_PASSES else forced
    return document


def page_starts(document: Document, anchors: Sequence[str]) -> frozenset[int]:
    """Places, in `anchors`, of the first line that begins on each page but the first."""
    place_of = {anchor: place for place, anchor in enumerate(anchors)}
    seen: set[int] = set()
    starts = []
    for page in document.pages:
        here = {place_of[name] for name in page.anchors if name in place_of} - seen
        if here and seen:
            starts.append(min(here))
        seen |= here
    return frozenset(starts)


def render_pages(html: str, *, sheets: Sequence[str] = ("page.css",), css: str = "") -> bytes:
    """A PDF of a whole HTML document, for 审批表, notices and the like.

    `html` must come from an escaping template; `sheets` are names in templates/exports/, `css` is more
    style as text. Whatever it refers to is left out, unless it is a data: address.
    """
    if len(html) > 4 * TEXT_LIMIT:
        raise DocumentTooLarge(f"文件内容共 {len(html):,} 字，超过一份 PDF 的上限。请缩小范围或分次导出。")
    return _written(laid_out(html, [*map(style, sheets), css]))


def fill_template(name: str, context: dict[str, Any]) -> str:
    """A template of templates/ with these values, escaped; for `render_pages`."""
    return _engine().get_template(name).render(Context(context, use_l10n=False))


@functools.cache
def style(name: str) -> str:
    """A style sheet of templates/exports/ as text."""
    return (TEMPLATES / "exports" / name).read_text(encoding="utf-8")


@functools.cache
def _engine() -> Engine:
    # Not the site's engine: no context processor, no site setting may change a signed document.
    return Engine(dirs=[TEMPLATES], autoescape=True)


def laid_out(html: str, css: Sequence[str]) -> Document:
    # Imported late: it loads pango, which a command that makes no PDF must not need.
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    from .fetcher import SealedFetcher  # noqa: PLC0415

    fetcher = SealedFetcher()
    fonts = FontConfiguration()
    sheets = [CSS(string=text, url_fetcher=fetcher, font_config=fonts) for text in css if text]
    return HTML(string=printable(html), base_url=NOWHERE, url_fetcher=fetcher).render(
        stylesheets=sheets, font_config=fonts
    )


def _written(document: Document) -> bytes:
    def sign(_document: Document, pdf: PDF) -> None:
        pdf.info["Producer"] = pydyf.String(PRODUCT)

    return document.write_pdf(finisher=sign)
