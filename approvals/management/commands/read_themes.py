"""``manage.py read_themes``: write the index of themes anew, after fixtures/themes.json was changed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from approvals.services.theme import index_all


class Command(BaseCommand):
    help = "重新识别全部已报送申请的主题；主题词表（fixtures/themes.json）改动后运行一次。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"已识别 {index_all()} 份申请的主题")
