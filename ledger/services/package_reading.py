"""Reading a package that somebody sent: every doubt is one sentence, and nothing is believed unchecked."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jianfu.kernel.decisions import Refused, refuse
from jianfu.kernel.documents.text import printable
from jianfu.kernel.fields import LATEST
from jianfu.kernel.indicators import TEXT_LIMIT
from jianfu.kernel.signing import fingerprint, verifies
from ledger.rules.form import FIRST_YEAR, HIGHEST

from .package import CONTENT, PAPER, SCHEMA, SIGNATURE, SUMS, WORKBOOK, checksums

MEGABYTE = 1024 * 1024
UPLOAD_LIMIT = 20 * MEGABYTE
# Unpacked bytes of each part, whatever the archive says of itself.
LIMITS = {WORKBOOK: 20 * MEGABYTE, PAPER: 20 * MEGABYTE, CONTENT: 5 * MEGABYTE, SUMS: 4096, SIGNATURE: 1024}
MOST_ROWS, MOST_FIGURES = 100, 20
MADE_ANEW = "请区县重新生成报送包"


@dataclass(frozen=True)
class Package:
    """Checked from the signature to every value; ``key`` is the one it was signed with."""

    key: Any
    content: dict[str, Any]
    digest: str


def read_package(data: bytes, key_of: Callable[[str], Any]) -> Package:
    """``key_of(code)`` is the registered key of a district, or None. Raises `Refused`."""
    if len(data) > UPLOAD_LIMIT:
        raise _refused(f"文件超过 {UPLOAD_LIMIT // MEGABYTE} MB，不是报送包")
    parts = _unpacked(data)
    content = _content(parts[CONTENT])
    key = _signed_by(parts, content, key_of)
    if content.get("schema") != SCHEMA:
        raise _refused(
            f"报送包的格式是“{_shown(content.get('schema'))}”，这里只收“{SCHEMA}”，两边的软件请升到同一版"
        )
    if not _is_sound(content):
        raise _refused(f"{CONTENT} 里的内容不合格式“{SCHEMA}”，{MADE_ANEW}")
    return Package(key, content, _sums(parts[SUMS])[CONTENT])


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if sorted(names) != sorted(LIMITS):
                raise _refused("压缩包里的文件与报送包不符，请选区县平台“材料”页生成的报送包，不要解开再压缩")
            return {name: _part(archive, name) for name in names}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise _refused("这个文件打不开，不是报送包，或者没有传完整") from None


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        content = member.read(LIMITS[name] + 1)
    if len(content) > LIMITS[name]:
        raise _refused(f"{name} 解开后超过 {max(1, LIMITS[name] // MEGABYTE)} MB，没有再读，{MADE_ANEW}")
    return content


def _content(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _refused(f"{CONTENT} 读不出来，{MADE_ANEW}")
    return found


def _signed_by(parts: dict[str, bytes], content: dict[str, Any], key_of: Callable[[str], Any]) -> Any:
    """The signature first, over the list of checksums; then every file against the list."""
    code = content["district"].get("code") if isinstance(content.get("district"), dict) else None
    key = key_of(code) if isinstance(code, str) else None
    if key is None:
        raise _refused(f"区县“{_shown(code)}”还没有登记公钥，请先向该区县核对公钥和指纹，登记后再导入")
    if not verifies(parts[SUMS], parts[SIGNATURE].decode("ascii", "replace"), key.public_key):
        raise _refused(
            f"签名与{key.name}登记的公钥（指纹 {fingerprint(key.public_key)}）对不上，"
            "可能换过密钥或文件被改动，请与该区县核对"
        )
    listed = _sums(parts[SUMS])
    actual = _sums(checksums({name: parts[name] for name in (WORKBOOK, PAPER, CONTENT)}))
    changed = sorted(name for name in actual if listed.get(name) != actual[name])
    if changed or len(listed) != len(actual):
        raise _refused(f"{'、'.join(changed) or SUMS} 与签名时不一致，文件被改动过，{MADE_ANEW}")
    return key


def _sums(text: bytes) -> dict[str, str]:
    pairs = (line.split("  ", 1) for line in text.decode("utf-8", "replace").splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def _is_sound(content: dict[str, Any]) -> bool:
    rows = content.get("rows")
    return (
        _whole(content.get("year"), FIRST_YEAR, LATEST.year)
        and _whole(content.get("edition"), 0, 1_000_000)
        and _text(content.get("title"), 150)
        and isinstance(rows, list)
        and len(rows) <= MOST_ROWS
        and all(map(_is_row, rows))
        and _each_once(rows)
    )


def _is_row(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and _whole(row.get("number"), 1, MOST_ROWS)
        and isinstance(row.get("figures"), list)
        and len(row["figures"]) <= MOST_FIGURES
        and all(map(_is_figure, row["figures"]))
    )


def _is_figure(figure: Any) -> bool:
    if not isinstance(figure, dict):
        return False
    texts = {"code": 20, "name": 100, "unit": 10, "source": 20, "definition": 2000, "confirmed_by": 100}
    value = figure.get("value")
    known = value is None or _text(value, TEXT_LIMIT) or _whole(value, -HIGHEST, HIGHEST)
    return known and all(_text(figure.get(name), limit) for name, limit in texts.items())


def _each_once(rows: list[dict[str, Any]]) -> bool:
    """A figure that stands twice would be added twice."""
    codes = [figure["code"] for row in rows for figure in row["figures"]]
    return len(codes) == len(set(codes))


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _text(value: Any, limit: int) -> bool:
    return isinstance(value, str) and len(value) <= limit and "\x00" not in value


def _shown(value: Any) -> str:
    return printable(str(value or ""))[:40] or "未写明"


def _refused(words: str) -> Refused:
    return Refused(refuse(words))
