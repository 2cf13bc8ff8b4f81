"""What the PDF renderer may fetch: nothing but data: addresses.

A document is made from text that people typed. Markup that slipped through escaping must not be able to
read a file of the server, call another host or carry an answer out of the network; so the renderer has no
way to. Style sheets are handed over as text, fonts come from fontconfig, pictures (QR codes) as data:
addresses.
"""

from __future__ import annotations

import logging

from weasyprint.urls import URLFetcher, URLFetcherResponse

logger = logging.getLogger(__name__)

SHOWN = 80


class FetchRefused(ValueError):  # noqa: N818 - a refusal, as everywhere in the kernel
    """The renderer asked for something outside the document; WeasyPrint leaves that piece out."""


class SealedFetcher(URLFetcher):
    """Answers data: addresses, refuses every other scheme before anything is opened, and remembers it."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url[:5].lower() != "data:":
            self.refused.append(url[:SHOWN])
            logger.warning("PDF: refused to fetch %r", url[:SHOWN])
            raise FetchRefused(url[:SHOWN])
        return super().fetch(url, headers)
