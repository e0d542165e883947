"""How the cards of a learner stand, counted: eases, intervals, what was forgotten most.

Each question is about decks, or about single cards where their units or tags were chosen.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from fasti.core.day_counts import DayCounts
from fasti.core.selection import Labels
from fasti.store import daily, schedules
from fasti.store.due import REVIEW, SUSPENDED
from fasti.store.folding import histories_of
from fasti.store.labels import labels_from
from fasti.store.tables import card, deck, fact, schedule
from fasti.store.upsert import chunks


class Cards(NamedTuple):
    """Which cards a question is about: those of these decks, None for all; of them these, None for all."""

    decks: Collection[str] | None = None
    keys: Collection[str] | None = None


class HardFact(NamedTuple):
    """A fact whose cards were forgotten: how often in all, and the lowest ease of one, in hundredths."""

    deck: str
    id: str
    title: str
    lapses: int
    ease: int


def labels(connection: Connection, decks: Collection[str] | None) -> dict[str, Labels]:
    """What their authors say of the cards of these decks or of all, retired cards among them."""
    statement = (
        select(card.c.key, fact.c.content, deck.c.content)
        .join_from(card, deck, deck.c.id == card.c.deck)
        .join(fact, (fact.c.deck == card.c.deck) & (fact.c.id == card.c.fact))
        .where(deck.c.removed_ms.is_(None), *([] if decks is None else [card.c.deck.in_(decks)]))
    )
    return {key: labels_from(content, about) for key, content, about in connection.execute(statement)}


def days_of_cards(connection: Connection, learner: str, keys: Collection[str]) -> list[tuple[int, DayCounts]]:
    """What each study day came to in these cards alone, counted from the log."""
    totals = daily.Totals()
    for key, entries in histories_of(connection, learner, keys):
        daily.count_card(totals, key, entries)
    by_day: dict[int, list[list[int]]] = {}
    for (day, _), counts in totals.items():
        by_day.setdefault(day, []).append(counts)
    return [(day, DayCounts(*map(sum, zip(*by_day[day], strict=True)))) for day in sorted(by_day)]


def due_by_day(
    connection: Connection, learner: str, from_day: int, to_day: int, cards: Cards
) -> dict[int, int]:
    """How many cards come due on each study day up to one, as `schedules.due_by_day` says."""
    if cards.keys is None:
        return schedules.due_by_day(connection, learner, from_day, to_day, cards.decks)
    found: dict[int, int] = {}
    columns = (schedule.c.due_day, schedule.c.buried_until)
    for which in _chosen(learner, cards, [REVIEW]):
        for due_day, buried_until in connection.execute(select(*columns).where(*which)):
            day = max(due_day or 0, buried_until, from_day)
            if day <= to_day:
                found[day] = found.get(day, 0) + 1
    return found


def eases(connection: Connection, learner: str, cards: Cards) -> dict[int, int]:
    """How many cards in review have which ease, in hundredths."""
    return _numbers(connection, learner, cards, schedule.c.ease)


def intervals(connection: Connection, learner: str, cards: Cards) -> dict[int, int]:
    """How many cards in review have which interval, in days."""
    return _numbers(connection, learner, cards, schedule.c.interval)


def lapses(connection: Connection, learner: str, cards: Cards) -> dict[int, int]:
    """How many cards in review or suspended have been forgotten how often."""
    return _numbers(connection, learner, cards, schedule.c.lapses, [REVIEW, SUSPENDED])


def hardest(connection: Connection, learner: str, cards: Cards, number: int) -> list[HardFact]:
    """The facts that were forgotten most, those with the lowest ease first where they were as often."""
    statement = select(
        schedule.c.deck, schedule.c.fact, func.sum(schedule.c.lapses), func.min(schedule.c.ease)
    ).group_by(schedule.c.deck, schedule.c.fact)
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for which in _chosen(learner, cards, [REVIEW, SUSPENDED]):
        here = statement.where(*which, schedule.c.lapses > 0)
        if cards.keys is None:
            most = (func.sum(schedule.c.lapses).desc(), func.min(schedule.c.ease), schedule.c.fact)
            here = here.order_by(*most).limit(number)
        for deck_id, id, lapsed, ease in connection.execute(here):
            before, lowest = found.get((deck_id, id), (0, ease))
            found[deck_id, id] = before + int(lapsed), min(lowest, ease)
    order = sorted(found, key=lambda each: (-found[each][0], found[each][1], each))[:number]
    titles = _titles(connection, order)
    return [HardFact(*each, titles.get(each, each[1]), *found[each]) for each in order]


def _numbers(
    connection: Connection,
    learner: str,
    cards: Cards,
    column: ColumnElement[int],
    shelves: Collection[int] = (REVIEW,),
) -> dict[int, int]:
    found: dict[int, int] = {}
    for which in _chosen(learner, cards, shelves):
        statement = select(column, func.count()).where(*which).group_by(column)
        for value, number in connection.execute(statement):
            found[value] = found.get(value, 0) + number
    return dict(sorted(found.items()))


def _chosen(learner: str, cards: Cards, shelves: Collection[int]) -> Iterator[list[ColumnElement[bool]]]:
    """What holds of the rows that are asked about, in as many pieces as statements can take."""
    which: list[ColumnElement[bool]] = [schedule.c.learner == learner, schedule.c.shelf.in_(shelves)]
    if cards.keys is not None:
        for some in chunks(cards.keys):
            yield [*which, schedule.c.card.in_(some)]
    else:
        yield which if cards.decks is None else [*which, schedule.c.deck.in_(cards.decks)]


def _titles(connection: Connection, facts: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    by_deck: dict[str, list[str]] = {}
    for deck_id, id in facts:
        by_deck.setdefault(deck_id, []).append(id)
    found: dict[tuple[str, str], str] = {}
    for deck_id, ids in by_deck.items():
        columns: list[Any] = [fact.c.id, fact.c.title]
        rows = connection.execute(select(*columns).where(fact.c.deck == deck_id, fact.c.id.in_(ids)))
        found.update({(deck_id, id): title for id, title in rows})
    return found
