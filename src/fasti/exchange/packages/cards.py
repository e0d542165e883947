"""The cards and reviews of a package's database: tables that are the same in every version of a collection."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import attrgetter

from fasti.exchange.collection import AnkiCard, AnkiDeck, AnkiReview, NoteType
from fasti.exchange.packages.database import PackageDatabase
from fasti.exchange.packages.left_out import LeftOut, Loss
from fasti.exchange.packages.limits import MAX_CARDS, MAX_REVIEWS
from fasti.exchange.packages.text import integer

DEFAULT_DECK = AnkiDeck(1, "Default")
"""The deck that every collection has."""

# In the order of the values of a card and of a review.
_CARD_IDS = ("id", "nid", "did", "ord")
_CARD = (
    *("mod", "type", "queue", "due", "ivl", "factor", "reps", "lapses", "left", "flags", "odue", "odid"),
    "data",
)
_REVIEW = ("id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type")

# What Anki itself takes; the moments end with the year 2999.
_INT32 = (-(1 << 31), (1 << 31) - 1)
_UINT32 = (0, (1 << 32) - 1)
_INT64 = (-(1 << 63), (1 << 63) - 1)
_MOMENT_S = (0, 32_503_680_000)
_MOMENT_MS = (1, 32_503_680_000_000)
_ID_RANGES = (_INT64, _INT64, _INT64, (0, 65_535))
_CARD_RANGES = (
    *(_MOMENT_S, (0, 3), (-3, 4), _INT32, _UINT32, (0, 65_535), _UINT32, _UINT32, _UINT32),
    *((0, 255), _INT32, _INT64),
)
_REVIEW_RANGES = (_MOMENT_MS, _INT64, (0, 4), _INT32, _INT32, _UINT32, _UINT32, (0, 5))

_NEW, _LEARNING, _REVIEWING, _RELEARNING = range(4)
_LEARNING_QUEUES = (1, 3)
_LEARNING_REVIEWS, _THREE_BUTTONS = (0, 2), (2, 3)


def read_cards(
    database: PackageDatabase,
    types_of_notes: Mapping[int, NoteType],
    decks: dict[int, AnkiDeck],
    left_out: LeftOut,
    *,
    old_scheduler: bool,
) -> dict[int, AnkiCard]:
    """The cards of those notes, by their ids, each in one of `decks`, to which `Default` is added if need be.

    Those of the `old_scheduler` get the types and queues that the later one gives them.
    """
    cards: dict[int, AnkiCard] = {}
    for row in database.rows("cards", (*_CARD_IDS, *_CARD), most=MAX_CARDS):
        id, note, deck, ordinal = _values(row[:4], _ID_RANGES)
        if id is None or note is None or ordinal is None:
            left_out.count(Loss.CARD_DAMAGED)
        elif id in cards:
            left_out.count(Loss.CARD_REPEATED)
        elif note not in types_of_notes:
            left_out.count(Loss.CARD_WITHOUT_NOTE)
        elif not _makes(types_of_notes[note], ordinal):
            left_out.count(Loss.CARD_WITHOUT_TEMPLATE)
        else:
            home = _home(deck, decks, left_out)
            card = _card((id, note, home, ordinal), row[4:], decks, left_out)
            cards[id] = _of_later_scheduler(card) if old_scheduler else card
    return cards


def read_reviews(
    database: PackageDatabase, cards: Mapping[int, AnkiCard], left_out: LeftOut, *, old_scheduler: bool
) -> list[AnkiReview]:
    """The reviews of those cards in the order of their moments.

    The `old_scheduler` had three buttons for cards in learning; their numbers become those of the four.
    """
    reviews: list[AnkiReview] = []
    # What comes again and again is kept once: intervals, eases, thinking times.
    once: dict[int, int] = {}
    for row in database.rows("revlog", _REVIEW, most=MAX_REVIEWS):
        moment, card, ease, *others = _values(row, _REVIEW_RANGES)
        if moment is None or ease is None:
            left_out.count(Loss.REVIEW_DAMAGED)
        elif card is None or card not in cards:
            left_out.count(Loss.REVIEW_WITHOUT_CARD)
        else:
            interval, last, factor, time_ms, kind = (
                once.setdefault(value or 0, value or 0) for value in others
            )
            if old_scheduler and kind in _LEARNING_REVIEWS and ease in _THREE_BUTTONS:
                ease += 1
            reviews.append(AnkiReview(moment, cards[card].id, ease, interval, last, factor, time_ms, kind))
    return _in_order(reviews, left_out)


def _values(row: Sequence[object], ranges: Sequence[tuple[int, int]]) -> list[int | None]:
    """The numbers of a row; None where there is none, or one that Anki does not take."""
    return [
        value if type(value) is int and low <= value <= high else _mended(value, low, high)
        for value, (low, high) in zip(row, ranges, strict=True)
    ]


def _mended(value: object, low: int, high: int) -> int | None:
    # Old collections have intervals with fractions, which Anki cuts off too.
    number = (
        integer(math.trunc(value)) if isinstance(value, float) and math.isfinite(value) else integer(value)
    )
    return number if number is not None and low <= number <= high else None


def _makes(note_type: NoteType, ordinal: int) -> bool:
    return note_type.cloze or ordinal < len(note_type.templates)


def _home(deck: int | None, decks: dict[int, AnkiDeck], left_out: LeftOut) -> int:
    if deck in decks:
        return deck
    left_out.count(Loss.CARD_WITHOUT_DECK)
    return decks.setdefault(DEFAULT_DECK.id, DEFAULT_DECK).id


def _card(
    ids: tuple[int, int, int, int], row: Sequence[object], decks: Mapping[int, AnkiDeck], left_out: LeftOut
) -> AnkiCard:
    *columns, data = row
    values = _values(columns, _CARD_RANGES)
    if None in values:
        left_out.count(Loss.CARD_WITH_OTHER_VALUES)
    card = AnkiCard._make((*ids, *(value or 0 for value in values), data if isinstance(data, str) else ""))
    return card if card.original_deck in decks or not card.original_deck else card._replace(original_deck=0)


def _of_later_scheduler(card: AnkiCard) -> AnkiCard:
    """What Anki makes of a card when it changes to the scheduler of version 2.

    There a card that is learnt again has a type of its own, and only new cards are in the queue of the new.
    """
    if card.type == _REVIEWING and card.queue in _LEARNING_QUEUES:
        card = card._replace(type=_RELEARNING)
    if card.original_deck and card.queue == _NEW and card.type != _NEW:
        return card._replace(queue=_REVIEWING if card.type == _REVIEWING else _LEARNING)
    return card


def _in_order(reviews: list[AnkiReview], left_out: LeftOut) -> list[AnkiReview]:
    reviews.sort(key=attrgetter("id"))
    distinct = reviews[:1] + [review for before, review in pairwise(reviews) if before.id < review.id]
    left_out.count(Loss.REVIEW_DAMAGED, len(reviews) - len(distinct))
    return distinct
