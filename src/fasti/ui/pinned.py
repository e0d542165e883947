"""Ids that were written into deck files, or would be."""

from typing import TYPE_CHECKING

from fasti.ui.console import standard_output
from fasti.ui.lines import CLOSE, FAINT, RIGHT, STRONG, Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.pinning import PinnedFile


def show_pinned(files: "Sequence[PinnedFile]", *, dry_run: bool) -> None:
    """Print what became of each file; in a dry run the difference before it."""
    output = standard_output()
    with until_closed(output.file):
        for file in files:
            difference = difference_lines(file, output.look) if dry_run else []
            output.show([*difference, *pinned_lines(file, output.look, dry_run=dry_run)])


def difference_lines(file: "PinnedFile", look: Look) -> list[Line]:
    """The unified difference, a line each, what comes in a colour of its own."""
    return [line(look.text(row, _style(row))) for row in file.difference()]


def pinned_lines(file: "PinnedFile", look: Look, *, dry_run: bool) -> list[Line]:
    """One sentence on a file, and one on each fact that gets no id."""
    lines = wrapped(
        line(look.text(str(file.path), STRONG), look.text(f": {_what(file, dry_run=dry_run)}")),
        look.measure,
        "",
        "  ",
    )
    for pin in file.left:
        words = f"Line {pin.line} gets no id, write it yourself: {pin.title}"
        lines += wrapped(line(look.text(words, CLOSE)), look.measure, "  ", "  ")
    if file.damaged:
        words = f"{counted(file.damaged, 'fact')} in error left alone: `fasti check {file.path}` names the problems"
        lines += wrapped(line(look.text(words, CLOSE)), look.measure, "  ", "  ")
    return lines


def _what(file: "PinnedFile", *, dry_run: bool) -> str:
    verb = "to be written" if dry_run else "written"
    ids = counted(len(file.written), "id") if file.written else ""
    own = f"the deck's own, `{file.deck}`" if file.names_deck else ""
    if not ids and not own:
        return "no id can be written" if file.left else "every fact has its id"
    already = f"; {counted(file.already, 'fact')} had one" if file.already else ""
    return f"{verb}: {' and '.join(part for part in (ids, own) if part)}{already}"


def _style(row: str) -> str:
    if row.startswith(("+++", "---", "@@")):
        return FAINT
    return RIGHT if row.startswith("+") else ""
