"""manage.py signing_key: the key pair that signs what goes to the city; made once, then only shown."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from jianfu.kernel import signing, trail


class Command(BaseCommand):
    help = "生成（已有的不换）报送用的密钥，显示公钥和指纹"

    def handle(self, *_args: Any, **_options: Any) -> None:
        made = signing.create_key_pair()
        key = signing.public_key()
        told = signing.fingerprint(key)
        if made:
            trail.record(action="signing_key.created", target=None, by=None, data={"fingerprint": told})
        self.stdout.write("已生成密钥" if made else "已有密钥，没有更换")
        self.stdout.write(f"公钥：{key}\n指纹：{told}")
        self.stdout.write(
            f"私钥在 {settings.SIGNING_KEY}，请一并备份，不要外传。"
            "把公钥发给市里，再打电话逐组核对指纹，不要用同一条消息发送。"
        )
