"""A deck that was packed to be handed out."""

from typing import TYPE_CHECKING

from fasti.ui.console import standard_output
from fasti.ui.lines import CLOSE, FAINT, STRONG, Line, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import counted

if TYPE_CHECKING:
    from fasti.packing import Packed


def show_packed(packed: "Packed") -> None:
    """Print what is in the file, and what to do with it."""
    output = standard_output()
    with until_closed(output.file):
        output.show(packed_lines(packed, output.look))


def packed_lines(packed: "Packed", look: Look) -> list[Line]:
    """The lines that `show_packed` prints."""
    decks = len({deck.deck for deck in packed.decks})
    facts = counted(sum(deck.facts for deck in packed.decks), "fact")
    pictures = f", {counted(packed.pictures, 'picture')}" if packed.pictures else ""
    said = f": {counted(decks, 'deck')}, {facts}{pictures}, {_size(packed.size)}"
    lines = wrapped(line(look.text(str(packed.path), STRONG), said), look.measure, "", "  ")
    lines += wrapped(
        line(look.text(f"Who gets it types `fasti add {packed.path.name}`", FAINT)), look.measure, "", "  "
    )
    if packed.ids_written:
        words = (
            f"{counted(packed.ids_written, 'id')} written into the packed copy, as your library has them;"
            " `fasti deck pin` writes them into your own file too"
        )
        lines += wrapped(line(look.text(words, CLOSE)), look.measure, "", "  ")
    if packed.without_id:
        words = (
            f"{counted(packed.without_id, 'fact')} without an id: `fasti deck pin` first, and a correction in every"
            " word will keep your students' progress"
        )
        lines += wrapped(line(look.text(words, CLOSE)), look.measure, "", "  ")
    return lines


def _size(size: int) -> str:
    """A file's size as people say it."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000)):,} kB"
    return f"{size / 1_000_000:,.1f} MB"
