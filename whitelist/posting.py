"""What the public reads of a posting: the release that is posted, and how objections to it were answered."""

from __future__ import annotations

from dataclasses import dataclass

from .models import Objection, Release
from .privacy import publishable
from .states import Kind, State


@dataclass(frozen=True)
class PublicAnswer:
    """What was objected stays with the office, for it may name people; the answer is for everybody."""

    about: str
    verdict: str
    answer: str


def posted_release(district_id: int) -> Release | None:
    rows = Release.objects.filter(district_id=district_id, kind=Kind.CAMPUS, state=State.POSTED)
    return rows.select_related("district").first()


def answers_of(release: Release) -> list[PublicAnswer]:
    """Nothing is asked of a release that was never posted."""
    if release.posted_on is None:
        return []
    rows = Objection.objects.filter(release=release).answered().select_related("application")
    return [PublicAnswer(row.about, row.get_state_display(), publishable(row.answer)) for row in rows]
