"""What is due today: from a glance at the file where that is enough, else from the whole library."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from fasti.core.days import Moment, date_text, study_day
from fasti.core.queue import NEW_A_DAY
from fasti.files import unchanged
from fasti.settings import Settings
from fasti.store.due import DeckCounts
from fasti.store.peek import glimpse

if TYPE_CHECKING:
    from fasti.sitting import Tell


class Standing(NamedTuple):
    """How the library stands on a study day.

    `introduced` cards were new until today, `repeats` were missed today and come back; `next_due` is the
    next day on which cards come due, and how many; `new_a_day` new cards are wanted a day.
    """

    today: int
    decks: Sequence[DeckCounts]
    introduced: int
    repeats: int
    next_due: tuple[int, int] | None
    new_a_day: int = NEW_A_DAY

    @property
    def due(self) -> int:
        """Cards due in all decks."""
        return sum(deck.due for deck in self.decks)

    @property
    def new_today(self) -> int:
        """New cards that today has room for."""
        return max(0, min(self.new_a_day - self.introduced, sum(deck.new for deck in self.decks)))

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti due --json` prints."""
        return {
            "version": 1,
            "due": self.due,
            "new": sum(deck.new for deck in self.decks),
            "new_today": self.new_today,
            "repeats": self.repeats,
            "decks": [deck._asdict() for deck in self.decks],
            "next_due": date_text(self.next_due[0]) if self.next_due else None,
        }


def standing(
    settings: Settings, moment: Moment, wall_ns: int, tell: "Tell", new_a_day: int = NEW_A_DAY
) -> Standing:
    """What is due today, once the library is in step with its deck files; `tell` hears what that did."""
    today = study_day(moment)
    found = _at_a_glance(settings, today) or _from_the_library(settings, moment, wall_ns, today, tell)
    return found._replace(new_a_day=new_a_day)


def _at_a_glance(settings: Settings, today: int) -> Standing | None:
    if settings.sqlite_file is None:
        return None
    with glimpse(settings.sqlite_file) as look:
        files = look and look.files()
        if look is None or not files or not all(unchanged(*file) for file in files):
            return None
        counts, done = look.counts(settings.learner, today), look.answered_today(settings.learner, today)
        if counts is None or done is None:
            return None
        upcoming = look.next_due(settings.learner, today)
        return Standing(today, counts, done.introduced, len(done.owed), upcoming)


def _from_the_library(settings: Settings, moment: Moment, wall_ns: int, today: int, tell: "Tell") -> Standing:
    from fasti.library import bring_in_step
    from fasti.shelves import Clock
    from fasti.store import schedules
    from fasti.store.database import open_database

    with open_database(settings.database, moment.utc_ms) as database:
        tell(bring_in_step(database, settings.learner, Clock(moment.utc_ms, wall_ns), or_bundled=True))
        with database.reading() as connection:
            counts = schedules.counts(connection, settings.learner, today)
            done = schedules.answered_today(connection, settings.learner, today)
            upcoming = schedules.next_due(connection, settings.learner, today)
            return Standing(today, counts, done.introduced, len(done.owed), upcoming)
