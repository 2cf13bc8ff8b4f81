"""The official form as something that files are read into."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jianfu.kernel.decisions import Decision, allow, refuse
from jianfu.kernel.documents.reading import Book
from jianfu.kernel.exchange import key_of
from jianfu.kernel.intake import Plan, Problem, targets
from jianfu.organisations.states import Role
from ledger.models import Ledger
from ledger.permissions import form as permissions

from . import official, working, writing
from .contents import RowPlan

PURPOSE, PAST = "form", "past-form"


class FormTarget:
    """``about`` is the year. Whoever fills rows may read files; what of them is written, each row decides."""

    label = "减负台账"
    hint = "导出后填好的填报表，或者往年的台账：Excel（.xlsx）、Word 表格（.docx）、CSV，不超过 20 MB"

    def find(self, about: str, by: Any) -> Ledger | None:
        year = key_of(about)
        rows = Ledger.objects.visible_to(by).select_related("district")
        return rows.filter(year=year).first() if year is not None and year < 10_000 else None

    def title(self, found: Ledger) -> str:
        return f"{found.year}年减负台账"

    def back_url(self, found: Ledger) -> str:
        return found.get_absolute_url()

    def may(self, found: Ledger, by: Any) -> Decision:
        """A locked year refuses before anything is uploaded."""
        return permissions.is_open(found) & (
            allow() if by.has(Role.SECTION_CLERK) else refuse("台账由责任科室的填报员导入")
        )

    def read(self, found: Ledger, book: Book, by: Any) -> Plan:
        if working.is_working_form(book):
            return working.read_form(found, book, by)
        return official.read_form(found, book, lambda plan: plan.settle(by))

    def write(
        self, found: Ledger, plan: Plan, *, chosen: frozenset[str], by: Any, at: datetime | None
    ) -> str:
        left_out = frozenset(c.key for c in plan.changes if c.conflict and c.key not in chosen)
        return writing.write(found, plan.data, left_out, by, at)


class PastTarget(FormTarget):
    """补录: the office brings in an old ledger as a whole, into a year that is entered from its paper or into
    an open one. It gives nobody's word: what a 科室 has said stays."""

    label = "补录往年台账"
    hint = "整本的正式台账：Excel（.xlsx）、Word 表格（.docx）、CSV，不超过 20 MB"

    def title(self, found: Ledger) -> str:
        return f"补录{found.year}年减负台账"

    def may(self, found: Ledger, by: Any) -> Decision:
        return permissions.is_writable(found) & permissions.may_enter(found, by)

    def read(self, found: Ledger, book: Book, by: Any) -> Plan:
        if working.is_working_form(book):
            words = "这是导出的填报表，由责任科室在“填报表”页传回。补录请上传整本的正式台账"
            return Plan(problems=(Problem(words=words, stops=True),), summary="文件没有读入。")
        return official.read_form(found, book, RowPlan.keep_what_sections_said, whole=True)

    def write(
        self, found: Ledger, plan: Plan, *, chosen: frozenset[str], by: Any, at: datetime | None
    ) -> str:
        left_out = frozenset(c.key for c in plan.changes if c.conflict and c.key not in chosen)
        source = found.source or f"上传的台账文件（SHA-256 {plan.data['sha256'][:12]}）"
        return writing.write(found, plan.data, left_out, by, at, source=source)


def register() -> None:
    targets.register(PURPOSE, FormTarget())
    targets.register(PAST, PastTarget())
