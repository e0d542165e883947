"""Which of several things with names is meant by what somebody typed."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

from fasti.core.facts import Deck
from fasti.core.kinds import BUILT_IN
from fasti.core.links import title_of
from fasti.core.text import normalised, searchable


class Named(NamedTuple):
    """A thing that has a title and may have an id."""

    id: str | None
    title: str

    @property
    def name(self) -> str:
        """The shorter way to call it: its id, or else its title."""
        return self.id or self.title


def facts_named(deck: Deck) -> list[Named]:
    """The facts of a deck as things with names, in its order; not those of a kind that is not declared any more."""
    kinds = {**BUILT_IN, **deck.kinds}
    return [Named(fact.id, title_of(fact, kinds[fact.kind])) for fact in deck.facts if fact.kind in kinds]


def those_meant(things: Sequence[Named], words: str) -> tuple[int, ...]:
    """The places of the things that are meant: by id, else by title, else by words of either.

    Case, accents and spacing do not count, nor the order of words. Several where the words say
    no more; none where nothing has them.
    """
    wanted, parts = searchable(words), searchable(words).split()
    for fits in (
        lambda thing: thing.id == words,
        lambda thing: normalised(thing.title) == normalised(words),
        lambda thing: bool(wanted) and wanted in (searchable(thing.id or ""), searchable(thing.title)),
        lambda thing: (
            bool(parts) and all(part in searchable(f"{thing.id or ''} {thing.title}") for part in parts)
        ),
    ):
        if found := tuple(place for place, thing in enumerate(things) if fits(thing)):
            return found
    return ()


def nearest(things: Sequence[Named], words: str, most: int = 3) -> list[str]:
    """What could have been meant where nothing was, best first.

    Names of things spelt like the words, or else of those that have the words in theirs.
    """
    spelt: dict[str, str] = {}
    for thing in things:
        for name in (thing.id or "", thing.title):
            spelt.setdefault(searchable(name), thing.name)
    close = get_close_matches(searchable(words), [name for name in spelt if name], n=2 * most)
    names = [spelt[name] for name in close] or [things[place].name for place in those_meant(things, words)]
    return list(dict.fromkeys(names))[:most]


def did_you_mean(things: Sequence[Named], words: str, otherwise: str) -> str:
    """The hint where nothing was meant: the names that are spelt most like the words, or else what `otherwise` says."""
    close = nearest(things, words)
    return f"did you mean {listed(close, 'or')}?" if close else otherwise


def listed(names: Sequence[str], word: str = "", most: int = 5) -> str:
    """Names in backticks for a sentence: "`a`, `b` or `c`"; of more than `most`, the first."""
    shown = [f"`{name}`" for name in names[:most]]
    if len(names) > most:
        return ", ".join([*shown, "…"])
    return f"{', '.join(shown[:-1])} {word} {shown[-1]}" if word and len(shown) > 1 else ", ".join(shown)
