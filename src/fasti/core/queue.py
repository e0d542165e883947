"""Which cards a sitting asks, and in what order."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

NEW_A_DAY = 10
"""New cards a day, counted by study day."""

LIMIT = 30
"""Cards of one sitting."""

_DUE_BETWEEN_NEW = 3


class Candidate(NamedTuple):
    """A card that could be asked today.

    `due_day` is None for a new card. `rank` orders the cards that are due on one day (`rank_of`) and
    the new ones among each other (the author's position).
    """

    card: str
    fact: str
    due_day: int | None
    rank: int


class Plan(NamedTuple):
    """The cards of one sitting, in the order to ask, and what is left out and why.

    `new` of the cards are new. `waiting` cards are left for tomorrow because another card of their
    fact comes first today; those of them that today has room for are the `siblings`. `beyond` due cards
    are over the limit and could be asked in another sitting; `new_beyond` says that new ones could, too.
    `held_back_new` says that new cards wait because yesterday's due is unfinished.
    """

    cards: tuple[Candidate, ...]
    new: int
    waiting: int
    beyond: int
    held_back_new: bool
    siblings: tuple[Candidate, ...] = ()
    new_beyond: bool = False


def plan(
    due: Iterable[Candidate],
    new: Iterable[Candidate],
    *,
    today: int,
    limit: int,
    new_left: int,
    answered_facts: frozenset[str],
    first: Sequence[Candidate] = (),
) -> Plan:
    """Choose at most `limit` cards, at most `new_left` of them new, and at most one card of a fact.

    Cards due before today come first, oldest first; then those due today, with a new card after every
    three of them; then the remaining new ones. While cards due before today do not fit the limit, there
    are no new ones. `answered_facts` are the facts of which a card was answered today. The cards that an
    exam wants come `first`, whatever their facts; those of them that are new count as today's new ones.
    """
    named = {card.card for card in first}
    due = [card for card in due if card.card not in named]
    new = [card for card in new if card.card not in named]
    new_left = max(0, new_left - sum(card.due_day is None for card in first))
    taken = {*answered_facts, *(card.fact for card in first)}
    askable, waiting_due = _one_of_each_fact(sorted(due, key=_due_order), taken)
    introduced, waiting_new = _one_of_each_fact(sorted(new, key=_author_order), taken, new_left)
    overdue = [card for card in askable if card.due_day is not None and card.due_day < today]
    room = max(limit, 0)
    unfinished = len(overdue) > max(room - len(first), 0)
    new_too = [] if unfinished else waiting_new
    in_turn = [*first, *overdue, *_interleaved(askable[len(overdue) :], introduced)]
    cards = tuple(in_turn[:room])
    asked_new = sum(card.due_day is None for card in cards)
    return Plan(
        cards=cards,
        new=asked_new,
        waiting=len(waiting_due) + len(new_too),
        beyond=len(askable) + sum(card.due_day is not None for card in first) - (len(cards) - asked_new),
        held_back_new=unfinished and bool(introduced),
        siblings=(*waiting_due, *new_too[: max(new_left - len(introduced), 0)]),
        new_beyond=not unfinished
        and asked_new < len(introduced) + sum(card.due_day is None for card in first),
    )


def ahead_of_time(
    coming: Iterable[Candidate], number: int, answered_facts: Collection[str]
) -> list[Candidate]:
    """The first `number` cards that come due later, one of a fact, and none of a fact answered today."""
    taken = set(answered_facts)
    return _one_of_each_fact(sorted(coming, key=_due_order), taken, number)[0]


def rank_of(card: str, due_day: int) -> int:
    """A shuffle key of 31 bits: the same on every machine, another one at the card's next due day."""
    # Imported here: hashlib loads OpenSSL, and reading a queue needs only the ranks already stored.
    from hashlib import blake2b

    digest = blake2b(f"{card}\n{due_day}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4], "big") >> 1


MOST_NEW = 1_000
"""New cards of a deck up to which they are counted: what nobody learns this month is not worth the wait."""


def level_day(due_counts: Mapping[int, int], today: int, a_day: int) -> int | None:
    """The first day that ends with nothing left over, at `a_day` cards a day from today on.

    `due_counts` holds how many cards are due on each day, past and coming. It is what is known today:
    cards answered on the way that come due again before that day are not in it. None if a pile can
    never go down because `a_day` is not positive.
    """
    left = sum(count for day, count in due_counts.items() if day <= today)
    if a_day <= 0:
        return None if left else today
    day = today
    for coming in sorted(day for day in due_counts if day > today):
        if _day_done(day, left, a_day) < coming:
            break
        left += due_counts[coming] - (coming - day) * a_day
        day = coming
    return _day_done(day, left, a_day)


def _one_of_each_fact(
    cards: Sequence[Candidate], taken: set[str], at_most: int | None = None
) -> tuple[list[Candidate], list[Candidate]]:
    """The first card of each fact that is not in `taken`, which grows; and those that were passed over."""
    chosen: list[Candidate] = []
    waiting: list[Candidate] = []
    for card in cards:
        if at_most is not None and len(chosen) >= at_most:
            break
        if card.fact in taken:
            waiting.append(card)
        else:
            taken.add(card.fact)
            chosen.append(card)
    return chosen, waiting


def _due_order(card: Candidate) -> tuple[int, int, str]:
    if card.due_day is None:
        raise ValueError(f"card `{card.card}` is new, not due")
    return card.due_day, card.rank, card.card


def _author_order(card: Candidate) -> tuple[int, str]:
    return card.rank, card.card


def _interleaved(due: Sequence[Candidate], new: Sequence[Candidate]) -> list[Candidate]:
    mixed: list[Candidate] = []
    unused = iter(new)
    for count, card in enumerate(due, start=1):
        mixed.append(card)
        if count % _DUE_BETWEEN_NEW == 0:
            mixed.extend(islice(unused, 1))
    mixed.extend(unused)
    return mixed


def _day_done(day: int, left: int, a_day: int) -> int:
    return day + max(-(-left // a_day), 1) - 1
