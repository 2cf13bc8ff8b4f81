"""待办提醒 by mail: one plain letter a person and working day, gathered from the apps like the 工作台."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from jianfu.context_processors import count_matters
from jianfu.desk import gather
from jianfu.kernel import dates, registry
from jianfu.kernel.calendar import Remaining

LONGEST = 20  # lines of a letter; the rest is on the desk


@dataclass(frozen=True)
class Letter:
    """What one person is told."""

    person: Any
    subject: str
    body: str
    matters: int

    def as_mail(self) -> EmailMessage:
        return EmailMessage(self.subject, self.body, to=[self.person.email])


def lacking() -> str:
    """What must be set before anything can be sent, as one sentence; empty when nothing is missing."""
    if not settings.EMAIL_HOST:
        return "没有发送邮件：设置环境变量 EMAIL_URL（如 smtp+tls://账号:密码@邮件服务器:587）后再运行"
    if "@" not in settings.DEFAULT_FROM_EMAIL:
        return "没有发送邮件：设置环境变量 JIANFU_MAIL_FROM（发件邮箱）后再运行"
    if not settings.JIANFU_ADDRESS:
        return "没有发送邮件：设置环境变量 JIANFU_ADDRESS（大家打开平台的网址）后再运行"
    return ""


def letter_for(user: Any, day: date) -> Letter | None:
    """None where nothing waits for the person, or nothing that has to be told today."""
    count = count_matters(user, day, "todo")
    if not count:
        return None
    gathered = gather(user, day, "todo")
    matters = [matter for matter in gathered if matter.told]
    count -= len(gathered) - len(matters)
    if not count:
        return None
    late = sum(1 for matter in matters if matter.remaining and matter.remaining.days < 0)
    return Letter(
        person=user.person,
        subject=f"减负台账：{count} 项待办" + (f"，其中 {late} 项已超期" if late else ""),
        body="\n".join([*_opening(user, day, count), *_lines(matters, count), *_closing(matters)]),
        matters=count,
    )


def _opening(user: Any, day: date, count: int) -> list[str]:
    return [f"{user.person.name}：", "", f"到{dates.chinese_date(day)}，有 {count} 项待办：", ""]


def _lines(matters: list[registry.Matter], count: int) -> list[str]:
    lines = []
    for number, matter in enumerate(matters[:LONGEST], start=1):
        time = f"【{_time(matter.remaining)}】" if matter.remaining else ""
        urged = f"，{matter.urged_words}" if matter.urged else ""
        lines += [
            f"{number}. {time}{matter.title}（{matter.kind}，来自{matter.origin}{urged}）",
            f"   {_link(matter.url)}",
        ]
    rest = count - min(len(matters), LONGEST)
    return [*lines, f"另有 {rest} 项，在工作台查看。"] if rest > 0 else lines


def _time(remaining: Remaining) -> str:
    """剩 5 天; where the paper counts other days than the rest of the letter, 剩 7 天（自然日）."""
    apart = remaining.days and remaining.unit != Remaining.unit
    return f"{remaining.words}（{remaining.unit}）" if apart else remaining.words


def _closing(matters: list[registry.Matter]) -> list[str]:
    return [
        "",
        f"工作台：{_link(reverse('desk'))}",
        "",
        f"{_days(matters)}这封邮件在工作日自动发出，不用回复；不想再收，告诉系统管理员去掉登记的邮箱。",
    ]


def _days(matters: list[registry.Matter]) -> str:
    """Which days the letter counts; nothing where it counts none."""
    units = {each.remaining.unit for each in matters[:LONGEST] if each.remaining and each.remaining.days}
    if not units:
        return ""
    if Remaining.unit not in units:
        return f"天数是{'、'.join(sorted(units))}。"
    return f"天数是{Remaining.unit}" + ("，另行注明的除外。" if len(units) > 1 else "。")


def _link(path: str) -> str:
    return settings.JIANFU_ADDRESS.rstrip("/") + path
