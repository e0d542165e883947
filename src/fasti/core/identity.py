"""Which fact of an edited deck is which: matching what a file holds now to what the library remembers.

A fact keeps its progress through rewording, moving and splitting. The rounds go from certain to likely,
each takes only what is one-to-one, and two candidates mean no guess.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

from fasti.core.cloze import spans_of, whole
from fasti.core.facts import Fact
from fasti.core.kinds import Form, Kind
from fasti.core.text import fingerprint, normalised, slug

REWORDED = 85
"""Similarity (0-100) from which a fact with the same answer is the same fact, reworded."""

REWRITTEN = 60
"""Similarity from which it is the same fact if no other fact of its kind has that answer."""

RETOUCHED = 93
"""Similarity from which it is the same fact although its answer was changed too."""

# What an enumeration has is looked up slowly, and this is asked of every fact several times.
_CLOZE = Form.CLOZE

Similarity = Callable[[str, Sequence[str], int], Iterable[tuple[int, float]]]
"""Of a text and some choices: the index and similarity (0-100) of each choice at or above a threshold."""


class Identity(NamedTuple):
    """What a fact is recognised by.

    `key` is the normalised text that tells it from other facts of its kind, `lead` the first part of it,
    `answer` what its cards ask for. `id` is the author's own (`named`), or the one the library gave it; a fact just read may have
    none. A `retired` fact is remembered although it left the deck.
    """

    id: str | None
    kind: str
    key: str
    answer: str
    lead: str = ""
    named: bool = False
    retired: bool = False


def identity_of(fact: Fact, kind: Kind) -> Identity:
    """The identity of a fact as its author wrote it."""
    lead = normalised(_plain(fact, kind, kind.identity[0]))
    return Identity(
        fact.id,
        fact.kind,
        lead if len(kind.identity) == 1 else key_of(fact, kind),
        _answer(fact, kind),
        lead,
        fact.id is not None,
    )


def key_of(fact: Fact, kind: Kind) -> str:
    """The normalised text that tells a fact from others of its kind."""
    if len(kind.identity) == 1:
        return normalised(_plain(fact, kind, kind.identity[0]))
    return normalised(" → ".join([_plain(fact, kind, name) for name in kind.identity]))


def first_id(deck: str, identity: Identity, taken: Callable[[str], bool]) -> str:
    """A new id for a fact that has none: readable, and the same on every machine that meets it first.

    Made of the deck's id, the kind and the key; where that id is `taken`, of the answer as well, and
    then counted.
    """
    start = slug(identity.key, longest=40)
    parts = (deck, identity.kind, identity.key)
    for more in ((), (identity.answer,)):
        name = f"{start}-{fingerprint(*parts, *more)}".lstrip("-")
        if not taken(name):
            return name
    number = 2
    while taken(f"{name}-{number}"):
        number += 1
    return f"{name}-{number}"


def match(found: Sequence[Identity], known: Sequence[Identity], similar: Similarity) -> list[int | None]:
    """For each fact found in the deck, the position of the known fact that it is, or None: a new one.

    `found` is in the author's order; so is `known`, the facts in the deck before the retired ones. A fact
    in the deck is preferred to a retired one. No known fact is given twice.
    """
    if not known:
        return [None] * len(found)
    matching = _Matching(found, known)
    matching.pair(lambda fact: fact.id, matching.open_known())
    for known_ones in (matching.in_deck, matching.open_known):
        matching.pair(lambda fact: (fact.kind, fact.key, fact.answer), known_ones(), in_order=True)
        matching.pair(lambda fact: (fact.kind, fact.key), known_ones())
        matching.pair(lambda fact: (fact.kind, fact.lead) if fact.lead else None, known_ones())
    for known_ones in (matching.in_deck, matching.open_known):
        _pair_similar(matching, known_ones(), similar, REWORDED, same_answer=True)
        _pair_similar(matching, known_ones(), similar, RETOUCHED, same_answer=False)
    _pair_by_answer(matching, similar)
    _pair_by_neighbours(matching)
    return matching.known_of


def match_cards(found: Sequence[str], known: Sequence[str], similar: Similarity) -> dict[str, str]:
    """Of one fact, what each card found was called before, where it was called something else.

    Only cards named by their own words (`cloze:…`, `each:…`) can be reworded: to a name that is alike,
    to one that holds the other's words, or when one alone of its form went and one alone came.
    """
    renamed: dict[str, str] = {}
    for form in dict.fromkeys(name.partition(":")[0] for name in found if ":" in name):
        come = [name for name in found if name.startswith(form + ":") and name not in known]
        gone = [name for name in known if name.startswith(form + ":") and name not in found]
        alike = [(name, gone[at]) for name in come for at, _ in similar(name, gone, REWORDED)]
        ours, theirs = Counter(one for one, _ in alike), Counter(other for _, other in alike)
        renamed |= {one: other for one, other in alike if ours[one] == theirs[other] == 1}
        come = [name for name in come if name not in renamed]
        gone = [name for name in gone if name not in renamed.values()]
        inside = [(one, other) for one in come for other in gone if _one_holds_the_other(one, other)]
        ours, theirs = Counter(one for one, _ in inside), Counter(other for _, other in inside)
        renamed |= {one: other for one, other in inside if ours[one] == theirs[other] == 1}
        come = [name for name in come if name not in renamed]
        gone = [name for name in gone if name not in renamed.values()]
        if len(come) == len(gone) == 1:
            renamed[come[0]] = gone[0]
    return renamed


def _one_holds_the_other(one: str, other: str) -> bool:
    words, others = (set(name.partition(":")[2].split("-")) for name in (one, other))
    return words <= others or others <= words


class _Matching:
    """The pairs found so far."""

    def __init__(self, found: Sequence[Identity], known: Sequence[Identity]) -> None:
        self.found = found
        self.known = known
        self.known_of: list[int | None] = [None] * len(found)
        self.found_of: list[int | None] = [None] * len(known)

    def take(self, found: int, known: int) -> None:
        self.known_of[found] = known
        self.found_of[known] = found

    def open_found(self) -> list[int]:
        return [place for place, known in enumerate(self.known_of) if known is None]

    def open_known(self) -> list[int]:
        return [place for place, found in enumerate(self.found_of) if found is None]

    def in_deck(self) -> list[int]:
        return [place for place in self.open_known() if not self.known[place].retired]

    def pair(
        self, name: Callable[[Identity], Hashable], among: Sequence[int], *, in_order: bool = False
    ) -> None:
        """Pair what has the same name on both sides and nowhere else.

        With `in_order` the first with the first and so on: for names that leave nothing to choose by.
        """
        if not among:
            return
        ours: dict[Hashable, list[int]] = defaultdict(list)
        theirs: dict[Hashable, list[int]] = defaultdict(list)
        for place in self.open_found():
            ours[name(self.found[place])].append(place)
        for place in among:
            theirs[name(self.known[place])].append(place)
        for key, places in ours.items():
            others = theirs.get(key, [])
            if key is not None and (in_order or len(places) == len(others) == 1):
                for one, other in zip(places, others, strict=False):
                    self.take(one, other)


def _pair_similar(
    matching: _Matching, among: Sequence[int], similar: Similarity, least: int, *, same_answer: bool
) -> None:
    """Pair facts of one kind whose keys are alike, where neither has a second candidate."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for place in among:
        by_kind[matching.known[place].kind].append(place)
    keys = {kind: [matching.known[place].key for place in places] for kind, places in by_kind.items()}
    pairs = [
        (place, by_kind[fact.kind][index])
        for place in matching.open_found()
        for fact in [matching.found[place]]
        if fact.kind in by_kind
        for index, _ in similar(fact.key, keys[fact.kind], least)
        if _may_be(fact, matching.known[by_kind[fact.kind][index]], same_answer=same_answer)
    ]
    ours, theirs = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    for one, other in pairs:
        if ours[one] == theirs[other] == 1:
            matching.take(one, other)


def _may_be(found: Identity, known: Identity, *, same_answer: bool) -> bool:
    """Whether two facts with keys alike can be one: two ids of the author's, or other numbers, say no."""
    if (found.named and known.named) or _numbers(found.key) != _numbers(known.key):
        return False
    return not same_answer or (bool(found.answer) and found.answer == known.answer)


def _pair_by_answer(matching: _Matching, similar: Similarity) -> None:
    """Pair facts of which alone, of their kind and of those left, have an answer, and whose keys are alike."""
    ours: dict[tuple[str, str], list[int]] = defaultdict(list)
    theirs: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in matching.open_found():
        ours[matching.found[place].kind, matching.found[place].answer].append(place)
    for place in matching.in_deck():
        theirs[matching.known[place].kind, matching.known[place].answer].append(place)
    for name, places in ours.items():
        others = theirs.get(name, [])
        if len(places) == len(others) == 1:
            found, known = matching.found[places[0]], matching.known[others[0]]
            if _may_be(found, known, same_answer=True) and [*similar(found.key, [known.key], REWRITTEN)]:
                matching.take(places[0], others[0])


def _pair_by_neighbours(matching: _Matching) -> None:
    """Pair facts with one answer that stand between the same two facts as before."""
    last = sum(not fact.retired for fact in matching.known)
    for place in matching.open_found():
        fact = matching.found[place]
        before = matching.known_of[place - 1] if place else -1
        after = matching.known_of[place + 1] if place + 1 < len(matching.found) else last
        if before is None or after is None or after - before != 2 or last == 1:
            continue
        other = matching.known[before + 1]
        if (
            matching.found_of[before + 1] is None
            and fact.kind == other.kind
            and not (fact.named and other.named)
            and fact.answer
            and fact.answer == other.answer
        ):
            matching.take(place, before + 1)


_NUMBER = re.compile(r"\d+|\b(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})\b")
_ORDINALS = frozenset(
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "last"]
)


def _numbers(key: str) -> tuple[str, ...]:
    """The numbers of a text, Roman and spelt-out ordinals too: the Second Ypres is not the First."""
    return (*_NUMBER.findall(key), *(word for word in re.findall(r"\w+", key) if word in _ORDINALS))


def _plain(fact: Fact, kind: Kind, name: str) -> str:
    field = kind.field(name)
    text = fact.text(name)
    return whole(text) if field and field.form is _CLOZE else text


def _answer(fact: Fact, kind: Kind) -> str:
    first = kind.fields[0]
    if first.form is _CLOZE:
        return normalised(" / ".join(sorted([span.hidden for span in spans_of(fact.text(first.name))])))
    values = [fact.fields.get(name, ()) for name in kind.asked_for if name != first.name]
    return normalised(" / ".join([text for texts in values for text in texts]))
