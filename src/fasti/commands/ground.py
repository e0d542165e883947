"""What commands share: their arguments, the open library, the clock, and how they say something."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.completion import offered_cards, offered_decks
from fasti.errors import ExitCode

if TYPE_CHECKING:
    from fasti.core.days import Moment
    from fasti.edits import Report
    from fasti.settings import Settings
    from fasti.shelves import Clock
    from fasti.store.database import Database

Decks = Annotated[
    list[str] | None,
    typer.Argument(help="Only these decks: id, title or file.", metavar="DECK", autocompletion=offered_decks),
]
Paths = Annotated[list[Path], typer.Argument(help="Deck files, or folders of them.", metavar="PATH")]
Json = Annotated[bool, typer.Option("--json", help="Values for programs instead of text for people.")]
Query = Annotated[
    list[str],
    typer.Argument(
        help="A card, a fact, or words that only it has.", metavar="CARD", autocompletion=offered_cards
    ),
]
Accessible = Annotated[
    bool,
    typer.Option("--accessible", envvar="ACCESSIBLE", help="Sentences, no columns: for screen readers."),
]


def end_with(code: ExitCode) -> None:
    """End the program with this code, unless all is done."""
    if code:
        raise typer.Exit(code)


@contextmanager
def library(context: typer.Context) -> "Iterator[tuple[Settings, Database]]":
    """The open library, in step with its deck files."""
    from fasti.library import bring_in_step
    from fasti.store.database import open_database

    settings = settings_of(context)
    with open_database(settings.database, clock()().utc_ms) as database:
        tell(bring_in_step(database, settings.learner, file_clock()))
        yield settings, database


def tell(reports: "Sequence[Report]") -> None:
    """Say on stderr what bringing decks in step did, where there is anything to say."""
    telling = [report for report in reports if not report.quiet]
    if telling:
        from fasti.ui.reports import show_reports

        show_reports(telling, noticed=True)


def settings_of(context: typer.Context) -> "Settings":
    """The settings of this run: the environment's, and the database that was named before the command."""
    from fasti.settings import read_settings

    return read_settings(os.environ, context.obj)


def clock() -> "Callable[[], Moment]":
    """The learner's clock: the machine's, or the moment that `FASTI_NOW` holds."""
    from fasti.core.days import Moment, read_moment
    from fasti.settings import SettingError

    if fixed := os.environ.get("FASTI_NOW"):
        try:
            moment = read_moment(fixed)
        except ValueError as error:
            raise SettingError(f"`FASTI_NOW` is not a moment: {error}") from error
        return lambda: moment

    def now() -> Moment:
        seconds = time.time()
        return Moment(int(seconds * 1000), time.localtime(seconds).tm_gmtoff // 60)

    return now


def offset_at(utc_ms: int) -> int:
    """The offset from UTC, in minutes, that the learner's zone has or had at a moment."""
    if os.environ.get("FASTI_NOW"):
        return clock()().offset_min
    return time.localtime(utc_ms / 1000).tm_gmtoff // 60


def file_clock() -> "Clock":
    """The moment of a change: as the learner's clock has it, and as the machine's files do."""
    from fasti.shelves import Clock

    return Clock(clock()().utc_ms, time.time_ns())


def print_json(value: object) -> None:
    """Print a value for programs on stdout."""
    from fasti.ui.json_text import json_text

    print(json_text(value, sys.stdout.encoding, indent=2))


def say(message: str) -> None:
    """Say something to the person, on stderr."""
    from fasti.core.text import printable

    print(printable(message), file=sys.stderr)
