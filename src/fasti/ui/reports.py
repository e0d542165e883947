"""What bringing decks in step did, or would do."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fasti.ui.console import standard_error, standard_output
from fasti.ui.lines import CLOSE, FAINT, STRONG, Line, Piece, hanging, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.problems import problem_lines
from fasti.ui.spans import counted

if TYPE_CHECKING:
    from fasti.edits import Report
    from fasti.unpacking import Unpacked

_AT_MOST = 12
"""Facts named one by one; the rest is counted."""


def show_reports(reports: "Sequence[Report]", *, dry_run: bool = False, noticed: bool = False) -> None:
    """Print what was done deck by deck; what was `noticed` before another command is said on stderr."""
    output = standard_error() if noticed else standard_output()
    with until_closed(output.file):
        for report in reports:
            output.show(report_lines(report, output.look, dry_run=dry_run, brief=noticed))


def show_unpacked(unpacked: "Sequence[Unpacked]", *, dry_run: bool) -> None:
    """Print where the decks of zip files are now, and what became of what was there."""
    output = standard_output()
    with until_closed(output.file):
        for each in unpacked:
            output.show(unpacked_lines(each, output.look, dry_run=dry_run))


def unpacked_lines(unpacked: "Unpacked", look: Look, *, dry_run: bool) -> list[Line]:
    """The lines that `show_unpacked` prints of a zip file."""
    sentences = [f"{'To be unpacked' if dry_run else 'Unpacked'} into `{unpacked.folder}`"]
    sentences += [f"What you had changed is kept as `{path}`" for path in unpacked.kept]
    if unpacked.left_out:
        sentences.append(f"Left out: {counted(unpacked.left_out, 'file')} neither deck nor picture")
    return [row for words in sentences for row in wrapped(line(look.text(words, FAINT)), look.measure)]


def report_lines(report: "Report", look: Look, *, dry_run: bool = False, brief: bool = False) -> list[Line]:
    """One line that counts, then, unless `brief`, the facts that changed, and the problems."""
    would = "would be: " if dry_run else ""
    lines = wrapped(
        line(look.text(report.title, STRONG), f"  {would}{_summary(report)}"), look.measure, "", "  "
    )
    if not brief:
        lines += _named("reworded", (f"{old} -> {new}" for old, new in report.reworded), look)
        lines += _named("retired", (title for title in report.retired if title not in report.live_on), look)
        lines += _named("returned", report.returned, look)
        lines += _named("no deck", report.no_decks, look)
    lines += _files(report, look)
    for path, problem in report.problems[:_AT_MOST]:
        lines += problem_lines(path, problem, None, look)
    if len(report.problems) > _AT_MOST:
        rest = counted(len(report.problems) - _AT_MOST, "more problem")
        lines += wrapped(line(look.text(f"and {rest}: `fasti check` names them all", CLOSE)), look.measure)
    return lines


def _files(report: "Report", look: Look) -> list[Line]:
    """Which files of followed folders came, and which are gone."""
    lines: list[Line] = []
    for path in report.gone[:_AT_MOST]:
        words = f"`{path}` is not there any more; its cards stay until it is back, or until `fasti remove`"
        lines += wrapped(line(look.text(words, CLOSE)), look.measure, "  ", "  ")
    if len(report.gone) > _AT_MOST:
        lines.append(line(Piece(f"  and {counted(len(report.gone) - _AT_MOST, 'more file')} gone", CLOSE)))
    return [*_named("new file", report.appeared, look), *lines]


def _summary(report: "Report") -> str:
    if report.no_decks:
        are = "is" if len(report.no_decks) == 1 else "are"
        return f"{counted(len(report.no_decks), 'YAML file')} in it {are} no deck and left out"
    moved = len(report.moved_here)
    retired = len(report.retired) - len(report.live_on)
    parts = [
        f"{len(report.reworded):,} reworded (progress kept)" if report.reworded else "",
        f"{len(report.new):,} new" if report.new else "",
        f"{len(report.changed):,} changed" if report.changed else "",
        f"{moved:,} moved here (progress kept)" if moved else "",
        f"{len(report.returned):,} returned (progress kept)" if report.returned else "",
        f"{len(report.live_on):,} in another deck now (progress kept)" if report.live_on else "",
        f"{retired:,} retired (progress waits)" if retired else "",
        f"{counted(len(report.gone), 'file')} gone" if report.gone else "",
        f"{len(report.kept):,} kept as before" if report.kept else "",
    ]
    said = ", ".join(part for part in parts if part)
    return said or ("nothing could be read" if report.problems and not report.cards else "nothing changed")


def _named(what: str, titles: Iterable[str], look: Look) -> list[Line]:
    titles = list(titles)
    lines = [
        row
        for title in titles[:_AT_MOST]
        for row in hanging(line("  ", Piece(f"{what}: ", FAINT)), line(look.text(title)), look.measure)
    ]
    if len(titles) > _AT_MOST:
        lines.append(line(Piece(f"  and {len(titles) - _AT_MOST} more {what}", FAINT)))
    return lines
