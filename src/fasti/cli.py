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
app.command(short_help="Show a fact's cards, their schedule and history.")(daily.show)
app.command(short_help="Leave a card, or a fact's cards, out until resumed.")(daily.suspend)
app.command()(daily.resume)

app.command(short_help="Ask cards outside the schedule, before a test.")(study.cram)
app.command(name="break", short_help="Take days off: nothing is due, no schedule changes.")(plans.take_break)
exam = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
exam.callback()(plans.list_exams)
exam.command(name="add")(plans.add_exam)
exam.command(name="remove")(plans.remove_exam)
app.add_typer(exam, name="exam", short_help="Prepare for exams, and see how far along you are.")
app.command(name="search", short_help="Find facts by their words, wherever these stand.")(care.search_facts)
app.command(name="leeches", short_help="List the cards that are forgotten again and again.")(
    care.list_leeches
)
app.command(name="flags", short_help="List what you called wrong, with your word on it.")(care.list_flags)
app.command(short_help="Tell what you remember, how you studied, what comes.")(statistics.stats)

app.command(name="decks", short_help="List the decks of your library.")(decks.list_decks)
app.command(short_help="Bring decks into your library, or follow a folder.")(decks.add)
app.command(short_help="Take a deck, or a followed folder, out of your library.")(decks.remove)
app.command(short_help="Find every problem of a deck, and what mends it.")(decks.check)
app.command(short_help="Draw a deck's dates to scale.")(charts.timeline)
app.command(short_help="Draw what led to what.")(charts.causes)
app.command(short_help="Begin a deck, by examples or of your notes.")(authoring.new)
app.command(short_help="Add a fact to a deck, asked for field by field.")(authoring.fact)
app.command(short_help="Show a deck's cards as a student will see them.")(authoring.preview)
app.command(short_help="Check a deck and show its cards at each save.")(authoring.watch)
deck = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
deck.command(short_help="Print the JSON Schema of decks, for editors.")(deck_files.schema)
deck.command(short_help="Write the ids of facts into their deck files.")(deck_files.pin)
deck.command(short_help="Say which facts stand on which source.")(deck_files.sources)
deck.command(short_help="Say what a new edition means for progress.")(deck_files.diff)
deck.command(short_help="Make one file of a deck and its pictures.")(deck_files.pack)
app.add_typer(deck, name="deck", help="Work on deck files.")

export = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
export.command(name="anki")(exchange.export_anki)
export.command(name="csv")(exchange.export_csv)
export.command(name="html", short_help="Write decks as web pages, to read and to print.")(
    exchange.export_html
)
app.add_typer(export, name="export", help="Take decks to Anki, or make a web page of them.")
bring = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
bring.command(name="anki")(exchange.import_anki)
bring.command(name="csv", short_help="Write a deck file from a spreadsheet.")(exchange.import_csv)
app.add_typer(bring, name="import", help="Bring decks from Anki or a spreadsheet.")

backup = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
backup.callback()(backups.back_up)
backup.command(name="list", short_help="List the backups, newest first.")(backups.list_backups)
backup.command(name="restore")(backups.restore_backup)
app.add_typer(backup, name="backup", short_help="Keep a copy of your progress now, or go back to one.")
app.command(short_help="Take in the progress from another machine.")(machines.merge)
app.command(short_help="Keep machines in step through a shared folder.")(machines.sync)
app.command(short_help="Look over your progress, and set it right.")(doctor.doctor)

config = typer.Typer(rich_markup_mode=None)
config.callback(invoke_without_command=True)(configuration.show)
config.command(name="get")(configuration.get)
config.command(name="set")(configuration.set_value)
config.command(name="unset")(configuration.unset)
config.command(name="path")(configuration.path)
config.command(name="edit", short_help="Open your settings in your editor.")(configuration.edit)
app.add_typer(config, name="config", help="See and change your settings.")

database = typer.Typer(rich_markup_mode=None, no_args_is_help=True)
database.command(short_help="Bring a database to this version's tables.")(decks.upgrade)
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
