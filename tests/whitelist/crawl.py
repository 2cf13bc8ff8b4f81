"""Everything a stranger can reach from the public list, as bytes and as words."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from zipfile import ZipFile

from pypdf import PdfReader

ORIGIN = "http://testserver"
_LINKS = re.compile(r"""(?:href|src|action|data)\s*=\s*["']([^"']+)["']""")
_TAGS = re.compile(r"<[^>]*>")
LEFT_ALONE = ("/static/", "/sign-in/")
MOST = 600


@dataclass
class Found:
    """One answer; ``foreign`` are the hosts it names, ``links`` what it leads to."""

    path: str
    response: Any
    words: str = ""
    links: set[str] = field(default_factory=set)
    foreign: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        return self.response.headers.get("Content-Type", "").split(";")[0]


def walk(client: Any, *starts: str) -> Iterator[Found]:
    """Breadth first, each address once, forms left empty; redirects are followed as links."""
    waiting, seen = list(starts), set(starts)
    while waiting:
        found = _read(client, waiting.pop(0))
        yield found
        assert len(seen) < MOST, f"the public pages have no end: {sorted(seen)[-20:]}"
        fresh = sorted(found.links - seen)
        seen.update(fresh)
        waiting += fresh


def _read(client: Any, path: str) -> Found:
    found = Found(path, client.get(path))
    if found.response.status_code in {301, 302}:
        _follow(found, [found.response.headers["Location"]])
        return found
    content = b"".join(found.response) if found.response.streaming else found.response.content
    found.words = words_of(content, found.kind)
    _follow(found, _named(content, found.kind))
    return found


def _follow(found: Found, addresses: list[str]) -> None:
    for address in addresses:
        whole = urldefrag(urljoin(ORIGIN + found.path, html.unescape(address)))[0]
        parts = urlsplit(whole)
        if parts.scheme in {"mailto", "tel", "data", "webcal"}:
            continue
        if f"{parts.scheme}://{parts.netloc}" != ORIGIN:
            found.foreign.add(whole)
        elif not parts.path.startswith(LEFT_ALONE):
            found.links.add(parts.path + (f"?{parts.query}" if parts.query else ""))


def _named(content: bytes, kind: str) -> list[str]:
    if kind == "text/html":
        return _LINKS.findall(content.decode())
    if "json" in kind:
        return [
            text for text in _texts(json.loads(content)) if re.match(rf"({ORIGIN})?/(whitelist|v)/", text)
        ]
    return []


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value


def words_of(content: bytes, kind: str) -> str:
    """What can be read in it, marks and parts of files included: what is hidden counts as told."""
    if kind == "application/pdf":
        reader = PdfReader(BytesIO(content))
        return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata)])
    if "officedocument" in kind or kind == "application/zip":
        with ZipFile(BytesIO(content)) as parts:
            texts = [parts.read(name).decode("utf-8", "ignore") for name in parts.namelist()]
        return "\n".join(text + _TAGS.sub("", text) for text in texts)
    text = content.decode("utf-8-sig")
    if kind == "text/calendar":  # a line goes on where the next begins with a blank
        text = re.sub("\r?\n ", "", text)
        return re.sub("(?m)^UID:.*$", "", text)  # reads like mail, and is the number of an event
    return html.unescape(text) if kind == "text/html" else text
