"""Keeps the index of themes: one application when it is handed in, all when the lexicon changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from approvals.models import Application, ThemeRecord, ThemeTerm
from approvals.similar import compared, kind_of
from approvals.states import EDITABLE, State
from approvals.themes import features
from approvals.themes.index import terms_of

BATCH = 500


def index(application: Application) -> None:
    """Read the words that were just handed in; called within the transaction that hands them in."""
    if compared(application):
        _forget([application.pk])
        _write([(application, application.title, application.content)])


def index_all(district_id: int | None = None) -> int:
    """Write the index anew, as after a change of the lexicon. Returns how many applications it holds."""
    rows = Application.objects.exclude(state=State.DRAFTED).order_by("pk").defer("method", "expected_effect")
    rows = rows.filter(district_id=district_id) if district_id else rows
    written, last = 0, 0
    while batch := list(rows.filter(pk__gt=last).prefetch_related("submissions")[:BATCH]):
        last = batch[-1].pk
        known = [(row, *_handed_in(row)) for row in batch if compared(row)]
        with transaction.atomic():
            _forget([row.pk for row in batch])
            _write(known)
        written += len(known)
    return written


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


def _write(rows: Iterable[tuple[Any, str, str]]) -> None:
    records, terms = [], []
    for row, title, content in rows:
        kind, found = kind_of(row.road), features(title, content)
        records.append(
            ThemeRecord(
                application=row,
                district_id=row.district_id,
                kind=kind,
                title=title,
                year=row.year,
                term=row.term,
                features=found.as_data(),
            )
        )
        for term, weight in terms_of(found, kind).items():
            terms.append(
                ThemeTerm(application=row, district_id=row.district_id, term=term, weight=round(weight, 3))
            )
    ThemeRecord.objects.bulk_create(records)
    ThemeTerm.objects.bulk_create(terms)
