"""Problems of decks: where, what, and on a terminal the place itself."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from fasti.core.facts import Problem
from fasti.core.text import printable
from fasti.ui.console import Output, standard_output
from fasti.ui.lines import (
    CLOSE,
    FAINT,
    LABEL,
    RIGHT,
    STRONG,
    WRONG,
    Line,
    Piece,
    cells,
    clipped,
    clusters,
    line,
    wrapped,
)
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed

if TYPE_CHECKING:
    from fasti.checking import Checked

Excerpt = Callable[[str, int], tuple[str, str]]
"""Gives, of a source line and a column, the line fit to be printed and the caret under that column."""

_INDENT = "    "


def show_problems(
    checked: "Sequence[Checked]",
    excerpt: Excerpt | None,
    output: Output | None = None,
    *,
    accessible: bool = False,
) -> None:
    """Print every problem: one line each where a program reads, with the source line where a person does.

    On stdout, unless another `output` is given; without `excerpt`, source lines are left out. To be heard, a
    problem is a sentence that begins with how severe it is.
    """
    output = output or standard_output()
    with until_closed(output.file):
        for each in checked:
            for problem in each.problems:
                if accessible:
                    output.show(spoken_lines(str(each.path), problem, output.look))
                    continue
                source = each.source.get(problem.place.line, "") if output.is_terminal else ""
                shown = excerpt(source, problem.place.column) if excerpt and source.strip() else None
                output.show(problem_lines(str(each.path), problem, shown, output.look))


def problem_lines(path: str, problem: Problem, excerpt: tuple[str, str] | None, look: Look) -> list[Line]:
    """`path:line:column: code: sentence`, then the source line with its caret where they are given.

    A warning and a piece of advice say that they are one, and have colours of their own.
    """
    style = _STYLES.get(problem.severity, WRONG)
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    place = look.text(f"{path}:{problem.place.line}:{problem.place.column}: ", STRONG)
    code = look.text(f"{problem.code}: {severity}", style)
    lines = wrapped(line(place, code, look.text(problem.message)), look.width, "", "  ")
    if excerpt is not None:
        source, caret = _cut(look.text(excerpt[0]).text, len(excerpt[1]) - 1, look)
        lines += [line(_INDENT, Piece(source, FAINT)), line(_INDENT + caret, Piece("^", style))]
    return lines


def spoken_lines(path: str, problem: Problem, look: Look) -> list[Line]:
    """How severe a problem is, its sentence, where it is, and its code."""
    severity = problem.severity.capitalize()
    place = f"line {problem.place.line}, column {problem.place.column} of {path}"
    stop = "" if problem.message.endswith("?") else "."
    told = look.text(f"{severity}: {problem.message}{stop} At {place}. Code {problem.code}.")
    return wrapped(line(told), look.width)


def show_diff(lines: Iterable[str]) -> None:
    """Print a unified diff; what is taken out and put in has a sign and, where there is colour, a colour."""
    output = standard_output()
    with until_closed(output.file):
        for text in lines:
            if output.is_terminal:
                output.show([line(output.look.text(text.rstrip("\r\n"), _sign_style(text)))])
            else:  # for `patch`: with the line endings that the file has
                body = text.rstrip("\r\n")
                output.write(printable(body) + text[len(body) :])


_STYLES = {"warning": CLOSE, "advice": LABEL}


def _sign_style(text: str) -> str:
    if text.startswith(("---", "+++")):
        return STRONG
    return {"-": WRONG, "+": RIGHT, "@": LABEL}.get(text[:1], "")


def _cut(source: str, caret: int, look: Look) -> tuple[str, str]:
    """A source line cut to fit the screen, and the space before its caret, which stands at the cell `caret`."""
    room = look.width - cells(_INDENT)
    if cells(source) <= room and caret < room:
        return source, " " * caret
    ahead = deque(clusters(source))
    skipped = 0
    while ahead and caret - skipped > room // 2:
        skipped += cells(ahead.popleft())
    before = look.ellipsis if skipped else ""
    shown = clipped(before + "".join(ahead), room, look.ellipsis)
    return shown, " " * (cells(before) + caret - skipped)
