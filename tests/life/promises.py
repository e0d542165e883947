"""What holds of a student's progress at all times, worked out from the rows in the plainest way."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from fasti import doctor, due, sitting
from fasti.core.card_state import CardState
from fasti.core.days import study_day
from fasti.core.log import LogEntry, fold_card
from fasti.core.log_lines import line_of, read_line
from fasti.core.queue import rank_of
from fasti.statistics import Asked, first_look
from fasti.store import catalogue, plans, reviews
from fasti.store.catalogue import StoredCard
from fasti.store.due import NEW, RETIRED, REVIEW, SUSPENDED, state_from
from fasti.store.enrolment import learners
from fasti.store.folding import STATE
from fasti.store.names import all_names
from fasti.store.opening import open_database
from fasti.store.tables import deck, schedule
from tests.life.author import Author
from tests.life.computer import LATE_NS, Computer, by_number
from tests.store.days_by_hand import counted_by_hand, daily_numbers

EVERY_DAY = 4_000
"""Days that statistics look back, to take in all."""

_NOT_OURS = {"backups", "last answer", "room", "clock", "decks"}
"""What a doctor may find here: clocks do jump, files do vanish, and nobody makes backups in these lives."""


class Row(NamedTuple):
    """A learner's place of a card as the schedule has it."""

    card: StoredCard
    state: CardState
    shelf: int
    rank: int


def hold(computer: Computer, now_ms: int) -> None:
    """Hold a computer to everything that is promised; what its log has is acknowledged from here on."""
    computer.log = dict(log_is_only_added_to(computer))
    computer.follow(now_ms)
    today = study_day(computer.moment(now_ms))
    with open_database(computer.settings.database, now_ms) as database:
        with database.reading() as connection:
            everyone = learners(connection)
            rows = {learner: _rows(connection, learner) for learner in everyone}
            decks = [deck.id for deck in catalogue.decks(connection)]
            _decks_know_how_many_cards_they_have(connection)
            histories = _histories(connection, list(computer.log.values()))
            for learner in everyone:
                asked = {card.key for card in _cards(connection) if card.retired_ms is None}
                assert asked <= {row.card.key for row in rows[learner]}
                _schedule_is_the_fold(rows[learner], histories.get(learner, {}), everything=computer.log)
        days = {learner: counted_by_hand(histories.get(learner, {})) for learner in everyone}
        for learner in everyone:
            assert daily_numbers(database, learner) == days[learner]
    for learner in everyone:
        _counts_are_those_of_the_rows(computer, learner, now_ms, rows[learner], decks)
        _nothing_put_aside_is_asked(computer, learner, now_ms, rows[learner])
        _statistics_are_the_logs(computer, learner, now_ms, today, days[learner])


def log_is_only_added_to(computer: Computer) -> Mapping[tuple[str, int], LogEntry]:
    """Every entry that was ever acknowledged is there, field by field; the log as it is now."""
    now = by_number(computer.entries())

    assert {number: now.get(number) for number in computer.log} == computer.log
    return now


def states(computer: Computer, learner: str) -> dict[str, CardState]:
    """Where each card stands for a learner."""
    with open_database(computer.settings.database, 0) as database, database.reading() as connection:
        return {row.card.key: row.state for row in _rows(connection, learner)}


def decks_are_their_files(computer: Computer, author: Author) -> None:
    """The facts of each deck are those of its files, in their order, and no two of its cards ask the same.

    A deck has several files where one was given the id that another had: that stays with it, though the line with
    the id is gone from it.
    """
    with open_database(computer.settings.database, 0) as database, database.reading() as connection:
        cards = [card for card in _cards(connection) if card.retired_ms is None]
        files = catalogue.files(connection)
        for name in author.decks:
            path = str(author.path(name))
            for deck in [file.deck for file in files if file.path == path]:
                facts = [fact for fact in catalogue.facts(connection, deck) if fact.retired_ms is None]
                here = [fact.title for fact in facts if fact.path == path]

                assert here == [fact.words for fact in author.decks[name].facts]
                assert {fact.path for fact in facts} == {file.path for file in files if file.deck == deck}
    assert len({(card.deck, card.fact, card.asks) for card in cards}) == len(cards)


def _decks_know_how_many_cards_they_have(connection: Connection) -> None:
    kept = dict(connection.execute(select(deck.c.id, deck.c.cards)).all())
    there = Counter(card.deck for card in _cards(connection) if card.retired_ms is None)

    assert kept == {deck_id: there[deck_id] for deck_id in kept}


def _rows(connection: Connection, learner: str) -> list[Row]:
    cards = {card.key: card for card in _cards(connection)}
    columns = (schedule.c.card, schedule.c.shelf, schedule.c.rank, *STATE)
    found = connection.execute(select(*columns).where(schedule.c.learner == learner)).all()
    return [Row(cards[key], state_from(values), shelf, rank) for key, shelf, rank, *values in found]


def _cards(connection: Connection) -> list[StoredCard]:
    from fasti.store.tables import card

    return [
        StoredCard(*row) for row in connection.execute(select(*(card.c[name] for name in StoredCard._fields)))
    ]


def _histories(connection: Connection, entries: list[LogEntry]) -> dict[str, dict[str, list[LogEntry]]]:
    """By learner and the present name of the card."""
    names = all_names(connection)
    found: dict[str, dict[str, list[LogEntry]]] = {}
    for entry in entries:
        key = names.card_of(entry.card, entry.answered_at_ms)
        found.setdefault(entry.learner, {}).setdefault(key, []).append(replace(entry, card="it"))
    return found


def _schedule_is_the_fold(
    rows: list[Row], histories: Mapping[str, list[LogEntry]], everything: Mapping[Any, LogEntry]
) -> None:
    for card, state, shelf, rank in rows:
        expected = fold_card(histories.get(card.key, ()))
        due = REVIEW if expected.reviews else NEW

        assert state == expected, card.key
        assert shelf == (RETIRED if card.retired_ms else SUSPENDED if expected.suspended else due)
        assert rank == (card.position if expected.due_day is None else rank_of(card.key, expected.due_day))


def _counts_are_those_of_the_rows(
    computer: Computer, learner: str, now_ms: int, rows: list[Row], decks: list[str]
) -> None:
    """One due card a fact, and none of a fact that was answered today; new ones and all by the card."""
    today = study_day(computer.moment(now_ms))
    answered = {(card.deck, card.fact) for card, state, *_ in rows if state.last_day == today}
    due_facts: set[tuple[str, str]] = set()
    expected = {deck: [0, 0, 0] for deck in decks}
    for card, state, *_ in rows:
        if card.retired_ms is None:
            counts, fact = expected[card.deck], (card.deck, card.fact)
            counts[2] += 1
            if state.suspended or state.buried_until > today:
                continue
            counts[1] += not state.reviews
            if state.reviews and (state.due_day or 0) <= today and fact not in answered | due_facts:
                due_facts.add(fact)
                counts[0] += 1
    settings, moment = computer.as_learner(learner), computer.moment(now_ms)
    shown = due.standing(settings, moment, LATE_NS, lambda _: None)

    assert {deck.deck: [deck.due, deck.new, deck.total] for deck in shown.decks} == expected


def _nothing_put_aside_is_asked(computer: Computer, learner: str, now_ms: int, rows: list[Row]) -> None:
    today = study_day(computer.moment(now_ms))
    aside = {
        row.card.key
        for row in rows
        if row.card.retired_ms is not None or row.state.suspended or row.state.buried_until > today
    }
    wishes = sitting.Wishes(limit=1_000, new_a_day=1_000, rules=computer.rules(), anyway=True)
    clock = sitting.Clock(lambda: computer.moment(now_ms), lambda: LATE_NS)
    asked: list[str] = []
    with sitting.begin(computer.as_learner(learner), wishes, clock, lambda _: None) as session:
        while session.question is not None:
            asked.append(session.question.key)
            session.skip()
    with open_database(computer.settings.database, now_ms) as database, database.reading() as connection:
        last_day_before = [
            exam for exam in plans.exams(connection, learner) if exam.day - 1 <= today <= exam.day
        ]

    # The last day before an exam asks what was left until tomorrow, too: tomorrow it is too late.
    if not last_day_before:
        assert aside.isdisjoint(asked)
    assert len(set(asked)) == len(asked)


def _statistics_are_the_logs(
    computer: Computer,
    learner: str,
    now_ms: int,
    today: int,
    days: Mapping[tuple[int, str], Mapping[str, int]],
) -> None:
    """Of the days from the first that is looked at up to today."""
    shown = first_look(computer.as_learner(learner), computer.moment(now_ms), Asked(days=EVERY_DAY))
    if shown is None:
        return
    answers: Counter[int] = Counter()
    for (day, _), numbers in days.items():
        if shown.first_day <= day <= today:
            answers[day] += numbers.get("answers", 0)

    assert {day: counts.answers for day, counts in shown.days} == {d: n for d, n in answers.items() if n}
    assert shown.total.answers == sum(answers.values())


def doctor_is_content(computer: Computer, now_ms: int) -> None:
    """What the doctor looks over is well; at the end of a life, for it takes its time."""
    for entry in computer.entries():
        # What a sync would write of it is what it would read.
        assert read_line(line_of(entry), entry.learner) == entry
    found = doctor.examine(computer.settings, computer.moment(now_ms))

    assert [each for each in found if not each.ok and each.check not in _NOT_OURS] == []


def read_log(file: Any, now_ms: int) -> Mapping[tuple[str, int], LogEntry]:
    """The log of a database file that is not in use."""
    from fasti.store.other import other_database

    with other_database(file, now_ms) as database, database.reading() as connection:
        return by_number(list(reviews.entries(connection)))
