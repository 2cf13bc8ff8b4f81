"""抽调借用教师台账 in from files: the columns of its own export, or a district's old list (000 r13, B4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision
from jianfu.kernel.documents.reading import Book, Sheet
from jianfu.kernel.fields import ChineseDateField
from jianfu.kernel.intake import Plan
from jianfu.organisations import selectors as organisations
from ledger.forms.secondment import SecondmentForm
from ledger.models import Secondment
from ledger.permissions import secondment as permissions
from ledger.services import secondment as services
from ledger.states import Establishment, SecondmentKind

from .rows import Checker, Line, RowsTarget, Unread, coded

PURPOSE = "secondments"
HEAD_TEACHER = "（班主任）"
CONSENTS = {"均同意": ("on", "on"), "仅本人": ("on", ""), "仅学校": ("", "on"), "无": ("", "")}
MASKS = frozenset("*＊×某")


class RowForm(SecondmentForm):
    """What a row of the file may say besides: a teacher who is back already."""

    returned_on = ChineseDateField(label="返岗日期", required=False)


class SecondmentTarget(RowsTarget):
    """The whole register of the district; ``about`` is nothing."""

    label = "借用教师台账"
    hint = (
        "上传 .xlsx、.docx 或 .csv，第一行是列名，和“导出 Excel”得到的表一样。"
        "空白的格不改动；姓名、原学校和借用开始相同的就是同一条"
    )
    headings: Mapping[str, str] = {
        "姓名": "teacher_name",
        "原学校": "school",
        "学科或岗位": "subject",
        "编制情况": "establishment",
        "借用单位": "borrowing_unit_name",
        "工作事项": "work_item",
        "类别": "kind",
        "借用开始": "starts_on",
        "借用到期": "ends_on",
        "审批单位": "approving_body",
        "批准文号": "document_number",
        "备案机关": "filing_body",
        "备案日期": "filed_on",
        "同意情况": "consents",
        "返岗日期": "returned_on",
        "超期说明": "extension_reason",
        "备注": "note",
    }
    required = ("姓名", "原学校", "借用开始")
    ignored = frozenset({"序号", "月数", "状态", "说明"})

    def find(self, about: str, by: Any) -> Any:
        return by.person.district if not about and permissions.may_read_register(by) else None

    def title(self, _found: Any) -> str:
        return self.label

    def back_url(self, _found: Any) -> str:
        return reverse("ledger:secondment_list")

    def may(self, _found: Any, by: Any) -> Decision:
        return permissions.may_keep_register(by)

    def read(self, _found: Any, book: Book, by: Any) -> Plan:
        return self.read_rows(book, by)

    def write(self, _found: Any, plan: Plan, *, chosen: frozenset[str], by: Any, at: datetime | None) -> str:
        return self.write_rows(plan, by)

    def lines(self, sheet: Sheet, heading: int, columns: Mapping[int, str]) -> Iterator[Line]:
        """What one column holds of two fields is taken apart: 语文（班主任）, and who consented."""
        for line in super().lines(sheet, heading, columns):
            subject = line.values.get("subject", "")
            if subject.endswith(HEAD_TEACHER):
                line.values |= {"subject": subject.removesuffix(HEAD_TEACHER), "is_head_teacher": "on"}
            if "teacher_name" in line.values:
                line.values["teacher_name"] = "".join(line.values["teacher_name"].split())
            if (said := line.values.pop("consents", "")) in CONSENTS:
                both = dict(zip(("teacher_consented", "school_consented"), CONSENTS[said], strict=True))
                line.values |= both
            elif said:
                line.unread.append(("consents", f"“同意情况”填{'、'.join(CONSENTS)}，现在是“{said[:20]}”"))
            yield line

    def heading_of(self, form: Any, name: str) -> str:
        return str(form.fields[name].label)

    def posted(self, values: Mapping[str, str], unit: Callable[[str], str]) -> dict[str, str]:
        posted, unread = {}, []
        for name, words in values.items():
            try:
                posted[name] = self._posted(name, words, unit)
            except ValueError as error:
                unread.append((name, str(error)))
        if unread:
            raise Unread(unread)
        return posted

    def _posted(self, name: str, words: str, unit: Callable[[str], str]) -> str:
        if name == "kind":
            return coded(words, SecondmentKind.choices, "类别")
        if name == "establishment":
            return coded(words, Establishment.choices, "编制情况")
        if name == "teacher_name" and MASKS & set(words):
            raise ValueError(f"“{words[:20]}”是隐去的姓名，认不出是谁。用带姓名的表导入")
        if name == "approving_body" and words == "未经批准":
            return ""
        if name != "school":
            return words
        if not (key := unit(words)):
            raise ValueError(f"没有名为“{words[:30]}”的学校，改正名称或先登记学校")
        return key

    def unit(self, words: str, by: Any) -> str:
        named = organisations.schools(by.district_id).filter(Q(name=words) | Q(short_name=words))
        return str(found.pk) if (found := named.first()) else ""

    def form(self, by: Any) -> Any:
        return RowForm(user=by)

    def standing(self, item: Any) -> Mapping[str, Any]:
        return {"kind": SecondmentKind.OTHER} if item is None else _initial(item)

    def match(self, lines: list[Line], by: Any) -> None:
        names = {line.values.get("teacher_name", "") for line in lines}
        rows = Secondment.objects.named_for(by).valid().filter(teacher__name__in=names).for_list()
        known: dict[tuple[Any, ...], Secondment] = {}
        for row in rows:
            for place in {row.school.name, row.school.short_name} - {""}:
                known[row.teacher.name, place, row.starts_on] = row
        for line in lines:
            line.item = known.get(self.key(line))

    def key(self, line: Line) -> tuple[Any, ...]:
        said = line.values
        day = dates.parse_date(said.get("starts_on", "")[:20])
        return said.get("teacher_name", ""), said.get("school", ""), day

    def current(self, item: Any, name: str) -> Any:
        return item.teacher.name if name == "teacher_name" else getattr(item, name)

    def row_label(self, line: Line) -> str:
        return f"{line.values.get('teacher_name', '')}（{line.values.get('school', '')}）"

    def may_change(self, item: Any, by: Any) -> Decision:
        return permissions.may_change(by, item)

    def write_row(self, kept: Mapping[str, Any], checker: Checker, by: Any) -> bool:
        item = Secondment.objects.visible_to(by).for_list().filter(pk=kept["pk"]).first()
        cleaned = checker.check(None if item is None else self.standing(item), kept["posted"]).cleaned
        said = {"school": cleaned["school"], "teacher_name": cleaned["teacher_name"]}
        details = {name: cleaned[name] for name in services.DETAILS}
        if item is None:
            done = services.add_secondment(**said, details=details, by=by)
        else:
            done = services.change_secondment(
                secondment=item, **said, details=details, expected_version=kept["version"], by=by
            )
        back = cleaned["returned_on"]
        if back and done.returned_on is None:
            services.record_return(secondment=done, returned_on=back, expected_version=done.version, by=by)
        return item is None


def _initial(item: Secondment) -> dict[str, Any]:
    values = {name: getattr(item, name) for name in services.DETAILS}
    back = {"returned_on": item.returned_on}
    return {"school": item.school_id, "teacher_name": item.teacher.name, **values, **back}
