"""The pages of each road's form: which items stand on which page, in the order in which they are printed."""

from __future__ import annotations

from dataclasses import dataclass

from .states import Road


@dataclass(frozen=True)
class FormPart:
    """One page of a form. ``fields`` are names that `columns` finds; ``besides`` what has rows of its own.

    ``besides``: ``criteria`` (准入依据), ``joint`` (联合单位), ``schools`` (逐所选择), ``files`` (附件).
    """

    key: str
    title: str
    fields: tuple[str, ...]
    besides: tuple[str, ...] = ()


_CONTACT = ("contact_name", "contact_phone")
_WHEN = ("starts_on", "ends_on")
_SCHOOLS = ("stages", "grades", "schools_text", "school_count")
_PROMISED = FormPart("files", "附件和承诺", ("committed",), ("files",))


def _basis(*more: str, title: str = "活动名称和政策依据") -> FormPart:
    fields = ("title", "category", *more, "level", "year", "term", *_CONTACT)
    return FormPart("basis", title, fields, ("criteria", "joint"))


_CONTENT = FormPart(
    "content",
    "内容和育人价值",
    ("content", "expected_effect", "integration", "course_overlap", "evaluation"),
)
_SCOPE = FormPart(
    "scope",
    "学校、年级和日期",
    (*_SCHOOLS, "student_count", *_WHEN, "frequency", "minutes"),
    ("schools",),
)
_CONDUCT = FormPart(
    "conduct",
    "课时、教师人数和组织方式",
    (
        "delivery", "method", "class_hours", "teacher_count", "teacher_duties", "funding",
        "charges_fee", "appraises_schools", "demands_traces", "safety",
    ),
)  # fmt: skip
# The plan is part of the application: the month before the activity is not there to wait for (R52, R53).
_PLANNED = FormPart("files", "活动实施方案、附件和承诺", ("plan", "committed"), ("files",))
_OFF_PLAN = (_basis("off_plan_reason"), _CONTENT, _SCOPE, _CONDUCT, _PLANNED)
# Only what is needed to list and to count it (R42).
_EXEMPT = (
    _basis("exemption", title="活动名称和免申报依据"),
    FormPart(
        "extent",
        "内容、学校和日期",
        (
            "content", *_SCHOOLS, *_WHEN, "frequency", "delivery", "class_hours", "teacher_count",
            "teacher_duties",
        ),
        ("schools",),
    ),
    _PROMISED,
)  # fmt: skip


def _inspection(*more: str) -> tuple[FormPart, ...]:
    return (
        FormPart(
            "item",
            "事项名称和依据",
            ("title", "inspection_kind", "level", *more, "year", *_CONTACT),
            ("criteria", "joint"),
        ),
        FormPart(
            "inspecting",
            "内容、方式和需要的材料",
            ("content", "methods", "materials", "sampling", "deployed_on", "differences"),
        ),
        FormPart("where", "学校和日期", (*_SCHOOLS, *_WHEN, "frequency"), ("schools",)),
        _PROMISED,
    )


_SURVEY = (
    FormPart(
        "survey", "名称和目的", ("title", "survey_kind", "approval_number", "content", "year", *_CONTACT)
    ),
    FormPart(
        "asking", "问谁、问什么", ("respondents", "items_asked", "channel", "reuse_checked", "reuse_note")
    ),
    FormPart("timing", "下发和上报", ("given_out_on", "hand_in_on")),
    _PROMISED,
)
_TASK = ("title", "borrow_kind", "content", *_WHEN, "year", *_CONTACT)
_TEACHER = ("teacher_name", "school", "subject", "is_head_teacher", "impact")
_BORROWING = (
    FormPart("task", "工作事项和期限", _TASK),
    FormPart("teacher", "教师和原学校", _TEACHER),
    _PROMISED,
)
_SHORT = (
    FormPart("task", "工作事项和期限", _TASK),
    FormPart("people", "人数和天数", ("person_count", "day_count", "impact")),
    _PROMISED,
)

_NUMERALS = "一二三四五六七八"


def _numbered(parts: tuple[FormPart, ...]) -> tuple[FormPart, ...]:
    return tuple(
        FormPart(part.key, f"{numeral} {part.title}", part.fields, part.besides)
        for numeral, part in zip(_NUMERALS, parts, strict=False)
    )


_PARTS: dict[str, tuple[FormPart, ...]] = {
    road: _numbered(parts)
    for road, parts in {
        Road.CAMPUS_ANNUAL: (_basis(), _CONTENT, _SCOPE, _CONDUCT, _PROMISED),
        Road.CAMPUS_SINGLE: _OFF_PLAN,
        Road.CAMPUS_URGENT: _OFF_PLAN,
        Road.CAMPUS_EXEMPT: _EXEMPT,
        Road.INSPECTION_PLAN: _inspection(),
        Road.INSPECTION_SINGLE: _inspection("off_plan_reason"),
        Road.SURVEY: _SURVEY,
        Road.SECONDMENT: _BORROWING,
        Road.SECONDMENT_SHORT: _SHORT,
    }.items()
}


def parts_of(road: str) -> tuple[FormPart, ...]:
    """The pages of the road's form, in order."""
    return _PARTS[road]


def fields_of(road: str) -> tuple[str, ...]:
    """Every item of the road's form that has a column, in the form's order."""
    return tuple(name for part in parts_of(road) for name in part.fields)


def part_of(road: str, key: str) -> FormPart | None:
    return next((part for part in parts_of(road) if part.key == key), None)


def page_of(road: str, name: str) -> str:
    """The key of the page on which the item stands; the first where it stands on none."""
    parts = parts_of(road)
    return next((part.key for part in parts if name in (*part.fields, *part.besides)), parts[0].key)
