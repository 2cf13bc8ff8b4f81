"""python -m jianfu.kernel.documents.reading NAME LIMITS < FILE: the reading process.

It takes its limits before it looks at the file, has no settings and no database, and writes only to its
output: one line of JSON after the other (telling.py), the last one "done" or "refused".
"""

from __future__ import annotations

import json
import resource
import sys
from typing import IO

from .cells import FileRefused
from .document import MAIN, read_document
from .limits import Limits
from .package import Package
from .recognising import SAVE_AS, recognise
from .separated import read_separated
from .telling import Teller
from .workbook import read_workbook


def main() -> None:
    name, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    _limit(limits)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    tell = Teller(sys.stdout, limits)
    try:
        read(sys.stdin.buffer, name, tell, limits)
        tell.end()
    except FileRefused as refused:
        words = str(refused)
    except (MemoryError, RecursionError):
        words = "文件太大，读不完。删去不用的表和列，或分成几份再上传"
    except Exception as error:
        sys.stderr.write(f"reading: {type(error).__name__}: {error}\n")
        words = "文件已经损坏，有一段读不通。用 Excel 或 WPS 打开后另存一份再上传"
    else:
        return
    sys.stdout.write(json.dumps({"refused": words}, ensure_ascii=False) + "\n")


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(file: IO[bytes], name: str, tell: Teller, limits: Limits) -> None:
    if recognise(file, name, limits) == "csv":
        read_separated(file, tell, limits)
        return
    package = Package(file, limits)
    if "xl/workbook.bin" in package:
        raise FileRefused(f"这是 .xlsb 文件，读不了。{SAVE_AS}")
    if MAIN in package:
        tell.begin("docx")
        read_document(package, tell, limits)
    elif any(part.startswith("xl/") for part in package.names()):
        tell.begin("xlsx")
        read_workbook(package, tell, limits)
    elif "content.xml" in package:
        raise FileRefused(f"这是 OpenDocument 文件（.ods、.odt），读不了。{SAVE_AS}")
    else:
        raise FileRefused("这是压缩包，不是表格。解压后上传里面的 .xlsx、.docx 或 .csv")


if __name__ == "__main__":
    main()
