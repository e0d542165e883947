"""The tables, for SQLite and PostgreSQL alike.

`review_log` is the truth and is only ever added to. `schedule` is a cache of it. Days are study days,
moments are milliseconds since 1970-01-01 UTC, ease is in hundredths.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Named,
    Table,
    Text,
    TypedColumns,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Names sort by code point on both engines, as Python sorts them; a server's own order may be any language's.
_NAME = Text().with_variant(Text(collation="C"), "postgresql")


def _reference(column: str, *, follow: bool = False) -> ForeignKey:
    """A foreign key that is checked at commit: within a transaction, a card may be written before its fact."""
    onupdate = "CASCADE" if follow else None
    return ForeignKey(column, onupdate=onupdate, deferrable=True, initially="DEFERRED")


class _DeckColumns(TypedColumns):
    """A deck; `cards` is how many it has, retired ones apart, and follows from `card`."""

    id: Named[str] = Column(_NAME, primary_key=True)
    title: Named[str] = Column(Text)
    position: Named[int]
    content: Named[str] = Column(Text)
    removed_ms: Named[int | None] = Column(BigInteger)
    cards: Named[int] = Column(server_default="0")


deck = Table("deck", metadata, _DeckColumns)


class _DeckFileColumns(TypedColumns):
    path: Named[str] = Column(_NAME, primary_key=True)
    deck: Named[str] = Column(_NAME, _reference("deck.id"))
    size: Named[int] = Column(BigInteger)
    mtime_ns: Named[int] = Column(BigInteger)
    digest: Named[str] = Column(Text)
    version: Named[str] = Column(Text)
    problems: Named[int]


deck_file = Table("deck_file", metadata, _DeckFileColumns)


class _FactColumns(TypedColumns):
    deck: Named[str] = Column(_NAME, _reference("deck.id"), primary_key=True)
    id: Named[str] = Column(_NAME, primary_key=True)
    kind: Named[str] = Column(Text)
    title: Named[str] = Column(Text)
    key: Named[str] = Column(_NAME)
    content: Named[str] = Column(Text)
    digest: Named[str] = Column(Text)
    position: Named[int]
    path: Named[str] = Column(Text)
    line: Named[int]
    first_seen_ms: Named[int] = Column(BigInteger)
    changed_ms: Named[int] = Column(BigInteger)
    retired_ms: Named[int | None] = Column(BigInteger)


fact = Table(
    "fact",
    metadata,
    _FactColumns,
    Index(None, "key"),
)


def for_a_server() -> None:
    """Say of the tables what holds on PostgreSQL alone; to name that engine is to load all that is for it."""
    # A key is as long as its author's sentence, and PostgreSQL's ordered indexes refuse long values.
    for index in fact.indexes:
        index.kwargs["postgresql_using"] = "hash"


class _CardColumns(TypedColumns):
    key: Named[str] = Column(_NAME, primary_key=True)
    deck: Named[str] = Column(_NAME)
    fact: Named[str] = Column(_NAME)
    asks: Named[str] = Column(Text)
    position: Named[int] = Column(BigInteger)
    face: Named[str] = Column(Text)
    retired_ms: Named[int | None] = Column(BigInteger)


card = Table(
    "card",
    metadata,
    _CardColumns,
    ForeignKeyConstraint(
        ["deck", "fact"], ["fact.deck", "fact.id"], onupdate="CASCADE", deferrable=True, initially="DEFERRED"
    ),
    Index(None, "deck", "fact"),
)


class _AliasColumns(TypedColumns):
    """From `at_ms` on, what was called `key` is called `card`."""

    key: Named[str] = Column(_NAME, primary_key=True)
    at_ms: Named[int] = Column(BigInteger, primary_key=True)
    card: Named[str] = Column(_NAME, index=True)


alias = Table("alias", metadata, _AliasColumns)


class _AnkiNoteColumns(TypedColumns):
    """A note that was exported to Anki, or came back from there.

    A fact's main note is part `""`. `digest` is of what was written last, `changed_ms` when that was
    first otherwise than before.
    """

    guid: Named[str] = Column(_NAME, primary_key=True)
    deck: Named[str] = Column(_NAME)
    fact: Named[str] = Column(_NAME)
    part: Named[str] = Column(Text)
    digest: Named[str] = Column(Text)
    changed_ms: Named[int] = Column(BigInteger)


anki_note = Table(
    "anki_note",
    metadata,
    _AnkiNoteColumns,
    ForeignKeyConstraint(
        ["deck", "fact"], ["fact.deck", "fact.id"], onupdate="CASCADE", deferrable=True, initially="DEFERRED"
    ),
    Index(None, "deck", "fact"),
)


class _AnkiCardColumns(TypedColumns):
    """Which card of which note a card is in Anki: `ord` is the place of its template, or its cloze number less one."""

    card: Named[str] = Column(_NAME, _reference("card.key", follow=True), primary_key=True)
    guid: Named[str] = Column(_NAME)
    ord: Named[int]


anki_card = Table("anki_card", metadata, _AnkiCardColumns)


class _DeviceColumns(TypedColumns):
    """A machine that writes the log. Its entries go on after `last_seq`, or after the log's own where that is further."""

    id: Named[str] = Column(_NAME, primary_key=True)
    fingerprint: Named[str] = Column(Text, unique=True)
    last_seq: Named[int]


device = Table("device", metadata, _DeviceColumns)


class _ReviewLogColumns(TypedColumns):
    """A `LogEntry`, field by field and in its order; `adopted` is a JSON list.

    `card` has no foreign key: the log outlives whatever it is about. `seq` counts up, or where an entry
    came from another program, it is the number that it has there.
    """

    device: Named[str] = Column(_NAME, primary_key=True)
    seq: Named[int] = Column(BigInteger, primary_key=True)
    learner: Named[str] = Column(_NAME)
    card: Named[str] = Column(_NAME)
    kind: Named[str] = Column(Text)
    grade: Named[int | None]
    scale: Named[int | None]
    answered_at_ms: Named[int] = Column(BigInteger)
    utc_offset_min: Named[int]
    study_day: Named[int]
    thinking_ms: Named[int | None] = Column(BigInteger)
    answer: Named[str | None] = Column(Text)
    due_offset: Named[int]
    target_device: Named[str | None] = Column(_NAME)
    target_seq: Named[int | None] = Column(BigInteger)
    profile: Named[str | None] = Column(Text)
    adopted: Named[str | None] = Column(Text)


review_log = Table(
    "review_log",
    metadata,
    _ReviewLogColumns,
    # Each index is a page more that every answer writes: one for a day, one for a card, and no third.
    Index(None, "learner", "study_day", "answered_at_ms"),
    Index(None, "learner", "card", "answered_at_ms"),
    # One tree instead of two: every answer writes a page less.
    sqlite_with_rowid=False,
)


class _ScheduleColumns(TypedColumns):
    """Where a card stands for a learner: a cache of the log, with all that today's queue needs.

    `shelf` and `rank` are those of `fasti.store.shelf`. `folded_ms` is the newest moment that the state
    has taken in: an entry from after it is applied on top, an earlier one is folded into its place.
    """

    card: Named[str] = Column(_NAME, _reference("card.key", follow=True), primary_key=True)
    learner: Named[str] = Column(_NAME, primary_key=True)
    deck: Named[str] = Column(_NAME)
    fact: Named[str] = Column(_NAME)
    shelf: Named[int]
    rank: Named[int] = Column(BigInteger)
    folded_ms: Named[int] = Column(BigInteger)
    repetitions: Named[int]
    interval: Named[int]
    ease: Named[int]
    lapses: Named[int]
    due_day: Named[int | None]
    first_day: Named[int | None]
    last_day: Named[int | None]
    owed: Named[bool]
    suspended: Named[bool]
    buried_until: Named[int]
    flagged: Named[bool]
    reviews: Named[int]


schedule = Table(
    "schedule",
    metadata,
    _ScheduleColumns,
    # All of a deck's queue in its order, and all that a question about it reads: no row is visited.
    Index("ix_schedule_queue", "learner", "deck", "shelf", "due_day", "rank", "card", "buried_until", "fact"),
    # The card comes first in the key: what happens to a card happens for all its learners.
    sqlite_with_rowid=False,
)


class _ExamColumns(TypedColumns):
    """An exam that a learner prepares for: on a study day, over a deck or a unit or tag of it.

    `unit` and `tag` are empty where all of the deck is meant. One that was taken back stays as `removed`,
    so that no other machine brings it again.
    """

    learner: Named[str] = Column(_NAME, primary_key=True)
    name: Named[str] = Column(_NAME, primary_key=True)
    day: Named[int]
    deck: Named[str] = Column(_NAME)
    unit: Named[str] = Column(Text)
    tag: Named[str] = Column(Text)
    days: Named[int]
    decided_ms: Named[int] = Column(BigInteger)
    removed: Named[bool]


exam = Table("exam", metadata, _ExamColumns)


class _DayOffColumns(TypedColumns):
    """Study days, the first and the last included, and what was decided last about them: whether they are off.

    No day is in two rows of a learner.
    """

    learner: Named[str] = Column(_NAME, primary_key=True)
    first_day: Named[int] = Column(primary_key=True)
    last_day: Named[int]
    decided_ms: Named[int] = Column(BigInteger)
    off: Named[bool]


day_off = Table("day_off", metadata, _DayOffColumns)


class _DeckFolderColumns(TypedColumns):
    """A folder that is followed: deck files that appear in it or below join the library."""

    path: Named[str] = Column(_NAME, primary_key=True)


deck_folder = Table("deck_folder", metadata, _DeckFolderColumns)


class _PassedOverColumns(TypedColumns):
    """A file in a followed folder that is no part of the library.

    It holds no deck, as it was when it was read by `version`, or its deck was `removed`.
    """

    path: Named[str] = Column(_NAME, primary_key=True)
    size: Named[int] = Column(BigInteger)
    mtime_ns: Named[int] = Column(BigInteger)
    version: Named[str] = Column(Text)
    removed: Named[bool]


passed_over = Table("passed_over", metadata, _PassedOverColumns)


class _DailyColumns(TypedColumns):
    """What a study day came to in a deck: `DayCounts`, a roll-up of the log that `fasti.store.daily` keeps.

    `deck` is the one that the cards' present names say, in the library or not.
    """

    learner: Named[str] = Column(_NAME, primary_key=True)
    study_day: Named[int] = Column(primary_key=True)
    deck: Named[str] = Column(_NAME, primary_key=True)
    answers: Named[int]
    new: Named[int]
    thinking_ms: Named[int] = Column(BigInteger)
    asked_0: Named[int]
    kept_0: Named[int]
    asked_7: Named[int]
    kept_7: Named[int]
    asked_21: Named[int]
    kept_21: Named[int]
    asked_90: Named[int]
    kept_90: Named[int]
    asked_365: Named[int]
    kept_365: Named[int]


# The days of a learner lie side by side, and an answer changes one row: one page more is written.
daily = Table("daily", metadata, _DailyColumns, sqlite_with_rowid=False)
