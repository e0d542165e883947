"""The keys at the left edge of a deck that is not YAML: what belongs to which, and what stands above them."""

import re

from fasti.core.facts import Place, Problem
from fasti.decks.codes import Code
from fasti.decks.pieces import Head, Heads, Piece, indent, says
from fasti.decks.shape import COMMON_KEYS, DECK_KEYS
from fasti.decks.wording import meant


def from_first_key(piece: Piece, heads: Heads) -> tuple[Piece, list[Problem]]:
    """The lines without the text that stands above the first key, and what is told of that text."""
    start = piece.start
    if start is None or heads.head(piece.lines[start]):
        return piece, []
    cut = next((number for number, line in enumerate(piece.lines) if _DECK_KEY.match(line)), None)
    if cut is None:
        return piece, []
    message = "this line belongs to no key; if it is a remark, begin it with `#`"
    place = Place(piece.first + start, indent(piece.lines[start]) + 1)
    return piece.cut(cut), [Problem(place, Code.STRAY_TEXT, message)]


def joined_to_facts(entries: list[Piece], heads: Heads) -> list[Piece]:
    """The entries of a deck, the facts with those lines that are theirs although they stand at the left edge."""
    joined: list[Piece] = []
    facts: list[str] | None = None
    with_items = [number for number, entry in enumerate(entries) if _has_items(entry, heads)]
    for number, entry in enumerate(entries):
        head = heads.head(entry.lines[0])
        more = bool(with_items) and number <= with_items[-1]
        of_a_fact = _holds_facts(entry, head, heads) or _is_of_a_fact(head, heads, more_facts=more)
        if facts is not None and of_a_fact:
            facts += entry.lines
            continue
        facts = list(entry.lines) if head and head.word in _FACTS else None
        joined.append(Piece(entry.first, entry.lines if facts is None else facts))
    return joined


def with_facts(entries: list[Piece], heads: Heads) -> tuple[list[Piece], list[Problem]]:
    """The entries of a deck; facts that stand below another key, for want of `facts`, are given that."""
    keys = [heads.head(entry.lines[0]) for entry in entries]
    if any(head and head.word in _FACTS for head in keys):
        return entries, []
    for number, (entry, head) in enumerate(zip(entries, keys, strict=True)):
        if _holds_facts(entry, head, heads):
            below = enumerate(entry.lines[1:], 1)
            cut = next(line for line, text in below if heads.item_of_kind(text))
            facts = Piece(entry.first + cut - 1, ["facts:", *entry.lines[cut:]])
            message = "a line with `facts:` is missing above the facts"
            problem = Problem(Place(entry.first + cut, 1), Code.NO_FACTS, message)
            return [*entries[:number], entry.cut(0, cut), facts, *entries[number + 1 :]], [problem]
    return entries, []


# Not in JSON's quotes: there the key may stand inside the braces that the file begins with.
_DECK_KEY = re.compile(r"(?:deck|facts|cards):(?:\s(?!.*,$)|$)")
_FACTS = frozenset({"facts", "cards"})


# Keys that a deck has and a fact too.
_BOTH = frozenset(DECK_KEYS) & frozenset(COMMON_KEYS)


def _is_of_a_fact(head: Head | None, heads: Heads, *, more_facts: bool) -> bool:
    """Whether a key at the left edge is a fact's; while there are facts below it, only few are not."""
    word = head.word if head else ""
    deck = heads.words.deck
    if more_facts:
        return word not in deck or word in _BOTH
    return word not in deck and (word in heads.words.keys or not meant(word, deck))


def _has_items(entry: Piece, heads: Heads) -> bool:
    return any(map(heads.item_of_kind, entry.lines[1:]))


def _holds_facts(entry: Piece, head: Head | None, heads: Heads) -> bool:
    """Whether a key that has a text is followed by facts, which then are not its own."""
    rest = entry.lines[0][head.end :] if head else ""
    return says(rest) and _has_items(entry, heads)
