"""From an application to what the public may read of it. Nothing else of it ever leaves."""

from __future__ import annotations

from typing import Any

from approvals.selectors import joint_units
from approvals.states import Road, Stage, joined

from .privacy import publishable

# Entry field ← application field, for words that are taken over as they stand.
_WORDS = {
    "title": "title",
    "frequency": "frequency",
    "content": "content",
    "schools": "schools_text",
    "grades": "grades",
}
_PLAIN = ("year", "starts_on", "ends_on", "minutes", "class_hours", "teacher_count")


def public_fields(application: Any) -> dict[str, Any]:
    """The fields of the entry that the application becomes; reads its unit, joint units and bases."""
    names = [application.contact_name, application.handler.name]
    words = {name: publishable(getattr(application, source), names) for name, source in _WORDS.items()}
    return {
        **{name: getattr(application, name) for name in _PLAIN},
        **words,
        **({"verification_code": code} if (code := application.verification_code) else {}),
        "application_id": application.pk,
        "exempt": application.road == Road.CAMPUS_EXEMPT,
        "lead_name": application.organisation.name,
        "joint_names": _joint(application),
        "delivery": _granted(application, "delivery"),
        "integration": _joined_to(application.granted_integration or application.integration),
        "stages": "、".join(Stage(stage).label for stage in application.stages),
        "basis": "；".join(publishable(basis.cited, names) for basis in application.bases.all()),
    }


def _joint(application: Any) -> str:
    """联合单位, and the units of what was merged into it (R28), each once."""
    units = joint_units(application)
    names = list(dict.fromkeys(unit.name for unit in units if unit.pk != application.organisation_id))
    return "、".join(names)[:500]


def _granted(application: Any, name: str) -> str:
    """How it may be done as it was decided (R54, R55); as applied for where nothing else was."""
    field = f"granted_{name}" if getattr(application, f"granted_{name}") else name
    return str(getattr(application, f"get_{field}_display")())


def _joined_to(values: list[str]) -> str:
    """融入学科教学、课后服务; nothing where it stands alone."""
    return f"融入{joined(values)}" if joined(values) else ""
