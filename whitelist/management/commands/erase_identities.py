"""``manage.py erase_identities``: names, telephones and evidence of complaints that ended long enough ago."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from whitelist.services.complaint import erased


class Command(BaseCommand):
    help = "删除办结已满期限的投诉举报的姓名、电话和证据；send_digest 每次运行时也会做"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="只说要删几件，不删除")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stdout.write(erased(options["dry_run"]) or "投诉举报：没有到期应删除的")
