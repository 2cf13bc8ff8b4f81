"""manage.py open_district: a district for real work, with its three administrators."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from jianfu.kernel import registry
from jianfu.kernel.decisions import Refused
from jianfu.organisations.selectors import districts
from jianfu.organisations.services import Opened, open_district

from .demo import demonstration_codes, table


class Command(BaseCommand):
    help = "开通一个区县：区教委、九个科室（可选）和三个管理员账号，并装入节假日和台账模板"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="代码，用在网址里：小写字母、数字、短横，如 hechuan")
        parser.add_argument("name", help="名称，如 合川区")
        parser.add_argument("--bureau", default="", help="教育部门全称，不写就是“名称＋教育委员会”")
        parser.add_argument("--region", default="", help="所属市")
        parser.add_argument("--phone", default="", help="监督电话，印在公开页面上")
        parser.add_argument("--email", default="", help="监督邮箱，印在公开页面上")
        parser.add_argument("--hours", default="", help="电话接听时间，如 工作日 9:00—17:30")
        parser.add_argument("--address", default="", help="来信地址，印在公开页面上")
        parser.add_argument("--city", action="store_true", help="开通的是市级单位，接收各区县报送的台账")
        parser.add_argument("--sections", action="store_true", help="同时建立台账样表中的九个责任科室")

    def handle(self, *_args: Any, **options: Any) -> None:
        if districts().filter(code__in=demonstration_codes()).exists():
            raise CommandError("本库装有演示区县，它的密码是公开的。正式使用请换一个数据库（DATABASE_URL）")
        fields = ("code", "name", "bureau", "region", "phone", "email", "hours", "address")
        try:
            with transaction.atomic():
                for prepare in registry.foundations:
                    prepare()
                opened = open_district(
                    **{name: options[name].strip() for name in fields},
                    with_sections=options["sections"],
                    is_city=options["city"],
                )
        except Refused as refusal:
            raise CommandError(refusal.decision.text) from None
        self._tell(opened)

    def _tell(self, opened: Opened) -> None:
        self.stdout.write(f"已开通{opened.district}。密码只显示这一次，首次登录须修改：")
        rows = [(username, password, role.label) for username, password, role in opened.accounts]
        for line in table([("用户名", "密码", "角色"), *rows]):
            self.stdout.write(line)
        self.stdout.write(
            "下一步：系统管理员登记单位和人员，安全管理员开设账号和任职，并把三个管理员的姓名改为本人"
        )
        if not settings.HTTPS:
            self.stdout.write("提醒：没有启用 HTTPS（JIANFU_HTTPS=1），密码会在网络上明文传送")
