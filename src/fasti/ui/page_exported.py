"""What web pages were written, and what can be done with them."""

from typing import TYPE_CHECKING

from fasti.ui.console import standard_output
from fasti.ui.lines import CLOSE, STRONG, Line, Piece, hanging, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.page_export import ExportedPage

_ADVICE = (
    "Open it in a browser, or hand it out: it is one file and needs no network. At its end it prints as a"
    " handout, as question sheets, or as cards to cut out."
)


def show_pages_exported(done: "Sequence[ExportedPage]") -> None:
    """Print what was written, and what it is good for."""
    output = standard_output()
    with until_closed(output.file):
        for each in done:
            output.show(page_lines(each, output.look))
        output.show([(), *wrapped(line(output.look.text(_ADVICE)), output.look.measure)])


def page_lines(done: "ExportedPage", look: Look) -> list[Line]:
    """The file and what is in it, then what could not go along and what is to be known of it."""
    parts = [
        counted(done.facts, "fact"),
        counted(done.pictures, "picture") if done.pictures else "",
        f"{max(done.size / 1e6, 0.1):.1f} MB",
    ]
    said = ", ".join(part for part in parts if part)
    lines = wrapped(line(look.text(str(done.path), STRONG), f"  {said}"), look.measure, "", "  ")
    for label, sentences in (("  Left out: ", done.left_out), ("  Note: ", done.remarks)):
        for sentence in sentences:
            lines += hanging(line(Piece(label, CLOSE)), line(look.text(sentence)), look.measure)
    return lines
