"""Facts that two copies of the library know under two ids, though they are one.

A fact without an `id:` of its own gets one from its words when a machine first meets it. So a machine that met it
before it was reworded calls it otherwise than one that met it after that. Where both databases are at hand, their
facts are compared; in a folder that machines share, each tells which of its facts have other words by now.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.log_lines import KnownFact
from fasti.core.text import fingerprint
from fasti.store import catalogue
from fasti.store.catalogue import StoredFact
from fasti.store.names import Alias
from fasti.store.renaming import rename_cards, rename_facts
from fasti.store.uniting import unite_aliases

if TYPE_CHECKING:
    from sqlalchemy import Connection


def join_facts(connection: "Connection", other: "Connection", now_ms: int) -> int:
    """Call such facts alike in this library and `other`, which stays as it is; how many there were.

    Both decks have the same words for them. An id that the author wrote counts, else that of the copy that knew the fact
    first, so that both come to the same name whichever takes in the other.
    """
    joined = 0
    for deck in catalogue.decks(connection):
        if catalogue.deck(other, deck.id) is None:
            continue
        pairs = _pairs(catalogue.facts(connection, deck.id), catalogue.facts(other, deck.id))
        joined += len(pairs)
        for pair in pairs:
            if _rank(pair.here) <= _rank(pair.there):
                _call_theirs_as_ours(connection, other, pair)
            else:
                _call_ours_as_theirs(connection, pair, now_ms)
    return joined


def known_facts(connection: "Connection", learner: str) -> list[KnownFact]:
    """The facts that the learner has answered whose ids come neither from their author nor from their present words."""
    return [
        KnownFact(fact.first_seen_ms, fact.deck, fact.id, _words(fact))
        for fact in catalogue.answered_facts(connection, learner)
        if not _is_named(fact) and not fact.id.endswith(fingerprint(fact.deck, fact.kind, fact.key))
    ]


def joinable(
    connection: "Connection", learner: str, told: Iterable[KnownFact]
) -> list[tuple[StoredFact, str]]:
    """The facts here that another machine has known longer under another id, with that id.

    Of two machines on which a fact was reworded, that counts which met it first; so both come to one id.
    """
    mine = {(known.deck, known.fact): known for known in known_facts(connection, learner)}
    by_deck: dict[str, dict[str, list[KnownFact]]] = {}
    for known in told:
        by_deck.setdefault(known.deck, {}).setdefault(known.words, []).append(known)
    found: list[tuple[StoredFact, str]] = []
    for deck, by_words in by_deck.items():
        facts = catalogue.facts(connection, deck)
        ids = {fact.id for fact in facts}
        for fact in _by_words(facts).values():
            others = [known for known in by_words.get(_words(fact), ()) if known.fact not in ids]
            if not others or _is_named(fact):
                continue
            first, own = min(others), mine.get((deck, fact.id))
            if own is None or first < own:
                found.append((fact, first.fact))
    return found


def join_known(connection: "Connection", pairs: Iterable[tuple[StoredFact, str]], now_ms: int) -> int:
    """Give facts here the ids that `joinable` found for them; how many there were."""
    joined = 0
    for fact, id in pairs:
        _call(connection, fact, id, now_ms)
        joined += 1
    return joined


class _Pair(NamedTuple):
    here: StoredFact
    there: StoredFact


def _pairs(here: list[StoredFact], there: list[StoredFact]) -> list[_Pair]:
    """Facts of one deck with the same words and two ids, neither of which the other copy knows."""
    ours, theirs = _by_words(here), _by_words(there)
    ids_here, ids_there = {fact.id for fact in here}, {fact.id for fact in there}
    pairs = [_Pair(ours[words], theirs[words]) for words in ours.keys() & theirs.keys()]
    return sorted(
        pair
        for pair in pairs
        if pair.there.id not in ids_here
        and pair.here.id not in ids_there
        and not (_is_named(pair.here) and _is_named(pair.there))
    )


def _by_words(facts: list[StoredFact]) -> dict[tuple[str, str], StoredFact]:
    """Facts in their deck by what they are recognised by; those of which there are two are left out."""
    found: dict[tuple[str, str], StoredFact | None] = {}
    for fact in facts:
        if fact.retired_ms is None:
            words = (fact.kind, fact.key)
            found[words] = None if words in found else fact
    return {words: fact for words, fact in found.items() if fact is not None}


def _rank(fact: StoredFact) -> tuple[bool, int, str]:
    return not _is_named(fact), fact.first_seen_ms, fact.id


def _is_named(fact: StoredFact) -> bool:
    return bool(json.loads(fact.content).get("id"))


def _call_theirs_as_ours(connection: "Connection", other: "Connection", pair: _Pair) -> None:
    """Have what the other copy's log says of its fact be about ours."""
    changes = [
        Alias(card.key, pair.there.first_seen_ms, f"{pair.here.deck}/{pair.here.id}#{card.asks}")
        for card in catalogue.cards_of_fact(other, pair.there.deck, pair.there.id)
    ]
    unite_aliases(connection, changes)


def _call_ours_as_theirs(connection: "Connection", pair: _Pair, now_ms: int) -> None:
    _call(connection, pair.here, pair.there.id, now_ms)


def _call(connection: "Connection", fact: StoredFact, id: str, now_ms: int) -> None:
    """Give a fact another id; its cards keep their progress."""
    cards = catalogue.cards_of_fact(connection, fact.deck, fact.id)
    rename_facts(connection, [(fact.deck, fact.id, fact._replace(id=id))])
    rename_cards(
        connection,
        [(card.key, card._replace(key=f"{fact.deck}/{id}#{card.asks}", fact=id)) for card in cards],
        now_ms,
    )


def _words(fact: StoredFact) -> str:
    return fingerprint(fact.kind, fact.key, length=16)
