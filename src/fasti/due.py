"""What is due today: from a glance at the file where that is enough, else from the whole library."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.days import Moment, date_text, study_day
from fasti.files import unchanged
from fasti.settings import Settings
from fasti.store.due import DeckCounts
from fasti.store.peek import glimpse

if TYPE_CHECKING:
    from fasti.sitting import Tell


class Standing(NamedTuple):
    """How the library stands on a study day; `next_due` is the next day on which cards come due, and how many."""

    today: int
    decks: Sequence[DeckCounts]
    next_due: tuple[int, int] | None

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti due --json` prints."""
        return {
            "version": 1,
            "due": sum(deck.due for deck in self.decks),
            "new": sum(deck.new for deck in self.decks),
            "decks": [deck._asdict() for deck in self.decks],
            "next_due": date_text(self.next_due[0]) if self.next_due else None,
        }


def standing(settings: Settings, moment: Moment, wall_ns: int, tell: "Tell") -> Standing:
    """What is due today, once the library is in step with its deck files; `tell` hears what that did."""
    today = study_day(moment)
    return _at_a_glance(settings, today) or _from_the_library(settings, moment, wall_ns, today, tell)


def _at_a_glance(settings: Settings, today: int) -> Standing | None:
    if settings.sqlite_file is None:
        return None
    with glimpse(settings.sqlite_file) as look:
        files = look and look.files()
        if look is None or not files or not all(unchanged(*file) for file in files):
            return None
        counts = look.counts(settings.learner, today)
        return None if counts is None else Standing(today, counts, look.next_due(settings.learner, today))


def _from_the_library(settings: Settings, moment: Moment, wall_ns: int, today: int, tell: "Tell") -> Standing:
    from fasti.library import bring_in_step
    from fasti.shelves import Clock
    from fasti.store import schedules
    from fasti.store.database import open_database

    with open_database(settings.database, moment.utc_ms) as database:
        tell(bring_in_step(database, settings.learner, Clock(moment.utc_ms, wall_ns), or_bundled=True))
        with database.reading() as connection:
            counts = schedules.counts(connection, settings.learner, today)
            return Standing(today, counts, schedules.next_due(connection, settings.learner, today))
