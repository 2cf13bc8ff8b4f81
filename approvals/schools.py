"""Which schools an application touches, and how its form names them: filled in, never typed twice."""

from __future__ import annotations

from typing import Any

from jianfu.organisations.states import Kind, SchoolStage

from .states import Stage

_KINDS = {
    Stage.PRIMARY: (SchoolStage.PRIMARY, SchoolStage.NINE_YEAR),
    Stage.JUNIOR: (SchoolStage.JUNIOR, SchoolStage.NINE_YEAR, SchoolStage.COMPLETE),
    Stage.SENIOR: (SchoolStage.SENIOR, SchoolStage.COMPLETE),
}
_LONGEST = 300  # characters of the column


def schools_of(district: Any) -> Any:
    """The schools of the district that are open, kind by kind."""
    return district.organisations.filter(kind=Kind.SCHOOL, is_active=True).order_by("stage", "name")


def of_stages(district: Any, stages: list[str]) -> Any:
    """The schools where these stages are taught; a 九年一贯制 school counts as 小学 and as 初中."""
    kinds = {kind for stage in stages for kind in _KINDS[Stage(stage)]}
    return schools_of(district).filter(stage__in=kinds)


def named(application: Any) -> tuple[str, int | None]:
    """实施学校 and 学校数 of what was chosen: single schools, or all of the stages."""
    chosen = [str(school) for school in application.schools.order_by("stage", "name")]
    if chosen:
        return _listed(chosen), len(chosen)
    if not application.stages:
        return "", None
    stages = "、".join(Stage(stage).label for stage in application.stages)
    return f"全区{stages}", of_stages(application.district, application.stages).count() or None


def _listed(names: list[str]) -> str:
    """All names, or as many as the column holds and how many there are; the frozen content has them all."""
    text = "、".join(names)
    if len(text) <= _LONGEST:
        return text
    tail = f"等 {len(names)} 所学校"
    kept = text[: _LONGEST - len(tail)]
    return kept[: kept.rindex("、")] + tail
