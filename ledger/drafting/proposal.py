"""What a record proposes for 落实情况, and which rows of the form ask for it (R4, R5, R62)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from ledger.models import Achievement, LedgerRow, TemplateRow
from ledger.states import AchievementKind

LIMIT = 50  # proposals of one source; above them stands one that sums up all


@dataclass(frozen=True)
class Proposal:
    """One entry as it might be written. ``key`` names the record, so that it is offered once; ``url`` leads
    to it. Nothing is written until a clerk takes it, and then it is the clerk's."""

    key: str
    name: str
    url: str
    kind: str = AchievementKind.HELD
    quantity: Decimal | None = None
    unit: str = ""
    outcome: str = ""

    @property
    def kind_label(self) -> str:
        return str(AchievementKind(self.kind).label)


@dataclass(frozen=True)
class Draft:
    """One source. ``topics`` are the canonical topics (A10) of the rows that ask for it, in any template;
    ``propose(by, year)`` offers of the records that the person may see."""

    label: str
    topics: frozenset[str]
    propose: Callable[[Any, int], Iterable[Proposal]]


DRAFTS: list[Draft] = []


def declare(draft: Draft) -> Draft:
    DRAFTS.append(draft)
    return draft


def each(
    slug: str, rows: QuerySet, proposal: Callable[[Any], Proposal], *, together: Proposal
) -> Iterator[Proposal]:
    """One that sums up all, where there are several, then each by itself."""
    count = rows.count()
    if count > 1:
        yield Proposal(**{**vars(together), "key": f"{slug}-all", "quantity": Decimal(count)})
    for row in rows[:LIMIT]:
        yield proposal(row)


def topics_of(row: LedgerRow) -> frozenset[str]:
    """The topics of the template's row; a ledger keeps the words, not the topics."""
    found = TemplateRow.objects.filter(template_id=row.ledger.template_id, key=row.key)
    return frozenset(found.values_list("topics", flat=True).first() or ())


def proposals(row: LedgerRow, by: Any) -> list[tuple[str, list[Proposal]]]:
    """By source, what nobody has taken into this ledger yet."""
    topics = topics_of(row)
    taken = set(
        Achievement.objects.filter(row__ledger_id=row.ledger_id)
        .exclude(drafted_from="")
        .values_list("drafted_from", flat=True)
    )
    sources = []
    for draft in DRAFTS:
        if draft.topics & topics:
            offered = [found for found in draft.propose(by, row.ledger.year) if found.key not in taken]
            if offered:
                sources.append((draft.label, offered))
    return sources
