"""manage.py receive_package: take in what districts reported, at the city."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jianfu.kernel.decisions import Refused
from jianfu.organisations import selectors as organisations
from ledger.services.city import receive
from ledger.services.package_reading import UPLOAD_LIMIT


class Command(BaseCommand):
    help = "核对并接收区县的报送包；有一处不符就不收"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("city", metavar="市级代码", help="接收单位的代码，如 chongqing")
        parser.add_argument("files", metavar="报送包", nargs="+", help="一个或几个 .zip 文件")

    def handle(self, *_args: Any, **options: Any) -> None:
        city = organisations.cities().filter(code=options["city"]).first()
        if city is None:
            raise CommandError(f"没有代码是 {options['city']} 的市级单位，先用 open_district --city 开通")
        refused = [name for name in options["files"] if not self._take(Path(name), city)]
        if refused:
            raise CommandError(f"{len(refused)} 个没有收：{'、'.join(refused)}")

    def _take(self, path: Path, city: Any) -> bool:
        try:
            with path.open("rb") as file:
                found = receive(data=file.read(UPLOAD_LIMIT + 1), city=city)
        except Refused as refusal:
            self.stderr.write(f"{path}：{refusal.decision.text}")
            return False
        except OSError:
            self.stderr.write(f"{path}：读不了，检查文件在不在、能不能读")
            return False
        self.stdout.write(f"{path}：已收到{found}（第 {found.edition} 版）")
        return True
