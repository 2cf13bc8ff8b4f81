"""The fonts of PDFs and screenshots: the free Chinese ones from pip, and what a bureau puts into fonts/.

Fontconfig is told of nothing else, so that every machine makes the same page. A bureau that owns 方正小标宋
and 仿宋_GB2312 drops the files into fonts/ and gets the look of GB/T 9704; everyone else gets Noto.
"""

import atexit
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

PACKAGE = "pylopdf_fonts_zh_cn"
STAND_INS = {"serif": "Noto Serif SC", "sans-serif": "Noto Sans SC", "monospace": "Noto Sans SC"}


def prepare_fonts(base_dir: Path) -> Path:
    """Write fonts.conf and name it in FONTCONFIG_FILE; call it before WeasyPrint or Chromium is started.

    Lies in var/ with fontconfig's cache. Where var/ cannot be written, both lie in a folder of this process,
    and the first PDF takes some seconds more each time. Written only when it changed, and in one step:
    several workers start at once.
    """
    try:
        conf = _write(base_dir / "var", base_dir)
    except OSError:
        place = Path(tempfile.mkdtemp(prefix="jianfu-fonts-"))
        atexit.register(shutil.rmtree, place, ignore_errors=True)
        conf = _write(place, base_dir)
    os.environ["FONTCONFIG_FILE"] = str(conf)
    return conf


def _write(place: Path, base_dir: Path) -> Path:
    place.mkdir(parents=True, exist_ok=True)
    conf, text = place / "fonts.conf", _text(place, base_dir)
    if conf.exists() and conf.read_text(encoding="utf-8") == text:
        return conf
    with tempfile.NamedTemporaryFile("w", dir=place, encoding="utf-8", delete=False) as new:
        new.write(text)
    new_conf = Path(new.name)
    new_conf.chmod(0o644)
    new_conf.replace(conf)
    return conf


def _text(place: Path, base_dir: Path) -> str:
    folders = [str(base_dir / "fonts"), *_package_folders()]
    lines = [f"<dir>{escape(folder)}</dir>" for folder in folders]
    lines.append(f"<cachedir>{escape(str(place / 'fontcache'))}</cachedir>")
    lines += [
        f"<alias><family>{name}</family><prefer><family>{font}</family></prefer></alias>"
        for name, font in STAND_INS.items()
    ]
    head = '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
    return head + "\n".join(lines) + "\n</fontconfig>\n"


def _package_folders() -> list[str]:
    """Where pip put the fonts; found without importing anything."""
    spec = find_spec(PACKAGE)
    return list(spec.submodule_search_locations or []) if spec else []
