"""What was measured, as a table and for programs."""

import statistics
from typing import Any, NamedTuple

from benchmarks.kit import Measured, Row, Run


class Result(NamedTuple):
    """A row with its numbers; without them, why there are none. `load` is that of the machine, before."""

    row: Row
    measured: Measured | None
    load: float | None
    counts: bool
    missing: str = ""

    @property
    def ratio(self) -> float:
        """The median of the ratios within the rounds."""
        assert self.measured is not None
        return statistics.median(self.measured.ratios(self.measured.ours))

    @property
    def is_met(self) -> bool | None:
        """Whether the target is met; None where there is none, or it is for other sizes."""
        if self.measured is None or self.row.target is None or not self.counts:
            return None
        return self.row.target.is_met(self.ratio)


def print_machine(machine: dict[str, Any], run: Run) -> None:
    """The machine in a few lines."""
    print(f"{machine['processor']}, {machine['cores']} cores, load {machine['load']}; {machine['system']}")
    print(
        f"Python {machine['python']}, SQLite {machine['sqlite']}; {machine['file_system']}, "
        f"fdatasync {machine['fdatasync_ms']:.2f} ms"
    )
    print(", ".join(f"{name} {found}" for name, found in machine["packages"].items()))
    print(f"{run.sizes.name} sizes; medians, and of each round's ratios the median (least-most)\n")
    print(f"{'row':17}{'size':>11} {'fasti':>12} {'the other':>12}  {'':12}{'ratio':>7} {'':15} target")


def print_result(result: Result) -> None:
    """A line of the table, and one for each side that stands beside."""
    measured = result.measured
    if measured is None:
        print(f"{result.row.name:17}{'':>11} not measured: {result.missing}", flush=True)
        return
    ours, peer, *beside = measured.sides
    met = {None: "", True: "met", False: "MISSED"}[result.is_met]
    target = f"{result.row.target} {met}" if result.row.target else ""
    print(
        f"{result.row.name:17}{measured.size:>11} {_number(measured, ours):>12} {_number(measured, peer):>12}"
        f"  {peer[:12]:12}{result.ratio:7.3f} {_range(measured, ours):15} {target}".rstrip(),
        flush=True,
    )
    for name in beside:
        ratio = statistics.median(measured.ratios(name))
        print(f"{'':28} {_number(measured, name):>12}   {name:24} {ratio:7.3f} x {peer}", flush=True)


def as_json(results: list[Result], machine: dict[str, Any], run: Run, seconds: float) -> dict[str, Any]:
    """The values of `--json`; numbers are in the unit that they name, seconds where that is `s`."""
    return {
        "version": 1,
        "machine": machine,
        "sizes": run.sizes._asdict(),
        "seconds": round(seconds, 1),
        "rows": [_row_json(result) for result in results],
    }


def _row_json(result: Result) -> dict[str, Any]:
    row, measured = result.row, result.measured
    told: dict[str, Any] = {"row": row.name, "what": row.what, "load": result.load}
    if measured is None:
        return {**told, "missing": result.missing}
    ratios = measured.ratios(measured.ours)
    limit = row.target and {"at_least" if row.target.at_least else "at_most": row.target.ratio}
    return {
        **told,
        "size": measured.size,
        "unit": measured.unit,
        "ours": measured.ours,
        "peer": measured.peer,
        "medians": {name: measured.median(name) for name in measured.sides},
        "ratio": result.ratio,
        "least": min(ratios),
        "most": max(ratios),
        "target": limit,
        "met": result.is_met,
        "rounds": measured.sides,
    }


def _range(measured: Measured, side: str) -> str:
    ratios = measured.ratios(side)
    return f"({min(ratios):.3g}-{max(ratios):.3g})"


def _number(measured: Measured, side: str) -> str:
    value = measured.median(side)
    if measured.unit != "s":
        unit = "" if len(measured.unit) > 3 else f" {measured.unit}"
        return f"{value:,.2f}{unit}" if value < 100 else f"{value:,.0f}{unit}"
    if value >= 1:
        return f"{value:.3g} s"
    return f"{value * 1e3:.3g} ms" if value >= 1e-3 else f"{value * 1e6:.3g} us"
