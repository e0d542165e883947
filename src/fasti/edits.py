"""What an edited deck means for the library: which facts are which, and what is to be written.

Nothing is written here and no file is opened: readings and stored facts go in, an `Edit` comes out. So
a dry run is the same computation without the last step.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from fasti.core.cards import cards_of
from fasti.core.content import answer_in, content_of, fact_of
from fasti.core.facts import Deck, Fact, Place, Problem
from fasti.core.facts import Source as Work
from fasti.core.identity import Identity, Similarity, first_id, identity_of, match, match_cards
from fasti.core.kinds import BUILT_IN, Kind
from fasti.core.links import Links, title_of
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.core.text import normalised
from fasti.decks.read import Damaged
from fasti.store.catalogue import StoredCard, StoredFact
from fasti.store.faces import face_json


class Source(NamedTuple):
    """One file of a deck, as it reads now; `deck` is None where nothing of it could be used."""

    path: str
    deck: Deck | None
    damaged: tuple[Damaged, ...]
    problems: tuple[Problem, ...]


class Reworded(NamedTuple):
    """A fact whose words changed, and which kept its progress."""

    before: str
    after: str


@dataclass(slots=True)
class Report:
    """What bringing a deck in step did, or would do; each list holds titles of facts.

    `appeared` are files that joined from followed folders, `gone` those that are there no longer; in the report
    on a folder, `no_decks` are files of it that hold none.
    """

    deck: str
    title: str
    new: list[str] = field(default_factory=list)
    reworded: list[Reworded] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    live_on: list[str] = field(default_factory=list)
    moved_here: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    appeared: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    no_decks: list[str] = field(default_factory=list)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    cards: int = 0

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(
            (
                self.new,
                self.reworded,
                self.changed,
                self.retired,
                self.returned,
                self.moved_here,
                self.appeared,
                self.gone,
                self.no_decks,
                self.problems,
            )
        )


class Match(NamedTuple):
    """A fact of a file as it will be stored, and as it was known: None where it is new.

    `place` is where it stands in its file. Of each card: what it was, None where it is new, and what it is
    now, None where it is asked no more.
    """

    place: Place
    known: StoredFact | None
    stored: StoredFact
    cards: Sequence[tuple[StoredCard | None, StoredCard | None]]


@dataclass(slots=True)
class Edit:
    """What is to be written for one deck; `matches` has every fact that could be read."""

    report: Report
    matches: list[Match] = field(default_factory=list)
    facts: list[StoredFact] = field(default_factory=list)
    cards: list[StoredCard] = field(default_factory=list)
    renamed_facts: list[tuple[StoredFact, StoredFact]] = field(default_factory=list)
    renamed_cards: list[tuple[str, StoredCard]] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)


class Remembered(NamedTuple):
    """What the library knows of a deck: its facts, those in the deck in order before the retired ones, and their cards."""

    facts: Sequence[StoredFact]
    cards: Mapping[tuple[str, str], Sequence[StoredCard]]


class _Entry(NamedTuple):
    """A fact, or what could be read of a damaged one, in its place in the deck; `content` is the fact as stored."""

    path: str
    line: int
    identity: Identity
    fact: Fact | None
    title: str
    content: str


_Pair = tuple[_Entry, StoredFact | None]


class Matched(NamedTuple):
    """A deck's facts as its files have them, each with the one remembered that it is."""

    deck: Deck
    sources: Sequence[Source]
    remembered: Remembered
    kinds: Mapping[str, Kind]
    pairs: Sequence[_Pair]

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
    writer = _Writer(edit, deck, kinds, cards, similar, now_ms, taken, works)
    writer.write(told(pairs, onlooker, f"Adding {deck.title}", "facts"))
    retired, kept = _gone(matching._replace(pairs=pairs))
    edit.report.kept += [fact.title for fact in kept]
    edit.retired = [fact.id for fact in retired]
    edit.report.retired = [fact.title for fact in retired]
    return edit


def _entries(sources: Iterable[Source], kinds: Mapping[str, Kind]) -> list[_Entry]:
    entries: list[_Entry] = []
    for source in sources:
        facts = source.deck.facts if source.deck else ()
        here = [_entry(source.path, fact, kinds[fact.kind]) for fact in facts]
        here += [
            _Entry(source.path, damaged.place.line, _damaged_identity(damaged), None, damaged.text, "")
            for damaged in source.damaged
        ]
        entries += sorted(here, key=lambda entry: entry.line)
    return entries


def _entry(path: str, fact: Fact, kind: Kind) -> _Entry:
    identity = identity_of(fact, kind)
    content = content_of(fact, identity.answer)
    return _Entry(path, fact.place.line, identity, fact, title_of(fact, kind), content)


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
    pairs: Sequence[_Pair],
    elsewhere: Callable[[Sequence[Identity]], Remembered],
    kinds: Mapping[str, Kind],
    similar: Similarity,
) -> tuple[list[_Pair], Mapping[tuple[str, str], Sequence[StoredCard]]]:
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


class _Writer:
    """Collects what is to be written for the facts of one deck."""

    def __init__(
        self,
        edit: Edit,
        deck: Deck,
        kinds: Mapping[str, Kind],
        cards: Mapping[tuple[str, str], Sequence[StoredCard]],
        similar: Similarity,
        now_ms: int,
        taken: set[str],
        works: Mapping[str, Mapping[str, Work]],
    ) -> None:
        self._edit = edit
        self._deck = deck
        self._kinds = kinds
        self._cards = cards
        self._similar = similar
        self._now_ms = now_ms
        self._taken = taken
        self._links = Links(deck.facts, kinds)
        self._works = works

    def write(self, pairs: Iterable[_Pair]) -> None:
        for position, (entry, known) in enumerate(pairs):
            if entry.fact is not None:
                self._write_fact(position, entry, entry.fact, known)
            elif known is not None:
                self._edit.report.kept.append(known.title)

    def _write_fact(self, position: int, entry: _Entry, fact: Fact, known: StoredFact | None) -> None:
        cards = cards_of(fact, self._kinds[fact.kind], self._links, self._works[entry.path])
        faces = [face_json(card) for card in cards]
        stored = self._stored(position, entry, fact, known, faces)
        self._tell(entry, stored, known)
        self._edit.report.cards += len(cards)
        if known is not None and (known.deck, known.id) != (stored.deck, stored.id):
            self._edit.renamed_facts.append((known, stored))
        if known is None or stored != known:
            self._edit.facts.append(stored)
        if known is not None and known.retired_ms is not None:
            self._edit.returned.append(stored.id)
        now = [
            _stored_card(stored, card.asks, place, face)
            for place, (card, face) in enumerate(zip(cards, faces, strict=True))
        ]
        self._edit.matches.append(Match(fact.place, known, stored, self._write_cards(stored, known, now)))

    def _stored(
        self, position: int, entry: _Entry, fact: Fact, known: StoredFact | None, faces: Sequence[str]
    ) -> StoredFact:
        digest = _digest(entry.content, *faces)
        same = known is not None and known.digest == digest
        return StoredFact(
            deck=self._deck.id,
            id=self._id(entry, known),
            kind=fact.kind,
            title=entry.title,
            key=entry.identity.key,
            content=entry.content,
            digest=digest,
            position=position,
            path=entry.path,
            line=entry.line,
            first_seen_ms=known.first_seen_ms if known else self._now_ms,
            changed_ms=known.changed_ms if known and same else self._now_ms,
            retired_ms=None,
        )

    def _id(self, entry: _Entry, known: StoredFact | None) -> str:
        if entry.identity.id:
            return entry.identity.id
        if known is not None and (known.deck == self._deck.id or known.id not in self._taken):
            return known.id
        name = first_id(self._deck.id, entry.identity, self._taken.__contains__)
        self._taken.add(name)
        return name

    def _tell(self, entry: _Entry, stored: StoredFact, known: StoredFact | None) -> None:
        report = self._edit.report
        if known is None:
            report.new.append(entry.title)
        elif known.deck != stored.deck:
            report.moved_here.append(entry.title)
        elif known.retired_ms is not None:
            report.returned.append(entry.title)
        elif known.key != stored.key:
            report.reworded.append(Reworded(known.title, entry.title))
        elif known.digest != stored.digest:
            report.changed.append(entry.title)

    def _write_cards(
        self, stored: StoredFact, known: StoredFact | None, cards: Sequence[StoredCard]
    ) -> list[tuple[StoredCard | None, StoredCard | None]]:
        """Write the cards of a fact, which has just these, under the names that they keep."""
        remembered = self._cards.get((known.deck, known.id), ()) if known else ()
        if not remembered:
            self._edit.cards += cards
            return [(None, card) for card in cards]
        if [card.asks for card in remembered] == [card.asks for card in cards]:  # as of nearly every fact
            for before, now in zip(remembered, cards, strict=True):
                self._write_card(now, before)
            return list(zip(remembered, cards, strict=True))
        return self._match_cards(stored, remembered, cards)

    def _match_cards(
        self, stored: StoredFact, remembered: Sequence[StoredCard], cards: Sequence[StoredCard]
    ) -> list[tuple[StoredCard | None, StoredCard | None]]:
        old = {card.asks: card for card in remembered}
        called = match_cards([card.asks for card in cards], list(old), self._similar)
        pairs: list[tuple[StoredCard | None, StoredCard | None]] = []
        asked = set()
        for now in cards:
            before = old.get(called.get(now.asks, now.asks))
            asked.add(before.asks if before else now.asks)
            pairs.append((before, now))
            self._write_card(now, before)
        for gone in old.values():
            if gone.asks not in asked:
                key = _card_key(stored, gone.asks)
                retired = gone.retired_ms if gone.retired_ms is not None else self._now_ms
                pairs.append((gone, None))
                self._write_card(
                    gone._replace(key=key, deck=stored.deck, fact=stored.id, retired_ms=retired), gone
                )
        return pairs

    def _write_card(self, card: StoredCard, before: StoredCard | None) -> None:
        if before is not None and before.key != card.key:
            self._edit.renamed_cards.append((before.key, card))
        elif card != before:
            self._edit.cards.append(card)


def _stored_card(fact: StoredFact, asks: str, place: int, face: str) -> StoredCard:
    # Room for a thousand cards a fact, so that new cards keep the author's order.
    position = fact.position * 1000 + place
    return StoredCard(_card_key(fact, asks), fact.deck, fact.id, asks, position, face, None)


def _card_key(fact: StoredFact, asks: str) -> str:
    return f"{fact.deck}/{fact.id}#{asks}"


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


def _digest(*texts: str) -> str:
    return blake2b("\x1e".join(texts).encode(), digest_size=16).hexdigest()
