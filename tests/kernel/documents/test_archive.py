"""Archives that are handed out while they are made, under names that every program can write."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianfu.kernel.documents.archive import CHUNK, NAME_LIMIT, Part, distinct, safe_name, stream

AT = datetime(2026, 7, 1, 9, 30)  # noqa: DTZ001 - a zip knows no zones
UTF8 = 0x800


class Reader(io.RawIOBase):
    """A file of so many bytes that counts what was asked of it, and never holds them."""

    def __init__(self, size: int) -> None:
        self.left, self.asked = size, 0

    def read(self, count: int = -1) -> bytes:
        count = self.left if count < 0 else min(count, self.left)
        self.left -= count
        self.asked = max(self.asked, count)
        return bytes((place * 7919) % 251 for place in range(count % 1000)) + b"x" * (count - count % 1000)


def opened(pieces: Iterator[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


def test_what_went_in_comes_out_under_chinese_names() -> None:
    parts = [
        Part("00 目录.txt", lambda: "目录".encode(), AT),
        Part("附件/方案.bin", lambda: io.BytesIO(b"a" * 200_000), AT),
    ]
    archive = opened(stream(parts))
    assert archive.testzip() is None
    assert archive.namelist() == ["00 目录.txt", "附件/方案.bin"]
    assert archive.read("00 目录.txt").decode() == "目录"
    assert archive.read("附件/方案.bin") == b"a" * 200_000
    assert all(info.flag_bits & UTF8 for info in archive.infolist())
    assert archive.infolist()[0].date_time == (2026, 7, 1, 9, 30, 0)


def test_never_more_in_memory_than_a_piece_and_no_part_before_its_turn() -> None:
    asked = []
    reader = Reader(8_000_000)

    def late() -> bytes:
        asked.append("late")
        return b"end"

    pieces = stream([Part("大.bin", lambda: reader, AT), Part("后.txt", late, AT)])
    first = next(pieces)
    assert asked == []
    assert reader.left > 0
    assert max(len(first), *(len(piece) for piece in pieces)) < 3 * CHUNK
    assert reader.asked <= CHUNK
    assert asked == ["late"]


def test_a_part_that_fails_leaves_no_whole_archive() -> None:
    def broken() -> bytes:
        raise OSError("store")

    got: list[bytes] = []
    with pytest.raises(OSError, match="store"):
        got.extend(stream([Part("一.txt", lambda: b"1", AT), Part("二.txt", broken, AT)]))
    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(b"".join(got)))


def test_another_program_unpacks_it(tmp_path: Path) -> None:
    unzip = shutil.which("unzip")
    if not unzip:
        pytest.skip("no unzip")
    (tmp_path / "a.zip").write_bytes(b"".join(stream([Part("附件/方案.txt", lambda: b"1", AT)])))
    subprocess.run([unzip, "-t", tmp_path / "a.zip"], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("方案.pdf", "方案.pdf"),
        ("../../etc/passwd", "..／..／etc／passwd"),
        ("a\\b:c*?.doc", "a＼b：c＊？.doc"),
        ("CON.txt", "_CON.txt"),
        ("方案😀.pdf", "方案_.pdf"),
        (" . ", "未命名"),
        ("方案\x00\u202efdp.exe", "方案fdp.exe"),
        ("字" * 200 + ".docx", "字" * (NAME_LIMIT - 5) + ".docx"),
    ],
)
def test_a_name_is_made_safe_and_keeps_its_ending(typed: str, kept: str) -> None:
    assert safe_name(typed).strip("／.") == kept.strip("／.")


@given(st.text(max_size=120))
def test_any_name_can_be_written_anywhere(typed: str) -> None:
    name = safe_name(typed, "附件")
    folder, _, bare = name.partition("/")
    assert folder == "附件"
    assert bare
    assert len(bare) <= NAME_LIMIT
    assert not set('\\/:*?"<>|\n\r\t\x00') & set(bare)
    assert bare == bare.strip(" .")
    bare.encode("gbk")
    archive = opened(stream([Part(name, lambda: b"1", AT)]))
    assert archive.namelist() == [name]


def test_equal_names_are_told_apart_also_by_capitals() -> None:
    assert distinct(["a/方案.pdf", "a/方案.PDF", "a/方案.pdf", "b"]) == [
        *("a/方案.pdf", "a/方案(2).PDF", "a/方案(3).pdf", "b")
    ]
