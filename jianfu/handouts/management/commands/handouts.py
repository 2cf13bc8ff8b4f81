"""manage.py handouts work: what the server starts beside itself to make the files that wait;
manage.py handouts clear: delete files whose days are over (they also go with the next export)."""

from __future__ import annotations

import contextlib
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jianfu.handouts.services import making, ordering
from jianfu.kernel import beside

NICER = 5  # the server goes first


class Command(BaseCommand):
    help = "生成排队的导出文件（由服务器启动）；clear 清理到期的文件"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["work", "clear"], help="work 或 clear")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["act"] == "clear":
            ordering.settle()
            self.stdout.write(
                f"清理了 {ordering.clear_expired()} 份到期的文件，{ordering.sweep()} 份没有登记的文件"
            )
            return
        if beside.is_one():
            with contextlib.suppress(OSError):
                os.nice(NICER)
        making.work()
