"""The share of the 工作台: the office has one matter for each list, the leader each release to sign."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse

from approvals.selectors import awaiting_publication
from jianfu.kernel.calendar import Remaining
from jianfu.kernel.registry import MANY, Matter
from jianfu.organisations.selectors import work_calendar
from whitelist.models import Release
from whitelist.permissions import may_prepare, signs
from whitelist.selectors import waits
from whitelist.states import PREPARED, TONES, Kind, ObjectionState, State

_FORMS = {Kind.CAMPUS: "whitelist:release_form", Kind.EXEMPT: "whitelist:release_form_exempt"}
_NAMES = {Kind.CAMPUS: "白名单", Kind.EXEMPT: "免申报目录"}


def todo_count(user: Any, on: date) -> int:
    """As many as `todo` shows."""
    count = Release.objects.to_sign(user).count() if signs(user) else 0
    if not may_prepare(user):
        return count
    under_way = {release.kind: release for release in _under_way(user)}
    count += sum(_acts_now(release, on) for release in under_way.values())
    return count + len(_to_prepare(user, under_way))


def todo(user: Any, on: date) -> list[Matter]:
    found = []
    if signs(user):
        found += [_to_sign(release) for release in Release.objects.to_sign(user).order_by("pk")]
    if may_prepare(user):
        under_way = {release.kind: release for release in _under_way(user)}
        found += [_next_step(release) for release in under_way.values() if _acts_now(release, on)]
        found += [_to_publish(kind, waiting, on) for kind, waiting in _to_prepare(user, under_way).items()]
    return found


def _under_way(user: Any) -> Any:
    unanswered = Count("objections", filter=Q(objections__state=ObjectionState.RECEIVED))
    return Release.objects.visible_to(user).open().annotate(unanswered=unanswered).order_by("pk")


def _acts_now(release: Release, on: date) -> bool:
    """The office's turn: not while the public may still object, nor while the leader reads."""
    if release.unanswered:
        return True
    if release.state == State.POSTED:
        return release.posted_until is not None and release.posted_until < on
    return release.state != State.SUBMITTED


_STEPS = {
    State.DRAFTED: ("公布前预览、送签", "继续准备"),
    State.POSTED: ("公示期满", "送签或公布"),
    State.SIGNED: ("已签发，待公布", "公布"),
}


def _next_step(release: Release) -> Matter:
    if release.unanswered:
        return _matter(release, origin=f"{release.unanswered} 件异议待答复", action="答复异议")
    origin, action = _STEPS[State(release.state)]
    return _matter(release, origin=origin, action=action)


def _to_sign(release: Release) -> Matter:
    return _matter(release, origin="领导小组办公室送签", action="签发")


def _matter(release: Release, *, origin: str, action: str) -> Matter:
    return Matter(
        title=release.title,
        url=release.get_absolute_url(),
        kind=_NAMES[Kind(release.kind)],
        tone=TONES[State(release.state)],
        origin=origin,
        received_at=release.state_entered_at,
        remaining=None,
        action=action,
        stage=release.get_state_display(),
    )


def _to_prepare(user: Any, under_way: Container[str]) -> dict[Kind, dict[str, Any]]:
    """Of each list that nobody prepares yet: how many wait, since when, until when; one query for all."""
    kinds = [kind for kind in PREPARED if kind not in under_way]
    asked = {
        f"{kind}_{name}": of(column, filter=waits(kind))
        for kind in kinds
        for name, of, column in (
            ("count", Count, "pk"),
            ("due", Min, "due_on"),
            ("since", Min, "state_entered_at"),
        )
    }
    told = awaiting_publication(user.district_id).order_by().aggregate(**asked) if asked else {}
    found = {kind: {name: told[f"{kind}_{name}"] for name in ("count", "due", "since")} for kind in kinds}
    return {kind: waiting for kind, waiting in found.items() if waiting["count"]}


def _to_publish(kind: Kind, waiting: dict[str, Any], on: date) -> Matter:
    return Matter(
        title=f"公布{_NAMES[kind]}：{waiting['count']} 项待公布",
        url=reverse(_FORMS[kind]),
        kind=_NAMES[kind],
        tone="blue",
        origin="备案完成" if kind == Kind.CAMPUS else "登记完成",
        received_at=waiting["since"],
        remaining=_remaining(waiting["due"], on),
        action="准备公布",
        stage="待公布",
    )


def _remaining(due: date | None, on: date) -> Remaining | None:
    return work_calendar().remaining(due, on) if due else None


def _published(user: Any) -> Any:
    return Release.objects.visible_to(user).public().filter(published_by=user)


def done_count(user: Any, _on: date) -> Any:
    return _published(user).order_by().values("pk") if may_prepare(user) else 0


def done(user: Any, _on: date) -> list[Matter]:
    """The releases that this person published."""
    rows = _published(user).newest_first()[:MANY]
    return [
        Matter(
            title=release.title,
            url=release.get_absolute_url(),
            kind="白名单",
            tone="green",
            origin=release.document_number or "—",
            received_at=release.state_entered_at,
            remaining=None,
            action="查看",
            stage=release.get_state_display(),
            ended=True,
        )
        for release in rows
    ]
