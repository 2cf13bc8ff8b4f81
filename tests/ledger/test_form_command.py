"""manage.py export_ledger: the only or a named district, the newest or a named year, a whole file or none."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from jianfu.audit.models import Event
from tests.factories import World
from tests.ledger.forms import opened


def run(target: Path, *more: str, kind: str = "xlsx") -> str:
    said = io.StringIO()
    call_command("export_ledger", "--format", kind, "--output", str(target), *more, stdout=said)
    return said.getvalue()


def test_the_only_district_and_its_newest_year(world: World, tmp_path: Path) -> None:
    opened(world, year=2025)
    opened(world, year=2026)
    assert "已导出2026年" in run(tmp_path / "台账.xlsx")
    assert "2026年度" in str(load_workbook(tmp_path / "台账.xlsx").sheetnames)
    assert Event.objects.filter(action="ledger.export", actor_name="").count() == 1


def test_a_named_year_and_district(world: World, stranger_world: World, tmp_path: Path) -> None:
    opened(world, year=2025)
    opened(world, year=2026)
    assert "已导出2025年" in run(tmp_path / "a.xlsx", "--district", "yunling", "--year", "2025")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ((), "有 2 个区县，用 --district 指定一个：qinghe（清河区）、yunling（云岭区）"),
        (("--district", "nowhere"), "没有代码是 nowhere 的区县。现有：qinghe"),
        (("--district", "yunling", "--year", "2020"), "云岭区没有2020年的台账。现有年度：2026"),
        (("--district", "qinghe"), "清河区没有台账。现有年度：无"),
    ],
)
def test_errors_name_the_way_out(
    world: World, stranger_world: World, tmp_path: Path, more: tuple[str, ...], words: str
) -> None:
    opened(world)
    with pytest.raises(CommandError, match=words):
        run(tmp_path / "a.xlsx", *more)
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.mark.django_db
def test_without_a_district(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="还没有区县"):
        run(tmp_path / "a.xlsx")


def test_a_file_that_cannot_be_written_leaves_the_old_one(world: World, tmp_path: Path) -> None:
    opened(world)
    with pytest.raises(CommandError, match="写不了"):
        run(tmp_path / "missing" / "a.xlsx")
    old = tmp_path / "a.xlsx"
    old.mkdir()  # a folder of that name cannot be replaced
    with pytest.raises(CommandError, match="写不了"):
        run(old)
    assert [path.name for path in tmp_path.iterdir() if path.name not in {"a.xlsx", "media"}] == []
