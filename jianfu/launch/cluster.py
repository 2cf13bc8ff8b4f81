"""A PostgreSQL for one run of the tests."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jianfu.launch.console import environment, run


@contextlib.contextmanager
def temporary_cluster(tools: Path, *, durable: bool = False) -> Iterator[str]:
    """A PostgreSQL of our own behind a socket in a folder of its own; gives its DATABASE_URL, leaves nothing.

    PostgreSQL refuses root, so root hands it to the user postgres. It lives for one run, so nothing is synced
    unless it is ``durable``: what a commit costs is then that of a real one.
    """
    home = Path(tempfile.mkdtemp(prefix="jianfu-pg-"))
    who = {}
    if os.geteuid() == 0:
        known = {each.pw_name for each in pwd.getpwall()}
        name = "postgres" if "postgres" in known else "nobody"
        who = {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}
        shutil.chown(home, name)
    env = dict(environment(), HOME=str(home))
    quiet = dict(who, cwd=home, env=env, stdout=subprocess.DEVNULL)
    trouble = "临时 PostgreSQL 未能启动 / the temporary PostgreSQL did not start"
    options = f"-k {home} -c listen_addresses="
    if not durable:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    control = (tools / "pg_ctl", "-D", home / "data", "-w")
    try:
        initdb = (tools / "initdb", "-D", home / "data", "-U", "jianfu", "-A", "trust", "--no-sync")
        run(*initdb, "-E", "UTF8", "--locale=C.UTF-8", trouble=trouble, **quiet)
        run(*control, "-l", home / "log", "-o", options, "start", trouble=trouble, **quiet)
        run(tools / "createdb", "-h", home, "-U", "jianfu", "jianfu", trouble=trouble, **quiet)
        yield f"postgres://jianfu@/{home}/jianfu"
    finally:
        if (home / "data" / "postmaster.pid").exists():
            run(*control, "-m", "immediate", "stop", **quiet)
        shutil.rmtree(home, ignore_errors=True)
