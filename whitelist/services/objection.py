"""Writes: an objection to a posted list, and its answer with what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import Refused, allow, refuse, require
from jianfu.kernel.steps import filled
from jianfu.kernel.workflow import locked, save_tracked
from whitelist import permissions
from whitelist.models import Objection, Release
from whitelist.states import Channel, Remedy, State
from whitelist.workflow import OBJECTION, RELEASE

if TYPE_CHECKING:
    from jianfu.organisations.models import User

# More than this nobody reads; whoever comes later is asked to call.
MOST_WAITING = 200


def object_to(
    *,
    release: Release,
    content: str,
    application: Any = None,
    contact: str = "",
    channel: str = Channel.WEB,
    by: User | None = None,
) -> Objection:
    """Against a release that is posted today. ``by`` is the clerk who writes down what came by telephone,
    on the last afternoon too: that is possible until the list is sent on.

    Raises `Refused`. Nothing of who objects is kept beside what they wrote themselves.
    """
    with transaction.atomic():
        fresh = locked(release)
        if by is not None:
            require(permissions.may_record_objection(fresh, by))
        else:
            require(_posted(fresh))
        require(filled(content.strip(), "填写异议内容"))
        if application and not fresh.applications.filter(pk=application.pk).exists():
            raise Refused(refuse("选择公示名单里的一项，或选择“整个名单”"))
        if channel == Channel.WEB and fresh.objections.unanswered().count() >= MOST_WAITING:
            raise Refused(refuse("已收到的异议较多，请拨打监督电话反映"))
        made = Objection(
            release=fresh,
            application=application,
            channel=channel,
            content=content.strip(),
            contact=contact.strip(),
            received_at=dates.now(),
            state_entered_at=dates.now(),
        )
        save_tracked(made, by=by, reason=f"收到异议：{made.get_channel_display()}")
        trail.record(action="objection.received", target=made, by=by)
    return made


def _posted(release: Release) -> Any:
    if release.state == State.POSTED and release.posted_until and dates.today() <= release.posted_until:
        return allow()
    return refuse("这一版不在公示期内，不能再提异议。有问题请拨打监督电话反映")


def answer_objection(
    *,
    objection: Objection,
    name: str,
    by: User,
    note: str,
    data: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> Objection:
    """采纳 or 不采纳. What is adopted takes the item out of the release, or the release back to its draft."""
    with transaction.atomic():
        release = locked(objection.release)
        done: Objection = OBJECTION.perform(
            objection, name, by=by, note=note, data=data, expected_version=expected_version
        )
        if done.remedy == Remedy.TAKE_OUT:
            save_tracked(release, by=by, reason=f"采纳异议，去掉{done.about}")
            release.applications.remove(done.application)
            release.preparers.add(by.person_id)
            trail.record(action="release.changed", target=release, by=by, note=f"采纳异议，去掉{done.about}")
        elif done.remedy == Remedy.REDRAFT and release.state == State.POSTED:
            RELEASE.perform(release, "recall", by=by, note=f"采纳异议：{note}"[:500])
    return done
