"""What came from another program, where it went, and what to do next."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.ui.console import standard_output
from fasti.ui.lines import CLOSE, FAINT, STRONG, Line, Piece, hanging, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed

if TYPE_CHECKING:
    from fasti.destinations import Arrival
    from fasti.exchange.tables.spreadsheet import TableFacts
    from fasti.importing import Imported

_WORDS = {
    "person": ("person", "people"),
    "q": ("question",),
    "cloze": ("cloze text",),
    "order": ("sequence",),
}
"""What facts of a kind are called, where that is not the kind's name."""

_FEW = 4
"""Files that are named in one command; of more the reader has the list above."""

_AT_MOST = 12
"""Titles named one by one; the rest is counted."""


def show_imported(done: "Imported", *, dry_run: bool = False, with_progress: bool = False) -> None:
    """Print each deck with its file, what could not be carried, and the next step."""
    output = standard_output()
    with until_closed(output.file):
        output.show(imported_lines(done, output.look, dry_run=dry_run, with_progress=with_progress))


def imported_lines(
    done: "Imported", look: Look, *, dry_run: bool = False, with_progress: bool = False
) -> list[Line]:
    """The lines that `show_imported` prints."""
    lines = [row for arrival in done.arrivals for row in _arrived(arrival, look, dry_run=dry_run)]
    if done.pictures:
        beside = "it" if len(done.arrivals) == 1 else "them"
        lines.append(line(f"  {counted(done.pictures, 'picture')} beside {beside}"))
    for path in done.kept:
        lines += wrapped(
            line(look.text(f"  What was there before is kept as `{path}`")), look.measure, "", "  "
        )
    if done.taken is not None:
        lines += wrapped(line(f"  {_taken(done)}"), look.measure, "", "  ")
    elif dry_run and with_progress:
        lines.append(line(f"  {counted(done.answers, 'answer')} would be compared with your log"))
    lines += _listed("Edited in Anki", done.changed, look)
    lines += _listed("Made in Anki", done.added, look)
    lines += _listed("Note", [*done.notes, *(done.taken.notes if done.taken else ())], look)
    return lines + _next(done, look, dry_run=dry_run)


def _taken(done: "Imported") -> str:
    assert done.taken is not None
    if not done.taken.answers and not done.taken.placed:
        return "Nothing was answered there that your log does not have"
    answers = counted(done.taken.answers, "answer")
    placed = f"; {counted(done.taken.placed, 'card')} stand where Anki had them" if done.taken.placed else ""
    return f"{answers} came along{placed}"


def show_guess(found: "TableFacts", planned: "Imported") -> None:
    """Print how a table is understood: what each column was taken for, and what its first fact would be."""
    output = standard_output()
    with until_closed(output.file):
        output.show(guess_lines(found, planned, output.look))


def guess_lines(found: "TableFacts", planned: "Imported", look: Look) -> list[Line]:
    """The lines that `show_guess` prints."""
    lines: list[Line] = []
    for column in found.guess:
        if column.taken_for:
            read = line(look.text(column.name, STRONG), " is read as ")
            lines += hanging(read, line(look.text(column.taken_for)), look.measure)
        else:
            lines += wrapped(line(look.text(column.name, STRONG), Piece(" is left out", CLOSE)), look.measure)
    for remark in found.remarks:
        lines += wrapped(line(look.text(remark, FAINT)), look.measure)
    for arrival in planned.arrivals:
        kinds = Counter(fact.kind for fact in arrival.deck.facts)
        said = ", ".join(counted(number, *_WORDS.get(kind, (kind,))) for kind, number in kinds.items())
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
    here = [arrival.here for arrival in done.arrivals if arrival.here is not None]
    if dry_run:
        said = "Nothing was written."
    elif done.taken is not None:
        said = "`fasti review` goes on from there."
    elif written and here:
        said = f"Your library has this deck from `{here[0]}`, which stays as it is: compare the two."
    elif written:
        names = " ".join(str(path) for path in written)
        it, names = (
            ("it", names) if len(written) == 1 else ("them", names if len(written) < _FEW else "FILE…")
        )
        said = f"Look through {it}, then `fasti add {names}` brings {it} into your library."
    else:
        said = "`--with-progress` brings in what you answered there."
    if not written and (done.changed or done.added):
        said += (
            " What was edited or made in Anki was not taken over: `-o FILE` writes the deck as it is there."
        )
    return [(), *wrapped(line(look.text(said)), look.measure)]
