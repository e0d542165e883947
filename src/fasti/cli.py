"""The command line: each command reads its arguments, asks a layer below, prints, and ends.

Imports stand inside the commands, so that none waits for what another needs. The clock is read here.
"""

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from fasti import __version__
from fasti.errors import ExitCode, FastiError

app = typer.Typer(
    help="History that stays: decks of dates, people and causes, reviewed a little every day.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
deck_app = typer.Typer(help="Work on deck files.", rich_markup_mode=None, no_args_is_help=True)
database_app = typer.Typer(help="Work on the database.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(deck_app, name="deck")
app.add_typer(database_app, name="database")

Decks = Annotated[list[str] | None, typer.Argument(help="Only these decks: id, title or file.", metavar="DECK")]
Json = Annotated[bool, typer.Option("--json", help="Print values for programs instead of text for people.")]
Accessible = Annotated[
    bool, typer.Option("--accessible", envvar="ACCESSIBLE", help="Sentences without columns, for screen readers.")
]


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(help="A SQLite file or a database URL; default: FASTI_DATABASE, else your own file.", metavar="URL"),
    ] = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """History that stays: decks of dates, people and causes, reviewed a little every day.

    With no command: review if something is due, and otherwise say what comes next.
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
    limit: Annotated[int | None, typer.Option(min=1, help="Ask at most this many cards. Default 30, or 20 minutes.")] = None,
    new: Annotated[int | None, typer.Option(min=0, help="At most this many new cards today. Default 10.")] = None,
    six: Annotated[bool, typer.Option("--six", help="Grade with all six grades of SM-2, 0 to 5.")] = False,
    reference: Annotated[
        bool, typer.Option("--reference", help="Schedule as SuperMemo's own plug-in does: a lapse lowers the ease too.")
    ] = False,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Review the cards that are due, then a few new ones. This is the one to type every day."""
    from fasti.core.sm2 import Profile
    from fasti.session import Rules
    from fasti.sitting import LIMIT, NEW_A_DAY, begin

    rules = Rules(Profile.REFERENCE if reference else Profile.TEXT, minutes=20 if limit is None else None)
    with begin(
        _settings(context),
        decks=decks or [],
        limit=limit or LIMIT,
        new_a_day=NEW_A_DAY if new is None else new,
        rules=rules,
        clock=_clock(),
        tell=_tell_reports,
    ) as session:
        _end(_ask(session, six=six, as_json=as_json, accessible=accessible))
