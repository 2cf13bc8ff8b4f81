"""日历订阅: the address of a feed, made when first asked for, renewed when it got about."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from jianfu.kernel import dates, trail
from jianfu.kernel.decisions import require
from jianfu.kernel.workflow import locked, save_tracked
from whitelist import permissions
from whitelist.models import CalendarFeed

_SALT = "whitelist.feed"


def feed_for(*, by: Any, school: Any = None) -> CalendarFeed:
    """The feed of a school, or of the district where none is given."""
    require(may_subscribe(by, school))
    rows = CalendarFeed.objects.filter(district_id=by.district_id, school=school)
    if feed := rows.first():
        return feed
    feed = CalendarFeed(district_id=by.district_id, school=school, secret=secrets.token_hex(32))
    try:
        with transaction.atomic():
            save_tracked(feed, by=by, reason="开通日历订阅")
            trail.record(action="feed.opened", target=feed, by=by)
    except IntegrityError:  # a colleague was faster
        return rows.get()
    return feed


def renew_feed(*, feed: CalendarFeed, by: Any) -> CalendarFeed:
    """A new address; the old one ends at once."""
    with transaction.atomic():
        fresh: CalendarFeed = locked(feed)
        require(may_subscribe(by, fresh.school))
        fresh.secret, fresh.renewed_at = secrets.token_hex(32), dates.now()
        save_tracked(fresh, by=by, reason="更换订阅地址")
        trail.record(action="feed.renewed", target=fresh, by=by)
    return fresh


def may_subscribe(by: Any, school: Any) -> Any:
    if school is None:
        return permissions.may_see_every_school(by)
    return permissions.may_answer_for(school.pk, by)


def token_of(feed: CalendarFeed) -> str:
    """256 bits of the secret and of the installation's key."""
    return salted_hmac(_SALT, f"{feed.pk}:{feed.secret}", algorithm="sha256").hexdigest()


def feed_at(pk: int, token: str) -> CalendarFeed | None:
    """The feed whose present token this is."""
    feed = CalendarFeed.objects.select_related("district", "school").filter(pk=pk).first()
    return feed if feed is not None and constant_time_compare(token_of(feed), token) else None
