"""A small target to read files into, and files for it: 序号, 名称 in the first two columns of a sheet."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from jianfu.kernel.decisions import Decision
from jianfu.kernel.documents.reading import Book
from jianfu.kernel.intake import Change, Place, Plan, Problem, targets
from ledger.models import Intake, Ledger
from ledger.permissions import form as permissions
from ledger.services import intake as services
from ledger.services.filling import EntryInput, as_input, save_row

PURPOSE = "sample"


class Sample:
    """Each line adds an entry to the row of its number."""

    label, hint = "样表", "上传 .xlsx"

    def find(self, about: str, by: Any) -> Any:
        return Ledger.objects.visible_to(by).filter(year=int(about or 0)).first()

    def title(self, found: Ledger) -> str:
        return f"{found.year}年样表"

    def back_url(self, found: Ledger) -> str:
        return found.get_absolute_url()

    def may(self, _found: Ledger, by: Any) -> Decision:
        return permissions.may_read(by)

    def read(self, found: Ledger, book: Book, _by: Any) -> Plan:
        changes, problems, lines, versions = [], [], [], {}
        for line in book.shown[0].rows.values():
            at = next(iter(line.values())).row
            number, name = (line[column].words for column in (1, 2))
            place = Place(sheet=book.shown[0].name, row=at, column="B")
            row = found.rows.filter(number=int(number)).first() if number.isdigit() else None
            if row is None:
                problems.append(Problem(words=f"没有第 {number} 项", place=place, stops=number == "停"))
                continue
            conflict = name.startswith("!")
            changes.append(
                Change(key=f"k{at}", row=str(row), column="名称", before="", after=name, conflict=conflict,
                       changed_by="李敏" if conflict else "", place=place)
            )  # fmt: skip
            lines.append([f"k{at}", row.pk, name])
            versions[str(row.pk)] = row.version
        return Plan(tuple(changes), tuple(problems), {"lines": lines, "versions": versions}, "读完了")

    def write(
        self, found: Ledger, plan: Plan, *, chosen: frozenset[str], by: Any, at: datetime | None
    ) -> str:
        conflicts = {change.key for change in plan.changes if change.conflict}
        by_row: dict[int, list[EntryInput]] = {}
        for key, pk, name in plan.data["lines"]:
            if key in chosen or key not in conflicts:
                by_row.setdefault(pk, []).append(EntryInput(kind="held", name=name))
        for pk, entries in by_row.items():
            row = found.rows.get(pk=pk)
            here = [as_input(entry) for entry in row.entries.all()]
            version = plan.data["versions"][str(pk)]
            save_row(row=row, by=by, entries=[*here, *entries], expected_version=version, at=at)
        return f"已写入 {len(by_row)} 项"


def register() -> None:
    targets.register(PURPOSE, Sample())


def workbook_of(*lines: tuple[Any, ...]) -> bytes:
    book = Workbook()
    for line in lines:
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(
    by: Any, *lines: tuple[Any, ...], content: bytes = b"", purpose: str = PURPOSE, about: str = "2026"
) -> Intake:
    """Through the service, read by the real process; as it stands after that."""
    file = SimpleUploadedFile("样表.xlsx", content or workbook_of(*lines))
    intake = services.upload(purpose=purpose, about=about, file=file, by=by)
    intake.refresh_from_db()
    return intake
