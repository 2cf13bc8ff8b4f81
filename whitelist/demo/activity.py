"""The demonstration district's plans, played through the services: agreed, returned, waiting; visits too."""

from __future__ import annotations

import json
from datetime import date, time
from pathlib import Path
from typing import Any

from jianfu.kernel import dates
from whitelist import services
from whitelist.models import Activity, Entry, Visit


def load(context: dict[str, Any]) -> None:
    """A plan whose entry has one already is left alone, as is one whose entry is not there."""
    told = json.loads((Path(context["folder"]) / "activities.json").read_text("utf-8"))
    for plan in told["plans"]:
        application = context.get("applications", {}).get(plan["key"])
        entry = Entry.objects.filter(application=application).first() if application else None
        if entry is not None and not entry.activities.exists():
            _play(context, entry, plan)
    for row in told["unlisted"]:
        school = context["organisations"][row["school"]]
        if not Visit.objects.unlisted().filter(school=school, visitor=row["visitor"]).exists():
            with _at(row["at"]):
                services.record_unlisted(
                    school=school,
                    by=context["users"][row["by"]],
                    kind=row["kind"],
                    visitor=row["visitor"],
                    purpose=row["purpose"],
                )


def _at(moment: str) -> Any:
    return dates.as_of(dates.past_moment(moment))


def _play(context: dict[str, Any], entry: Entry, plan: dict[str, Any]) -> None:
    by = context["users"][plan["by"]]
    with _at(plan["opened_at"]):
        activity = services.open_activity(entry=entry, by=by, organisation=entry.application.organisation)
        services.save_activity(activity=activity, by=by, fields={"needs": plan["needs"]})
        services.add_sessions(
            activity=activity, by=by, rows=[_session(context, row) for row in plan["sessions"]]
        )
    _step(activity, "submit", by, plan["submitted_at"])
    for name, key in (("agree", "agreed"), ("return_", "returned")):
        if f"{key}_by" in plan:
            checker = context["users"][plan[f"{key}_by"]]
            _step(activity, name, checker, plan[f"{key}_at"], plan.get("note", ""))
    for move in plan.get("moves", ()):
        _move(context, activity, by, move)
    for visit in plan.get("visits", ()):
        with _at(visit["at"]):
            services.record_visit(
                session=activity.sessions.get(school=context["organisations"][visit["school"]]),
                by=context["users"][visit["by"]],
                kind=visit["kind"],
                reason=visit.get("reason", ""),
                note=visit.get("note", ""),
            )


def _step(activity: Activity, name: str, by: Any, moment: str, note: str = "") -> None:
    with _at(moment):
        services.take_step(activity=activity, name=name, by=by, note=note)


def _session(context: dict[str, Any], row: list[Any]) -> dict[str, Any]:
    school, day, begins, ends, grades, students = row
    return {
        "school": context["organisations"][school],
        "day": date.fromisoformat(day),
        "begins": time.fromisoformat(begins),
        "ends": time.fromisoformat(ends),
        "grades": grades,
        "students": students,
        "class_hours": 0,
    }


def _move(context: dict[str, Any], activity: Activity, by: Any, move: dict[str, Any]) -> None:
    session = activity.sessions.get(school=context["organisations"][move["school"]])
    with _at(move["at"]):
        services.move_session(
            session=session,
            by=by,
            day=date.fromisoformat(move["day"]),
            begins=time.fromisoformat(move["begins"]),
            ends=time.fromisoformat(move["ends"]),
            note=move["note"],
        )
