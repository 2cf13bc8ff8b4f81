"""办理记录, 催办, 步骤条: what an act brings along (登记内容), and what of it every workflow keeps alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from . import dates
from .decisions import Decision, allow, refuse
from .workflow import Act


class TakenStep(models.Model):
    """办理记录: one transition that was taken, by whom, with which words (`step_columns`).

    What it belongs to, ``source`` and ``target`` are columns of the heir: each workflow has its own states.
    """

    transition = models.CharField("动作", max_length=30)
    label = models.CharField("办理", max_length=30)
    person = models.ForeignKey(
        "organisations.Person", models.PROTECT, verbose_name="办理人", related_name="+"
    )
    on_behalf_of = models.ForeignKey(
        "organisations.Person",
        models.PROTECT,
        verbose_name="被代理人",
        null=True,
        blank=True,
        related_name="+",
    )
    organisation_name = models.CharField("单位", max_length=100, blank=True)
    note = models.TextField("意见", blank=True)
    data = models.JSONField("登记内容", default=dict)
    entered_at = models.DateTimeField("收到时间")
    at = models.DateTimeField("办理时间")

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.label} {self.note}"

    @property
    def who(self) -> str:
        """李敏, or 李敏（代王哲）."""
        return f"{self.person.name}（代{self.on_behalf_of.name}）" if self.on_behalf_of else self.person.name


class SentReminder(models.Model):
    """催办: one reminder of a matter, at most one a day. What it is about, the matter's ``state`` then, and
    until when it counts are the heir's."""

    by = models.ForeignKey("organisations.Person", models.PROTECT, verbose_name="催办人", related_name="+")
    organisation_name = models.CharField("单位", max_length=100, blank=True)
    note = models.CharField("催办的话", max_length=200)
    day = models.DateField("日期")
    at = models.DateTimeField("时间")

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.note}"


@dataclass(frozen=True)
class Stage:
    """One stop of the bar on a matter's page; ``state`` is done, current, todo or returned."""

    label: str
    state: str
    when: Any = ""
    who: str = ""


def words_in(act: Act, key: str) -> str:
    """A number of a document, a name: as typed, without the blanks around it."""
    return str(act.data.get(key) or "").strip()


def filled(text: str, words: str) -> Decision:
    return allow() if text else refuse(words)


def dated(day: date | None, name: str) -> Decision:
    """A day that has come: nothing is registered ahead."""
    if not day:
        return refuse(f"填写{name}")
    if day > dates.today():
        return refuse(f"{name}不能晚于今天（{dates.chinese_date(dates.today())}）")
    return allow()


def step_columns(act: Act, *, on_behalf_of: Any) -> dict[str, Any]:
    """The columns of `TakenStep`, ``source`` and ``target`` with them."""
    return {
        "transition": act.transition.name,
        "label": act.transition.label,
        "source": act.source,
        "target": act.target,
        "person_id": act.by.person_id,
        "on_behalf_of": on_behalf_of,
        "organisation_name": str(act.by.organisation or ""),
        "note": act.note,
        "data": {key: _kept(value) for key, value in act.data.items() if value not in (None, "")},
        "entered_at": act.entered_at,
        "at": act.at,
    }


def _kept(value: Any) -> Any:
    """A list of words stays one, for statistics; everything else is kept as its words."""
    return [str(each) for each in value] if isinstance(value, list | tuple) else str(value)
