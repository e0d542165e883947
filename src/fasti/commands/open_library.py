"""The library as a command finds it: open, in step with its deck files, and copied once a day."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fasti.commands.ground import clock, file_clock, settings_of
from fasti.commands.keeping import backed_up
from fasti.commands.waiting import looked_on

if TYPE_CHECKING:
    import typer

    from fasti.edits import Report
    from fasti.settings import Settings
    from fasti.store.database import Database


@contextmanager
def library(context: "typer.Context") -> "Iterator[tuple[Settings, Database]]":
    """The open library, in step with its deck files."""
    from fasti.library import bring_in_step

    settings = settings_of(context)
    with backed_up(settings), opened(settings) as database:
        with looked_on() as onlooker:
            reports = bring_in_step(database, settings.learner, file_clock(), onlooker=onlooker)
        tell(reports)
        yield settings, database


def opened(settings: "Settings") -> "Database":
    """The open database, upgraded where that is its due."""
    from fasti.store.opening import open_database

    with looked_on() as onlooker:
        return open_database(settings.database, clock()().utc_ms, onlooker)


def tell(reports: "Sequence[Report]") -> None:
    """Say on stderr what bringing decks in step did, where there is anything to say."""
    telling = [report for report in reports if not report.quiet]
    if telling:
        from fasti.ui.reports import show_reports

        show_reports(telling, noticed=True)
