"""The command line: each command reads its arguments, asks a layer below, prints, and ends.

Imports stand inside the commands, so that none waits for what another needs. The clock is read here.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fasti import __version__
from fasti.errors import ExitCode, FastiError

if TYPE_CHECKING:
    from fasti.core.days import Moment
    from fasti.core.log import EntryKind
    from fasti.edits import Report
    from fasti.session import Session
    from fasti.settings import Settings
    from fasti.shelves import Clock
    from fasti.store.database import Database

_HELP = "History that stays: decks of dates, people and causes, reviewed a little every day."
_NAMES = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(help=_HELP, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_NAMES)
deck_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
database_app = typer.Typer(rich_markup_mode=None, no_args_is_help=True)


class Form(StrEnum):
    """How the problems of decks are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


app.add_typer(deck_app, name="deck", help="Work on deck files.")
app.add_typer(database_app, name="database", help="Look after the database.")

Decks = Annotated[
    list[str] | None, typer.Argument(help="Only these decks: id, title or file.", metavar="DECK")
]
Paths = Annotated[list[Path], typer.Argument(help="Deck files, or folders of them.", metavar="PATH")]
Json = Annotated[bool, typer.Option("--json", help="Values for programs instead of text for people.")]
_Query = Annotated[
    list[str], typer.Argument(help="A card, a fact, or words that only it has.", metavar="CARD")
]
Accessible = Annotated[
    bool,
    typer.Option("--accessible", envvar="ACCESSIBLE", help="Sentences, no columns: for screen readers."),
]


@app.callback(invoke_without_command=True)
def fasti(
    context: typer.Context,
    database: Annotated[
        str | None, typer.Option(help="A SQLite file or a database URL instead of your own.", metavar="URL")
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """History that stays: decks of dates, people and causes, reviewed a little every day.

    Without a command: review what is due, or say what comes next.
    """
    if version:
        print(f"fasti {__version__}")
        raise typer.Exit
    context.obj = database
    if context.invoked_subcommand is None:
        review(context)


@app.command()
def review(
    context: typer.Context,
    decks: Decks = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most this many cards. Without it: 30, or 20 minutes.")
    ] = None,
    new: Annotated[int | None, typer.Option(min=0, help="At most this many new cards today: 10.")] = None,
    six: Annotated[bool, typer.Option("--six", help="Grade from 0 to 5, as SM-2 does.")] = False,
    reference: Annotated[
        bool, typer.Option("--reference", help="SuperMemo's own reading of SM-2: a lapse lowers the ease.")
    ] = False,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Review the day's cards. The command to type every day."""
    from fasti.core.queue import LIMIT, NEW_A_DAY
    from fasti.core.sm2 import Profile
    from fasti.session import Rules
    from fasti.sitting import Clock, Wishes, begin

    rules = Rules(Profile.REFERENCE if reference else Profile.TEXT, minutes=None if limit else 20)
    wishes = Wishes(decks or (), limit or LIMIT, NEW_A_DAY if new is None else new, rules)
    with begin(_settings(context), wishes, Clock(_clock(), time.time_ns), _tell) as session:
        _end(_ask(session, six=six, as_json=as_json, accessible=accessible))


@app.command()
def due(context: typer.Context, as_json: Json = False, accessible: Accessible = False) -> None:
    """Say what is due, deck by deck."""
    from fasti.due import standing
    from fasti.ui.counts import show_counts

    today = standing(_settings(context), _clock()(), time.time_ns(), _tell)
    if as_json:
        _print_json(today.as_json())
    else:
        show_counts(today, accessible=accessible)


@app.command()
def undo(context: typer.Context) -> None:
    """Take back the last grade, as often as you like."""
    from fasti.core.days import study_day
    from fasti.desk import Desk
    from fasti.session import Rules
    from fasti.ui.grades import FOUR, choice_of

    moment = _clock()()
    with _library(context) as (settings, database):
        undone = Desk(database, settings.learner, Rules()).take_back(moment, study_day(moment))
    if undone is None:
        raise FastiError("there is nothing to take back", "your log is empty, or all of it is taken back")
    what = undone.kind if undone.grade is None else f"{choice_of(undone.grade, FOUR).name} ({undone.kind})"
    _say(f"Taken back: {what}, of `{undone.card}`")


@app.command()
def show(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(help="A card, a fact, or words.", metavar="CARD_OR_WORDS")],
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Show a fact's cards, when they are due, and how they were answered."""
    from fasti.core.days import study_day
    from fasti.lookup import look_up
    from fasti.ui.found import show_found

    with _library(context) as (settings, database):
        found = look_up(database, settings.learner, " ".join(query))
    if as_json:
        one = found[0].as_json() if len(found) == 1 else {}
        _print_json({"version": 1, **one, "cards": [each.as_json() for each in found]})
    else:
        show_found(found, study_day(_clock()()), accessible=accessible)


@app.command()
def suspend(context: typer.Context, query: _Query) -> None:
    """Leave a card, or a fact's cards, out of every review until they are resumed."""
    from fasti.core.log import EntryKind

    _mark(context, " ".join(query), EntryKind.SUSPEND, "Suspended")


@app.command()
def resume(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(help="A card or a fact; without one, list what is suspended.", metavar="CARD"),
    ] = None,
) -> None:
    """Bring a suspended card, or a fact's cards, back."""
    from fasti.core.log import EntryKind
    from fasti.store import schedules

    if query:
        _mark(context, " ".join(query), EntryKind.RESUME, "Resumed")
        return
    with _library(context) as (settings, database), database.reading() as connection:
        cards = schedules.suspended(connection, settings.learner)
    if cards:
        print("\n".join(cards))
    else:
        _say("No card is suspended.")


@app.command()
def decks(context: typer.Context, as_json: Json = False, accessible: Accessible = False) -> None:
    """List the decks of your library, and those that came with the program."""
    from fasti.core.days import study_day
    from fasti.shelf_list import shelf_list
    from fasti.ui.shelf import show_shelf

    with _library(context) as (settings, database):
        listed = shelf_list(database, settings.learner, study_day(_clock()()))
    if as_json:
        _print_json(listed.as_json())
    else:
        show_shelf(listed, accessible=accessible)


@app.command()
def add(
    context: typer.Context,
    paths: Paths,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
) -> None:
    """Bring decks into your library, or in step with their files."""
    from fasti import library
    from fasti.store.database import open_database
    from fasti.ui.reports import show_reports

    settings = _settings(context)
    with open_database(settings.database, _clock()().utc_ms) as database:
        reports = library.add(database, paths, settings.learner, _file_clock(), dry_run=dry_run)
    show_reports(reports, dry_run=dry_run)
    if any(problem.severity == "error" for report in reports for _, problem in report.problems):
        raise typer.Exit(ExitCode.PROBLEM)


@app.command()
def remove(
    context: typer.Context,
    deck: Annotated[str, typer.Argument(help="Its id, title or file.", metavar="DECK")],
) -> None:
    """Take a deck out of your library; its progress waits for its return."""
    from fasti import library

    with _library(context) as (_, database):
        gone = library.remove(database, deck, _file_clock())
    _say(f"`{gone.title}` is out of your library; its progress is kept, and `fasti add` brings both back")


@app.command()
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Deck files, or folders of them: here.", metavar="PATH")
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", help="text for people, json for programs, github for workflows.")
    ] = Form.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail too.")] = False,
) -> None:
    """Find every problem of a deck, with its line and what to write instead."""
    from fasti import checking
    from fasti.decks.excerpt import excerpt
    from fasti.ui.problems import show_problems

    checked = checking.check(paths or [Path()])
    match form:
        case Form.JSON:
            print(checking.as_json(checked), end="")
        case Form.GITHUB:
            print(checking.as_github(checked), end="")
        case Form.TEXT:
            show_problems(checked, excerpt)
            _say(checking.summary(checked))
    if checking.fails(checked, strict=strict):
        raise typer.Exit(ExitCode.PROBLEM)


@deck_app.command()
def schema() -> None:
    """Print the JSON Schema of decks, for editors."""
    from fasti.decks.schema import json_schema

    _print_json(json_schema())


@database_app.command()
def upgrade(context: typer.Context) -> None:
    """Bring a database to this version's tables; a file is copied aside first."""
    from fasti.store import migrate
    from fasti.store.database import connect

    with connect(_settings(context).database) as database:
        backup = migrate.upgrade(database, _clock()().utc_ms)
    _say("The database is up to date" + (f"; the old one is kept as `{backup}`" if backup else ""))


def run() -> None:
    """Run the program: a refusal becomes a sentence and an exit code, a bug keeps its traceback."""
    try:
        app()
    except FastiError as error:
        _say(f"error: {error}" + (f"\nhint: {error.hint}" if error.hint else ""))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _forget_stdout()
        _say(
            "error: what is printed cannot be written: there is no space left\nhint: what was answered is saved"
        )
        sys.exit(ExitCode.PROBLEM)


def _ask(session: "Session", *, six: bool, as_json: bool, accessible: bool) -> ExitCode:
    """Ask in the terminal, or line by line where there is none."""
    if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        from fasti.ui.console import standard_output
        from fasti.ui.keyboard import open_keyboard
        from fasti.ui.review import Manner
        from fasti.ui.review import review as review_at

        output = standard_output()
        with open_keyboard(output) as keys:
            return review_at(session, keys, output, Manner(six=six, accessible=accessible))
    from fasti.ui.piped import review_lines

    return review_lines(session, sys.stdin, six=six, as_json=as_json)


def _end(code: ExitCode) -> None:
    if code:
        raise typer.Exit(code)


def _mark(context: typer.Context, query: str, kind: "EntryKind", done: str) -> None:
    """Suspend or resume what a query names, which must be one fact or less."""
    from fasti.core.days import study_day
    from fasti.desk import Desk
    from fasti.lookup import look_up, only_fact
    from fasti.session import Jotting, Rules

    moment = _clock()()
    with _library(context) as (settings, database):
        found = only_fact(look_up(database, settings.learner, query), query)
        desk = Desk(database, settings.learner, Rules())
        for card in found:
            desk.write(Jotting(card.key, kind, moment, study_day(moment)))
            _say(f"{done}: `{card.key}`")


@contextmanager
def _library(context: typer.Context) -> "Iterator[tuple[Settings, Database]]":
    """The open library, in step with its deck files."""
    from fasti.library import bring_in_step
    from fasti.store.database import open_database

    settings = _settings(context)
    with open_database(settings.database, _clock()().utc_ms) as database:
        _tell(bring_in_step(database, settings.learner, _file_clock()))
        yield settings, database


def _tell(reports: "Sequence[Report]") -> None:
    """Say on stderr what bringing decks in step did, where there is anything to say."""
    telling = [report for report in reports if not report.quiet]
    if telling:
        from fasti.ui.reports import show_reports

        show_reports(telling, noticed=True)


def _settings(context: typer.Context) -> "Settings":
    from fasti.settings import read_settings

    return read_settings(os.environ, context.obj)


def _clock() -> "Callable[[], Moment]":
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


def _file_clock() -> "Clock":
    from fasti.shelves import Clock

    return Clock(_clock()().utc_ms, time.time_ns())


def _print_json(value: object) -> None:
    import json

    print(json.dumps(value, ensure_ascii=False, indent=2))


def _say(message: str) -> None:
    from fasti.core.text import printable

    print(printable(message), file=sys.stderr)


def _forget_stdout() -> None:
    """Let what is still buffered go nowhere, so that a closed pipe is not reported at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
