"""The fold of a whole log in one pass: every card's state and every day's numbers, as the entries go by.

What it gives is what `core.log.fold_card` and `core.daily.counted` give of each card alone; a test holds them
equal. Those take a card's entries together, as values. Here a million of them go by as a driver gives their
rows, and for a review, which most of them are, plain numbers do.

One thing cannot be told from what has gone by: an undo takes back what was counted before. So the cards that have
one are folded apart.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
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


class Folded(NamedTuple):
    """Where a card stands, and the newest moment that this has taken in."""

    state: CardState
    folded_ms: int


class RunningFold:
    """The fold of one learner's entries, each once and under its card's present name, but of cards that have no undo.

    Those of a card come in the order of `core.log.in_order`. Those of others may come between, but together they are
    folded in a third of the time. `cards` holds where each card stands.
    """

    def __init__(self, *, maximum_interval: int = MAXIMUM_INTERVAL) -> None:
        self.cards: dict[str, Folded] = {}
        self._decks: dict[str, dict[int, list[int]]] = {}
        self._maximum_interval = maximum_interval
        self._rules: dict[str | None, tuple[Profile, int]] = {}

    @property
    def days(self) -> dict[tuple[int, str], list[int]]:
        """The numbers of each study day and deck, in the order of `DayCounts`; only of days with answers."""
        return {(day, deck): counts for deck, days in self._decks.items() for day, counts in days.items()}

    def take_in(self, lines: Iterable[Sequence[Any]]) -> None:
        """Fold the next entries, each with the fields of a `Line`.

        Raises ValueError for one that no `LogEntry` could be.
        """
        for (card, kind), its_lines in groupby(lines, _CARD_AND_KIND):
            if kind == _REVIEW:
                self._take_reviews(card, its_lines)
            else:
                for line in its_lines:
                    self._take_other(card, Line(*line))

    def take_card(self, card: str, entries: Collection[LogEntry]) -> None:
        """Fold all that there is about a card of which nothing else is told, in any order, undos among it."""
        state, by_day = counted(entries, maximum_interval=self._maximum_interval)
        self.cards[card] = Folded(state, max(entry.answered_at_ms for entry in entries))
        days = self._days_of(card)
        for day, numbers in by_day.items():
            counts = _counts(days, day)
            for place, number in enumerate(numbers):
                counts[place] += number

    def _take_reviews(self, card: str, lines: Iterable[Sequence[Any]]) -> None:
        """Fold reviews of a card: what `core.daily.count` counts of each, and what `core.log.apply` makes of it."""
        # A million go by here. Numbers in local names, and few calls, make it three times as fast as values would.
        state, newest = self.cards.get(card, _NOTHING)
        repetitions, interval, ease, lapses, due_day, first_day, last_day, owed, *_, reviews = state
        days, rules = self._days_of(card), self._rules
        for line in lines:
            _, newest, _, grade, day, thinking_ms, due_offset, rule_name, _ = line
            if grade not in _GRADES:
                _entry(Line(*line))  # which it cannot be
            counts = days.get(day) or _counts(days, day)
            counts[ANSWERS_AT] += 1
            if thinking_ms and thinking_ms > 0:
                if thinking_ms > LONGEST_THINKING_MS:  # noqa: PLR1730
                    thinking_ms = LONGEST_THINKING_MS
                counts[THINKING_AT] += thinking_ms
            owed = grade < WELL
            elapsed = early = 0
            if due_day is None or last_day is None:
                counts[NEW_AT] += due_day is None
            elif day <= last_day:
                continue
            else:
                place = FIRST_BAND_AT + 2 * band_of(interval)
                counts[place] += 1
                if grade >= PASSED:
                    counts[place + 1] += 1
                elapsed, early = day - last_day, due_day - day
            profile, maximum = rules.get(rule_name) or self._rule(rule_name)
            if early > 0:
                repetitions, interval, ease, lapses = stepped_early(
                    repetitions, interval, ease, lapses, grade, elapsed, early, profile, maximum
                )
            else:
                repetitions, interval, ease, lapses = stepped(
                    repetitions, interval, ease, lapses, grade, profile, maximum
                )
            wait = interval + due_offset
            due_day = day + wait if wait > 1 else day + 1
            if first_day is None:
                first_day = day
            last_day = day
            reviews += 1
        apart = state.suspended, state.buried_until, state.flagged
        memory = repetitions, interval, ease, lapses
        after_all = CardState(*memory, due_day, first_day, last_day, owed, *apart, reviews)
        self.cards[card] = Folded(after_all, newest)

    def _take_other(self, card: str, line: Line) -> None:
        """Fold an entry that is no review in the general way."""
        entry = _entry(line)
        state = self.cards.get(card, _NOTHING).state
        if entry.kind in ANSWERS:
            count(_counts(self._days_of(card), entry.study_day), state, entry)
        after = apply(state, entry, maximum_interval=self._maximum_interval)
        self.cards[card] = Folded(after, entry.answered_at_ms)

    def _days_of(self, card: str) -> dict[int, list[int]]:
        """The numbers of a card's deck, by study day."""
        return self._decks.setdefault(card.partition("/")[0], {})

    def _rule(self, name: str | None) -> tuple[Profile, int]:
        rule = self._rules[name] = rule_of(name or "", self._maximum_interval)
        return rule


def _counts(days: dict[int, list[int]], day: int) -> list[int]:
    counts = days.get(day)
    if counts is None:
        counts = days[day] = [0] * WIDTH
    return counts


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


_CARD_AND_KIND = itemgetter(Line._fields.index("card"), Line._fields.index("kind"))
_NOTHING = Folded(FRESH_CARD, 0)
_GRADES = frozenset(range(6))
# Members of an enumeration are slow to look up, a million times.
_REVIEW = EntryKind.REVIEW.value
