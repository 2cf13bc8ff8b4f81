"""What must not be readable from a copy of the database: sealed with a key that lies beside it, in a file.

The file (0600, ``JIANFU_COMPLAINT_KEY``) holds one key for digests, which never changes, and numbered keys
for sealing, of which the last one seals. A sealed value names its key, so that old values open after a
rotation until they are sealed anew. ``about`` binds a value to its row: moved to another it does not open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from .decisions import Refused, refuse
from .key_files import create_once, written_aside

_KEY, _NONCE = 32, 12  # bytes
_MARK = "s1"  # the way of sealing, should there ever be another
DIGEST = "digest"


class NoKey(Refused):
    """There is no key file, or not the key by which a value was sealed; says what whoever keeps it may do."""

    def __init__(self, words: str) -> None:
        super().__init__(refuse(words))


def create_keys() -> bool:
    """Make the file where there is none; False where there is one already, which is never replaced."""
    path = _path()
    if path.exists():
        return False
    return create_once(path, _as_file({DIGEST: _new(), "1": _new()}))


def add_key() -> str:
    """A further key, by which everything is sealed from now on; returns its number. Raises `NoKey`."""
    path, kept = _path(), dict(_keys())
    number = str(max(int(name) for name in kept if name != DIGEST) + 1)
    written_aside(path, _as_file(kept | {number: _new()})).replace(path)
    return number


def drop_old_keys() -> None:
    """Only the newest key for sealing remains: what was sealed by an older one can never be opened again."""
    path, kept = _path(), _keys()
    newest = _newest(kept)
    written_aside(path, _as_file({DIGEST: kept[DIGEST], newest: kept[newest]})).replace(path)


def is_ready() -> bool:
    return _path().exists()


def seal(value: Any, about: str) -> str:
    """A plain JSON value as text that only the key opens. Raises `NoKey`."""
    content = json.dumps(value, ensure_ascii=False).encode()
    return base64.b64encode(seal_bytes(content, about)).decode()


def unseal(sealed: str, about: str) -> Any:
    """The value, or `NoKey` where the key is missing or the value belongs elsewhere."""
    return json.loads(unseal_bytes(base64.b64decode(sealed), about))


def seal_bytes(content: bytes, about: str) -> bytes:
    number, nonce = _newest(_keys()), os.urandom(_NONCE)
    head = f"{_MARK}.{number}.".encode()
    closed = AESGCM(base64.b64decode(_keys()[number])).encrypt(nonce, content, head + about.encode())
    return head + nonce + closed


def unseal_bytes(sealed: bytes, about: str) -> bytes:
    mark, number, rest = sealed.split(b".", 2)
    key = _keys().get(number.decode())
    if mark.decode() != _MARK or key is None:
        raise NoKey(f"没有封存这份内容用的第 {number.decode()} 把密钥，请从备份中恢复密钥文件")
    head = mark + b"." + number + b"."
    try:
        return AESGCM(base64.b64decode(key)).decrypt(rest[:_NONCE], rest[_NONCE:], head + about.encode())
    except InvalidTag:
        raise NoKey("这份内容打不开：密钥文件不是原来的那一个，或内容被改动过") from None


def is_sealed_by_newest(sealed: bytes) -> bool:
    return sealed.split(b".", 2)[1].decode() == _newest(_keys())


def keyed_digest(text: str, about: str) -> str:
    """64 hex digits by which a text is recognised, and which tell nobody anything without the key."""
    key = base64.b64decode(_keys()[DIGEST])
    return hmac.new(key, f"{about}\0{text}".encode(), hashlib.sha256).hexdigest()


def _path() -> Path:
    return Path(settings.COMPLAINT_KEY)


def _new() -> str:
    return base64.b64encode(secrets.token_bytes(_KEY)).decode()


def _newest(keys: dict[str, str]) -> str:
    return max((name for name in keys if name != DIGEST), key=int)


def _as_file(keys: dict[str, str]) -> bytes:
    return json.dumps(keys).encode()


def _keys() -> dict[str, str]:
    """Read again when the file changed: a rotation reaches every running process."""
    try:
        found = _path().stat()
    except FileNotFoundError:
        raise NoKey("还没有投诉举报用的密钥。请管理服务器的人运行 manage.py complaint_key") from None
    return _read(str(_path()), found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=4)
def _read(path: str, _changed: int, _file: int) -> dict[str, str]:
    kept: dict[str, str] = json.loads(Path(path).read_text())
    return kept
