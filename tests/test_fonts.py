import os
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from jianfu import fonts


@pytest.fixture(autouse=True)
def the_named_file_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test names in FONTCONFIG_FILE, the next test finds the house's."""
    monkeypatch.setenv("FONTCONFIG_FILE", os.environ.get("FONTCONFIG_FILE", ""))


def test_names_the_pip_fonts_the_drop_in_folder_and_the_stand_ins(tmp_path: Path) -> None:
    conf = fonts.prepare_fonts(tmp_path)
    root = ET.parse(conf).getroot()
    folders = [Path(each.text or "") for each in root.iter("dir")]
    assert folders[0] == tmp_path / "fonts"
    assert sorted(each.name for each in folders[1].glob("*.otf"))
    assert root.findtext("cachedir") == str(tmp_path / "var" / "fontcache")
    assert {each.findtext("family"): each.findtext("prefer/family") for each in root.iter("alias")} == {
        "serif": "Noto Serif SC",
        "sans-serif": "Noto Sans SC",
        "monospace": "Noto Sans SC",
    }
    assert os.environ["FONTCONFIG_FILE"] == str(conf)


def test_is_written_once_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    conf = fonts.prepare_fonts(tmp_path)
    before = conf.stat().st_mtime_ns
    assert fonts.prepare_fonts(tmp_path) == conf
    assert conf.stat().st_mtime_ns == before
    assert [each.name for each in conf.parent.iterdir()] == ["fonts.conf"]


def test_is_written_again_when_it_changed(tmp_path: Path) -> None:
    conf = fonts.prepare_fonts(tmp_path)
    right = conf.read_text()
    conf.write_text("<fontconfig/>")
    assert fonts.prepare_fonts(tmp_path).read_text() == right


def test_a_place_with_markup_in_its_name_stays_well_formed(tmp_path: Path) -> None:
    place = tmp_path / "a&b<c"
    conf = fonts.prepare_fonts(place)
    assert ET.parse(conf).getroot().findtext("dir") == str(place / "fonts")


def test_without_a_place_to_write_it_lies_in_a_folder_of_this_process(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    conf = fonts.prepare_fonts(tmp_path)
    assert conf.exists()
    assert tmp_path not in conf.parents
    assert ET.parse(conf).getroot().findtext("cachedir") == str(conf.parent / "fontcache")
