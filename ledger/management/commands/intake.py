"""manage.py intake read|write NUMBER: what the server starts beside itself for an uploaded file;
manage.py intake clear: end uploads that nobody confirmed in time (they also end at the next upload)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger.services import intake, intake_process, intake_reading


class Command(BaseCommand):
    help = "读取或写入一个上传的文件（由服务器启动）；clear 清除过期的上传"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["read", "write", "clear"], help="read、write 或 clear")
        parser.add_argument("number", nargs="?", type=int, help="上传的编号")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["act"] == "clear":
            self.stdout.write(f"清除了 {intake.clear_expired()} 个过期的上传")
            return
        intake_process.end_in_time(options["act"])
        intake_reading.run(options["act"], options["number"])
