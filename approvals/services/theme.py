"""Keeps the index of themes: an application when it is handed in, all of them when another reading came."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db import transaction

from approvals.models import Application, ThemeRecord, ThemeTerm
from approvals.similar import KINDS, compared, kind_of
from approvals.states import EDITABLE, Road, State
from approvals.themes import features
from approvals.themes.terms import Terms, reading, terms_of

BATCH = 2_000  # many at once share the pages of the index that they write to

# The application, with the title and content that it was handed in with.
Known = tuple[Any, str, str]


def index(application: Application) -> None:
    """Read the words that were just handed in; called within the transaction that hands them in."""
    if compared(application):
        _forget([application.pk])
        _write([(application, application.title, application.content)])


def index_all(district_id: int | None = None) -> int:
    """Write the index anew. Returns how many applications it holds."""
    rows = Application.objects.exclude(state=State.DRAFTED)
    return _read(rows.filter(district_id=district_id) if district_id else rows)


def catch_up() -> int:
    """Read what no reading or another one wrote: nobody has to remember it. Returns how many were read."""
    roads = [road for road in Road if kind_of(road) in KINDS]
    rows = Application.objects.filter(road__in=roads).exclude(state=State.DRAFTED)
    return _read(rows.exclude(theme__reading=reading()))


def _read(rows: Any) -> int:
    """In batches, each visible as soon as it is written; what is being handed in meanwhile writes itself."""
    rows = rows.order_by("pk").defer("method", "expected_effect").prefetch_related("submissions")
    written, last = 0, 0
    while True:
        with transaction.atomic():
            batch = list(rows.filter(pk__gt=last).select_for_update(skip_locked=True, of=("self",))[:BATCH])
            if not batch:
                return written
            last = batch[-1].pk
            known = [(row, *_handed_in(row)) for row in batch if compared(row)]
            _forget([row.pk for row in batch])
            _write(known)
        written += len(known)


def _handed_in(application: Application) -> tuple[str, str]:
    """Title and content as they were last handed in: what is being mended stays with its unit."""
    submissions = list(application.submissions.all())
    if application.state not in EDITABLE or not submissions:
        return application.title, application.content
    frozen = submissions[-1].content
    return frozen.get("活动名称", application.title), frozen.get("活动内容", application.content)


def _forget(pks: list[int]) -> None:
    ThemeTerm.objects.filter(application__in=pks).delete()
    ThemeRecord.objects.filter(application__in=pks).delete()


def _write(rows: Iterable[Known]) -> None:
    """``rows`` in the order of their keys."""
    records, found = [], []
    for row, title, content in rows:
        kind, read = kind_of(row.road), features(title, content)
        found.append((row, terms_of(read, kind)))
        records.append(
            ThemeRecord(
                application=row,
                district_id=row.district_id,
                kind=kind,
                title=title,
                year=row.year,
                term=row.term,
                features=read.as_data(),
                reading=reading(),
            )
        )
    ThemeRecord.objects.bulk_create(records)
    by_district = sorted(found, key=lambda pair: pair[0].district_id)
    for district_id, pairs in groupby(by_district, key=lambda pair: pair[0].district_id):
        ThemeTerm.objects.bulk_create(_numbered(district_id, list(pairs)))


def _numbered(district_id: int, found: list[tuple[Any, Terms]]) -> list[ThemeTerm]:
    """Each term with its place after those of the applications before it."""
    terms = frozenset().union(*(terms for _row, terms in found))
    last = ThemeTerm.objects.before(district_id, terms, found[0][0].pk)
    rows = []
    for row, terms in found:
        for term in sorted(terms):
            last[term] += 1
            rows.append(ThemeTerm(application=row, district_id=district_id, term=term, nth=last[term]))
    return sorted(rows, key=lambda row: row.term)  # as the index has them
