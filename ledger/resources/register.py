"""The registers in from files: the columns of their own export, through their own form and services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.forms import model_to_dict
from django.urls import reverse

from jianfu.kernel import dates
from jianfu.kernel.decisions import Decision
from jianfu.kernel.documents.reading import Book
from jianfu.kernel.intake import Plan
from jianfu.organisations import selectors as organisations
from ledger.forms.register import form_of
from ledger.permissions import register as permissions
from ledger.registers import REGISTERS, Register
from ledger.services import register as services

from .rows import Checker, Line, RowsTarget, Unread, coded, ticked

PURPOSE = "register"
CHUNK = 500


class RegisterTarget:
    """``about`` is the register's name in addresses."""

    label = "减负清单"
    hint = (
        "上传 .xlsx、.docx 或 .csv，第一行是列名，和“导出 Excel”得到的表一样。"
        "空白的格不改动；名称和开始日期相同的就是同一条"
    )

    def find(self, about: str, by: Any) -> Rows | None:
        known = REGISTERS.get(about)
        return Rows(known) if known and permissions.may_read(by, known) else None

    def title(self, found: Rows) -> str:
        return found.register.label

    def back_url(self, found: Rows) -> str:
        return reverse("ledger:item_list", args=[found.register.slug])

    def may(self, found: Rows, by: Any) -> Decision:
        return permissions.may_add(by, found.register)

    def read(self, found: Rows, book: Book, by: Any) -> Plan:
        return found.read_rows(book, by)

    def write(self, found: Rows, plan: Plan, *, chosen: frozenset[str], by: Any, at: datetime | None) -> str:
        return found.write_rows(plan, by)


class Rows(RowsTarget):
    """One register's rows. 处置意见 are given on the page, each with its basis; a file does not give them."""

    def __init__(self, register: Register) -> None:
        self.register = register
        taken = {column.heading: column.name for column in register.columns}
        self.headings = {heading: name for heading, name in taken.items() if name in register.fields}
        self.ignored = frozenset(taken) - set(self.headings) | {"序号"}
        self.required = tuple(
            heading for heading, name in self.headings.items() if name in {"name", "begun_on"}
        )

    def posted(self, values: Mapping[str, str], unit: Callable[[str], str]) -> dict[str, str]:
        headings = {name: heading for heading, name in self.headings.items()}
        posted, unread = {}, []
        for name, words in values.items():
            try:
                posted[name] = self._posted(name, words, headings[name], unit)
            except ValueError as error:
                unread.append((name, str(error)))
        if unread:
            raise Unread(unread)
        return posted

    def _posted(self, name: str, words: str, heading: str, unit: Callable[[str], str]) -> str:
        column = self._column(name)
        if column.choices:
            return coded(words, column.choices, heading)
        if isinstance(column, models.BooleanField):
            return ticked(words, heading)
        if column.is_relation:
            if not (key := unit(words)):
                raise ValueError(f"没有名为“{words[:30]}”的单位，改正名称或先登记单位")
            return key
        return words

    def unit(self, words: str, by: Any) -> str:
        named = models.Q(name=words) | models.Q(short_name=words)
        found = organisations.organisations(by.district_id).filter(named).first()
        return str(found.pk) if found else ""

    def _column(self, name: str) -> Any:
        return self.register.model._meta.get_field(name)

    def form(self, by: Any) -> Any:
        return form_of(self.register.slug)(user=by)

    def standing(self, item: Any) -> Mapping[str, Any]:
        return model_to_dict(self.register.model() if item is None else item, self.register.fields)

    def match(self, lines: list[Line], by: Any) -> None:
        by_key: dict[tuple[Any, Any], Any] = {}
        wanted = [line.values.get("name", "") for line in lines]
        many = [name for name in self.register.fields if self._column(name).many_to_many]
        one = [name for name in self.register.fields if self._column(name).many_to_one]
        rows = self.register.model.objects.visible_to(by).valid()
        rows = rows.select_related("section", *one).prefetch_related(*many)
        for start in range(0, len(wanted), CHUNK):
            for item in rows.filter(name__in=wanted[start : start + CHUNK]):
                by_key[item.name, item.begun_on] = item
        for line in lines:
            line.item = by_key.get(self.key(line))

    def key(self, line: Line) -> tuple[Any, Any]:
        return line.values.get("name", ""), dates.parse_date(line.values.get("begun_on", "")[:20])

    def current(self, item: Any, name: str) -> Any:
        return getattr(item, name)

    def row_label(self, line: Line) -> str:
        return line.values.get("name", "")

    def may_change(self, item: Any, by: Any) -> Decision:
        return permissions.may_change(by, item)

    def write_row(self, kept: Mapping[str, Any], checker: Checker, by: Any) -> bool:
        item = self.register.model.objects.visible_to(by).filter(pk=kept["pk"]).first()
        standing = None if item is None else self.standing(item)
        cleaned = checker.check(standing, kept["posted"]).cleaned
        details = {name: cleaned[name] for name in self.register.fields if name in cleaned}
        if item is None:
            services.add_item(register=self.register, details=details, by=by)
            return True
        given = {name: value for name, value in details.items() if name in kept["posted"]}
        services.change_item(
            register=self.register, item=item, details=given, expected_version=kept["version"], by=by
        )
        return False
