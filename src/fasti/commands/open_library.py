"""The library as a command finds it: open, in step with its deck files, and copied once a day."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fasti.commands.ground import clock, file_clock, settings_of
from fasti.commands.keeping import backed_up

if TYPE_CHECKING:
    import typer

    from fasti.edits import Report
    from fasti.settings import Settings
    from fasti.store.database import Database


@contextmanager
def library(context: "typer.Context") -> "Iterator[tuple[Settings, Database]]":
    """The open library, in step with its deck files."""
    from fasti.library import bring_in_step
    from fasti.store.database import open_database

    settings = settings_of(context)
    with backed_up(settings), open_database(settings.database, clock()().utc_ms) as database:
        tell(bring_in_step(database, settings.learner, file_clock()))
        yield settings, database


def tell(reports: "Sequence[Report]") -> None:
    """Say on stderr what bringing decks in step did, where there is anything to say."""
    telling = [report for report in reports if not report.quiet]
    if telling:
        from fasti.ui.reports import show_reports

        show_reports(telling, noticed=True)
