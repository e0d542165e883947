"""What an edited deck means for the library: which facts are which, and what follows.

Nothing is written here and no file is opened: readings and stored facts go in, an `Edit` comes out. So
a dry run is the same computation without the last step.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from fasti.core.content import answer_in, content_of, fact_of
from fasti.core.facts import Deck, Fact
from fasti.core.identity import Identity, Similarity, identity_of, match
from fasti.core.kinds import BUILT_IN, Kind
from fasti.core.links import title_of
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.core.text import normalised
from fasti.decks.read import Damaged
from fasti.edits import Edit, Entry, Pair, Remembered, Report, Source
from fasti.rewriting import Writer
from fasti.store.catalogue import StoredCard, StoredFact


class Matched(NamedTuple):
    """A deck's facts as its files have them, each with the one remembered that it is."""

    deck: Deck
    sources: Sequence[Source]
    remembered: Remembered
    kinds: Mapping[str, Kind]
    pairs: Sequence[Pair]

    @property
    def left(self) -> list[StoredFact]:
        """What was in the deck and is in none of its files now."""
        retired, _ = _gone(self)
        return retired


def matched(deck: Deck, sources: Sequence[Source], remembered: Remembered, similar: Similarity) -> Matched:
    """Match the facts of a deck's files to those remembered of it; `deck` joins what all its files hold."""
    kinds = {**BUILT_IN, **deck.kinds}
    entries = _entries(sources, kinds)
    same = {entry.content: entry.identity for entry in entries} if remembered.facts else {}
    known = [_known(fact, kinds, same) for fact in remembered.facts]
    known_of = match([entry.identity for entry in entries], known, similar)
    facts = [None if at is None else remembered.facts[at] for at in known_of]
    return Matched(deck, sources, remembered, kinds, list(zip(entries, facts, strict=True)))


def plan_edit(
    matching: Matched,
    elsewhere: Callable[[Sequence[Identity]], Remembered],
    similar: Similarity,
    now_ms: int,
    onlooker: Onlooker = nobody,
) -> Edit:
    """What follows for a deck whose facts are matched to those remembered of it.

    `elsewhere` gives the facts that left other decks, for those facts that are new here: a fact that moved
    from one deck to another keeps its progress.
    """
    deck, sources, remembered, kinds, pairs = matching
    pairs, from_elsewhere = _found_elsewhere(pairs, elsewhere, kinds, similar)
    cards = {**from_elsewhere, **remembered.cards}
    edit = Edit(Report(deck.id, deck.title))
    edit.report.problems = [(source.path, problem) for source in sources for problem in source.problems]
    works = {source.path: source.deck.sources for source in sources if source.deck}
    taken = {fact.id for fact in remembered.facts}
    taken |= {entry.identity.id for entry, _ in pairs if entry.identity.id}
    writer = Writer(edit, deck, kinds, cards, similar, now_ms, taken, works)
    writer.write(told(pairs, onlooker, f"Adding {deck.title}", "facts"))
    retired, kept = _gone(matching._replace(pairs=pairs))
    edit.report.kept += [fact.title for fact in kept]
    edit.retired = [fact.id for fact in retired]
    edit.report.retired = [fact.title for fact in retired]
    return edit


def _entries(sources: Iterable[Source], kinds: Mapping[str, Kind]) -> list[Entry]:
    entries: list[Entry] = []
    for source in sources:
        facts = source.deck.facts if source.deck else ()
        here = [_entry(source.path, fact, kinds[fact.kind]) for fact in facts]
        here += [
            Entry(source.path, damaged.place.line, _damaged_identity(damaged), None, damaged.text, "")
            for damaged in source.damaged
        ]
        entries += sorted(here, key=attrgetter("line"))
    return entries


def _entry(path: str, fact: Fact, kind: Kind) -> Entry:
    identity = identity_of(fact, kind)
    content = content_of(fact, identity.answer)
    return Entry(path, fact.place.line, identity, fact, title_of(fact, kind), content)


def _damaged_identity(damaged: Damaged) -> Identity:
    key = normalised(damaged.text)
    return Identity(damaged.id or None, damaged.kind or "", key, "", named=bool(damaged.id))


def _known(fact: StoredFact, kinds: Mapping[str, Kind], same: Mapping[str, Identity]) -> Identity:
    """A stored fact's identity, by today's normalisation where its kind is still declared.

    `same` has those of the facts in the files by what would be stored of them: most are as they were.
    """
    if identity := same.get(fact.content):
        _, kind, key, answer, lead, named, _ = identity
        return Identity(fact.id, kind, key, answer, lead, named, fact.retired_ms is not None)
    content = fact_of(fact.content)
    identity = (
        identity_of(content, kinds[fact.kind])
        if fact.kind in kinds
        else Identity(fact.id, fact.kind, fact.key, answer_in(fact.content))
    )
    return Identity(
        fact.id,
        fact.kind,
        identity.key,
        identity.answer,
        lead=identity.lead,
        named=content.id is not None,
        retired=fact.retired_ms is not None,
    )


def _found_elsewhere(
    pairs: Sequence[Pair],
    elsewhere: Callable[[Sequence[Identity]], Remembered],
    kinds: Mapping[str, Kind],
    similar: Similarity,
) -> tuple[list[Pair], Mapping[tuple[str, str], Sequence[StoredCard]]]:
    """Give facts that are new to this deck those that left another one and are the same."""
    new = [place for place, (entry, fact) in enumerate(pairs) if fact is None and entry.fact is not None]
    strangers = [pairs[place][0].identity for place in new]
    if not strangers:
        return list(pairs), {}
    left = elsewhere(strangers)
    moved = match(strangers, [_known(fact, kinds, {})._replace(retired=True) for fact in left.facts], similar)
    found = list(pairs)
    for place, at in zip(new, moved, strict=True):
        if at is not None:
            found[place] = (pairs[place][0], left.facts[at])
    return found, left.cards


def _is_half_saved(source: Source) -> bool:
    """Whether a file has no facts and is in error: an editor was caught in the middle of saving."""
    return bool(source.deck and not source.deck.facts and any(p.severity == "error" for p in source.problems))


def _gone(matching: Matched) -> tuple[list[StoredFact], list[StoredFact]]:
    """What left the deck, and what is kept all the same: nothing leaves with a file that cannot be read whole."""
    unsure = {source.path for source in matching.sources if source.deck is None or _is_half_saved(source)}
    unsure |= {entry.path for entry, fact in matching.pairs if entry.fact is None and fact is None}
    found = {(fact.deck, fact.id) for _, fact in matching.pairs if fact}
    missing = [
        fact
        for fact in matching.remembered.facts
        if fact.retired_ms is None and (fact.deck, fact.id) not in found
    ]
    retired = [fact for fact in missing if fact.path not in unsure]
    return retired, [fact for fact in missing if fact.path in unsure]
