"""What is to be written for the facts of a deck once it is known which they are: facts, cards, new names."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

from fasti.core.cards import cards_of
from fasti.core.facts import Deck, Fact
from fasti.core.facts import Source as Work
from fasti.core.identity import Similarity, first_id, match_cards
from fasti.core.kinds import Kind
from fasti.core.links import Links
from fasti.edits import Edit, Entry, Match, Pair, Reworded
from fasti.store.catalogue import StoredCard, StoredFact
from fasti.store.faces import face_json


class Writer:
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

    def write(self, pairs: Iterable[Pair]) -> None:
        """Add what follows for each fact, in the order of the deck, to the edit; what cannot be read is kept as it was."""
        for position, (entry, known) in enumerate(pairs):
            if entry.fact is not None:
                self._write_fact(position, entry, entry.fact, known)
            elif known is not None:
                self._edit.report.kept.append(known.title)

    def _write_fact(self, position: int, entry: Entry, fact: Fact, known: StoredFact | None) -> None:
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
        self, position: int, entry: Entry, fact: Fact, known: StoredFact | None, faces: Sequence[str]
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

    def _id(self, entry: Entry, known: StoredFact | None) -> str:
        if entry.identity.id:
            return entry.identity.id
        if known is not None and (known.deck == self._deck.id or known.id not in self._taken):
            return known.id
        name = first_id(self._deck.id, entry.identity, self._taken.__contains__)
        self._taken.add(name)
        return name

    def _tell(self, entry: Entry, stored: StoredFact, known: StoredFact | None) -> None:
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


def _digest(*texts: str) -> str:
    return blake2b("\x1e".join(texts).encode(), digest_size=16).hexdigest()
