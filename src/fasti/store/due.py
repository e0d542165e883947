"""What is due: the values that a question about today is answered with, and what both ways of asking share.

`schedules` asks through SQLAlchemy, `peek` through the standard library's `sqlite3`; neither is needed
here.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.exams import Exam, ExamCard
from fasti.core.queue import Candidate, rank_of
from fasti.core.selection import Selection, chosen
from fasti.store.labels import labels_from

NEW, REVIEW, SUSPENDED, RETIRED = range(4)
"""The shelves of a schedule: never answered, in review, left out by the student, no longer in its deck."""

EXACT = 1000
"""Due cards of a deck up to which facts are counted and not cards, and of all decks that are looked at in any case."""

EVER = 2**31 - 1
"""A day after all others."""

_A_DECKS_RANKS = 1 << 40
"""More than the author's positions in any deck."""

STATE_COLUMNS = tuple(CardState._fields)
"""The columns of a schedule that make up a `CardState`, in its order."""

_Deck = TypeVar("_Deck")

_FLAGS = tuple(
    position for position, name in enumerate(STATE_COLUMNS) if name in {"owed", "suspended", "flagged"}
)


class DeckCounts(NamedTuple):
    """How a deck stands today.

    `due` counts one card a fact, and no fact of which a card was answered today; above a thousand due
    cards it counts them all. `new` and `total` count cards, and `new` stops at `core.queue.MOST_NEW` unless
    all were asked for; retired ones are in neither.
    """

    deck: str
    title: str
    due: int
    new: int
    total: int


class Today(NamedTuple):
    """What a learner has done today.

    `facts` (each `deck/fact`) had a card reviewed; `introduced` cards were new until today; the cards
    `owed` come back today because they have not been graded 4 or more since.
    """

    facts: frozenset[str]
    introduced: int
    owed: tuple[str, ...]


class CardFace(NamedTuple):
    """A card to be shown: its face as JSON, its deck's title, and where the learner stands with it.

    `path` is the deck file where the card has a picture, which stands beside that, and else may be empty.
    """

    key: str
    deck: str
    title: str
    fact: str
    asks: str
    face: str
    path: str
    state: CardState


class Queue(NamedTuple):
    """Candidates for one sitting, due and new."""

    due: list[Candidate]
    new: list[Candidate]


def shelf_of(state: CardState, *, retired: bool) -> int:
    """The shelf where a card in this state stands."""
    if retired:
        return RETIRED
    if state.suspended:
        return SUSPENDED
    return NEW if state.due_day is None else REVIEW


def rank_on_shelf(card: str, position: int, state: CardState) -> int:
    """What orders the card among those due on its day, or among the new ones: the author's position."""
    return position if state.due_day is None else rank_of(card, state.due_day)


def state_from(values: Sequence[Any]) -> CardState:
    """The state that a row's `STATE_COLUMNS` hold; SQLite has its booleans as numbers."""
    state = list(values)
    for position in _FLAGS:
        state[position] = bool(state[position])
    return CardState(*state)


class Source(NamedTuple):
    """One deck's candidates, oldest or first in the deck first: `due(n)` and `new(n)` give at most n."""

    due: Callable[[int], list[Candidate]]
    new: Callable[[int], list[Candidate]]


def gathered(sources: Sequence[Source], limit: int, answered: Collection[str]) -> Queue:
    """Enough candidates for `core.queue.plan` to choose as it would from all there are.

    A sitting takes the first card of each fact that has not had one today. So of each deck it takes as
    many as hold one fact more than the limit: the one more says whether anything is left over. New
    cards are ranked deck after deck: a student who names no deck learns them in the library's order.
    """
    wanted = max(limit, 0) + 1
    # More than it takes, so that few decks with little due are seen whole, with the siblings of what is asked.
    size = max(EXACT // max(len(sources), 1), wanted)
    due = [card for source in sources for card in _enough(source.due, size, wanted, answered)]
    taken = {*answered, *(card.fact for card in due)}
    new = [
        card._replace(rank=place * _A_DECKS_RANKS + card.rank)
        for place, source in enumerate(sources)
        for card in _enough(source.new, wanted, wanted, taken)
    ]
    return Queue(due, new)


def next_ones(
    sources: Sequence[Callable[[int], list[Candidate]]], number: int, answered: Collection[str]
) -> list[Candidate]:
    """Enough candidates for `core.queue.ahead_of_time` to choose `number` as it would from all there are."""
    return [card for fetch in sources for card in _enough(fetch, EXACT, number, answered)]


def today_from(rows: Iterable[Sequence[Any]], today: int, decks: Collection[str] | None) -> Today:
    """What was done today, from the schedule's rows with `last_day` today, in the queue's order.

    Each row holds card, deck, fact, first_day, owed, shelf, buried_until and the deck's removed_ms.
    """
    facts: set[str] = set()
    introduced = 0
    owed: list[str] = []
    for card, deck, fact, first_day, owes, shelf, buried_until, removed_ms in rows:
        facts.add(f"{deck}/{fact}")
        introduced += first_day == today
        here = removed_ms is None and (decks is None or deck in decks)
        if owes and shelf == REVIEW and buried_until <= today and here:
            owed.append(card)
    return Today(frozenset(facts), introduced, tuple(owed))


def face_from(row: Sequence[Any]) -> CardFace:
    """A card to be shown from a row of its seven texts and its state, all None if the learner has none."""
    key, deck, title, fact, asks, face, path, *values = row
    state = FRESH_CARD if values[0] is None else state_from(values)
    return CardFace(key, deck, title, fact, asks, face, path, state)


def by_day(
    decks: Mapping[str, Iterable[Sequence[Any]]], buried: Iterable[Sequence[Any]], from_day: int, to_day: int
) -> dict[int, int]:
    """How many cards come due on each day, in order; days with none are left out.

    `decks` has the days and numbers of each, as though nothing were buried; `buried` has, of each card that is
    so beyond its day, its deck, the day on which it is due and the one on which it is back.
    """
    found: Counter[int] = Counter()
    for rows in decks.values():
        for day, number in rows:
            found[day] += number
    for deck, due_day, back in buried:
        if deck in decks:
            found[max(due_day, from_day)] -= 1
            found[back] += back <= to_day
    return {day: found[day] for day in sorted(found) if found[day]}


def exam_cards_from(rows: Iterable[Sequence[Any]], exam: Exam) -> list[ExamCard]:
    """The cards of an exam from its deck's rows: the fields of an `ExamCard`, then fact and deck as JSON."""
    selection = Selection(unit=exam.unit, tag=exam.tag)
    return [
        ExamCard(card, f"{exam.deck}/{fact}", *place)
        for card, fact, *place, content, about in rows
        if not selection.by_label or chosen(selection, labels_from(content, about))
    ]


def facts_due(
    cards_due: int, answered: Collection[str], number: Callable[[], int], facts: Callable[[], Iterable[str]]
) -> int:
    """How many of a deck's `cards_due` count as due; `answered` are the facts of the deck that had a card today.

    `number` says how many facts the cards belong to; `facts` says which, and takes longer.
    """
    if cards_due > EXACT or not cards_due:
        return cards_due
    return len(set(facts()).difference(answered)) if answered else number()


def counted_up_to(most: int, decks: Iterable[_Deck], number: Callable[[_Deck, int], int]) -> int:
    """The sum of what is counted in each deck, up to `most`; `number` counts one up to what is left of that."""
    left = most
    for deck in decks:
        if left <= 0:
            break
        left -= number(deck, left)
    return most - left


def by_deck(facts: Iterable[str]) -> dict[str, set[str]]:
    """The facts of each deck, from `deck/fact` of all."""
    found: dict[str, set[str]] = {}
    for each in facts:
        deck, _, fact = each.partition("/")
        found.setdefault(deck, set()).add(fact)
    return found


def earlier(one: int | None, other: int | None) -> int | None:
    """The earlier of two days, of which there may be none."""
    return min((day for day in (one, other) if day is not None), default=None)


def _enough(
    fetch: Callable[[int], list[Candidate]], size: int, facts: int, taken: Collection[str]
) -> list[Candidate]:
    """The first cards, so many that they hold `facts` facts besides those taken, if there are as many."""
    while True:
        cards = fetch(size)
        if len(cards) < size or len({card.fact for card in cards}.difference(taken)) >= facts:
            return cards
        size *= 4
