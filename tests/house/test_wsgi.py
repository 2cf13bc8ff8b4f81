"""The server's entry point."""

import subprocess
import sys

from tests.architecture.sources import ROOT


def test_what_is_loaded_at_the_start_is_not_searched_for_garbage() -> None:
    code = "import gc, jianfu.wsgi; print(gc.get_freeze_count() > 50_000)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
