"""What a register is: one declaration, from which its list, form, files and figures are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jianfu.kernel.dates import chinese_date
from jianfu.kernel.policy import Rule
from jianfu.kernel.workflow import Workflow

Words = str | int | date | None


@dataclass(frozen=True)
class Column:
    """A column of the list and of the files. ``name`` is the model's own column where it is one.

    ``width_mm`` is its share of the paper; ``on_screen`` False: only in the files.
    """

    heading: str
    name: str
    width_mm: float = 24
    centred: bool = False
    on_screen: bool = True

    @property
    def css(self) -> str:
        """The class of its width on screen; the name takes what the others leave."""
        return next(
            f"w{size}" for size in (12, 10, 9, 8, 7, 6, 5) if self.width_mm >= size * 2.4 or size == 5
        )

    @property
    def sorts(self) -> bool:
        return self.name in {"name", "begun_on", "section", "verdict"}


@dataclass(frozen=True)
class Register:
    """``measure`` is the word that counts its items (张, 个); ``begins`` and ``ends`` what their two days
    are called; ``first`` the form's fields that are always asked, ``more`` those folded away.

    ``disposes``: its items are gone through each year (R13). ``by_schools``: schools keep their own.
    ``workflow``: its items are handled step by step, and end there.
    ``surroundings(item)`` gives the rules what stands beside the item.
    """

    model: Any
    label: str
    measure: str
    clause: str
    purpose: str
    columns: tuple[Column, ...]
    first: tuple[str, ...]
    more: tuple[str, ...]
    begins: str = "开始日期"
    filters: tuple[str, ...] = ()
    searched: tuple[str, ...] = ("name",)
    rules: tuple[Rule, ...] = ()
    surroundings: Callable[[Any], Mapping[str, Any]] = lambda _item: {}
    disposes: bool = True
    by_schools: bool = False
    workflow: Workflow | None = None

    @property
    def slug(self) -> str:
        return str(self.model.slug)

    @property
    def history(self) -> str:
        """Its name among the history pages."""
        return f"register_{self.slug}"

    @property
    def item(self) -> str:
        """报表 for one item of it."""
        return str(self.model._meta.verbose_name)

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.first, *self.more)


def cell(item: Any, column: Column) -> Words:
    """What stands in the column for the item: words of a choice, 是 or 否, a date or a number as such."""
    shown = getattr(item, f"get_{column.name}_display", None)
    if shown is not None:
        return str(shown())
    value = getattr(item, column.name)
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or isinstance(value, int | date):
        return value
    return str(value)


def words(item: Any, column: Column) -> str:
    """The same for reading: dates in Chinese, nothing where nothing is known."""
    value = cell(item, column)
    if isinstance(value, date):
        return chinese_date(value)
    return "" if value is None else str(value)
