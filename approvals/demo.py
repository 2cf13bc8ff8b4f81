"""Plays the applications of the demonstration district through the services, each act as of its moment."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from approvals import services
from approvals.demo_rounds import load_rounds
from approvals.models import Application
from approvals.states import Road
from jianfu.kernel import dates, registry

DATES = frozenset({"starts_on", "ends_on", "decided_on", "filed_on"})
PREPARED = timedelta(days=2)  # a draft is begun this long before it is handed in

Moment = tuple[datetime, int, str, dict[str, Any]]


def load(context: dict[str, Any]) -> None:
    """``context``: folder, organisations by code, users by person's key. Loading again adds nothing.

    Applications are put into ``context["applications"]`` by key, for the release that lists them.
    """
    made = context.setdefault("applications", {})
    played = [_Play(record, context) for record in _records(context["folder"])]
    for play in sorted(played, key=lambda play: play.begun_at):
        before = made.get(play.record.get("follows"))
        known = Application.objects.filter(
            organisation=play.organisation,
            title=play.record["fields"]["title"],
            year=play.record["year"],
            predecessor=before,
        ).first()
        made[play.record["key"]] = known or play.perform(before)
    load_rounds(context)


def _records(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("applications-*.json")):
        yield from json.loads(path.read_text(encoding="utf-8"))


class _Play:
    """One application of the demonstration."""

    def __init__(self, record: dict[str, Any], context: dict[str, Any]) -> None:
        self.record, self.users = record, context["users"]
        self.organisation = context["organisations"][record["organisation"]]
        self.joint = [context["organisations"][code] for code in record["joint"]]
        self.handler = self.users[record["handler"]]
        self.office = next(user for user in self.users.values() if user.has("publication_clerk"))
        first = record["steps"][0]["at"] if record["steps"] else None
        self.begun_at = (dates.past_moment(first) if first else dates.now()) - PREPARED

    def perform(self, before: Application | None) -> Application:
        """``before`` is the listed application that this one changes (申请调整)."""
        with dates.as_of(self.begun_at):
            self.application = self._drafted(before)
        self.round = 0
        for at, _order, kind, what in sorted(self._events(), key=lambda event: event[:2]):
            with dates.as_of(at):
                getattr(self, f"_{kind}")(what)
        return self.application

    def _events(self) -> Iterator[Moment]:
        """In the order of time, without what a release publishes and what a round decides."""
        for row in self.record.get("assignments", ()):
            yield dates.past_moment(row["at"]), 1, "assign", row
        for row in self.record.get("opinions", ()):
            yield dates.past_moment(row["at"]), 2, "opine", row
        for row in self.record["steps"]:
            if row["transition"] != "publish" and "round" not in row:  # those are taken together
                yield dates.past_moment(row["at"]), 0 if row["transition"] == "submit" else 3, "step", row
        for row in self.record.get("reminders", ()):
            yield dates.past_moment(row["at"]), 4, "urge", row
        for row in self.record.get("transfers", ()):
            yield dates.past_moment(row["at"]), 4, "transfer", row

    def _drafted(self, before: Application | None) -> Application:
        fields = {name: _value(name, value) for name, value in self.record["fields"].items()}
        fields["predecessor"] = before
        year = self.record["year"]
        road = self.record.get("road", Road.CAMPUS_ANNUAL)
        draft = services.open_draft(by=self.handler, organisation=self.organisation, year=year, road=road)
        draft = services.save_draft(
            application=draft,
            by=self.handler,
            fields=fields,
            bases={key: tuple(words) for key, words in self.record.get("bases", {}).items()},
            joint=self.joint,
        )
        for row in self.record.get("attachments", ()):
            paper = _paper(str(draft), row["name"])
            services.attach(application=draft, by=self.handler, upload=paper, kind=row["kind"])
        return Application.objects.get(pk=draft.pk)

    def _assign(self, row: dict[str, Any]) -> None:
        people = [self.users[key].person for key in row["experts"]]
        services.assign_experts(application=self.application, experts=people, by=self.office)

    def _opine(self, row: dict[str, Any]) -> None:
        expert = self.users[row["expert"]]
        assignment = self.application.assignments.get(
            expert=expert.person, content_version=self.application.content_version
        )
        services.save_opinion(
            assignment=assignment,
            by=expert,
            items={point: tuple(words) for point, words in row["items"].items()},
            conclusion=row["conclusion"],
            comment=row["comment"],
            submit=row["submitted"],
        )

    def _step(self, row: dict[str, Any]) -> None:
        self.application = services.perform(
            application=self.application,
            name=row["transition"],
            by=self.users[row["by"]],
            note=row["note"],
            data={name: _value(name, value) for name, value in row["data"].items()},
        )

    def _urge(self, row: dict[str, Any]) -> None:
        services.urge(application=self.application, by=self.users[row["by"]], note=row["note"])

    def _transfer(self, row: dict[str, Any]) -> None:
        to, by = self.users[row["to"]].person, self.users[row["by"]]
        self.application = services.transfer(application=self.application, to=to, by=by, note=row["note"])


def _value(name: str, value: Any) -> Any:
    if name in DATES and value:
        return date.fromisoformat(value)
    return Decimal(value) if name == "class_hours" and value is not None else value


def _paper(title: str, name: str) -> UploadedFile:
    """A one-page PDF that says what would lie here."""
    content = _pdf(f"{title}\n{name}\n（演示材料）")
    return UploadedFile(BytesIO(content), name=name, size=len(content), content_type="application/pdf")


def _pdf(text: str) -> bytes:
    """A small valid PDF; its words stand in the document's title, so no font is needed."""
    title = text.encode("utf-16-be").hex()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        b"<< /Title <FEFF" + title.upper().encode() + b"> >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 5\n0000000000 65535 f \n"
    tail = b"trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + head + table + tail


def register() -> None:
    """Before the releases of the whitelist, which list what was filed."""
    registry.demonstrations.register("approvals", (20, load))
