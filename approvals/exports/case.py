"""All that the documents of one application are written from, read once and only when it is needed."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import Any

from approvals.models import Assignment
from approvals.permissions import may_read_panel
from approvals.states import DECIDED, Ground, State
from jianfu.kernel.calendar import WorkCalendar
from jianfu.organisations.selectors import organisations, work_calendar
from jianfu.organisations.states import Kind, Role


class Case:
    """An application as a person sees it who may see it. ``content`` is what was last handed in, frozen."""

    def __init__(self, application: Any, by: Any, steps: list[Any] | None = None) -> None:
        self.application, self.by = application, by
        if steps is not None:
            self.steps = sorted(steps, key=lambda step: (step.at, step.pk))

    @cached_property
    def steps(self) -> list[Any]:
        """办理记录, in the order of time."""
        return list(self.application.steps.select_related("person", "on_behalf_of").order_by("at", "pk"))

    @cached_property
    def told(self) -> list[Any]:
        """The steps as this person may read them: what the panel said is not for everybody at once."""
        if self.reads_panel:
            return self.steps
        return [_withheld(step) if step.transition == "conclude" else step for step in self.steps]

    @cached_property
    def reads_panel(self) -> bool:
        return bool(may_read_panel(self.application, self.by))

    @cached_property
    def taken(self) -> dict[str, Any]:
        """The last step of each name on the content that was last handed in."""
        now = self.application.content_version
        return {step.transition: step for step in self.told if step.content_version == now}

    def last(self, name: str) -> Any:
        """The last step of this name on any content; None where there was none."""
        return next((step for step in reversed(self.steps) if step.transition == name), None)

    @cached_property
    def content(self) -> dict[str, str]:
        """The form's items under their Chinese names."""
        found = self.application.submissions.order_by("-content_version").first()
        return found.content if found else {}

    @property
    def title(self) -> str:
        return self.content.get("活动名称") or str(self.application)

    @cached_property
    def panel_opinion(self) -> Any:
        rows = self.application.panel_opinions.filter(content_version=self.application.content_version)
        return rows.select_related("head").first()

    @cached_property
    def sheets(self) -> list[Any]:
        """The experts' own sheets as far as this person may see them: an applicant sees none, whatever else
        the person is."""
        if self.applies:
            return []
        rows = (
            Assignment.objects.visible_to(self.by)
            .counting()
            .filter(
                application=self.application,
                content_version=self.application.content_version,
                opinion__submitted_at__isnull=False,
            )
        )
        return list(rows.select_related("expert__organisation", "opinion").prefetch_related("opinion__items"))

    @cached_property
    def applies(self) -> bool:
        """Stands on the applicant's side: for 申报单位 or 联合单位."""
        own = self.by.organisation_ids(Role.APPLICANT)
        return bool(own) and bool(own & self.application.involved_organisation_ids())

    @property
    def decided_yes(self) -> bool:
        return self.application.state in DECIDED

    @property
    def decided(self) -> bool:
        """The answer was given, yes or no."""
        return self.decided_yes or self.application.state == State.REJECTED

    @cached_property
    def units(self) -> dict[str, Any]:
        """领导小组 and 区教委 of the district, by kind."""
        rows = organisations(self.application.district_id).filter(kind__in=[Kind.LEADING_GROUP, Kind.BUREAU])
        return {row.kind: row for row in rows.order_by("-position", "-pk")}

    @property
    def group(self) -> str:
        found = self.units.get(Kind.LEADING_GROUP)
        return found.name if found else "区委教育工作领导小组"

    @property
    def office(self) -> str:
        return f"{self.group}办公室"

    @property
    def bureau(self) -> str:
        found = self.units.get(Kind.BUREAU)
        return found.name if found else f"{self.application.district.name}教育委员会"

    @cached_property
    def joint(self) -> list[str]:
        return [row.name for row in self.application.joint_organisations.all()]

    @cached_property
    def absorbed(self) -> list[Any]:
        """The applications of others that were merged into this one."""
        return list(self.application.absorbed.select_related("organisation").order_by("number"))

    @cached_property
    def calendar(self) -> WorkCalendar:
        return work_calendar()


WITHHELD = "（作出审批决定后提供）"


def _withheld(step: Any) -> Any:
    """The step without what was said in it: a copy, the row is history."""
    shown = copy(step)
    shown.note, shown.data = WITHHELD, {}
    return shown


def grounds(step: Any) -> list[Ground]:
    """The ready-made grounds that a negative step was given, in the order of the list."""
    kept = step.data.get("grounds") or []
    return [ground for ground in Ground if ground.value in kept]
