"""manage.py demo: the demonstration district with its accounts, ledgers, applications and releases."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import east_asian_width

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from jianfu.kernel import registry
from jianfu.organisations.selectors import cities, districts
from jianfu.organisations.states import Role

FOLDER = settings.BASE_DIR / "fixtures" / "demo"
SHOWN = 5  # user names of one role; the others stand in people.json

DOES = {
    Role.APPLICANT: "填写申请，提交、补正、撤回",
    Role.EXPERT: "对指派的申请填写论证意见",
    Role.FIRST_REVIEWER: "区教委初审",
    Role.LEADER: "领导小组审批",
    Role.PARTY_OFFICE: "督查检查事项的党委办审核",
    Role.GOVERNMENT_OFFICE: "督查检查事项的政府办审核",
    Role.COMMITTEE: "督查计划和借用教师的审批",
    Role.PUBLICATION_CLERK: "指派专家、汇总意见、登记备案、公布白名单",
    Role.SECTION_CLERK: "填写本科室的台账；组织人事科另记借用教师",
    Role.LEDGER_OFFICE: "开台账、审核或退回、锁定、导出",
    Role.SCHOOL: "查看白名单；借用本校教师时表示同意、确认返岗",
    Role.COMPLAINT_HANDLER: "办理投诉举报：领办、核查、认定，拟通报和曝光",
    Role.CITY_OFFICE: "接收各区县报送的台账并汇总",
    Role.SYSTEM_ADMINISTRATOR: "维护单位、人员、模板、政策参数、节假日",
    Role.SECURITY_ADMINISTRATOR: "维护账号和任职",
    Role.AUDITOR: "查看审计记录",
}


class Command(BaseCommand):
    help = "装入演示区县（可重复执行，已有的不改不丢）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="只列出演示账号")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["accounts"]:
            self._refuse_in_production()
            with transaction.atomic():
                load()
        for line in table([("用户名", "密码", "角色", "能做什么"), *account_rows(_read("people.json"))]):
            self.stdout.write(line)

    def _refuse_in_production(self) -> None:
        if not settings.JIANFU_DEMO:
            raise CommandError(
                "这里没有允许装入演示数据（密码是公开的）。试用请执行 python3 run.py；"
                "确要在本库装入，请设环境变量 JIANFU_DEMO=1"
            )
        found = [*districts(), *cities()]
        others = "、".join(str(district) for district in found if district.code not in demonstration_codes())
        if others:
            raise CommandError(f"本库已有{others}，是正式使用的库，不装入演示数据。试用请换一个数据库")


def demonstration_codes() -> set[str]:
    """The codes of the demonstration district and its city, by which they are told from real ones."""
    return {_read(name)["district"]["code"] for name in ("organisations.json", "city.json")}


def _read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"))
    return found


def load() -> None:
    """What every installation needs, then each app's part of the demonstration, in order."""
    for prepare in registry.foundations:
        prepare()
    context: dict[str, Any] = {"folder": FOLDER, "applications": {}}
    for _, part in sorted(registry.demonstrations, key=lambda row: row[0]):
        part(context)


def account_rows(staff: dict[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """One row per role that somebody of the demonstration holds, in the order of the roles."""
    people = [*staff["people"], *_read("city.json")["people"]]
    for role, does in DOES.items():
        holders = [p for p in people if any(m["role"] == role for m in p["memberships"])]
        names = [name for person in holders for name in person["usernames"]]
        if not names:
            continue
        more = f" 等 {len(names)} 个" if len(names) > SHOWN else ""
        yield " ".join(names[:SHOWN]) + more, staff["password"], role.label, does


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns side by side; a Chinese character is two columns wide."""
    widths = [max(map(columns_of, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - columns_of(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def columns_of(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
