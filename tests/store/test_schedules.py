from collections.abc import Iterator, Sequence
from random import Random

import pytest
from sqlalchemy import Connection, text

from fasti.core.card import Card, Judge
from fasti.core.card_state import FRESH_CARD
from fasti.core.entry_kinds import EntryKind
from fasti.core.queue import Candidate, plan
from fasti.store import catalogue, schedules
from fasti.store import schedule_statements as statements
from fasti.store.database import Database
from fasti.store.due import EXACT, STATE_COLUMNS, CardFace, DeckCounts, Today
from fasti.store.enrolment import enrol
from fasti.store.faces import face_json
from fasti.store.tables import schedule
from tests.conftest import Blank
from tests.store.making import Student, a_card, a_deck, a_fact, facts, shelve


@pytest.fixture
def student(database: Database) -> Student:
    with database.writing() as connection:
        shelve(connection, "war", {"ypres": ["when", "what"], "somme": ["when"], "loos": ["when"]})
        shelve(connection, "art", {"dada": ["when"]})
        catalogue.save_deck(connection, a_deck("art", 1))
    return Student(database)


def make_due(connection: Connection, day: int, only: str = "%") -> None:
    """Have cards in review and due, without the log's knowledge."""
    connection.execute(
        schedule.update()
        .where(schedule.c.card.like(only))
        .values(shelf=1, due_day=day, first_day=1, last_day=1, reviews=1, repetitions=1, interval=1)
    )


def keys(cards: Sequence[Candidate]) -> list[str]:
    return [card.card for card in cards]


def test_a_fresh_library_is_all_new_in_the_authors_order(student: Student) -> None:
    with student.database.reading() as connection:
        found = schedules.candidates(connection, "me", None, 10, 30)
        counts = schedules.counts(connection, "me", 10)

    assert found.due == []
    assert keys(found.new) == [
        "war/ypres#when",
        "war/ypres#what",
        "war/somme#when",
        "war/loos#when",
        "art/dada#when",
    ]
    assert found.new[2] == Candidate("war/somme#when", "war/somme", None, 1000)
    assert counts == [DeckCounts("war", "War", 0, 4, 4), DeckCounts("art", "Art", 0, 1, 1)]


def test_what_is_due_comes_oldest_first(student: Student) -> None:
    student.review("war/somme#when", 12)
    student.review("war/loos#when", 10)
    student.review("art/dada#when", 14)
    with student.database.reading() as connection:
        found = schedules.candidates(connection, "me", None, 13, 30)

    assert [(card.card, card.due_day) for card in found.due] == [
        ("war/loos#when", 11),
        ("war/somme#when", 13),
    ]


def test_only_the_decks_asked_for_are_asked(student: Student) -> None:
    student.review("art/dada#when", 10)
    student.review("war/somme#when", 10)
    with student.database.reading() as connection:
        found = schedules.candidates(connection, "me", ["art", "none"], 20, 30)

        assert (keys(found.due), keys(found.new)) == (["art/dada#when"], [])
        assert schedules.due_by_day(connection, "me", 0, 50, ["art"]) == {11: 1}
        assert schedules.next_due(connection, "me", 5, ["none"]) is None


@pytest.mark.parametrize("kind", [EntryKind.BURY, EntryKind.SUSPEND])
def test_a_card_put_aside_is_neither_due_nor_new_today(student: Student, kind: EntryKind) -> None:
    student.review("war/somme#when", 10)
    student.note("war/somme#when", 11, kind)
    student.note("war/loos#when", 11, kind)
    with student.database.reading() as connection:
        found = schedules.candidates(connection, "me", ["war"], 11, 30)
        counts = schedules.counts(connection, "me", 11)[0]

    assert (keys(found.due), keys(found.new)) == ([], ["war/ypres#when", "war/ypres#what"])
    assert counts == DeckCounts("war", "War", 0, 2, 4)


def test_a_buried_card_is_back_tomorrow_and_a_suspended_one_is_not(student: Student) -> None:
    student.note("war/somme#when", 11, EntryKind.BURY)
    student.note("war/loos#when", 11, EntryKind.SUSPEND)
    with student.database.reading() as connection:
        found = schedules.candidates(connection, "me", ["war"], 12, 30)

    assert "war/somme#when" in keys(found.new)
    assert "war/loos#when" not in keys(found.new)


def test_facts_are_counted_and_those_answered_today_wait(student: Student) -> None:
    for card in ("ypres#when", "ypres#what", "somme#when"):
        student.review(f"war/{card}", 10)
    with student.database.reading() as connection:
        assert schedules.counts(connection, "me", 11)[0].due == 2
    student.review("war/ypres#when", 11)
    with student.database.reading() as connection:
        assert schedules.counts(connection, "me", 11)[0].due == 1


def test_a_retired_card_is_in_no_count(student: Student) -> None:
    student.review("war/somme#when", 10)
    with student.database.writing() as connection:
        catalogue.retire_facts(connection, "war", ["somme", "loos"], 1)

        assert schedules.counts(connection, "me", 20)[0] == DeckCounts("war", "War", 0, 2, 2)
        assert keys(schedules.candidates(connection, "me", None, 20, 30).due) == []
        assert schedules.next_due(connection, "me", 5) is None


def test_a_deck_that_was_removed_is_in_no_answer(student: Student) -> None:
    student.review("art/dada#when", 10, 2)
    with student.database.writing() as connection:
        catalogue.save_deck(connection, a_deck("art", 1, removed_ms=5))

        assert [count.deck for count in schedules.counts(connection, "me", 11)] == ["war"]
        assert keys(schedules.candidates(connection, "me", None, 11, 30).due) == []
        assert schedules.next_due(connection, "me", 5) is None
        assert schedules.due_by_day(connection, "me", 0, 99) == {}
        assert schedules.answered_today(connection, "me", 10).owed == ()


def test_today_is_what_was_answered_introduced_and_is_owed(student: Student) -> None:
    student.review("war/somme#when", 9)
    student.review("war/somme#when", 10, 3)
    student.review("war/ypres#when", 10, 2)
    student.review("art/dada#when", 10, 5)
    with student.database.reading() as connection:
        today = schedules.answered_today(connection, "me", 10)
        art = schedules.answered_today(connection, "me", 10, ["art"])
        tomorrow = schedules.answered_today(connection, "me", 11)

    assert today.facts == {"war/somme", "war/ypres", "art/dada"}
    assert today.introduced == 2
    assert set(today.owed) == {"war/somme#when", "war/ypres#when"}
    assert art == today._replace(owed=())
    assert tomorrow == Today(frozenset(), 0, ())


def test_nothing_is_owed_after_a_good_repeat_or_once_put_aside(student: Student) -> None:
    for card in ("war/somme#when", "war/loos#when", "art/dada#when"):
        student.review(card, 10, 2)
    student.review("war/somme#when", 10, 4)
    student.note("war/loos#when", 10, EntryKind.BURY)
    student.note("art/dada#when", 10, EntryKind.SUSPEND)
    with student.database.reading() as connection:
        assert schedules.answered_today(connection, "me", 10).owed == ()


def test_what_was_taken_back_was_not_answered_today(student: Student) -> None:
    student.review("war/somme#when", 10, 2)
    student.undo(10)
    with student.database.reading() as connection:
        assert schedules.answered_today(connection, "me", 10) == Today(frozenset(), 0, ())
        assert schedules.last_day(connection, "me") is None


def test_the_next_day_on_which_something_is_due(student: Student) -> None:
    student.review("war/somme#when", 10)
    student.review("war/loos#when", 12)
    student.review("art/dada#when", 12)
    with student.database.reading() as connection:
        days = [schedules.next_due(connection, "me", day) for day in (9, 10, 11, 12, 13)]

        assert days == [(11, 1), (11, 1), (13, 2), (13, 2), None]
        assert schedules.due_by_day(connection, "me", 0, 99) == {11: 1, 13: 2}
        assert schedules.due_by_day(connection, "me", 12, 12) == {12: 1}
        assert schedules.due_by_day(connection, "me", 10, 10) == {}
        assert schedules.last_day(connection, "me") == 12


def test_a_buried_card_comes_when_it_is_no_longer_buried(student: Student) -> None:
    student.review("war/somme#when", 10)
    student.note("war/somme#when", 15, EntryKind.BURY)
    student.review("war/loos#when", 15)
    student.note("war/loos#when", 17, EntryKind.BURY)
    with student.database.reading() as connection:
        assert schedules.due_by_day(connection, "me", 0, 99) == {16: 1, 18: 1}
        assert schedules.due_by_day(connection, "me", 15, 17) == {16: 1}
        assert schedules.due_by_day(connection, "me", 17, 18) == {17: 1, 18: 1}
        assert schedules.next_due(connection, "me", 15) == (16, 1)
        assert schedules.next_due(connection, "me", 16) == (18, 1)


def test_a_card_to_be_shown_comes_with_its_deck_and_its_state(student: Student) -> None:
    student.review("war/somme#when", 10)
    with student.database.reading() as connection:
        state = schedules.state(connection, "me", "war/somme#when")
        face = a_card("war", "somme").face

        assert schedules.card_face(connection, "me", "war/somme#when") == CardFace(
            "war/somme#when", "war", "War", "somme", "when", face, "", state
        )
        fresh = schedules.card_face(connection, "nobody", "war/somme#when")
        assert fresh is not None
        assert fresh.state == FRESH_CARD
        assert schedules.card_face(connection, "me", "none") is None


@pytest.mark.parametrize(
    ("image", "words", "path"),
    [("map.png", "Where?", "war.yaml"), ("", 'What is "image": in JSON?', ""), ("", "An image?", "")],
)
def test_a_card_with_a_picture_says_beside_which_file_it_stands(
    database: Database, image: str, words: str, path: str
) -> None:
    face = face_json(Card("when", words, "The Somme", ("1916",), judge=Judge.DATE, image=image))
    with database.writing() as connection:
        shelve(connection, "war", {"somme": ["when"]})
        catalogue.save_cards(connection, [a_card("war", "somme", face=face)])
    with database.reading() as connection:
        shown = schedules.card_face(connection, "me", "war/somme#when")
    assert shown is not None
    assert (shown.face, shown.path) == (face, path)


def test_the_names_of_a_states_columns_are_those_of_the_table() -> None:
    assert set(STATE_COLUMNS) <= {column.name for column in schedule.columns}


def test_above_a_thousand_due_cards_are_counted_and_no_longer_facts(database: Database) -> None:
    with database.writing() as connection:
        shelve(connection, "d", facts(EXACT // 2, ("when", "what")))
        make_due(connection, 5)
        assert schedules.counts(connection, "me", 9)[0].due == EXACT // 2

        shelve(connection, "d", facts(EXACT // 2 + 1, ("when", "what")))
        make_due(connection, 5)
        assert schedules.counts(connection, "me", 9)[0].due == EXACT + 2


@pytest.mark.parametrize(("limit", "oldest"), [(0, 1), (1, 1), (5, 1), (400, 1), (5, 9), (30, 9), (200, 9)])
def test_a_plan_from_the_candidates_is_the_plan_from_everything(
    database: Database, limit: int, oldest: int
) -> None:
    """With more cards a fact than a sitting is long, and a pile longer than one fetch."""
    with database.writing() as connection:
        for place, (deck, number) in enumerate({"d": 300, "b": 40, "z": 3}.items()):
            shelve(connection, deck, facts(number, tuple("abcdefgh")))
            catalogue.save_deck(connection, a_deck(deck, place))
        due, new = some_are_due(connection, Random(limit), oldest)
        done = schedules.answered_today(connection, "me", 9)
        found = schedules.candidates(connection, "me", None, 9, limit)

    chosen, right = (
        plan(*queue, today=9, limit=limit, new_left=limit, answered_facts=done.facts)
        for queue in (found, (due, new))
    )
    assert keys(chosen.cards) == keys(right.cards)
    assert (chosen.new, chosen.held_back_new) == (right.new, right.held_back_new)
    assert (right.new > 0) == (limit > 1 and (oldest == 9 or limit == 400)), "both kinds of day are tried"


def some_are_due(
    connection: Connection, random: Random, oldest: int
) -> tuple[list[Candidate], list[Candidate]]:
    """Have half of the facts reviewed, a third of these today; what is due on day 9, and what is new."""
    order = [deck.id for deck in catalogue.decks(connection)]
    due: list[Candidate] = []
    new: list[Candidate] = []
    started: dict[str, bool] = {}
    for row in connection.execute(schedule.select()).all():
        fact = f"{row.deck}/{row.fact}"
        if not started.setdefault(fact, random.random() < 0.5) or random.random() < 0.1:
            new.append(Candidate(row.card, fact, None, order.index(row.deck) * 10**12 + row.rank))
            continue
        day, rank = random.randint(oldest, 12), random.getrandbits(31)
        answered = 9 if row.fact.endswith(("1", "2", "3")) else 1
        values = {
            "shelf": 1,
            "due_day": day,
            "rank": rank,
            "last_day": answered,
            "first_day": 1,
            "reviews": 1,
        }
        connection.execute(schedule.update().where(schedule.c.card == row.card).values(values))
        if day <= 9:
            due.append(Candidate(row.card, fact, day, rank))
    return due, new


QUEUE = {
    "due": statements.DUE,
    "new": statements.NEW_ONES,
    "facts due": statements.FACTS_DUE,
    "number of facts due": statements.NUMBER_OF_FACTS_DUE,
    "next": statements.NEXT,
    "unburied": statements.UNBURIED,
    "by day": statements.BY_DAY,
}
VALUES = {
    "of_learner": "me",
    "of_deck": "deck-3",
    "of_card": "deck-3/fact-00005#when",
    "today": 9,
    "at_most": 30,
    "after": 5,
    "before": 20,
    "from_day": 5,
    "to_day": 20,
    "most_new": 500,
}


@pytest.fixture
def large(blank: Blank) -> Iterator[Database]:
    """Twenty thousand cards in twenty decks, half of them in review."""
    with blank() as database:
        with database.writing() as connection:
            for number in range(20):
                deck = f"deck-{number}"
                catalogue.save_deck(connection, a_deck(deck, number))
                names = list(facts(1000))
                catalogue.save_facts(
                    connection, [a_fact(deck, name, place) for place, name in enumerate(names)]
                )
                cards = [a_card(deck, name, position=place) for place, name in enumerate(names)]
                catalogue.save_cards(connection, cards)
            enrol(connection, "me")
            make_due(connection, 8, "%5#when")
            make_due(connection, 12, "%6#when")
        with database.writing() as connection:
            connection.execute(text("ANALYZE"))
        yield database


def explained(connection: Connection, statement: object) -> str:
    compiled = statement.compile(dialect=connection.dialect)  # type: ignore[attr-defined]
    words = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
    values = {name: VALUES.get(name, bind.value) for name, bind in compiled.binds.items()}
    given = tuple(values[name] for name in compiled.positiontup) if compiled.positional else values
    rows = connection.exec_driver_sql(f"{words} {compiled}", given)
    return "\n".join(str(row[-1]) for row in rows)


def test_every_question_about_the_queue_is_one_seek_in_its_index(large: Database) -> None:
    with large.reading() as connection:
        plans = {name: explained(connection, statement) for name, statement in QUEUE.items()}

    for name, words in plans.items():
        if large.is_sqlite:
            assert "COVERING INDEX ix_schedule_queue (learner=? AND deck=? AND shelf=?" in words, name
            assert "SCAN" not in words, name
        else:
            assert "ix_schedule_queue" in words, name
            assert "Seq Scan" not in words, name
    for name in ("due", "new"):
        assert "TEMP B-TREE" not in plans[name], "the next card is found without sorting"
        assert "Sort" not in plans[name], "the next card is found without sorting"


def test_counting_all_decks_is_two_seeks_a_deck(large: Database) -> None:
    with large.reading() as connection:
        words = explained(connection, statements.COUNTS)
        counts = schedules.counts(connection, "me", 9)
        fewer = schedules.counts(connection, "me", 9, most_new=500)

    assert counts == [DeckCounts(f"deck-{number}", f"Deck-{number}", 100, 800, 1000) for number in range(20)]
    assert fewer == [count._replace(new=500) for count in counts]
    if large.is_sqlite:
        assert words.count("COVERING INDEX ix_schedule_queue (learner=? AND deck=? AND shelf") == 2
        assert "SCAN schedule" not in words
    else:
        assert "Seq Scan on schedule" not in words


def test_what_was_done_today_and_one_cards_state_are_seeks_too(large: Database) -> None:
    with large.reading() as connection:
        plans = [
            (
                explained(connection, statements.TODAY),
                # PostgreSQL reads a log without entries from end to end.
                "ix_review_log_learner_study_day" if large.is_sqlite else "schedule",
            ),
            (
                explained(connection, statements.BURIED),
                "ix_review_log_learner_study_day" if large.is_sqlite else "schedule",
            ),
            (explained(connection, statements.LAST_DAY), "PRIMARY KEY" if large.is_sqlite else "daily"),
            (
                explained(connection, statements.STATE_OF_A_CARD),
                "PRIMARY KEY" if large.is_sqlite else "pk_schedule",
            ),
        ]

    for words, index in plans:
        assert index in words
        assert "SCAN schedule" not in words
        assert "Seq Scan on schedule" not in words
