"""What followed the listing, played through the services: monitoring, evaluations, removals, 意见建议."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from jianfu.kernel import dates
from jianfu.kernel.decisions import Refused
from whitelist import services
from whitelist.models import Entry, Feedback, MonitoringPoint, MonthlyReport, Removal, Voice
from whitelist.selectors.evaluation import evaluation_of
from whitelist.selectors.monitoring import known_of, months_of
from whitelist.states import QUESTIONS, Season


def load(context: dict[str, Any]) -> None:
    """``context`` as for the releases. What is there already is left alone; an evaluation of an item that
    came to no school is left out."""
    folder: Path = context["folder"]
    data = json.loads((folder / "supervision.json").read_text("utf-8"))
    if MonitoringPoint.objects.filter(district=context["district"]).exists():
        return
    for point in data["points"]:
        _point(context, point)
    played = [
        *(("report", row) for row in data["reports"]),
        *(("voice", row) for row in data["voices"]),
        *(("feedback", row) for row in data["feedback"]),
    ]
    plays = {"report": _report, "voice": _voice, "feedback": _feedback}
    for kind, row in sorted(played, key=lambda each: each[1]["at"]):
        with dates.as_of(dates.past_moment(row["at"])):
            plays[kind](context, row)
    for removal in data["removals"]:
        play_removal(context, removal)


def _place(context: dict[str, Any], code: str) -> Any:
    return context["organisations"][code]


def _point(context: dict[str, Any], row: dict[str, Any]) -> None:
    MonitoringPoint.objects.create(
        district=context["district"],
        school=_place(context, row["school"]),
        since=date.fromisoformat(row["since"]),
        document=row["document"],
    )


def _report(context: dict[str, Any], row: dict[str, Any]) -> MonthlyReport:
    school = _place(context, row["school"])
    first = date.fromisoformat(f"{row['month']}-01")
    months = months_of(school.district_id, Season.of(first))
    month = next(month for month in months if month.first == first)
    came = [entry for entry, _days in known_of(school.pk, month).entries]
    effect = row["effect"] if came or row["others"] else None
    said = {name: row[name] for name in ("others", "practice", "clue")}
    by = context["users"][row["by"]]
    return services.give_report(school=school, month=month, entries=came, effect=effect, by=by, **said)


def _entry(context: dict[str, Any], key: str) -> Entry | None:
    """By its number, or by the key of the application that it came from."""
    rows = Entry.objects.filter(district=context["district"]).select_related("application__organisation")
    application = context.get("applications", {}).get(key)
    return rows.filter(application=application).first() if application else rows.filter(number=key).first()


def _voice(context: dict[str, Any], row: dict[str, Any]) -> Voice | None:
    entry, season = _entry(context, row["entry"]), Season.read(row["season"])
    found = evaluation_of(entry, season) if entry and season else None
    if found is None:
        return None
    codes = [question.code for question in QUESTIONS[row["party"]]]
    said = {"answers": dict(zip(codes, row["grades"], strict=True)), "line": row["line"]}
    try:
        return services.give_voice(
            evaluation=found, party=row["party"], by=context["users"][row["by"]], **said
        )
    except Refused:  # it came to another school, or its time is not over
        return None


def _feedback(context: dict[str, Any], row: dict[str, Any]) -> Feedback:
    users = context["users"]
    made = services.give_feedback(
        organisation=_place(context, row["unit"]),
        topic=row["topic"],
        words=row["words"],
        by=users[row["by"]],
    )
    if row["answer"]:
        with dates.as_of(dates.past_moment(row["answered_at"])):
            services.answer_feedback(feedback=made, answer=row["answer"], by=users[row["answered_by"]])
    return made


def play_removal(context: dict[str, Any], row: dict[str, Any]) -> Removal | None:
    entry, users = _entry(context, row["entry"]), context["users"]
    if entry is None:
        return None
    said = {name: row[name] for name in ("ground", "reason", "public_reason", "source", "reference")}
    with dates.as_of(dates.past_moment(row["at"])):
        removal = services.propose(entry=entry, by=users[row["by"]], **said)
    for step in row["steps"]:
        data = {
            name: date.fromisoformat(value) if name.endswith("_on") else value
            for name, value in step.get("data", {}).items()
        }
        with dates.as_of(dates.past_moment(step["at"])):
            removal = services.perform_removal(
                removal=removal, name=step["name"], by=users[step["by"]], note=step.get("note", ""), data=data
            )
    return removal
