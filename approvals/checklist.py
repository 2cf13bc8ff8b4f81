"""核对: every line of the form in words, with the way to mend it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from .columns import label_of, printed_value
from .parts import Progress


def checklist(application: Any, found: list[Progress]) -> list[dict[str, Any]]:
    """The pages with their lines: label, value (empty: 未填), what is wrong, url."""
    return [_section(application, progress) for progress in found]


def _section(application: Any, progress: Progress) -> dict[str, Any]:
    url = reverse("approvals:application_part", args=[application.pk, progress.part.key])
    wrong = dict(progress.missing)
    wrong |= {name: str(finding) for finding in progress.blocking for name in finding.fields}
    lines = [_line(application, name, url, wrong.get(name, "")) for name in progress.part.fields]
    if "criteria" in progress.part.besides:
        lines += _criteria(application, url, wrong.get("criteria", ""))
    if "files" in progress.part.besides:
        lines = [*_files(application, url, wrong.get("files", "")), *lines]
    return {
        "title": progress.part.title,
        "url": url,
        "words": progress.words,
        "tone": progress.tone,
        "lines": lines,
    }


def _line(application: Any, name: str, url: str, wrong: str) -> dict[str, str]:
    value = printed_value(application, name)
    if name == "committed":
        value = "已承诺" if application.committed else "—"
    return {
        "label": label_of(application, name),
        "value": "" if value == "—" else value,
        "wrong": wrong,
        "url": f"{url}#id_{name}",
    }


def _criteria(application: Any, url: str, wrong: str) -> list[dict[str, str]]:
    joint = "、".join(str(row) for row in application.joint_organisations.all())
    lines = [{"label": "联合单位", "value": joint, "wrong": "", "url": f"{url}#id_joint"}]
    for basis in application.bases.all():
        label = f"准入条件{basis.get_criterion_display()[0]}"
        lines.append({"label": label, "value": basis.cited, "wrong": wrong, "url": f"{url}#criteria"})
        wrong = ""
    if not application.bases.all():
        lines.append({"label": "准入条件", "value": "", "wrong": wrong, "url": f"{url}#criteria"})
    return lines


def _files(application: Any, url: str, wrong: str) -> list[dict[str, str]]:
    found = list(application.attachments.in_use())
    words = "、".join(f"{file.get_kind_display()}：{file.name}" for file in found)
    return [{"label": "附件", "value": words, "wrong": wrong, "url": f"{url}#id_file"}]
