"""A learner's progress as Anki keeps it, in both directions: places in the schedule, and the review log."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.days import Moment
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry, apply, effective
from fasti.core.sm2 import MAXIMUM_INTERVAL
from fasti.exchange.collection import AnkiCard, AnkiReview, Calendar
from fasti.exchange.progress.answers import (
    BY_HAND,
    FILTERED,
    LEARNING,
    RELEARNING,
    REVIEWED,
    Sort,
    ease_of,
    is_moment,
    sort_of,
    unknown,
    within_time,
)
from fasti.exchange.progress.history import History, Writer
from fasti.exchange.progress.places import (
    SUSPENDED,
    Placed,
    Stage,
    before,
    first_day,
    nearest,
    place_of,
)

FIRST_DAY = 10_957
"""Day 0 of the collections that we write, 1 January 2000: before any review, for Anki has no today below 0."""

_DAY_S = 86_400


def calendar_of(moment: Moment) -> Calendar:
    """A calendar whose days are our study days, for a collection written at this moment."""
    created_s = FIRST_DAY * _DAY_S + moment.rollover_hour * 3600 - moment.offset_min * 60
    return Calendar(created_s, -moment.offset_min, moment.rollover_hour)


def card_of(
    state: CardState,
    answers: int,
    *,
    id: int,
    note: int,
    deck: int,
    ord: int,
    position: int,
    mod: int,
    calendar: Calendar,
    answered_ms: int | None = None,
) -> AnkiCard:
    """A card as Anki is to have it, `position` being its place among the new ones.

    `answers` counts the answers in effect, drills too, and `answered_ms` is the moment of the last. The
    calendar is one of `calendar_of`.
    """
    card = AnkiCard(id, note, deck, ord, mod, reps=answers, lapses=state.lapses)
    if state.due_day is None:
        return card._replace(due=position, queue=SUSPENDED if state.suspended else 0)
    # The place among new cards is what Anki goes back to when the card is forgotten on purpose; FSRS goes by
    # the last answer.
    last = "" if answered_ms is None else f',"lrt":{answered_ms // 1000}'
    return card._replace(
        type=Stage.REVIEW.value,
        queue=SUSPENDED if state.suspended else Stage.REVIEW.value,
        due=state.due_day - first_day(calendar, lambda utc_ms: Moment(utc_ms, 0)),
        interval=max(state.interval, 1),
        factor=min(state.ease * 10, _GREATEST_FACTOR),
        data=f'{{"pos":{position}{last}}}',
    )


_GREATEST_FACTOR = 65_535


def reviews_of(
    card_id: int, entries: Sequence[LogEntry], *, maximum_interval: int = MAXIMUM_INTERVAL
) -> list[AnkiReview]:
    """One card's log as lines of Anki's, oldest first: answers, crams and resets that are in effect.

    Two lines may have one moment: see `with_unique_moments`.
    """
    rows: list[AnkiReview] = []
    state = FRESH_CARD
    for entry in effective(entries):
        after = apply(state, entry, maximum_interval=maximum_interval)
        ease = ease_of(entry)
        if ease is not None:
            kind = _type(entry, state, after)
            # Anki takes an answer without an ease for one that left the schedule alone.
            factor = 0 if kind in (FILTERED, BY_HAND) else min(after.ease * 10, _GREATEST_FACTOR)
            row = (ease, after.interval, state.interval, factor, entry.thinking_ms or 0, kind)
            rows.append(AnkiReview(entry.answered_at_ms, card_id, *row))
        state = after
    return rows


def _type(entry: LogEntry, state: CardState, after: CardState) -> int:
    """What Anki calls it: learning on a card's first day, then a review a day, and relearning after it."""
    if entry.kind is EntryKind.RESET:
        return BY_HAND
    if entry.kind is EntryKind.CRAM:
        return FILTERED
    if state.first_day is None or state.first_day == entry.study_day:
        return LEARNING
    return REVIEWED if after.last_day != state.last_day else RELEARNING


def with_unique_moments(rows: Iterable[AnkiReview]) -> Iterator[AnkiReview]:
    """The lines with a moment each, which is their key in Anki: where it is taken, the next that is free."""
    following: dict[int, int] = {}
    for row in rows:
        moment = row.id
        while moment in following:
            moment = following[moment]
        following[row.id] = following[moment] = moment + 1
        yield row if moment == row.id else row._replace(id=moment)


class Imported(NamedTuple):
    """What a card's past in Anki adds to our log, and how many things of each sort it cannot hold."""

    entries: list[LogEntry]
    left_out: Mapping[str, int]


def entries_from(
    card: AnkiCard,
    reviews: Sequence[AnkiReview],
    calendar: Calendar,
    *,
    learner: str,
    key: str,
    mark: str,
    moment_of: Callable[[int], Moment],
    now_ms: int,
    known: Sequence[LogEntry] = (),
    maximum_interval: int = MAXIMUM_INTERVAL,
) -> Imported:
    """What our log of the card `key` lacks: answers, and where Anki has the card if they do not lead there.

    `reviews` are the card's own lines, in any order; `known` is all that our log has of the card. The entries
    are of the device `anki-<mark>`, an answer under its moment as Anki's log has it, so a mark is for one
    learner in one collection, or for less. `moment_of` gives the learner's moment at a time in
    milliseconds. What is known already makes no entry: importing twice, or what was exported, adds
    nothing. `now_ms` is the moment of the import: what is dated a day or more after it, by a clock that is
    wrong, is left out if it is an answer, and is of now if it is a place.
    """
    history = History(known, Writer(learner, key, f"anki-{mark}", moment_of), maximum_interval)
    dated = sorted(row for row in reviews if is_moment(row.id))
    rows = [row for row in dated if _has_been(row.id, now_ms)]
    to_come = [row for row in dated[len(rows) :] if sort_of(row) in _OURS]
    history.answer(unknown([row for row in rows if sort_of(row) in _OURS], known))
    changed = within_time(card.mod * 1000)
    changed = changed if _has_been(changed, now_ms) else within_time(now_ms)
    since = rows[-1].id + 1 if rows else changed
    met = bool(rows) or card.type != Stage.NEW
    left_out = _left_out(card, set(reviews).difference(to_come))
    left_out[_TO_COME] = len(to_come)
    if met:
        place_in = _place_in(card, calendar, history.writer, since, now_ms, to_come)
        placed = history.adopt(place_in, since)
        left_out[_NO_PLACE] = int(placed.said != placed.place)
    if met or card.queue == SUSPENDED:
        history.suspend(card.queue == SUSPENDED, max(changed, since))
    return Imported(history.new, +left_out)


_OURS = frozenset([Sort.ANSWER, Sort.CRAM, Sort.RESET])
_FAST_MS = 86_400_000
"""How fast a clock may be: a day, by which two zones can differ too."""


def _has_been(moment: int, now_ms: int) -> bool:
    return moment <= now_ms + _FAST_MS


def _place_in(
    card: AnkiCard,
    calendar: Calendar,
    writer: Writer,
    since_ms: int,
    now_ms: int,
    to_come: Sequence[AnkiReview],
) -> Callable[[CardState], Placed]:
    def day_of(moment: int) -> int:
        return writer.day_of(within_time(moment))

    day_0 = first_day(calendar, writer.moment_of)

    def place_in(state: CardState) -> Placed:
        since = day_of(since_ms)
        said = place_of(card, day_0, state, day_of)
        possible = before(said, to_come[0], since, day_of(now_ms)) if to_come else said
        return Placed(said, nearest(possible, state, since))

    return place_in


_BURIED = (-2, -3)
_FLAGS = 7


_IMPOSSIBLE = "answers with impossible values"
_TO_COME = "answers with a date that is still to come"
_NO_PLACE = "schedules with values that cannot be, of which the nearest that can were taken"


def _left_out(card: AnkiCard, rows: Iterable[AnkiReview]) -> Counter[str]:
    sorts = Counter(map(sort_of, rows))
    return Counter(
        {
            "changes of a schedule by hand, whose result is kept": sorts[Sort.BY_HAND],
            _IMPOSSIBLE: sorts[Sort.IMPOSSIBLE],
            "cards that were buried until the next day": int(card.queue in _BURIED),
            "coloured flags": int(card.flags & _FLAGS > 0),
        }
    )
