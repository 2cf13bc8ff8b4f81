"""The demonstration district's releases: last year's list from paper, this year's from its applications."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from jianfu.kernel import dates
from whitelist.models import Release
from whitelist.services import advance, enter_earlier_list, open_release, publish
from whitelist.states import Kind

from .supervision import play_removal

PUBLISHED_AT = time(9, 30)


def load(context: dict[str, Any]) -> None:
    """``context`` holds the folder of the data, district, users by name, applications by key.

    A release that is there already is left alone; one whose applications are not there is left out.
    """
    folder: Path = context["folder"]
    for listed in json.loads((folder / "releases-earlier.json").read_text("utf-8")):
        _load(context, listed, _enter)
    for listed in json.loads((folder / "releases.json").read_text("utf-8")):
        _load(context, listed, _publish)


def _load(context: dict[str, Any], listed: dict[str, Any], act: Any) -> None:
    district, year = context["district"], listed["year"]
    known = {"district": district, "kind": Kind.CAMPUS, "year": year, "serial": listed["version"]}
    if Release.objects.filter(**known).exists():
        return
    day = date.fromisoformat(listed["published_on"])
    by = context["users"][listed["published_by"]]
    with dates.as_of(timezone.make_aware(datetime.combine(day, PUBLISHED_AT))):
        act(context, listed, by)


def _enter(context: dict[str, Any], listed: dict[str, Any], by: Any) -> None:
    entries = [
        {
            **entry,
            "starts_on": date.fromisoformat(entry["starts_on"]),
            "ends_on": date.fromisoformat(entry["ends_on"]),
        }
        for entry in listed["entries"]
    ]
    enter_earlier_list(
        by=by,
        district=context["district"],
        year=listed["year"],
        document_number=listed["number"],
        notice=listed.get("notice", ""),
        entries=entries,
    )


def _publish(context: dict[str, Any], listed: dict[str, Any], by: Any) -> None:
    known = context.get("applications", {})
    chosen = [known[key] for key in listed["entries"] if key in known]
    if not chosen:
        return
    for removal in listed.get("removals", ()):
        play_removal(context, removal)
    release = open_release(
        by=by,
        district=context["district"],
        year=listed["year"],
        applications=chosen,
        document_number=listed["number"],
        notice=listed.get("notice", ""),
    )
    signer = context["users"][listed["signed_by"]]
    advance(release=release, name="submit", by=by)
    advance(release=release, name="sign", by=signer, data={"meeting_number": listed.get("meeting", "")})
    publish(release=release, by=by)
