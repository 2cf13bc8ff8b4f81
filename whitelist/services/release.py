"""Writes: the draft of a release, and its road to the public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from approvals.services import mark_published
from approvals.states import State as ApplicationState
from approvals.states import Term
from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Conflicted, Refused, refuse, require
from jianfu.kernel.document_numbers import read_document_number
from jianfu.kernel.workflow import hold, locked, save_tracked
from whitelist import permissions
from whitelist.guards import no_longer_filed
from whitelist.models import Entry, Release
from whitelist.proposal import Proposal, proposal_of, propose
from whitelist.selectors import waiting_applications
from whitelist.states import Kind, Leaving, State
from whitelist.workflow import RELEASE

from .removal import take_off

if TYPE_CHECKING:
    from jianfu.organisations.models import User

DRAFT_MOVED = "同一办公室的同事刚刚改过这一版，请看过最新内容后再保存"


def open_release(
    *, by: User, district: Any, year: int, applications: Iterable[Any], kind: str = Kind.CAMPUS, **words: str
) -> Release:
    """The draft of the next release. Raises `Conflicted` when the district already has one of the kind."""
    require(permissions.may_prepare(by))
    release = Release(district=district, kind=kind, year=year, state_entered_at=dates.now())
    require(permissions.may_publish(release, by))
    try:
        with transaction.atomic():
            _write_draft(release, by, year, applications, words)
            trail.record(action="release.drafted", target=release, by=by)
    except IntegrityError:
        raise Conflicted(refuse("已经有一版还没有公布的名单，请在那一版上继续")) from None
    return release


def release_without(*, entry: Entry, by: User) -> Release:
    """准备移出后的新一版: the release on its way, which leaves out what was removed, or a new draft.

    A draft that lists nothing new needs a removal that is in force: see `Proposal.decide`.
    """
    kind = Kind.EXEMPT if entry.exempt else Kind.CAMPUS
    found = Release.objects.visible_to(by).open().filter(district_id=entry.district_id, kind=kind).first()
    if found is not None:
        return found
    year = dates.today().year
    return open_release(by=by, district=entry.district, year=year, applications=(), kind=kind)


def change_release(
    *,
    release: Release,
    by: User,
    year: int,
    applications: Iterable[Any],
    expected_version: int | None = None,
    **words: str,
) -> Release:
    """Rewrite a draft; ``words`` are ``term``, ``document_number`` and ``notice``. Only a draft changes: what
    is posted or sent is taken back first, what is published stays."""
    with transaction.atomic():
        fresh = locked(release)
        require(permissions.may_publish(fresh, by))
        if fresh.state == State.PUBLISHED:
            raise Refused(refuse(f"{fresh}已经公布，不能再改。要调整名单，请准备下一版"))
        if fresh.state != State.DRAFTED:
            raise Refused(refuse(f"{fresh}现在是“{fresh.get_state_display()}”，先撤回，再改"))
        if expected_version is not None and fresh.version != expected_version:
            raise Conflicted(refuse(DRAFT_MOVED))
        _write_draft(fresh, by, year, applications, words)
        trail.record(action="release.changed", target=fresh, by=by)
    return fresh


def _write_draft(
    release: Release, by: User, year: int, applications: Iterable[Any], words: Mapping[str, str]
) -> None:
    chosen = list(applications)
    waiting = waiting_applications(release.district_id, release.kind)
    if waiting.filter(pk__in=[row.pk for row in chosen]).count() != len(chosen):
        raise Refused(refuse("勾选的申请里有的已不是“待公布”，请刷新后重新勾选"))
    release.year, release.term = year, words.get("term", "")
    release.serial = _next_serial(release)
    release.title = _title(release)
    release.document_number = read_document_number(words.get("document_number", "")).text
    release.notice = words.get("notice", "").strip()
    save_tracked(release, by=by, reason="准备白名单")
    release.applications.set(chosen)
    release.preparers.add(by.person_id)


def _title(release: Release) -> str:
    """云岭区社会事务进校园白名单（2026年秋季学期第1版）; a whole year needs no word."""
    term = release.get_term_display() if release.term not in ("", Term.YEAR) else ""
    name = f"{release.district.name}{Kind(release.kind).label}"
    return f"{name}（{release.year}年{term}第{release.serial}版）"


def _next_serial(release: Release) -> int:
    others = Release.objects.filter(
        district_id=release.district_id, kind=release.kind, year=release.year
    ).exclude(pk=release.pk)
    return max(others.values_list("serial", flat=True), default=0) + 1


def advance(
    *,
    release: Release,
    name: str,
    by: User,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> Release:
    """One step of the road: 公示, 送签, 签发, 退回, 撤回, 公布. Raises `Refused` or `Conflicted`.

    What would list the same as the release before is not even posted or sent.
    """
    if name == "publish":
        return publish(release=release, by=by, expected_version=expected_version)
    with transaction.atomic():
        fresh: Release = RELEASE.perform(
            release, name, by=by, note=note, data=data, expected_version=expected_version
        )
        if name in {"post", "submit"}:
            fresh.preparers.add(by.person_id)
            require(proposal_of(fresh, dates.today()).decide())
    return fresh


def publish(*, release: Release, by: User, expected_version: int | None = None) -> Release:
    """Publish all of it or nothing: entries, items, and every application moved to 已公布白名单.

    Raises `Refused` when an application is no longer 待公布 or nothing would change, `Conflicted` when a
    colleague was faster.
    """
    with transaction.atomic():
        hold(release.applications.all())
        hold(Entry.objects.filter(district_id=release.district_id).of_kind(release.kind))
        fresh = RELEASE.perform(release, "publish", by=by, expected_version=expected_version)
        proposal = proposal_of(fresh, fresh.published_on, lock=True)
        require(proposal.decide())
        _write_items(fresh, proposal, by)
        for application in fresh.applications.order_by("pk"):
            _mark(application, fresh, by)
    return fresh


def _write_items(release: Release, proposal: Proposal, by: User) -> None:
    """The new entries, what they replace taken off, and the release as it will be read for ever."""
    for entry in proposal.added:
        entry.changed_at = release.state_entered_at
        save_tracked(entry, by=by, reason=f"列入{release}"[:100])
    for gone in proposal.gone:
        if gone.why == Leaving.REPLACED:
            take_off(gone.entry, by=by, on=gone.happened_on, reason=gone.reason)
        release.departures.create(
            entry=gone.entry, why=gone.why, reason=gone.reason, happened_on=gone.happened_on
        )
    for line in proposal.lines():
        release.items.create(
            entry=line.entry,
            change=line.change,
            position=line.position,
            source_level=line.source_level,
        )


def _mark(application: Any, release: Release, by: User) -> None:
    try:
        mark_published(application=application, by=by, release=release.title, at=release.state_entered_at)
    except Refused as refusal:
        application.refresh_from_db()
        if application.state == ApplicationState.FILED:
            raise
        raise Refused(refuse(no_longer_filed(application))) from refusal


def enter_earlier_list(
    *,
    by: User,
    district: Any,
    year: int,
    document_number: str,
    entries: Sequence[Mapping[str, Any]],
    notice: str = "",
) -> Release:
    """A list that was published on paper before the office worked here, so that years can be compared.

    ``entries`` are the public fields of each (`snapshot`). It takes the day of the clock: enter it inside
    ``dates.as_of`` the day it was published on. Only where nothing later stands published.
    """
    later = Release.objects.public().filter(
        district=district, kind=Kind.CAMPUS, published_on__gt=dates.today()
    )
    if later.exists():
        raise Refused(refuse("之后已有公布的白名单，不能再补录更早的一版"))
    with transaction.atomic():
        release = open_release(
            by=by,
            district=district,
            year=year,
            applications=(),
            document_number=document_number,
            notice=notice,
        )
        fresh = RELEASE.perform(release, "enter", by=by)
        origin = f"补录自{document_number}" if document_number else "补录自纸质名单"
        fields = [{"year": year, "origin": origin, **each} for each in entries]
        proposal = propose(fresh, fields, fresh.published_on)
        require(proposal.decide())
        _write_items(fresh, proposal, by)
    return fresh
