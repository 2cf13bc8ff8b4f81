"""manage.py export_ledger: the official form as a file, for scheduled work."""

from __future__ import annotations

import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jianfu.kernel import dates, trail
from jianfu.kernel.documents.text import DocumentTooLarge
from jianfu.organisations import selectors as organisations
from ledger.exports import form as exports
from ledger.models import Ledger


class Command(BaseCommand):
    help = "把一年的减负台账导出成官方表格（xlsx）或打印稿（pdf）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--district", metavar="代码", help="区县代码；只有一个区县时可省略")
        parser.add_argument("--year", type=int, metavar="年度", help="四位数；省略时取最新一年")
        parser.add_argument("--format", required=True, choices=sorted(exports.FORMATS), help="文件格式")
        parser.add_argument("--output", required=True, metavar="文件", help="写到哪个文件；已有的会被替换")

    def handle(self, *_args: Any, **options: Any) -> None:
        ledger = _ledger(_district(options["district"]), options["year"])
        target = Path(options["output"])
        try:
            content = exports.render(ledger, options["format"], dates.today())
            _write(target, content)
        except DocumentTooLarge as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"写不了 {target}：检查文件夹是否存在、是否可写、磁盘是否已满") from error
        trail.record(
            action="ledger.export", target=ledger, by=None, data={"format": options["format"], "by": "命令行"}
        )
        self.stdout.write(f"已导出{ledger}到 {target}（{len(content):,} 字节）")


def _district(code: str | None) -> Any:
    """The named district, or the only one."""
    known = list(organisations.districts())
    if code:
        found = next((district for district in known if district.code == code), None)
        if found is None:
            raise CommandError(f"没有代码是 {code} 的区县。现有：{_codes(known)}")
        return found
    if len(known) == 1:
        return known[0]
    if not known:
        raise CommandError("还没有区县，先运行 manage.py demo 或打开一个区县")
    raise CommandError(f"有 {len(known)} 个区县，用 --district 指定一个：{_codes(known)}")


def _codes(districts: list[Any]) -> str:
    return "、".join(f"{district.code}（{district.name}）" for district in districts) or "无"


def _ledger(district: Any, year: int | None) -> Ledger:
    rows = Ledger.objects.filter(district=district).select_related("district").order_by("-year")
    found = (rows.filter(year=year) if year is not None else rows).first()
    if found:
        return found
    years = "、".join(str(each) for each in rows.values_list("year", flat=True)) or "无"
    wanted = f"{year}年的" if year is not None else ""
    raise CommandError(f"{district}没有{wanted}台账。现有年度：{years}")


def _write(target: Path, content: bytes) -> None:
    """All of it or nothing: who reads the file meanwhile sees the old one whole."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o640)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
