"""What is said of a deck file that was begun or added to, and what to do with it next."""

from collections import Counter
from typing import TYPE_CHECKING

from fasti.ui.console import standard_error
from fasti.ui.lines import FAINT, Line, hanging, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import counted

if TYPE_CHECKING:
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
    lines += _sentence("Next, in this order:", look)
    for command, about in (
        ("", "open it in your editor, and make it yours"),
        (f"fasti preview {path}", "the cards as a student sees them"),
        (f"fasti check {path}", "what is wrong, with line and remedy"),
        (f"fasti add {path}", "into your library, to learn it yourself"),
    ):
        label = line("  ", f"`{command}`  ") if command else line("  ")
        lines += hanging(line("  "), line(*label[1:], look.text(about, FAINT)), look.measure)
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
