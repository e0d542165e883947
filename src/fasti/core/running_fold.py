"""The fold of a whole log in one pass: every card's state and every day's numbers, as the entries go by.

What it gives is what `core.log.fold_card` and `core.daily.counted` give of each card alone; a test holds them
equal. Those take a card's entries together, as values. Here a million of them go by in the order of their
moments, as a driver gives their rows; of all that is read only where each card stands is kept, and for a
review, which most of them are, plain numbers do.

Two things cannot be told from what has gone by. An undo takes back what was counted before, so the cards that
have one are folded apart. And a name may have been another card's, so those are asked for.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.daily import (
    ANSWERS_AT,
    FIRST_BAND_AT,
    LONGEST_THINKING_MS,
    NEW_AT,
    THINKING_AT,
    WIDTH,
    band_of,
    count,
    counted,
)
from fasti.core.entry_kinds import ANSWERS, EntryKind
from fasti.core.log import Adopted, LogEntry, apply, rule_of
from fasti.core.sm2 import MAXIMUM_INTERVAL, PASSED, WELL, Profile, stepped, stepped_early


class Line(NamedTuple):
    """What a fold needs of an entry of the log, named as there; `adopted` is a JSON list."""

    card: str
    answered_at_ms: int
    kind: str
    grade: int | None
    study_day: int
    thinking_ms: int | None
    due_offset: int
    profile: str | None
    adopted: str | None


@dataclass(slots=True)
class Going:
    """Where a card stands so far: a `CardState` that changes, the newest moment that it has taken in, its deck."""

    deck: str
    folded_ms: int = 0
    repetitions: int = FRESH_CARD.repetitions
    interval: int = FRESH_CARD.interval
    ease: int = FRESH_CARD.ease
    lapses: int = FRESH_CARD.lapses
    due_day: int | None = FRESH_CARD.due_day
    first_day: int | None = FRESH_CARD.first_day
    last_day: int | None = FRESH_CARD.last_day
    owed: bool = FRESH_CARD.owed
    suspended: bool = FRESH_CARD.suspended
    buried_until: int = FRESH_CARD.buried_until
    flagged: bool = FRESH_CARD.flagged
    reviews: int = FRESH_CARD.reviews

    @property
    def state(self) -> CardState:
        """It as a value."""
        return CardState(*_VALUES(self))


class RunningFold:
    """The fold of one learner's entries that come in the order of `core.log.in_order`, each once.

    `cards` holds where each card stands, by its present name. `names` are those that may have been another
    card's once, or are passed over: `card_of` says of such a name and a moment which card is meant, or None.
    Undos are passed over, and so are the cards to be that have one.
    """

    def __init__(
        self,
        names: Collection[str] = (),
        card_of: Callable[[str, int], str | None] = lambda name, _: name,
        *,
        maximum_interval: int = MAXIMUM_INTERVAL,
    ) -> None:
        self.cards: dict[str, Going] = {}
        self._days: dict[int, dict[str, list[int]]] = {}
        self._names = frozenset(names)
        self._card_of = card_of
        self._maximum_interval = maximum_interval
        self._rules: dict[str | None, tuple[Profile, int]] = {}

    @property
    def days(self) -> dict[tuple[int, str], list[int]]:
        """The numbers of each study day and deck, in the order of `DayCounts`; only of days with answers."""
        return {(day, deck): counts for day, decks in self._days.items() for deck, counts in decks.items()}

    def take_in(self, lines: Iterable[Sequence[Any]]) -> None:
        """Fold the next entries, each with the fields of a `Line`.

        Raises ValueError for one that no `LogEntry` could be.
        """
        cards, names, days, rules = self.cards, self._names, self._days, self._rules
        # Most entries are of the day of the one before.
        today: int | None = None
        of_day: dict[str, list[int]] = {}
        for line in lines:
            name, at_ms, kind, grade, day, thinking_ms, due_offset, profile, _ = line
            card = self._card_of(name, at_ms) if name in names else name
            if card is None or kind == _UNDO:
                continue
            here = cards.get(card)
            if here is None:
                here = cards[card] = Going(_deck_of(card))
            here.folded_ms = at_ms
            if kind == _REVIEW and grade in _GRADES:
                if day != today:
                    today, of_day = day, days.setdefault(day, {})
                counts = of_day.get(here.deck) or self._counts(day, here.deck)
                counts[ANSWERS_AT] += 1
                if thinking_ms and thinking_ms > 0:
                    if thinking_ms > LONGEST_THINKING_MS:  # noqa: PLR1730
                        thinking_ms = LONGEST_THINKING_MS
                    counts[THINKING_AT] += thinking_ms
                rule = rules.get(profile) or self._rule(profile)
                _review(here, counts, grade, day, due_offset, rule)
            else:
                self._take_other(here, Line(*line))

    def take_card(self, card: str, entries: Collection[LogEntry]) -> None:
        """Fold all that there is about a card that is passed over otherwise, in any order, undos among it."""
        state, by_day = counted(entries, maximum_interval=self._maximum_interval)
        here = Going(_deck_of(card), max(entry.answered_at_ms for entry in entries), *state)
        self.cards[card] = here
        for day, numbers in by_day.items():
            counts = self._counts(day, here.deck)
            for place, number in enumerate(numbers):
                counts[place] += number

    def _counts(self, day: int, deck: str) -> list[int]:
        of_day = self._days.get(day)
        if of_day is None:
            of_day = self._days[day] = {}
        counts = of_day.get(deck)
        if counts is None:
            counts = of_day[deck] = [0] * WIDTH
        return counts

    def _rule(self, profile: str | None) -> tuple[Profile, int]:
        rule = self._rules[profile] = rule_of(profile or "", self._maximum_interval)
        return rule

    def _take_other(self, here: Going, line: Line) -> None:
        """Fold an entry that is no review in the general way."""
        entry, state = _entry(line), here.state
        if entry.kind in ANSWERS:
            count(self._counts(entry.study_day, here.deck), state, entry)
        after = apply(state, entry, maximum_interval=self._maximum_interval)
        if after is not state:
            for name, value in zip(CardState._fields, after, strict=True):
                setattr(here, name, value)


def _review(
    here: Going, counts: list[int], grade: int, day: int, due_offset: int, rule: tuple[Profile, int]
) -> None:
    """What `core.daily.count` counts of a review besides, and what `core.log.apply` makes of it."""
    last_day, due_day, interval = here.last_day, here.due_day, here.interval
    profile, maximum = rule
    if due_day is None or last_day is None:
        counts[NEW_AT] += due_day is None
        after = stepped(here.repetitions, interval, here.ease, here.lapses, grade, profile, maximum)
    elif day <= last_day:
        here.owed = grade < WELL
        return
    else:
        place = FIRST_BAND_AT + 2 * band_of(interval)
        counts[place] += 1
        if grade >= PASSED:
            counts[place + 1] += 1
        if day >= due_day:
            after = stepped(here.repetitions, interval, here.ease, here.lapses, grade, profile, maximum)
        else:
            after = stepped_early(
                here.repetitions,
                interval,
                here.ease,
                here.lapses,
                grade,
                day - last_day,
                due_day - day,
                profile,
                maximum,
            )
    here.repetitions, here.interval, here.ease, here.lapses = after
    wait = after[1] + due_offset
    here.due_day = day + wait if wait > 1 else day + 1
    if here.first_day is None:
        here.first_day = day
    here.last_day = day
    here.owed = grade < WELL
    here.reviews += 1


def _entry(line: Line) -> LogEntry:
    """An entry of which only what a fold needs is right."""
    return LogEntry(
        device="",
        seq=0,
        learner="",
        scale=None,
        utc_offset_min=0,
        answer=None,
        **{
            **line._asdict(),
            "kind": EntryKind(line.kind),
            "adopted": None if line.adopted is None else Adopted(*json.loads(line.adopted)),
        },
    )


def _deck_of(card: str) -> str:
    return card.partition("/")[0]


_VALUES = attrgetter(*CardState._fields)
_GRADES = frozenset(range(6))
# Members of an enumeration are slow to look up, a million times.
_REVIEW, _UNDO = EntryKind.REVIEW.value, EntryKind.UNDO.value
