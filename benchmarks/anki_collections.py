"""The anki package's collections: made once, of the same facts, in twenty decks, by its own calls.

Notes come in by `add_notes`. Where their cards stand is written as rows: there is no call for that. The limits
of a day are lifted, so that its counts and queues see what ours see.
"""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.kit import Run, Side, apart
from benchmarks.library import NEW_SHARE, TODAY, copy_database, read_once, reviews_of
from benchmarks.texts import DECKS, texts

DAY = 2_000
"""Today, in days since the collection began."""

_AT_ONCE = 10_000


def collection(run: Run, cards: int, due: float) -> Path:
    """So many cards, a share of them new and, of the others, a share due; the file."""
    path = run.folder / f"anki-{cards}-due-{round(due * 100)}.anki2"
    return _ready(path, _make_with_due, cards, due)


def reviewed_collection(run: Run, reviews: int) -> Path:
    """Cards that were answered over some years, so many times in all; the file."""
    path = run.folder / f"anki-{run.sizes.reviewed_cards}-reviewed-{reviews}.anki2"
    return _ready(path, _make_reviewed, run.sizes.reviewed_cards, reviews)


def copied(source: Path, target: Path) -> Path:
    """A copy whose answers are nobody's loss."""
    copy_database(source, target)
    return target


def opened(path: Path) -> Any:
    """The collection, open, its today the one for which it was made."""
    from anki.collection import Collection

    collection = Collection(str(path))
    if passed := collection.sched.today - DAY:
        collection.db.execute("UPDATE col SET crt = crt + ?", passed * 86_400)
        collection.close()
        collection = Collection(str(path))
    return collection


def deck_ids(collection: Any) -> list[int]:
    """The twenty decks."""
    return [collection.decks.id_for_name(f"deck {number:02}") for number in range(DECKS)]


def _ready(path: Path, make, *arguments: object) -> Path:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        print(f"making {path.name}, once …", file=sys.stderr, flush=True)
        started = time.perf_counter()
        unfinished = path.with_suffix(".unfinished")
        for old in path.parent.glob(f"{unfinished.name}*"):
            old.unlink()
        # In processes of their own, so that this one stays small: a child's peak of memory begins with its parent's.
        next(_once(make, unfinished, *arguments))
        unfinished.rename(path)
        print(f"  … {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    next(_once(_bring_to_today, path))
    read_once(path)
    return path


def _once(make, *arguments: object) -> Side:
    side = apart(_run, make, *arguments)
    yield next(side)
    side.close()


def _run(make, *arguments: object) -> Side:
    make(*arguments)
    yield 0.0


def _bring_to_today(path: Path) -> None:
    opened(path).close()
    _settle(path)


def _settle(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")


def _make(path: Path, cards: int) -> Any:
    from anki.collection import AddNoteRequest, Collection

    collection = Collection(str(path))
    config = collection.decks.get_config(1)
    config["rev"]["perDay"] = config["new"]["perDay"] = 9_999
    collection.decks.update_config(config)
    decks = [collection.decks.add_normal_deck_with_name(f"deck {number:02}").id for number in range(DECKS)]
    kind = collection.models.by_name("Basic")
    each = cards // DECKS
    requests = []
    for number, text in enumerate(texts(cards)):
        note = collection.new_note(kind)
        note.fields, note.tags = [text.question, text.answer], list(text.tags)
        requests.append(AddNoteRequest(note=note, deck_id=decks[number // each]))
        if len(requests) == _AT_ONCE:
            collection.add_notes(requests)
            requests = []
    collection.add_notes(requests)
    collection.decks.select(decks[0])
    collection.db.execute("UPDATE col SET crt = crt - ?", (DAY - collection.sched.today) * 86_400)
    collection.close()
    return collection


def _make_with_due(path: Path, cards: int, due: float) -> None:
    _make(path, cards)
    _place(path, due)
    _settle(path)


def _place(path: Path, due: float) -> None:
    """Put the cards where ours stand: the same random numbers in the same order."""
    random = Random(1)
    collection = opened(path)
    rows = []
    for card in collection.db.list("SELECT id FROM cards ORDER BY id"):
        if due < 1 and random.random() < NEW_SHARE:
            continue
        interval = random.randrange(1, 200)
        day = DAY - random.randrange(5) if random.random() < due else DAY + random.randrange(1, 365)
        rows.append((day, interval, card))
    collection.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "UPDATE cards SET type = 2, queue = 2, factor = 2500, reps = 5, due = ?, ivl = ? WHERE id = ?",
            rows,
        )


def _make_reviewed(path: Path, cards: int, reviews: int) -> None:
    _make(path, cards)
    _place(path, 0.1)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA cache_size = -400000")
        ids = [card for (card,) in connection.execute("SELECT id FROM cards ORDER BY id")]
        rows = _rows(ids, reviews)
        connection.executemany("INSERT INTO revlog VALUES (?,?,-1,?,20,15,2500,?,1)", rows)
    _settle(path)


def _rows(cards: list[int], reviews: int) -> Iterator[tuple[int, ...]]:
    # Its statistics reckon from the machine's clock, and a review is named by its moment.
    now_ms = int(time.time() * 1000)
    for review in reviews_of(len(cards), reviews):
        moment = now_ms - (TODAY - review.day) * 86_400_000 + review.place
        yield moment, cards[review.card], review.key, review.thinking_ms
