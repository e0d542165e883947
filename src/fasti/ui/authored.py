"""What is said of a deck file that was begun or added to, and what to do with it next."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.ui.console import standard_error
from fasti.ui.lines import FAINT, Line, cells, hanging, line, padded, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed

if TYPE_CHECKING:
    from fasti.drafting import DeckFile, Drafted
    from fasti.new_deck import Begun

_MOST = 8
"""Reasons for kept lines that are told one by one."""


def show_begun(begun: "Begun") -> None:
    """Say what is in the new file and what to do next."""
    output = standard_error()
    with until_closed(output.file):
        output.show(begun_lines(begun, output.look))


def begun_lines(begun: "Begun", look: Look) -> list[Line]:
    """The lines that `show_begun` prints."""
    path = str(begun.path)
    if begun.draft is None:
        said = f"`{path}` is written: {counted(begun.facts, 'fact')}, one of each kind, with comments."
    else:
        said = f"`{path}` is written: {counted(begun.facts, 'fact')} recognised."
    lines = _sentence(said, look)
    if begun.draft and begun.draft.kept:
        lines += _kept(begun, look)
    lines += _sentence("Open it in your editor and make it yours. Then:", look)
    name = in_shell(path)
    return lines + _commands(
        [
            (f"fasti preview {name}", "its cards as a student sees them"),
            (f"fasti check {name}", "what is wrong, and what to write instead"),
            (f"fasti add {name}", "into your library, to learn it yourself"),
        ],
        look,
    )


def show_sentence(text: str) -> None:
    """Say a sentence on stderr, broken between words to fit the screen."""
    output = standard_error()
    with until_closed(output.file):
        output.show(_sentence(text, output.look))


def show_added(file: "DeckFile", drafted: "Drafted", *, is_written: bool) -> None:
    """Say where the fact stands now, and what to think of once more."""
    output = standard_error()
    with until_closed(output.file):
        output.show(added_lines(file, drafted, output.look, is_written=is_written))


def added_lines(file: "DeckFile", drafted: "Drafted", look: Look, *, is_written: bool) -> list[Line]:
    """The lines that `show_added` prints."""
    if not is_written:
        return _sentence("Nothing was written.", look)
    place = f"{file.path}:{drafted.appended.line}"
    lines = _sentence(f"Written to `{file.path}`, line {drafted.appended.line}.", look)
    for _, problem in drafted.problems:
        lines += _sentence(f"Think of it once more: {problem.message}.", look)
    return lines + _commands([(f"fasti preview {in_shell(place)}", "its cards")], look)


def in_shell(path: str) -> str:
    """A path as it can be typed: in quotes where it has a space."""
    return f'"{path}"' if " " in path else path


def _commands(rows: Sequence[tuple[str, str]], look: Look) -> list[Line]:
    """Commands to copy, what each is for beside it, or below it where the screen is narrow."""
    width = max(cells(command) for command, _ in rows)
    lines: list[Line] = []
    for command, about in rows:
        if width + cells(about) + 4 <= look.measure:
            lines.append(line("  ", look.text(padded(command, width)), "  ", look.text(about, FAINT)))
        else:
            lines += [
                line("  ", look.text(command)),
                *wrapped(line(look.text(about, FAINT)), look.measure, "    ", "    "),
            ]
    return lines


def _kept(begun: "Begun", look: Look) -> list[Line]:
    kept = begun.draft.kept if begun.draft else ()
    number = sum(len(each.raw) for each in kept)
    lines = _sentence(
        f"{counted(number, 'line')} of the text {'is' if number == 1 else 'are'} kept as comments,"
        " each where it stood:",
        look,
    )
    reasons = Counter(each.why for each in kept)
    first = {each.why: each.number for each in reversed(kept)}
    for why, count in list(reasons.items())[:_MOST]:
        where = f"line {first[why]}" + (f" and {count - 1} more" if count > 1 else "")
        lines += hanging(line("  "), line(look.text(f"{where}: {why}")), look.measure)
    if len(reasons) > _MOST:
        lines += _sentence(f"  and {counted(len(reasons) - _MOST, 'more reason')}, told in the file", look)
    return lines


def _sentence(text: str, look: Look) -> list[Line]:
    return wrapped(line(look.text(text)), look.measure)
