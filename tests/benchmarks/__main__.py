"""python -m tests.benchmarks [--rows N] [--full] [--only NAME] [--pairs N] [--fill | --keep] [--json]"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from . import place

ROWS, FULL, PAIRS = 2_000, 100_000, 9


def parse(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument(
        "--rows", type=int, default=ROWS, help="applications and entries of the large district"
    )
    parser.add_argument("--full", action="store_true", help=f"--rows {FULL}")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="how often each comparison is taken")
    parser.add_argument(
        "--only", default="", help="one name of catalogue.py; with --full its lines of RESULTS.md are renewed"
    )
    parser.add_argument("--fill", action="store_true", help="fill the database and measure nothing")
    parser.add_argument("--keep", action="store_true", help="measure on what the last run filled")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    options = parser.parse_args(words)
    options.rows = FULL if options.full else options.rows
    return options


def main(words: Sequence[str]) -> int:
    options = parse(words)
    place.prepare()
    from . import bench, catalogue, report

    chosen = [options.only] if options.only else list(catalogue.MEASUREMENTS)
    unknown = [name for name in chosen if name not in catalogue.MEASUREMENTS]
    if unknown:
        raise SystemExit(f"--only knows {', '.join(catalogue.MEASUREMENTS)}")
    if options.keep:
        filled = bench.find(pairs=options.pairs)
    else:
        _say(f"filling {options.rows:,} rows …")
        place.empty_database()
        filled = bench.fill(options.rows, pairs=options.pairs)
    if options.fill:
        return 0
    results = []
    for name in chosen:
        _say(f"{name} …")
        results += catalogue.MEASUREMENTS[name](filled)
    if options.json:
        sys.stdout.write(json.dumps([asdict(result) for result in results]))
        return 0
    sys.stdout.write(report.table(results) + "\n")
    if not options.only:
        report.write(results, rows=filled.rows, pairs=options.pairs)
    elif filled.rows == FULL:
        report.write_some(results, name=options.only, pairs=options.pairs)
    return 0


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
