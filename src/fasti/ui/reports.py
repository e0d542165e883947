"""What bringing decks in step did, or would do."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fasti.ui.console import standard_error, standard_output, until_closed
from fasti.ui.lines import CLOSE, FAINT, STRONG, WRONG, Line, Piece, line, wrapped
from fasti.ui.look import Look
from fasti.ui.spans import counted

if TYPE_CHECKING:
    from fasti.core.facts import Problem
    from fasti.edits import Report

_AT_MOST = 12
"""Facts named one by one; the rest is counted."""


def show_reports(reports: "Sequence[Report]", *, dry_run: bool = False, noticed: bool = False) -> None:
    """Print what was done deck by deck; what was `noticed` before another command is said on stderr."""
    output = standard_error() if noticed else standard_output()
    with until_closed(output):
        for report in reports:
            output.show(report_lines(report, output.look, dry_run=dry_run, brief=noticed))


def report_lines(report: "Report", look: Look, *, dry_run: bool = False, brief: bool = False) -> list[Line]:
    """One line that counts, then, unless `brief`, the facts that changed, and the problems."""
    would = "would be: " if dry_run else ""
    lines = wrapped(
        line(look.text(report.title, STRONG), f"  {would}{_summary(report)}"), look.measure, "", "  "
    )
    if not brief:
        lines += _named("reworded", (f"{old} -> {new}" for old, new in report.reworded), look)
        lines += _named("retired", report.retired, look)
        lines += _named("returned", report.returned, look)
    for path, problem in report.problems[:_AT_MOST]:
        lines += _problem(path, problem, look)
    if len(report.problems) > _AT_MOST:
        rest = counted(len(report.problems) - _AT_MOST, "more problem")
        lines += wrapped(line(look.text(f"and {rest}: `fasti check` names them all", CLOSE)), look.measure)
    return lines


def _summary(report: "Report") -> str:
    moved = len(report.moved_here)
    parts = [
        counted(len(report.reworded), "reworded (progress kept)", "reworded (progress kept)")
        if report.reworded
        else "",
        f"{len(report.new)} new" if report.new else "",
        f"{len(report.changed)} changed" if report.changed else "",
        f"{moved} moved here (progress kept)" if moved else "",
        f"{len(report.returned)} returned (progress kept)" if report.returned else "",
        f"{len(report.retired)} retired (progress waits)" if report.retired else "",
        f"{len(report.kept)} kept as before" if report.kept else "",
    ]
    said = ", ".join(part for part in parts if part)
    return said or ("nothing could be read" if report.problems and not report.cards else "nothing changed")


def _named(what: str, titles: Iterable[str], look: Look) -> list[Line]:
    titles = list(titles)
    lines = [
        row
        for title in titles[:_AT_MOST]
        for row in wrapped(line(Piece(f"  {what}: ", FAINT), look.text(title)), look.measure, "", "    ")
    ]
    if len(titles) > _AT_MOST:
        lines.append(line(Piece(f"  and {len(titles) - _AT_MOST} more {what}", FAINT)))
    return lines


def _problem(path: str, problem: "Problem", look: Look) -> list[Line]:
    style = WRONG if problem.severity == "error" else CLOSE
    place = f"{path}:{problem.place.line}:{problem.place.column}: {problem.code}: "
    return wrapped(line(look.text(place, style), look.text(problem.message)), look.measure, "", "  ")
