"""重点监测数据 as a screen prints it. Written here and not in templates: a grid has a hundred of them."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from ledger.forms.filling import Piece
from ledger.selectors.figures import Comparison
from ledger.selectors.origins import Origin

register = template.Library()

EMPTY = "　　"
MANY = 9  # pieces; a longer sentence prints last year's numbers without their change


@register.simple_tag
def sentence(pieces: Sequence[Piece]) -> SafeString:
    """With its blanks in place: typed into, or as words; last year's value behind each."""
    if not pieces:
        return SafeString('<span class="muted">无</span>')
    has_room = len(pieces) < MANY
    parts = format_html_join("", "{}", ((_piece(piece, has_room),) for piece in pieces))
    return format_html('<span class="sentence">{}</span>', parts)


def _piece(piece: Piece, has_room: bool) -> SafeString:
    if piece.field is not None:
        return _field(piece)
    if piece.blank is not None:
        return format_html("<b>{}</b>", piece.text or EMPTY)
    if piece.comparison is not None and piece.comparison.known:
        return _last(piece.comparison, has_room)
    words: SafeString = conditional_escape(piece.text)
    return words + _origin(piece.origin) if piece.origin else words


def _field(piece: Piece) -> SafeString:
    said = '<span class="error-text" id="{}_error">错误：{}</span>'
    errors = ((piece.field.auto_id, error) for error in piece.field.errors)
    return format_html("{}{}", piece.field, format_html_join("", said, errors))


def _last(comparison: Comparison, has_room: bool) -> SafeString:
    better = " better" if comparison.better else ""
    change = f" {comparison.change}" if has_room else ""
    return format_html('<span class="last{}">上年 {}{}</span>', better, comparison.before, change)


def _origin(origin: Origin) -> SafeString:
    """算, 填 or 转, a way to the records, and their number where it differs."""
    if not origin.mark:
        return SafeString("")
    beside = origin.overruled
    differs = format_html('<span class="overruled">{}</span>', beside) if beside else ""
    if not origin.way:
        return format_html('<span class="origin" title="{}">{}</span>{}', origin.title, origin.mark, differs)
    way = '<a class="origin" href="{}" title="{}">{}</a>{}'
    return format_html(way, origin.way, origin.title, origin.mark, differs)
