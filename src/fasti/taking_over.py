"""A learner's progress in Anki as entries of the log, and each card's place as Anki had it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from fasti.core.days import Moment
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.core.text import fingerprint
from fasti.exchange.collection import AnkiNote, AnkiReview
from fasti.exchange.collection import Collection as AnkiCollection
from fasti.exchange.converted import Converted
from fasti.exchange.own.notes import guid_of
from fasti.exchange.progress.schedule import entries_from
from fasti.store import anki_notes, catalogue, refolding, reviews
from fasti.store.anki_notes import Slot, StoredNote
from fasti.store.database import Database
from fasti.store.folding import histories_of
from fasti.store.names import all_names

if TYPE_CHECKING:
    from sqlalchemy import Connection


class TakenOver(NamedTuple):
    """What came along: answers, cards whose place was set, and sentences on what could not be carried."""

    answers: int
    placed: int
    notes: Sequence[str]


def take_over(
    database: Database,
    learner: str,
    collection: AnkiCollection,
    converted: Converted,
    moment_of: Callable[[int], Moment],
    now_ms: int,
    onlooker: Onlooker = nobody,
) -> TakenOver:
    """Write what a learner answered in Anki into the log, and where Anki had each card, in one transaction.

    Answers that the log has already are not written again. `moment_of` gives the learner's moment at a time
    in milliseconds; answers from after `now_ms` are left out.
    """
    notes = {note.id: note for note in collection.notes}
    with database.writing() as connection:
        keys = _keys(connection, collection, converted, notes)
        known = _known(connection, learner, set(keys.values()))
        rows: dict[int, list[AnkiReview]] = {}
        for row in collection.reviews:
            rows.setdefault(row.card, []).append(row)
        left_out: Counter[str] = Counter()
        written: list[LogEntry] = []
        for card in told(collection.cards, onlooker, "Taking over answers", "cards"):
            key = keys.get(card.id)
            if key is None:
                left_out["answers are to cards that your library does not have"] += len(rows.get(card.id, ()))
                continue
            imported = entries_from(
                card,
                rows.get(card.id, ()),
                collection.calendar,
                learner=learner,
                key=key,
                mark=fingerprint(learner, notes[card.note].guid, str(card.ord)),
                moment_of=moment_of,
                now_ms=now_ms,
                known=known.get(key, ()),
            )
            left_out.update(imported.left_out)
            known[key] = [*known.get(key, ()), *imported.entries]
            written += imported.entries
        reviews.insert_entries(connection, written)
        refolding.refold(connection, learner, onlooker=onlooker)
        _remember(connection, collection, converted, notes, keys)
    return TakenOver(
        sum(entry.grade is not None for entry in written),
        sum(entry.kind is EntryKind.ADOPT for entry in written),
        [f"left out in the log: {number:,} {what}" for what, number in left_out.items() if number],
    )


def _keys(
    connection: "Connection",
    collection: AnkiCollection,
    converted: Converted,
    notes: Mapping[int, AnkiNote],
) -> dict[int, str]:
    """The library's card for each card there, where it has one.

    What a note of ours says of itself is followed through later changes of name. Its guid counts only with
    the deck that the note names: anybody can give a note any guid.
    """
    homes = {guid: deck for (deck, _, _), guid in converted.guids.items()}
    slots = anki_notes.cards_in(connection, list(homes))
    names = all_names(connection)
    decks = {name.deck for name in converted.cards.values()} | set(homes.values())
    there = {card.key for deck in decks for card in catalogue.cards(connection, deck)}
    keys: dict[int, str] = {}
    for card in collection.cards:
        note = notes.get(card.note)
        name = converted.cards.get(card.id)
        if note is None or name is None:
            continue
        called = f"{name.deck}/{name.fact}#{name.asks}"
        now = names.card_of(called, note.mod * 1000)
        slot = slots.get((note.guid, card.ord))
        if slot is not None and (slot in {called, now} or slot.startswith(f"{homes[note.guid]}/")):
            keys[card.id] = slot
        elif now in there or (now != called and catalogue.card(connection, now)):
            keys[card.id] = now
    return keys


def _known(connection: "Connection", learner: str, keys: Collection[str]) -> dict[str, list[LogEntry]]:
    return dict(histories_of(connection, learner, keys))


def _remember(
    connection: "Connection",
    collection: AnkiCollection,
    converted: Converted,
    notes: Mapping[int, AnkiNote],
    keys: Mapping[int, str],
) -> None:
    """Keep which notes of ours came back, so that they are exported under the same names again.

    A guid that belongs to a fact of another deck, exported or not, is not given away.
    """
    changed = {note.guid: note.mod * 1000 for note in notes.values()}
    ours = {deck.id for deck in converted.decks}
    facts = {(deck, fact.id) for deck in ours for fact in catalogue.facts(connection, deck)}
    others = {
        guid_of(deck.id, fact.id, "")
        for deck in catalogue.decks(connection)
        if deck.id not in ours
        for fact in catalogue.facts(connection, deck.id)
    }
    taken = anki_notes.taken(connection, list(converted.guids.values()))
    arrived = {
        guid: StoredNote(guid, deck, fact, part, "", changed.get(guid, 0))
        for (deck, fact, part), guid in converted.guids.items()
        if guid not in taken and guid not in others and (deck, fact) in facts
    }
    slots = [
        Slot(keys[card.id], notes[card.note].guid, card.ord)
        for card in collection.cards
        if card.id in keys and notes[card.note].guid in arrived
    ]
    anki_notes.save(connection, arrived.values(), slots)
