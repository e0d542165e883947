"""Where a sitting's cards are read and its answers written: the open database, for one learner."""

import secrets
import socket
from typing import TYPE_CHECKING, TypeVar

from fasti.core.breaks import next_around
from fasti.core.card import Judge
from fasti.core.days import Moment
from fasti.core.entry_kinds import ANSWERS, EntryKind
from fasti.core.log import LogEntry, effective, profile_name
from fasti.core.review import Mistaken, Place
from fasti.core.text import printable
from fasti.session_contract import Jotting, Rules, Stored, Written
from fasti.store import catalogue, devices, names, plans, reviews, schedules, undo
from fasti.store.database import Database, sqlite_url
from fasti.store.devices import UnknownDeviceError
from fasti.store.reviews import Draft
from fasti.stored_cards import stored_from

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection

_Result = TypeVar("_Result")


class Desk:
    """The learner's own place at the database; what it writes is durable when the call returns.

    `decks` are those that the sitting is about, or None for all.
    """

    def __init__(
        self,
        database: Database,
        learner: str,
        rules: Rules,
        decks: list[str] | None = None,
    ) -> None:
        self._database = database
        self._learner = learner
        self._rules = rules
        self._decks = decks
        self._device = this_device(database)
        self._spread_within = rules.maximum_interval if rules.spread else None
        # The number of the first line that was written from here.
        self._first_seq: int | None = None

    def card(self, key: str) -> Stored | None:
        """The card of this key with its state, or None where there is none any more."""
        with self._database.reading() as connection:
            face = schedules.card_face(connection, self._learner, key)
        return face and stored_from(face)

    def mistaken(self, stored: Stored, typed: str) -> Mistaken | None:
        """The other fact of the card's deck to which a wrong answer is the right one, if there is one."""
        # Imported here: most answers are right.
        from fasti.core.mistakes import dates_meant, mistaken_date, mistaken_name, year_words
        from fasti.store import mistakes

        with self._database.reading() as connection:
            if stored.card.judge is Judge.DATE:
                meant = dates_meant(stored.card, typed)
                years = year_words(meant)
                dated = mistakes.facts_dated(connection, stored.deck, years, stored.fact) if meant else []
                return mistaken_date(meant, dated)
            facts = mistakes.facts_named(connection, stored.deck, typed, stored.fact)
            kinds = mistakes.kinds_of(connection, stored.deck) if facts else {}
        return mistaken_name(typed, facts, kinds)

    def place(self, stored: Stored) -> Place | None:
        """Where the card's fact stands; None where it stands nowhere any more."""
        with self._database.reading() as connection:
            fact = catalogue.fact_of_id(connection, stored.deck, stored.fact)
        return Place(fact.title, fact.path, fact.line) if fact and fact.retired_ms is None else None

    def history(self, key: str) -> list[LogEntry]:
        """How a card was answered, oldest first; what was taken back is left out."""
        with self._database.reading() as connection:
            entries = reviews.history(connection, self._learner, key)
        return [entry for entry in effective(entries) if entry.kind in ANSWERS]

    def called_now(self, key: str, since_ms: int) -> str | None:
        """What the card is called that had this name at that moment; None where it is asked no more."""
        with self._database.reading() as connection:
            card = catalogue.card(connection, key)
            if card is None:
                card = catalogue.card(connection, names.all_names(connection).card_of(key, since_ms))
        return card.key if card and card.retired_ms is None else None

    def write(self, jotting: Jotting) -> Written:
        """Add a line to the review log and bring the card's state in step, in one transaction."""
        entry, state = self._as_this_device(
            lambda connection: reviews.record(
                connection, self._draft(jotting), spread_within=self._spread_within
            )
        )
        if self._first_seq is None:
            self._first_seq = entry.seq
        return Written(entry.card, entry.kind, entry.grade, state)

    def take_back(self, moment: Moment, day: int) -> Written | None:
        """Undo the learner's newest line that can be undone; None where there is none."""
        jotting = Jotting("", EntryKind.UNDO, moment, day)
        undone = self._as_this_device(
            lambda connection: undo.undo_last(connection, self._draft(jotting), since_seq=self._first_seq)
        )
        if undone is None:
            return None
        entry, state = undone
        return Written(entry.card, entry.kind, entry.grade, state)

    def next_due(self, after_day: int) -> tuple[int, int] | None:
        """The first study day after `after_day` on which cards are due, and how many."""
        with self._database.reading() as connection:
            return next_around(
                plans.breaks(connection, self._learner),
                after_day,
                lambda day: schedules.next_due(connection, self._learner, day, self._decks),
            )

    def _as_this_device(self, write: "Callable[[Connection], _Result]") -> "_Result":
        """Write in a transaction; a database that was put back meanwhile may know this machine no more."""
        try:
            with self._database.writing() as connection:
                return write(connection)
        except UnknownDeviceError:
            self._device, self._first_seq = this_device(self._database), None
            with self._database.writing() as connection:
                return write(connection)

    def _draft(self, jotting: Jotting) -> Draft:
        rules = self._rules if jotting.kind is EntryKind.REVIEW else None
        return Draft(
            device=self._device,
            learner=self._learner,
            card=jotting.card,
            kind=jotting.kind,
            grade=jotting.grade,
            scale=jotting.scale,
            answered_at_ms=jotting.moment.utc_ms,
            utc_offset_min=jotting.moment.offset_min,
            study_day=jotting.day,
            thinking_ms=jotting.thinking_ms,
            # It is shown again, on other machines too, and not every database keeps every character.
            answer=printable(jotting.typed) if jotting.typed else jotting.typed,
            profile=profile_name(rules.profile, rules.maximum_interval) if rules else None,
        )


def this_device(database: Database, connection: "Connection | None" = None) -> str:
    """The id under which this machine writes to this database; made when it first does.

    A copy of the file on another machine, or at another place, goes on as a device of its own, so that
    no two ever give out the same number. `connection` is a writing transaction that is open already.
    """
    if connection is not None:
        return devices.this_device(connection, _fingerprint(database), new_id=_new_id())
    with database.writing() as writer:
        return this_device(database, writer)


def renew_device(
    database: Database, connection: "Connection | None" = None, *, at: "Path | None" = None
) -> str:
    """Have this machine write under another id from here on; that id.

    `connection` is a writing transaction that is open already. `at` is the file whose place the database is
    about to take.
    """
    if connection is None:
        with database.writing() as writer:
            return renew_device(database, writer, at=at)
    return devices.renew_device(connection, _fingerprint(database, at), new_id=_new_id())


def _fingerprint(database: Database, at: "Path | None" = None) -> str:
    # The name of a folder may be bytes that are no text.
    place = database.url if at is None else sqlite_url(at)
    return f"{socket.gethostname()}\n{place}".encode("utf-8", "backslashreplace").decode()


def _new_id() -> str:
    return secrets.token_hex(8)
