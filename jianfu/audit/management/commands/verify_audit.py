"""``manage.py verify_audit``: does the chain of every district hold?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jianfu.audit import selectors
from jianfu.audit.models import Chain, Event


class Command(BaseCommand):
    help = "核对审计记录的链条；链条完好时打印每条链的条数和末尾摘要，可抄存备查。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--expect", help="此前抄存的末尾摘要：它必须仍在链条之中", default="")

    def handle(self, *_args: Any, expect: str, **_options: Any) -> None:
        chains = list(Chain.objects.order_by("key"))
        found = [problem for chain in chains for problem in selectors.breaks(chain)]
        for chain in chains:
            self.stdout.write(f"链 {chain.key}：{chain.length} 条，末尾摘要 {chain.head or '（空）'}")
        for problem in found:
            self.stderr.write(f"链 {problem.chain_key} 第 {problem.position} 条：{problem.problem}")
        if expect and not Event.objects.filter(digest=expect).exists():
            raise CommandError("抄存的末尾摘要不在链条之中，记录被换过")
        if found:
            raise CommandError(f"审计记录有 {len(found)} 处不符")
        self.stdout.write("审计记录完好")
