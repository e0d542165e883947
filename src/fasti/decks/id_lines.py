"""Ids written into a deck file as text: nothing is dumped, and every other byte stays as it is.

A fact gets its `id:` on a line of its own after its first key, in braces behind its first value. Whatever
the file is made of, what came out is read again before it is given back: it is the same deck, with ids.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from fasti.core.facts import START, Deck, Fact, Place
from fasti.decks.nodes import MappingNode, Node, UnreadableError, ends, parse, place_of
from fasti.decks.page import page_of
from fasti.decks.read import Reading, read_deck_bytes
from fasti.decks.scalars import in_flow


class NoPlaceError(Exception):
    """A file into which ids cannot be written; the message says why, as the end of a sentence."""


class Written(NamedTuple):
    """A file with ids: its bytes, whether the deck's own is in them, and the facts that got none, by their places."""

    data: bytes
    deck: bool
    left: tuple[Place, ...]


def with_ids(data: bytes, ids: Mapping[Place, str], deck: str | None = None, name_hint: str = "") -> Written:
    """The bytes of a deck file with these ids for the facts at these places, and an id for the deck itself.

    Newlines, the encoding and its byte-order mark are kept. Raises NoPlaceError where YAML cannot read the
    file, or where it would not be the same deck afterwards.
    """
    mark, codec = _encoding(data)
    text = data[len(mark) :].decode(codec)
    page = page_of(text)
    try:
        root, _ = parse(page.text)
    except UnreadableError as error:
        raise NoPlaceError(f"YAML cannot read line {error.place.line}") from error
    spots = dict(_spots(page.text, page.lines))
    wanted = {spots[place]: name for place, name in ids.items() if place in spots}
    title = _title(root) if deck is not None else None
    if deck is not None and title in spots:
        wanted[spots[title]] = deck
    new = mark + _inserted(text, wanted).encode(codec)
    named = {place: name for place, name in ids.items() if place in spots}
    _check(read_deck_bytes(data, name_hint), read_deck_bytes(new, name_hint), named)
    return Written(new, title in spots, tuple(place for place in ids if place not in spots))


class _Spot(NamedTuple):
    """Where an id goes: after the line (from 1) on which a value ends or, in braces, at the column (from 0) there.

    `indent` is that of the keys beside it, None in braces.
    """

    line: int
    column: int
    indent: int | None


def _encoding(data: bytes) -> tuple[bytes, str]:
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return mark, codec
    return b"", "utf-8"


def _title(root: Node) -> Place | None:
    """The place of a deck's title, where its id goes that has none."""
    keys = {key.text: place_of(key) for key, _ in root.pairs} if isinstance(root, MappingNode) else {}
    return None if "id" in keys else keys.get("deck")


_BEFORE_KEY = re.compile(r" *(?:- +)?")


def _spots(text: str, lines: list[str]) -> Iterator[tuple[Place, _Spot]]:
    """Of each key by its place: where an id would go that stands after its value."""
    for end in ends(text):
        key = end.key
        before = lines[key.line - 1][: key.column - 1]
        if end.braces:
            yield key, _Spot(end.line, end.column, None)
        elif _BEFORE_KEY.fullmatch(before):
            yield key, _Spot(_last_line(lines, end.line, end.column), 0, key.column - 1)


def _last_line(lines: list[str], line: int, column: int) -> int:
    """The line on which a value ends: a text under `|` ends where the next line begins, blank ones left out."""
    if column > 0:
        return line
    line -= 1
    while line > 1 and not lines[line - 1].strip():
        line -= 1
    return line


_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")


def _inserted(text: str, ids: Mapping[_Spot, str]) -> str:
    lines = [(found[1], found[2]) for found in _LINE.finditer(text)]
    # Without a newline at its end the file keeps none; what the new line needs is as the others are.
    usual = next((end for _, end in lines if end), "\n")
    for spot, name in sorted(ids.items(), reverse=True):
        line, end = lines[spot.line - 1]
        if spot.indent is None:
            lines[spot.line - 1] = (f"{line[: spot.column]}, id: {in_flow(name)}{line[spot.column :]}", end)
        else:
            lines[spot.line - 1] = (line, end or usual)
            lines.insert(spot.line, (f"{' ' * spot.indent}id: {in_flow(name)}", end))
    return "".join(line + end for line, end in lines)


def _check(before: Reading, after: Reading, named: Mapping[Place, str]) -> None:
    """Refuse what would not be the same deck, whatever the reason."""
    if before.deck is None or after.deck is None:
        raise NoPlaceError("it is not a deck")
    expected = [replace(fact, id=fact.id or named.get(fact.place)) for fact in before.deck.facts]
    same = list(map(_plain, expected)) == list(map(_plain, after.deck.facts))
    codes = [problem.code for problem in before.problems] == [problem.code for problem in after.problems]
    if not same or not codes or _header(before.deck) != _header(after.deck):
        raise NoPlaceError("its layout leaves no room for them")


def _plain(fact: Fact) -> Fact:
    return replace(fact, place=START, places={})


def _header(deck: Deck) -> Deck:
    return replace(deck, facts=(), id="", named=True)
