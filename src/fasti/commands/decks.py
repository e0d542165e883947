"""The commands that look after decks and the database."""

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Accessible, Json, Paths
from fasti.commands.completion import offered_decks
from fasti.commands.ground import clock, file_clock, options, print_json, say, settings_of
from fasti.commands.open_library import library, opened
from fasti.commands.waiting import looked_on
from fasti.errors import ExitCode

if TYPE_CHECKING:
    from fasti.settings import Settings


class Form(StrEnum):
    """How the problems of decks are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def list_decks(context: typer.Context, as_json: Json = False, accessible: Accessible = False) -> None:
    """List the decks of your library, and those that came with the program."""
    from fasti.core.days import study_day
    from fasti.shelf_list import shelf_list
    from fasti.ui.shelf import show_shelf

    with library(context) as (settings, database):
        listed = shelf_list(database, settings.learner, study_day(clock()()))
    if as_json:
        print_json(listed.as_json())
    else:
        show_shelf(listed, accessible=accessible)


def add(
    context: typer.Context,
    paths: Paths,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")] = False,
) -> None:
    """Bring decks into your library, or in step with their files. A folder is followed from then on."""
    from fasti.already_in import all_there

    settings = settings_of(context)
    if not all_there(settings, paths, time.time_ns(), dry_run=dry_run):
        _bring_in(settings, paths, dry_run=dry_run)


def _bring_in(settings: "Settings", paths: list[Path], *, dry_run: bool) -> None:
    from fasti.exchange.deck_zip import is_zip
    from fasti.library import add as bring_in
    from fasti.ui.reports import show_reports, show_unpacked
    from fasti.unpacking import unpack

    zips = [path for path in paths if is_zip(path) or (path.suffix.lower() == ".zip" and path.is_file())]
    with opened(settings) as database:
        unpacked = [
            unpack(database, path, settings.data / "decks", settings.learner, file_clock(), dry_run=dry_run)
            for path in zips
        ]
        others = [path for path in paths if path not in zips]
        reports = [report for each in unpacked for report in each.reports]
        with looked_on() as onlooker:
            reports += bring_in(
                database, others, settings.learner, file_clock(), dry_run=dry_run, onlooker=onlooker
            )
    show_reports(reports, dry_run=dry_run)
    show_unpacked(unpacked, dry_run=dry_run)
    if any(problem.severity == "error" for report in reports for _, problem in report.problems):
        raise typer.Exit(ExitCode.PROBLEM)


def remove(
    context: typer.Context,
    deck: Annotated[
        str,
        typer.Argument(
            help="Its id, title or file, or a folder.", metavar="DECK", autocompletion=offered_decks
        ),
    ],
) -> None:
    """Take a deck, or a folder that is followed, out of your library; its progress waits for its return."""
    from fasti.library import remove as take_out

    with library(context) as (_, database):
        gone = take_out(database, deck, file_clock())
    for each in gone:
        say(f"`{each.title}` is out of your library; its progress is kept, and `fasti add` brings both back")
    if Path(deck).is_dir():
        say(f"`{deck}` is followed no longer")


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Deck files, or folders of them: here.", metavar="PATH")
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", help="text for people, json for programs, github for workflows.")
    ] = Form.TEXT,
    as_json: Json = False,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings and advice fail too.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is certain, in the files.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would do; write nothing.")] = False,
    spelling: Annotated[
        bool, typer.Option("--spelling", help="Look for misspelt words (needs fasti[spelling]).")
    ] = False,
    explain: Annotated[
        str | None, typer.Option("--explain", help="Say what a code means, with an example.", metavar="CODE")
    ] = None,
    accessible: Accessible = False,
) -> None:
    """Find every problem of a deck, with its line and what to write instead, and what would make it better."""
    from fasti.commands.checks import check_decks, explain_code, fix_decks, show_fixes

    form = Form.JSON if as_json else form
    if form is Form.TEXT:
        options()  # whether there is to be colour
    if diff and (fix or form is not Form.TEXT):
        raise typer.BadParameter(
            "--diff writes and reports nothing: give it without --fix, --json and --format"
        )
    if explain is not None:
        explain_code(explain, accessible=accessible)
    elif diff:
        show_fixes(paths or [Path()], spelling=spelling, strict=strict)
    elif fix:
        fix_decks(paths or [Path()], form.value, spelling=spelling, strict=strict, accessible=accessible)
    else:
        check_decks(paths or [Path()], form.value, spelling=spelling, strict=strict, accessible=accessible)


def upgrade(context: typer.Context) -> None:
    """Bring a database to this version's tables; a file is copied aside first."""
    from fasti.store import migrate
    from fasti.store.database import connect

    with connect(settings_of(context).database) as database, looked_on() as onlooker:
        backup = migrate.upgrade(database, clock()().utc_ms, onlooker)
    say("The database is up to date" + (f"; the old one is kept as `{backup}`" if backup else ""))
