"""进校园活动申报审批表: A4 upright, what was handed in and a box for each opinion."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from approvals.progress import matrix, registered
from jianfu.kernel.dates import chinese_date
from jianfu.kernel.documents.pdf import render_pages

from .case import Case

# Box of the paper, the step that fills it, who signs.
_BOXES = (
    ("专家论证意见", "conclude", "组长签字"),
    ("区教委初审意见", "pass_review", "负责人签字"),
    ("区委教育工作领导小组审批意见", "approve", "负责人签字"),
    ("备案", "file", "经办人签字"),
)
_LONG = {
    "活动内容",
    "组织方式",
    "预期效果",
    "安全责任与预案",
    "与现有课程的关系",
    "实施学校",
    "评价方式",
    "教师承担的工作",
}


def approval_form(case: Case, on: date) -> bytes:
    """The PDF of the content last handed in, with what was decided on it as far as the person may read it."""
    application = case.application
    context = {
        "application": application,
        "submission": {"content_version": application.content_version},
        "rows": _rows(case.content),
        "boxes": [_box(title, case.taken.get(name), signer) for title, name, signer in _BOXES],
        "panel": matrix(case.sheets),
        "made_on": chinese_date(on),
    }
    return render_pages(
        render_to_string("exports/application.html", context), sheets=("page.css", "application.css")
    )


def _rows(content: dict[str, str]) -> list[list[tuple[str, str]]]:
    """Two facts a line; a long one takes the whole line."""
    lines: list[list[tuple[str, str]]] = []
    waiting: list[tuple[str, str]] = []
    for label, words in content.items():
        if label in _LONG or len(words) > 22 or len(label) > 10:
            lines += [waiting] if waiting else []
            lines.append([(label, words)])
            waiting = []
        else:
            waiting.append((label, words))
            if len(waiting) == 2:
                lines.append(waiting)
                waiting = []
    return [*lines, waiting] if waiting else lines


def _box(title: str, step: Any, signer: str) -> dict[str, str]:
    if step is None:
        return {"title": title, "note": "", "registered": "", "who": "", "day": "", "signer": signer}
    return {
        "title": title,
        "note": step.note,
        "registered": registered(step),
        "who": f"{step.organisation_name} {step.who}".strip(),
        "day": chinese_date(timezone.localtime(step.at).date()),
        "signer": signer,
    }
