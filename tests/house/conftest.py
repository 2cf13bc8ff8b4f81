"""For walks over every address: what is the same on each page is worked out once."""

from __future__ import annotations

import functools
from typing import Any

import pytest

from jianfu import context_processors
from jianfu.kernel.documents import pdf


@pytest.fixture
def laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words give the same pages: what several people may print is laid out for the first of them."""
    once = functools.cache(pdf.laid_out)
    monkeypatch.setattr(pdf, "laid_out", lambda html, css: once(html, tuple(css)))
    monkeypatch.setattr(pdf, "_written", functools.cache(pdf._written))


@pytest.fixture
def counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number at 工作台 stands on every page: it is worked out on the first page of each person."""
    known: dict[Any, int] = {}
    count = context_processors.todo_count

    def counted(request: Any) -> int:
        if request.user.pk not in known:
            known[request.user.pk] = count(request)
        return known[request.user.pk]

    monkeypatch.setattr(context_processors, "todo_count", counted)
