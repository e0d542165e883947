"""A durable answer: the next card fetched, its grade in the log, where the card stands now, committed.

Both programs write with a write-ahead log and `synchronous=FULL`: an answer is on the disk before the next
card is shown. Ours is a sitting as `fasti review` has it; the anki package's is `get_queued_cards` and
`answer_card`, in a deck that is selected and whose queue is built already. Ours also keeps the day's numbers;
theirs also keeps what undo needs. Beside them are the same three writes by the standard library's `sqlite3`,
and what having 4 KiB on the disk takes.
"""

import os
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import anki_collections, library
from benchmarks.kit import Measured, Run, Side, apart, measured
from benchmarks.library import Library
from benchmarks.plain_store import PlainStore, make_store

if TYPE_CHECKING:
    from fasti.session import Session


def durable_answers(run: Run) -> Measured:
    """Answers a second."""
    cards, answers = run.sizes.cards, run.sizes.answers
    ours, theirs = library.library(run, cards, 1), anki_collections.collection(run, cards, 1)
    scratch = run.folder / "scratch"
    sides = {
        "fasti": apart(our_answers, ours, scratch / "answers", answers),
        "anki": apart(anki_answers, theirs, scratch / "answers.anki2", answers),
        "raw sqlite3": apart(plain_answers, scratch / "answers.db", cards, answers),
        "fdatasync": apart(synced_pages, scratch / "page", answers),
    }
    return Measured(f"{cards:,}", "/s", measured(sides, run.rounds(5)))


def our_answers(source: Library, folder: Path, answers: int) -> Side:
    """A sitting over a copy of the library."""
    from fasti.session_contract import Rules
    from fasti.sitting import Clock, Wishes, begin

    ticks = count(library.now().utc_ms)
    clock = Clock(lambda: library.now()._replace(utc_ms=next(ticks)), time.time_ns)
    wishes = Wishes(limit=answers + 1, new_a_day=0, rules=Rules(minutes=None))
    while True:
        copy = library.copied(source, folder)
        with begin(copy.settings, wishes, clock, lambda _: None) as session:
            session.answer(4, scale=4, thinking_ms=4_000)  # opens the database
            assert_durable(session)
            started = time.perf_counter()
            for _ in range(answers):
                session.answer(4, scale=4, thinking_ms=4_000)
            taken = time.perf_counter() - started
        assert answers_in(copy.file) == answers + 1
        yield answers / taken


def assert_durable(session: "Session") -> None:
    """What is committed is on the disk: a write-ahead log that is synchronised in full."""
    database = session._open()._database  # type: ignore[attr-defined]
    with database.writing() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def answers_in(file: Path) -> int:
    """How many answers our log holds."""
    import sqlite3

    connection = sqlite3.connect(file)
    (number,) = connection.execute("SELECT count(*) FROM review_log WHERE kind = 'review'").fetchone()
    connection.close()
    return int(number)


def anki_answers(source: Path, path: Path, answers: int) -> Side:
    """One deck after another, as its queues are built."""
    from anki.collection import Card  # the package has to be entered by this door
    from anki.scheduler.v3 import CardAnswer

    while True:
        collection = anki_collections.opened(anki_collections.copied(source, path))
        assert collection.db.scalar("PRAGMA synchronous") == 2
        assert collection.db.scalar("PRAGMA journal_mode") == "wal"
        scheduler, taken, left = collection.sched, 0.0, answers
        for deck in anki_collections.deck_ids(collection):
            collection.decks.select(deck)
            queue = scheduler.get_queued_cards(fetch_limit=1)  # builds it
            here = min(left, queue.review_count)
            started = time.perf_counter()
            for _ in range(here):
                queued = scheduler.get_queued_cards(fetch_limit=1).cards[0]
                card = Card(collection, backend_card=queued.card)
                card.start_timer()
                answer = scheduler.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
                scheduler.answer_card(answer)
            taken += time.perf_counter() - started
            left -= here
        assert collection.db.scalar("SELECT count(*) FROM revlog") == answers
        collection.close()
        yield answers / taken


def plain_answers(path: Path, cards: int, answers: int) -> Side:
    """The same writes with nothing around them."""
    while True:
        make_store(path, cards)
        store = PlainStore(path)
        store.next_card()
        started = time.perf_counter()
        for _ in range(answers):
            store.grade(4)
            store.next_card()
        taken = time.perf_counter() - started
        store.close()
        yield answers / taken


def synced_pages(path: Path, pages: int) -> Side:
    """4 KiB written and brought to the disk, again and again."""
    path.parent.mkdir(parents=True, exist_ok=True)
    page = os.open(path, os.O_CREAT | os.O_RDWR)
    synchronise = getattr(os, "fdatasync", os.fsync)
    while True:
        started = time.perf_counter()
        for number in range(pages):
            os.pwrite(page, os.urandom(4096), number % 1000 * 4096)
            synchronise(page)
        yield pages / (time.perf_counter() - started)
