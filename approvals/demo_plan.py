"""The demonstration's yearly plans of inspections, played through the services, each step as of its day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from approvals import services
from approvals.models import Application, InspectionPlan
from approvals.states import Disposition, Road
from jianfu.kernel import dates, registry

_DATES = frozenset({"starts_on", "ends_on", "deployed_on", "decided_on", "filed_on"})
_BEFORE = timedelta(days=1)  # a draft is begun this long before it is handed in


def load(context: dict[str, Any]) -> None:
    """A plan or a single item that is there already is left alone."""
    data = json.loads((context["folder"] / "plans.json").read_text(encoding="utf-8"))
    for record in data["plans"]:
        if not InspectionPlan.objects.filter(district=context["district"], year=record["year"]).exists():
            _Plan(record, context).play()
    for record in data["singles"]:
        organisation = context["organisations"][record["organisation"]]
        if not Application.objects.filter(
            organisation=organisation, title=record["fields"]["title"]
        ).exists():
            _play_single(record, context)


class _Plan:
    def __init__(self, record: dict[str, Any], context: dict[str, Any]) -> None:
        self.record, self.context, self.users = record, context, context["users"]
        self.office = self.users[record["opened_by"]]

    def play(self) -> None:
        record = self.record
        with dates.as_of(dates.past_moment(record["opened_at"])):
            self.plan = services.open_plan(
                by=self.office, district=self.context["district"], year=record["year"]
            )
        for item in sorted(record["items"], key=lambda item: item["submitted_at"]):
            _item(item, self.context, Road.INSPECTION_PLAN, record["year"])
        with dates.as_of(dates.past_moment(record["cleaned_at"])):
            self._clean_up()
        for name, by, at, note, data in record["steps"]:
            with dates.as_of(dates.past_moment(at)):
                self.plan = services.perform_plan(
                    plan=self.plan, name=name, by=self.users[by], note=note, data=_values(data)
                )

    def _clean_up(self) -> None:
        """What lies on paper is registered first; those that stay are said before those that go into them."""
        rows = self.record["past"]
        if self.record["past_source"]:
            services.add_past_items(
                plan=self.plan, by=self.office, rows=[self._on_paper(row) for row in rows]
            )
        items = {item.title: item for item in self.plan.past_items.select_related("plan")}
        for row in sorted(rows, key=lambda row: row["disposition"] != Disposition.KEPT):
            services.dispose(
                item=items[row["title"]],
                by=self.office,
                disposition=row["disposition"],
                reason=row["reason"],
                merged_with=items.get(row["merged_with"]),
            )

    def _on_paper(self, row: dict[str, Any]) -> dict[str, str]:
        return {
            "title": row["title"],
            "unit_name": self.context["organisations"][row["unit"]].name,
            "inspection_kind": row["inspection_kind"],
            "source": self.record["past_source"],
        }


def _item(record: dict[str, Any], context: dict[str, Any], road: Road, year: int) -> Application:
    """Drafted, handed in, and consented to where the record says when."""
    by, submitted_at = context["users"][record["handler"]], dates.past_moment(_submitted(record))
    with dates.as_of(submitted_at - _BEFORE):
        draft = services.open_draft(
            by=by, organisation=context["organisations"][record["organisation"]], year=year, road=road
        )
        draft = services.save_draft(
            application=draft,
            by=by,
            fields=_values(record["fields"]),
            bases={key: tuple(words) for key, words in record["bases"].items()},
            joint=[context["organisations"][code] for code in record["joint"]],
        )
    if "consented_at" not in record:
        return draft
    with dates.as_of(submitted_at):
        draft = services.perform(application=draft, name="submit", by=by)
    with dates.as_of(dates.past_moment(record["consented_at"])):
        reviewer = context["users"][record["consented_by"]]
        return services.perform(application=draft, name="consent", by=reviewer, note="同意列入年度计划。")


def _submitted(record: dict[str, Any]) -> str:
    return record["submitted_at"] if "submitted_at" in record else record["steps"][0][2]


def _play_single(record: dict[str, Any], context: dict[str, Any]) -> None:
    year = date.fromisoformat(record["fields"]["starts_on"]).year
    application = _item(record, context, Road.INSPECTION_SINGLE, year)
    for name, by, at, note, data in record["steps"]:
        with dates.as_of(dates.past_moment(at)):
            application = services.perform(
                application=application, name=name, by=context["users"][by], note=note, data=_values(data)
            )


def _values(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in _DATES and value else value
        for name, value in fields.items()
    }


def register() -> None:
    registry.demonstrations.register("approvals.plans", (22, load))
