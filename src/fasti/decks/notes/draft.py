"""The text of a deck made of plain notes: facts, and between them, as comments, what is no fact yet."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import NamedTuple

from fasti.core.facts import Deck, Problem
from fasti.core.kinds import BUILT_IN
from fasti.core.text import slug
from fasti.decks.notes.read import Heading, Kept, Notes, Piece, Taken
from fasti.decks.read import read_deck
from fasti.decks.scalars import WIDTH, safe
from fasti.decks.starting import SCHEMA_LINE
from fasti.decks.write import entry_lines, header_text


class Draft(NamedTuple):
    """A deck's text, how many facts it has, and the lines of the notes that are comments in it."""

    text: str
    facts: int
    kept: tuple[Kept, ...]


def drafted(notes: Notes, title: str, name: str) -> Draft:
    """The deck of these notes; `name` is what they are called in its first comment.

    A fact in which the reader of decks would find a problem is kept as a comment with what the reader says.
    """
    above = [Heading(notes.title)] if notes.title and notes.title != title else []
    pieces: list[Piece] = [*above, *notes.pieces]
    while True:
        text, owners = _text(pieces, title, name)
        faults = _faults(text, owners)
        if not faults:
            break
        for at, problem in faults.items():
            piece = pieces[at]
            assert isinstance(piece, Taken)
            pieces[at] = Kept(piece.number, piece.raw, _LINE_OF_DRAFT.sub("", problem.message))
    kept = tuple(piece for piece in pieces if isinstance(piece, Kept))
    return Draft(text, sum(isinstance(piece, Taken) for piece in pieces), kept)


# Where the draft has it, which is not where the notes have it.
_LINE_OF_DRAFT = re.compile(r",? on line \d+")


def _faults(text: str, owners: Sequence[int | None]) -> dict[int, Problem]:
    """The first problem of each piece that has one; `owners` says of which piece each line is."""
    found: dict[int, Problem] = {}
    for problem in read_deck(text).problems:
        owner = owners[min(problem.place.line, len(owners)) - 1]
        if owner is not None:
            found.setdefault(owner, problem)
    return found


def _text(pieces: Sequence[Piece], title: str, name: str) -> tuple[str, list[int | None]]:
    deck = Deck(slug(title) or "deck", title, ())
    facts = sum(isinstance(piece, Taken) for piece in pieces)
    kept = sum(isinstance(piece, Kept) for piece in pieces)
    lines = [*header_text(deck, heading=_heading(name, facts, kept)).split("\n"), "", "facts:"]
    owners: list[int | None] = [None] * len(lines)
    for number, block in _blocks(pieces):
        lines += ["", *block]
        owners += [None, *([number] * len(block))]
    return "\n".join(lines) + "\n", owners


def _heading(name: str, facts: int, kept: int) -> list[str]:
    recognised = "1 fact was" if facts == 1 else f"{facts:,} facts were"
    said = [SCHEMA_LINE, f"Made of {name}: {recognised} recognised."]
    if kept:
        said += [
            "What was not is kept in its place: behind `# >` as it was written, above it what is missing.",
            "Make a fact of it or delete it; nothing behind a # is seen by a student.",
        ]
    return [*said, "`fasti preview` shows the cards, `fasti check` names what is wrong."]


def _blocks(pieces: Sequence[Piece]) -> Iterator[tuple[int | None, list[str]]]:
    """The lines of each piece with its number; neighbours that are kept for one reason stand together."""
    numbered = enumerate(pieces)
    for why, group in groupby(numbered, key=lambda each: each[1].why if isinstance(each[1], Kept) else None):
        if why is not None:
            kept = [piece for _, piece in group if isinstance(piece, Kept)]
            yield None, [*_why(why), *(f"  # > {_comment(raw)}" for each in kept for raw in each.raw)]
            continue
        for number, piece in group:
            if isinstance(piece, Heading):
                yield None, [f"  # --- {_comment(piece.text)}"]
            elif isinstance(piece, Taken):
                yield number, entry_lines(piece.fact, BUILT_IN[piece.fact.kind])


def _why(why: str) -> list[str]:
    return [f"  # {line}" for line in wrap(f"{_comment(why)}:", WIDTH - 4, break_on_hyphens=False)]


def _comment(text: str) -> str:
    """A text as it may stand behind a `#`, on one line."""
    return " ".join(safe(text).replace("\u2028", " ").replace("\u2029", " ").split())
