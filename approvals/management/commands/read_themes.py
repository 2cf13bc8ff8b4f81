"""``manage.py read_themes``: write the index of themes anew; what changed is read at each start anyhow."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from approvals.services.theme import index_all


class Command(BaseCommand):
    help = "重新识别全部已报送申请的主题。平时不用运行：词表或程序改动后，下次启动会自动重新识别。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"已识别 {index_all()} 份申请的主题")
