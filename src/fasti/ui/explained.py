"""A section of the documentation on a terminal: paragraphs, and examples as they would be typed."""

import re
from collections.abc import Iterator

from fasti.ui.console import standard_output
from fasti.ui.lines import FAINT, STRONG, Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed

_INDENT = "    "


def show_section(title: str, text: str, *, accessible: bool = False) -> None:
    """Print a section that is written in Markdown: paragraphs, and examples between fences."""
    output = standard_output()
    with until_closed(output.file):
        output.show(section_lines(title, text, output.look, accessible=accessible))


def section_lines(title: str, text: str, look: Look, *, accessible: bool = False) -> list[Line]:
    """The title, paragraphs wrapped to the width, and examples indented; to be heard, their lines are counted."""
    lines = [line(look.text(title, STRONG))]
    for is_example, block in _blocks(text):
        if not accessible:
            lines.append(())
        if not is_example:
            lines += wrapped(line(look.text(_plain(block))), look.measure)
            continue
        for number, written in enumerate(block.split("\n"), 1):
            before = f"Line {number}: " if accessible else _INDENT
            lines.append(line(before, look.text(written, FAINT)))
    return lines


_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _blocks(text: str) -> Iterator[tuple[bool, str]]:
    """The paragraphs and the examples in turn, and which is which."""
    for number, part in enumerate(_FENCE.split(text)):
        if number % 2:
            yield True, part.rstrip("\n")
        else:
            yield from ((False, paragraph) for paragraph in part.strip().split("\n\n") if paragraph)


def _plain(paragraph: str) -> str:
    """A paragraph on one line, without the marks of emphasis."""
    return " ".join(paragraph.replace("**", "").split())
