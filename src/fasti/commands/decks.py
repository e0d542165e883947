"""The commands that look after decks and the database."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fasti.commands.ground import (
    Accessible,
    Json,
    Paths,
    clock,
    file_clock,
    library,
    options,
    print_json,
    say,
    settings_of,
)
from fasti.errors import ExitCode


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
    """Bring decks into your library, or in step with their files."""
    from fasti.library import add as bring_in
    from fasti.store.database import open_database
    from fasti.ui.reports import show_reports

    settings = settings_of(context)
    with open_database(settings.database, clock()().utc_ms) as database:
        reports = bring_in(database, paths, settings.learner, file_clock(), dry_run=dry_run)
    show_reports(reports, dry_run=dry_run)
    if any(problem.severity == "error" for report in reports for _, problem in report.problems):
        raise typer.Exit(ExitCode.PROBLEM)


def remove(
    context: typer.Context,
    deck: Annotated[str, typer.Argument(help="Its id, title or file.", metavar="DECK")],
) -> None:
    """Take a deck out of your library; its progress waits for its return."""
    from fasti.library import remove as take_out

    with library(context) as (_, database):
        gone = take_out(database, deck, file_clock())
    say(f"`{gone.title}` is out of your library; its progress is kept, and `fasti add` brings both back")


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
            options()  # whether there is to be colour
            show_problems(checked, excerpt)
            say(checking.summary(checked))
    if checking.fails(checked, strict=strict):
        raise typer.Exit(ExitCode.PROBLEM)


def schema() -> None:
    """Print the JSON Schema of decks, for editors."""
    from fasti.decks.schema import json_schema

    print_json(json_schema())


def upgrade(context: typer.Context) -> None:
    """Bring a database to this version's tables; a file is copied aside first."""
    from fasti.store import migrate
    from fasti.store.database import connect

    with connect(settings_of(context).database) as database:
        backup = migrate.upgrade(database, clock()().utc_ms)
    say("The database is up to date" + (f"; the old one is kept as `{backup}`" if backup else ""))
