"""``manage.py complaint_key``: the key file by which complaints are sealed; made, and rotated."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from jianfu.kernel import sealing
from whitelist.services.complaint import seal_anew


class Command(BaseCommand):
    help = "生成封存投诉举报内容的密钥；--rotate 换一把新的，并把已有的内容用新的重新封存"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rotate", action="store_true", help="换新密钥，重新封存全部内容")

    def handle(self, *_args: Any, rotate: bool, **_options: Any) -> None:
        made = sealing.create_keys()
        where = f"{settings.COMPLAINT_KEY}，与数据库分开备份；丢了它，已收到的内容谁也打不开"
        if made or not rotate:
            self.stdout.write(f"密钥{'已生成' if made else '已经有了'}：{where}")
            return
        number = sealing.add_key()
        count = seal_anew()
        sealing.drop_old_keys()
        self.stdout.write(f"已换成第 {number} 把密钥，重新封存 {count} 处。{where}")
