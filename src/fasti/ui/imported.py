"""What came from another program, where it went, and what to do next."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fasti.ui.console import standard_output
from fasti.ui.lines import CLOSE, FAINT, STRONG, Line, Piece, hanging, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import counted

if TYPE_CHECKING:
    from fasti.exchange.tables.spreadsheet import TableFacts
    from fasti.importing import Arrival, Imported

_AT_MOST = 12
"""Titles named one by one; the rest is counted."""


def show_imported(done: "Imported", *, dry_run: bool = False) -> None:
    """Print each deck with its file, what could not be carried, and the next step."""
    output = standard_output()
    with until_closed(output.file):
        output.show(imported_lines(done, output.look, dry_run=dry_run))


def imported_lines(done: "Imported", look: Look, *, dry_run: bool = False) -> list[Line]:
    """The lines that `show_imported` prints."""
    lines: list[Line] = []
    for arrival in done.arrivals:
        lines += _arrived(arrival, look, dry_run=dry_run)
    if done.pictures:
        lines.append(
            line(
                f"  {counted(done.pictures, 'picture')} beside {'it' if len(done.arrivals) == 1 else 'them'}"
            )
        )
    if done.taken is not None:
        reviews = counted(done.taken.reviews, "answer")
        placed = counted(done.taken.placed, "card")
        lines += wrapped(
            line(f"  {reviews} of yours, and the schedule of {placed}, came along"), look.measure, "", "  "
        )
    lines += _listed("Edited in Anki", done.changed, look)
    lines += _listed("Left out", [*done.left_out, *(done.taken.left_out if done.taken else ())], look)
    return lines + _next(done, look, dry_run=dry_run)


def show_guess(found: "TableFacts", planned: "Imported") -> None:
    """Print how a table is understood: what each column was taken for, and what its first fact would be."""
    output = standard_output()
    with until_closed(output.file):
        output.show(guess_lines(found, planned, output.look))


def guess_lines(found: "TableFacts", planned: "Imported", look: Look) -> list[Line]:
    """The lines that `show_guess` prints."""
    lines: list[Line] = []
    for column in found.guess:
        taken = look.text(column.taken_for) if column.taken_for else Piece("left out", CLOSE)
        lines += hanging(
            line(look.text(column.name, STRONG), look.text(" is read as ")), line(taken), look.measure
        )
    for remark in found.remarks:
        lines += wrapped(line(look.text(remark, FAINT)), look.measure)
    for arrival in planned.arrivals:
        kinds = Counter(fact.kind for fact in arrival.deck.facts)
        said = ", ".join(counted(number, kind) for kind, number in kinds.items())
        lines += wrapped(line(f"{said}, for ", look.text(f"`{arrival.path}`")), look.measure)
    return [*lines, ()]


def _arrived(arrival: "Arrival", look: Look, *, dry_run: bool) -> list[Line]:
    facts = counted(len(arrival.deck.facts), "fact")
    if arrival.path is None:
        where = (
            f"is in your library already, from `{arrival.here}`, which stays as it is"
            if arrival.here
            else "is in your library already"
        )
        said = f"  {where}"
    else:
        said = f"  {facts} {'would go' if dry_run else 'went'} into `{arrival.path}`"
    return wrapped(line(look.text(arrival.deck.title, STRONG), look.text(said)), look.measure, "", "  ")


def _listed(what: str, sentences: Iterable[str], look: Look) -> list[Line]:
    every = list(sentences)
    lines = [
        row
        for sentence in every[:_AT_MOST]
        for row in hanging(line(Piece(f"  {what}: ", CLOSE)), line(look.text(sentence)), look.measure)
    ]
    if len(every) > _AT_MOST:
        lines.append(line(Piece(f"  and {len(every) - _AT_MOST} more; `--json` names them all", FAINT)))
    return lines


def _next(done: "Imported", look: Look, *, dry_run: bool) -> list[Line]:
    written = [arrival.path for arrival in done.arrivals if arrival.path is not None]
    if dry_run:
        said = "Nothing was written."
    elif done.taken is not None:
        said = "`fasti review` goes on from there."
    elif written:
        said = f"Look through it, then `fasti add {' '.join(map(str, written))}` brings it into your library."
    else:
        said = "`--with-progress` brings in what you answered there; `-o FILE` writes the deck into a file."
    return [(), *wrapped(line(look.text(said)), look.measure)]
