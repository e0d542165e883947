"""The command line: every command by its name.

The clock is read under `commands/`, and nothing below is imported before a command needs it.
"""

import sys
from io import StringIO
from typing import Annotated

import typer
from typer.exceptions import TyperException

from fasti import __version__
from fasti.commands import (
    authoring,
    backups,
    care,
    charts,
    configuration,
    daily,
    deck_files,
    decks,
    doctor,
    exchange,
    machines,
    plans,
    statistics,
    study,
)
from fasti.commands.ground import choose, options, say

_HELP = "History that stays: decks of dates, people and causes, reviewed a little every day."
_NAMES = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(help=_HELP, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=_NAMES)


@app.callback(invoke_without_command=True)
def fasti(
    context: typer.Context,
    database: Annotated[
        str | None, typer.Option(help="A SQLite file or a database URL instead of your own.", metavar="URL")
    ] = None,
    chosen: Annotated[
        list[str] | None,
        typer.Option("--set", help="A setting for this once: `new=5`.", metavar="KEY=VALUE"),
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
    choose(chosen or (), database)
    if context.invoked_subcommand is None:
        daily.review(context, accessible=options().accessible)


app.command()(daily.review)
app.command()(daily.due)
app.command()(daily.undo)
app.command()(daily.show)
app.command()(daily.suspend)
app.command()(daily.resume)

app.command()(study.cram)
app.command(name="break")(plans.take_break)
exam = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
exam.callback()(plans.list_exams)
exam.command(name="add")(plans.add_exam)
exam.command(name="remove")(plans.remove_exam)
app.add_typer(exam, name="exam")
app.command(name="search")(care.search_facts)
app.command(name="leeches")(care.list_leeches)
app.command(name="flags")(care.list_flags)
app.command()(statistics.stats)

app.command(name="decks")(decks.list_decks)
app.command()(decks.add)
app.command()(decks.remove)
app.command()(decks.check)
app.command()(charts.timeline)
app.command()(charts.causes)
app.command()(authoring.new)
app.command()(authoring.fact)
app.command()(authoring.preview)
app.command()(authoring.watch)
deck = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
deck.command()(deck_files.schema)
deck.command()(deck_files.pin)
deck.command()(deck_files.sources)
deck.command()(deck_files.diff)
deck.command()(deck_files.pack)
app.add_typer(deck, name="deck", help="Work on deck files.")

export = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
export.command(name="anki")(exchange.export_anki)
export.command(name="csv")(exchange.export_csv)
export.command(name="html")(exchange.export_html)
app.add_typer(export, name="export", help="Take decks to Anki, or make a web page of them.")
bring = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
bring.command(name="anki")(exchange.import_anki)
bring.command(name="csv")(exchange.import_csv)
app.add_typer(bring, name="import", help="Bring decks from Anki or a spreadsheet.")

backup = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
backup.callback()(backups.back_up)
backup.command(name="list")(backups.list_backups)
backup.command(name="restore")(backups.restore_backup)
app.add_typer(backup, name="backup")
app.command()(machines.merge)
app.command()(machines.sync)
app.command()(doctor.doctor)

config = typer.Typer(rich_markup_mode=None)
config.callback(invoke_without_command=True)(configuration.show)
config.command(name="get")(configuration.get)
config.command(name="set")(configuration.set_value)
config.command(name="unset")(configuration.unset)
config.command(name="path")(configuration.path)
config.command(name="edit")(configuration.edit)
app.add_typer(config, name="config", help="See and change your settings.")

database = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
database.command()(decks.upgrade)
app.add_typer(database, name="database", help="Look after the database.")


def run() -> None:
    """Run what the command line asks for; what is wrong with its words is said like everything else."""
    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        said = StringIO(str(error))
        # With the usage of the command, where it is about that; Typer does not name the class that has it.
        if show := getattr(error, "show", None):
            show(said)
        say(said.getvalue().rstrip("\n"))
        code = error.exit_code
    except typer.Abort:
        say("Aborted!")
        code = 1
    if isinstance(code, int) and code:
        sys.exit(code)
