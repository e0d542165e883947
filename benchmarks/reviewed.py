"""What is made of a long log: the first screen of statistics, and every schedule folded anew.

Statistics: ours opens its file, asks it for everything on the screen and lays out its lines, as `fasti stats`
does; the anki package computes its graphs of a year in a collection that is open. Those are a dozen in one call
and need no table of their own; ours are drawn from the days' numbers, which each answer keeps up in its own
transaction.

Refold: `refolding.refold`, after every row of the schedule was set back, against reading the same rows of the
log, whole and in their own order, by the standard library's `sqlite3`.
"""

import sqlite3
from pathlib import Path

from benchmarks import anki_collections, library
from benchmarks.kit import Measured, Run, Side, apart, measured, timed
from benchmarks.library import LEARNER, Library, now

LOSE = (
    "UPDATE schedule SET repetitions = 0, interval = 0, ease = 250, lapses = 0, due_day = NULL, folded_ms = 0"
)


def statistics(run: Run) -> Measured:
    """Over a log of a million answers."""
    return _statistics(run, run.sizes.reviews, 11)


def statistics_of_many(run: Run) -> Measured:
    """Over ten million."""
    return _statistics(run, run.sizes.many_reviews, 5)


def refold(run: Run) -> Measured:
    """A million entries; the second is of a schedule that is right already, as `fasti doctor` looks it over."""
    made = library.reviewed_library(run, run.sizes.reviews)
    ours = library.copied(made, run.folder / "scratch" / "refold")
    sides = {
        "fasti": apart(our_refold, ours, True),
        "rows read": apart(rows_read, made.file),
        "fasti, nothing wrong": apart(our_refold, made, False),
    }
    return Measured(f"{run.sizes.reviews:,}", "s", measured(sides, run.rounds(3)))


def _statistics(run: Run, reviews: int, usual_rounds: int) -> Measured:
    ours, theirs = library.reviewed_library(run, reviews), anki_collections.reviewed_collection(run, reviews)
    sides = {"fasti": apart(our_screen, ours), "anki": apart(anki_graphs, theirs)}
    return Measured(f"{reviews:,}", "s", measured(sides, run.rounds(usual_rounds)))


def our_screen(made: Library) -> Side:
    """The lines of `fasti stats` at 80 columns."""
    from fasti.statistics import Asked, first_look
    from fasti.ui.lines import plain
    from fasti.ui.look import Look
    from fasti.ui.statistics import statistics_lines

    settings = made.settings

    def screen() -> str:
        seen = first_look(settings, now(), Asked())
        assert seen is not None
        assert seen.total.answers
        return "\n".join(map(plain, statistics_lines(seen, Look(80))))

    while True:
        yield timed(screen)


def anki_graphs(path: Path) -> Side:
    """The graphs of a year, of all cards."""
    collection = anki_collections.opened(path)
    while True:
        yield timed(lambda: collection._backend.graphs(search="", days=365))


def our_refold(made: Library, lose: bool) -> Side:
    """The schedule and the days' numbers made anew, committed."""
    from fasti.store import refolding
    from fasti.store.opening import open_database

    with open_database(f"sqlite:///{made.file}", 0) as database:

        def fold() -> None:
            with database.writing() as connection:
                refolding.refold(connection, LEARNER)

        while True:
            if lose:
                with database.writing() as connection:
                    connection.exec_driver_sql(LOSE)
            yield timed(fold)


def rows_read(file: Path) -> Side:
    """Every column of every entry, as Python has it, one after the other."""
    connection = sqlite3.connect(file)

    def read() -> None:
        for _ in connection.execute("SELECT * FROM review_log WHERE learner = ?", (LEARNER,)):
            pass

    while True:
        yield timed(read)
