"""What cards were called before: log entries keep the name that a card had when they were written.

An alias says that from a moment on, what was called `key` is called `card`. So a name may belong to one
card until some moment and to another afterwards, and one card may have had many names.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection, select

from fasti.store.tables import alias, card
from fasti.store.upsert import inserted


class Alias(NamedTuple):
    """From `at_ms` on, what was called `key` is called `card`."""

    key: str
    at_ms: int
    card: str


class Name(NamedTuple):
    """A name of a card: entries under it are the card's if answered after `after_ms` and up to `until_ms`.

    None sets no bound.
    """

    key: str
    after_ms: int | None
    until_ms: int | None


class Names:
    """Every change of name, to say which card an entry is about now.

    `cards` are those of the former names that cards have today.
    """

    def __init__(self, aliases: Iterable[Alias], cards: Collection[str]) -> None:
        self._moves: dict[str, list[tuple[int, str]]] = {}
        for key, at_ms, name in sorted(aliases):
            self._moves.setdefault(key, []).append((at_ms, name))
        self._cards = cards
        self.involved = frozenset(self._moves).union(
            name for moves in self._moves.values() for _, name in moves
        )

    def card_of(self, key: str, answered_at_ms: int) -> str:
        """What the card is called now that was called `key` at that moment.

        A name that no card has any more stands for the card that had it last, even after the change: a
        machine that has not heard of it goes on using it.
        """
        moves = self._moves.get(key)
        if moves is None:
            return key
        place = bisect_left(moves, answered_at_ms, key=_MOMENT)
        if place == len(moves):
            if key in self._cards:
                return key
            place -= 1
        return self._followed(*moves[place])

    def _followed(self, at_ms: int, name: str) -> str:
        while True:
            moves = self._moves.get(name, [])
            place = bisect_right(moves, at_ms, key=_MOMENT)
            if place == len(moves):
                return name
            at_ms, name = moves[place]


def all_names(connection: Connection) -> Names:
    """Every change of name that the database knows."""
    former = select(alias.c.key)
    present = connection.scalars(select(card.c.key).where(card.c.key.in_(former)))
    return Names(aliases(connection), frozenset(present))


def names_of(connection: Connection, key: str) -> list[Name]:
    """The name that a card has and those it had, newest first, each with the time in which it was its own."""
    names: list[Name] = []
    now = (key, _newest(_moments(connection, key)), None, None)
    found: list[tuple[str, int | None, int | None, int | None]] = [now]
    while found:
        name, after, until, arrived_before = found.pop(0)
        names.append(Name(name, after, until))
        for old, at_ms in _came_from(connection, name):
            if (after is None or at_ms >= after) and (arrived_before is None or at_ms < arrived_before):
                moments = _moments(connection, old)
                given_up = at_ms == moments[-1] and not _is_card(connection, old)
                earlier = _newest([moment for moment in moments if moment < at_ms])
                found.append((old, earlier, None if given_up else at_ms, at_ms))
    return names


def aliases(connection: Connection) -> list[Alias]:
    """Every change of name, by name and moment."""
    return [Alias(*row) for row in connection.execute(select(alias).order_by(alias.c.key, alias.c.at_ms))]


def insert_aliases(connection: Connection, others: Collection[Alias]) -> None:
    """Add changes of name that another copy knows; those known already are left alone."""
    if others:
        rows = [other._asdict() for other in others]
        connection.execute(inserted(connection, alias).on_conflict_do_nothing(), rows)


_MOMENT = itemgetter(0)


def _moments(connection: Connection, key: str) -> list[int]:
    """When a card that was called so got another name, oldest first."""
    statement = select(alias.c.at_ms).where(alias.c.key == key).order_by(alias.c.at_ms)
    return list(connection.scalars(statement))


def _newest(moments: list[int]) -> int | None:
    return moments[-1] if moments else None


def _came_from(connection: Connection, name: str) -> list[tuple[str, int]]:
    statement = select(alias.c.key, alias.c.at_ms).where(alias.c.card == name).order_by(alias.c.at_ms.desc())
    return [(key, at_ms) for key, at_ms in connection.execute(statement)]


def _is_card(connection: Connection, key: str) -> bool:
    return connection.scalar(select(card.c.key).where(card.c.key == key)) is not None
