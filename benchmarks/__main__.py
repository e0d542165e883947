"""`python -m benchmarks [ROW…]`: measure fasti beside other programs, on this machine, in one run."""

import argparse
import json
import sys
import time
from pathlib import Path

from benchmarks.kit import FULL, SMALL, TINY, MissingError, Row, Run
from benchmarks.machine import load, machine
from benchmarks.missing import missing_of
from benchmarks.report import Result, as_json, print_machine, print_result
from benchmarks.rows import ROWS


def main() -> int:
    """0, or 1 where a target is missed."""
    asked = _arguments()
    rows = [row for row in ROWS if not asked.rows or row.name in asked.rows]
    if asked.list:
        for row in rows:
            print(f"{row.name:17} {row.what}; target {row.target or 'none'}")
        return 0
    run = Run(asked.folder.absolute(), asked.sizes, asked.rounds)
    here = machine(run.folder)
    print_machine(here, run)
    started = time.perf_counter()
    results = []
    for row in rows:
        results.append(_result(row, run))
        print_result(results[-1])
    seconds = time.perf_counter() - started
    print(f"\n{len(results)} rows in {seconds / 60:.1f} minutes")
    if asked.json:
        text = json.dumps(as_json(results, here, run, seconds), indent=2)
        asked.json.write_text(text + "\n", encoding="utf-8")
    return int(any(result.is_met is False for result in results))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure fasti beside other programs, on this machine, in one run.",
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help="which rows; without one, all")
    parser.add_argument("--list", action="store_true", help="say what the rows are, and measure nothing")
    sizes = parser.add_mutually_exclusive_group()
    for each, about in (
        (FULL, "the sizes that the targets are for; making the data takes half an hour, once"),
        (SMALL, "a few minutes in all; without any of these options"),
        (TINY, "only to see that everything runs"),
    ):
        sizes.add_argument(f"--{each.name}", dest="sizes", action="store_const", const=each, help=about)
    parser.set_defaults(sizes=SMALL)
    parser.add_argument("--rounds", type=int, help="measure every row so often")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("bench-data"),
        help="where the data is kept, on the disk that is meant: bench-data",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write everything that was measured here too"
    )
    asked = parser.parse_args()
    if unknown := set(asked.rows) - {row.name for row in ROWS}:
        parser.error(f"no row `{'`, `'.join(sorted(unknown))}`; `--list` says which there are")
    return asked


def _result(row: Row, run: Run) -> Result:
    before = load()
    try:
        if missing := missing_of(row.needs):
            raise MissingError(missing)
        found = row.measure(run)
    except MissingError as error:
        return Result(row, None, before, False, str(error))
    return Result(row, found, before, row.always or run.sizes is FULL)


if __name__ == "__main__":
    sys.exit(main())
