"""Several writers at once, and programs that are killed: no answer is lost and none counts twice."""

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from pathlib import Path

import pytest

from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry
from fasti.store import catalogue, devices, refolding, reviews, schedules
from fasti.store.database import Database
from fasti.store.enrolment import enrol
from fasti.store.opening import open_database
from fasti.store.renaming import rename_cards
from tests.store.making import Student, a_card, facts, shelve

CARDS = [f"d/{fact}#when" for fact in facts(12)]

ANSWER = """
import sys
from fasti.store.opening import open_database

making, url, learner, device, *cards = sys.argv[1:]
sys.path.insert(0, making)
from making import Student

with open_database(url, 0) as database:
    student = Student(database, learner, device)
    print("ready", flush=True)
    sys.stdin.readline()
    for card in cards:
        entry, _ = student.review(card, 10, 2)
        print(entry.seq, flush=True)
        if len(cards) > 20 and entry.seq % 7 == 0:
            student.undo(10)
"""


def url_of(database: Database) -> str:
    return database._url.render_as_string(hide_password=False)


def stock(database: Database, *names: str) -> None:
    with database.writing() as connection:
        shelve(connection, "d", facts(12))
        for learner in names:
            enrol(connection, learner)


def log(database: Database) -> list[LogEntry]:
    with database.reading() as connection:
        return list(reviews.entries(connection))


def check(database: Database, answers: int, learner: str = "me") -> None:
    """Every answer is in the log once, numbered without gaps, and in the schedule."""
    entries = log(database)
    assert len(entries) == answers
    by_device: dict[str, list[int]] = {}
    for entry in entries:
        by_device.setdefault(entry.device, []).append(entry.seq)
    assert all(sorted(seqs) == list(range(1, len(seqs) + 1)) for seqs in by_device.values())
    reviewed = Counter(
        (entry.learner, entry.card, entry.study_day) for entry in entries if entry.kind is EntryKind.REVIEW
    )
    assert set(reviewed.values()) == {1}
    with database.writing() as connection:
        assert refolding.refold(connection, learner) == 0


@pytest.mark.parametrize("writers", [2, 10])
def test_threads_that_answer_the_same_cards_lose_and_double_nothing(database: Database, writers: int) -> None:
    stock(database, "me")
    student = Student(database)

    def answer(number: int) -> None:
        for card in CARDS[number % 12 :] + CARDS[: number % 12]:
            student.review(card, 10, 2)

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(answer, range(writers)))

    check(database, writers * 12)


@pytest.mark.parametrize(
    ("learners", "machines"),
    [
        (["me"] * 2, ["laptop"] * 2),
        (["me"] * 2, ["laptop", "desktop"]),
        ([f"s{n}" for n in range(10)], ["lab"] * 10),
    ],
    ids=["two terminals", "two machines", "ten students on one machine"],
)
def test_programs_that_answer_at_once_lose_and_double_nothing(
    database: Database, learners: Sequence[str], machines: Sequence[str]
) -> None:
    stock(database, *learners)
    with ExitStack() as stack:
        programs = [
            stack.enter_context(program(database, learner, machine, *CARDS))
            for learner, machine in zip(learners, machines, strict=True)
        ]
        assert [one.stdout.readline() for one in programs] == ["ready\n"] * len(programs)
        outputs = [one.communicate("go\n", timeout=120) for one in programs]

    assert [error for _, error in outputs] == [""] * len(programs)
    seqs = [int(line) for output, _ in outputs for line in output.split()]
    assert len(seqs) == len(programs) * 12
    for learner in set(learners):
        check(database, len(programs) * 12, learner)


def program(database: Database, learner: str, machine: str, *cards: str) -> "subprocess.Popen[str]":
    """A program of its own, which says when it is ready and then each number that it has written."""
    return subprocess.Popen(
        [
            sys.executable,
            "-c",
            ANSWER,
            str(Path(__file__).parent),
            url_of(database),
            learner,
            machine,
            *cards,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("after", [1, 3, 9, 26])
def test_an_answer_that_was_confirmed_survives_a_kill(database: Database, after: int) -> None:
    """The program is killed the moment it has confirmed the answer, while it goes on to the next."""
    stock(database, "me")
    with program(database, "me", "laptop", *CARDS * 20) as one:
        assert one.stdout.readline() == "ready\n"
        one.stdin.write("go\n")
        one.stdin.flush()
        confirmed = [int(one.stdout.readline()) for _ in range(after)]
        one.kill()

    with open_database(url_of(database), 0) as again:
        written = {entry.seq for entry in log(again) if entry.kind is not EntryKind.UNDO}
        assert set(confirmed) <= written
        with again.writing() as connection:
            assert refolding.refold(connection, "me") == 0
            assert devices.next_seq(connection, "laptop") == len(log(database)) + 1


def test_a_student_answers_while_the_teacher_renames_and_retires(database: Database) -> None:
    stock(database, "me")
    student = Student(database)

    def answer() -> None:
        for day in range(10, 20):
            for card in CARDS:
                student.review(card, day, 4)

    def edit() -> None:
        for place, card in enumerate(CARDS):
            with database.writing() as connection:
                fact = f"fact-{place:05}"
                new = a_card("d", fact, "what", place * 1000)
                rename_cards(connection, [(card, new)], 0)
                catalogue.retire_facts(connection, "d", [fact], 1)
                catalogue.return_facts(connection, "d", [fact], 2)

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(answer), pool.submit(edit)]:
            done.result(timeout=120)

    check(database, 120)
    with database.reading() as connection:
        states = [schedules.state(connection, "me", card.replace("#when", "#what")) for card in CARDS]
    assert {state.reviews for state in states} == {10}


def test_two_machines_may_undo_and_answer_one_card_at_once(database: Database) -> None:
    stock(database, "me")
    students = [Student(database, device=device) for device in ("laptop", "desktop")]

    def work(student: Student) -> None:
        for day in range(10, 30):
            student.review(CARDS[0], day, 4)
            student.undo(day)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, students))

    with database.writing() as connection:
        assert refolding.refold(connection, "me") == 0
    assert len(log(database)) == 80


def test_what_is_written_during_a_refold_is_not_written_over(database: Database) -> None:
    stock(database, "me")
    student = Student(database)
    student.review(CARDS[0], 10)
    started: list[Future[object]] = []

    with ThreadPoolExecutor(1) as pool, database.writing() as connection:

        def meanwhile(_doing: str, done: int, total: int, _things: str) -> None:
            if done == total and not started:
                # The log has been read. Where the other must wait, it is done once the refold is.
                started.append(pool.submit(student.note, CARDS[0], 10, EntryKind.SUSPEND))
                wait(started, timeout=1)

        refolding.refold(connection, "me", onlooker=meanwhile)

    assert started[0].result()
    with database.writing() as connection:
        assert schedules.state(connection, "me", CARDS[0]).suspended
        assert refolding.refold(connection, "me") == 0
