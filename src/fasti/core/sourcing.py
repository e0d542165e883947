"""Which facts stand on which sources: what a deck's works support, and what nothing supports."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from fasti.core.facts import Deck, Source
from fasti.core.kinds import BUILT_IN
from fasti.core.links import title_of


class Stated(NamedTuple):
    """A fact where it stands; `cited` is what its citation adds to the work: pages, a document, a link."""

    path: str
    line: int
    title: str
    id: str | None = None
    cited: str = ""


class Supported(NamedTuple):
    """A work and the facts that cite it, in the author's order.

    `name` is its short name, empty where facts write the citation out; `path` the file that declares it.
    """

    name: str
    work: Source
    facts: tuple[Stated, ...]
    path: str = ""


class Sourcing(NamedTuple):
    """Works under `sources` in their order, then citations written out; and the facts that cite nothing.

    `facts` is how many facts there are.
    """

    works: tuple[Supported, ...]
    without: tuple[Stated, ...]
    facts: int

    def as_json(self) -> dict[str, Any]:
        """What `fasti deck sources --json` prints, the deck's name left out."""
        return {
            "facts": self.facts,
            "sources": [
                {
                    "name": work.name or None,
                    **{key: value for key, value in work.work._asdict().items() if value and key != "name"},
                    "facts": [fact._asdict() for fact in work.facts],
                }
                for work in self.works
            ],
            "without_source": [fact._asdict() for fact in self.without],
            "never_cited": [work.name for work in self.unused],
        }

    @property
    def used(self) -> tuple[Supported, ...]:
        """The works that support a fact."""
        return tuple(work for work in self.works if work.facts)

    @property
    def unused(self) -> tuple[Supported, ...]:
        """The works under `sources` that no fact cites."""
        return tuple(work for work in self.works if not work.facts)


def sourcing(decks: Iterable[tuple[str, Deck]]) -> Sourcing:
    """What supports what in these deck files, each given with its path; a short name is its own file's."""
    works: dict[Source, tuple[str, list[Stated]]] = {}
    without: list[Stated] = []
    count = 0
    for path, deck in decks:
        kinds = {**BUILT_IN, **deck.kinds}
        for source in deck.sources.values():
            works.setdefault(source, (path, []))
        for fact in deck.facts:
            count += 1
            title = title_of(fact, kinds[fact.kind])
            if not fact.sources:
                without.append(Stated(path, fact.place.line, title, fact.id))
            for text in fact.sources:
                source, cited = _cited(text, deck.sources)
                _, facts = works.setdefault(source, ("", []))
                facts.append(Stated(path, fact.place.line, title, fact.id, cited))
    found = [Supported(work.name, work, tuple(facts), path) for work, (path, facts) in works.items()]
    found.sort(key=lambda work: not work.name)
    return Sourcing(tuple(found), tuple(without), count)


def _cited(text: str, sources: Mapping[str, Source]) -> tuple[Source, str]:
    """The work that a fact's citation names, and the place in it; a citation written out is a work of its own."""
    name, _, place = text.partition(",")
    source = sources.get(name.strip())
    return (source, place.strip()) if source else (Source("", text), "")
