#!/usr/bin/env python3
"""The front door of 减负台账: makes ready what is missing, skips what is there, asks nothing.

    python3 run.py [--host H] [--port P]             the demonstration district on embedded SQLite
    python3 run.py test [--sqlite | --postgres] …    every check and test; the rest goes to pytest
    python3 run.py manage COMMAND …                  Django's commands in this environment
    python3 run.py serve [--host H] [--port P] [--workers N]    without demonstration accounts
    python3 run.py bundle FILE.tar.gz                for a server without a network: everything in one file
    python3 run.py lock                              both lock files again, from pyproject.toml

The work is done in jianfu/launch. This file parses on old Pythons, so that it can say which one it needs.
"""

import sys

OLDEST = (3, 11)


def version_trouble(version):  # noqa: ANN001, ANN201  annotations came after some Pythons that read this
    """The line for a Python that is too old; empty when it will do."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "需要 Python {0}.{1} 或更新版本，当前是 {2}.{3} / Python {0}.{1} or newer is needed, this is {2}.{3}"
    ).format(*(OLDEST + tuple(version[:2])))


def main():  # noqa: ANN201
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    trouble = version_trouble(sys.version_info)
    if trouble:
        sys.stderr.write(trouble + "\n")
        return 1
    from jianfu.launch.commands import main  # noqa: PLC0415  new syntax: only after the look at the version

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
