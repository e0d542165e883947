"""Cards asked outside the schedule: which they are, and the sitting that asks them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from fasti.core.days import Moment, study_day
from fasti.core.queue import Candidate, Plan
from fasti.core.review import Opening
from fasti.core.selection import Labels, Selection, chosen, known_labels, shuffled
from fasti.deck_names import find_deck
from fasti.desk import Desk
from fasti.errors import ExitCode, FastiError
from fasti.session import Session
from fasti.session_contract import Changes, Rules
from fasti.store import placed
from fasti.store.database import Database
from fasti.store.labels import labels_from
from fasti.store.placed import PlacedCard


class NothingChosenError(FastiError):
    """A cram of nothing in particular."""

    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__(
            "say what to cram", "name a deck, or give `--unit`, `--tag` or `--missed`: `fasti cram DECK`"
        )


class NoSuchLabelError(FastiError):
    """A unit or a tag that no fact has."""

    def __init__(self, label: str, name: str, known: Sequence[str]) -> None:
        there = ", ".join(f"`{each}`" for each in known[:8]) + (", …" if len(known) > 8 else "")
        hint = f"there are {there}" if known else f"no fact here has a {label}"
        super().__init__(f"no {label} `{name}` in these decks", hint)


class Cram(NamedTuple):
    """What to cram: the cards selected, only those `missed` the last time if so wished, at most `limit`."""

    selection: Selection
    missed: bool = False
    limit: int | None = None
    seed: int = 0


def begin(
    database: Database,
    learner: str,
    cram: Cram,
    clock: Callable[[], Moment],
    rules: Rules,
    follow: Callable[[], Changes],
) -> Session:
    """A sitting over these cards in an order that the seed decides; it schedules nothing.

    `rules` are those of the learner's reviews; `follow` brings the library in step with what is edited
    meanwhile. Suspended cards are left out. Raises NothingChosenError, NoSuchLabelError and
    UnknownDeckError.
    """
    if not (cram.selection.decks or cram.selection.by_label or cram.missed):
        raise NothingChosenError
    cards = {card.key: card for card in cards_of(database, learner, cram.selection)}
    wanted = [key for key, card in cards.items() if not cram.missed or _was_missed(card)]
    order = shuffled(wanted, cram.seed)[: cram.limit]
    queue = tuple(Candidate(key, _fact(cards[key]), cards[key].state.due_day, 0) for key in order)
    plan = Plan(queue, sum(card.due_day is None for card in queue), 0, 0, False)
    today = study_day(clock())
    opening = Opening(len(order), plan.new, 0, 0, len(order), today, None, first_ever=False, cram=True)
    rules = rules._replace(minutes=None, cram=True)
    desk = Desk(database, learner, rules)
    return Session(plan, opening, (), desk, lambda: desk, lambda: None, clock, rules, follow)


def cards_of(database: Database, learner: str, selection: Selection) -> list[PlacedCard]:
    """The cards that a learner has not suspended of a selection, in the library's order.

    Raises NoSuchLabelError where no fact of the decks has the unit or the tag, and UnknownDeckError.
    """
    with database.reading() as connection:
        decks = [find_deck(connection, name).id for name in selection.decks] or None
        cards = placed.all_cards(connection, learner, decks)
    if selection.by_label:
        labels = {card.key: labels_from(card.content, card.about) for card in cards}
        check_labels(selection, list(labels.values()))
        cards = [card for card in cards if chosen(selection, labels[card.key])]
    return [card for card in cards if not card.state.suspended]


def check_labels(selection: Selection, labels: Sequence[Labels]) -> None:
    """Raise NoSuchLabelError where none of these labels is of the unit, or has the tag, that is selected."""
    units, tags = known_labels(labels)
    for label, only, known in (
        ("unit", Selection(unit=selection.unit), units),
        ("tag", Selection(tag=selection.tag), tags),
    ):
        if not any(chosen(only, each) for each in labels):
            raise NoSuchLabelError(label, only.unit or only.tag, known)


def _was_missed(card: PlacedCard) -> bool:
    """Whether it was forgotten when it was last reviewed: SM-2 counts its passes anew from there."""
    return card.state.reviews > 0 and card.state.repetitions == 0


def _fact(card: PlacedCard) -> str:
    return f"{card.deck}/{card.fact}"
