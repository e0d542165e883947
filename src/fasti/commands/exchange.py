"""The commands that take decks elsewhere, to Anki or onto a page, and bring them from there."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Json
from fasti.commands.completion import offered_decks
from fasti.commands.ground import clock, file_clock, moment_at, print_json, say
from fasti.commands.open_library import library
from fasti.commands.waiting import looked_on
from fasti.core.onlooker import nobody

if TYPE_CHECKING:
    from fasti.core.onlooker import Onlooker
    from fasti.importing import Importer
    from fasti.settings import Settings
    from fasti.store.database import Database

_Decks = Annotated[
    list[str],
    typer.Argument(
        help="Decks of your library: id, title or file.", metavar="DECK", autocompletion=offered_decks
    ),
]
_File = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="The file, or a folder: DECK's id, here.", metavar="FILE"),
]
_Learner = Annotated[
    str | None, typer.Option("--learner", help="Whose progress it is: yours.", metavar="NAME")
]
_To = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="The deck file, or a folder for several decks.", metavar="DECK.yaml"),
]
_Over = Annotated[
    bool, typer.Option("--replace", help="Write over a file that `fasti export` did not write.")
]
_Replace = Annotated[
    bool, typer.Option("--replace", help="Write anew what was edited; the old file is kept as `….old`.")
]
_DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")]


def export_anki(
    context: typer.Context,
    decks: _Decks,
    output: _File = None,
    with_progress: Annotated[
        bool, typer.Option("--with-progress", help="Take the schedule and every answer along.")
    ] = False,
    learner: _Learner = None,
    replace: _Over = False,
    as_json: Json = False,
) -> None:
    """Write decks as Anki packages, one file a deck."""
    from fasti.export_places import check_output
    from fasti.exporting import export_package
    from fasti.ui.exported import show_exported

    decks = list(dict.fromkeys(decks))
    check_output(decks, output)
    with library(context) as (settings, database):
        whose = (learner or settings.learner) if with_progress or learner else None
        with looked_on() as onlooker:
            done = [
                export_package(
                    database,
                    deck,
                    output,
                    clock()(),
                    learner=whose,
                    replacing=replace,
                    onlooker=onlooker,
                )
                for deck in decks
            ]
    if as_json:
        print_json({"version": 1, "exported": [each.as_json() for each in done]})
    else:
        show_exported(done, with_progress=whose is not None)


def export_csv(
    context: typer.Context,
    decks: _Decks,
    output: _File = None,
    replace: _Over = False,
    as_json: Json = False,
) -> None:
    """Write decks in Anki's text format, which a spreadsheet opens too."""
    from fasti.export_places import check_output
    from fasti.exporting import export_text
    from fasti.ui.exported import show_table_exported

    decks = list(dict.fromkeys(decks))
    check_output(decks, output)
    with library(context) as (_, database), looked_on() as onlooker:
        done = [
            export_text(database, deck, output, clock()(), replacing=replace, onlooker=onlooker)
            for deck in decks
        ]
    if as_json:
        print_json({"version": 1, "exported": [each.as_json() for each in done]})
    else:
        show_table_exported(done)


def export_html(
    context: typer.Context,
    decks: Annotated[
        list[str],
        typer.Argument(
            help="Decks of your library, or deck files.", metavar="DECK", autocompletion=offered_decks
        ),
    ],
    output: _File = None,
    replace: _Over = False,
    as_json: Json = False,
) -> None:
    """Write decks as web pages: timeline, causes, facts, a self-test, and handouts and cards to print."""
    from fasti.export_places import check_output
    from fasti.page_export import deck_of_file, deck_of_library, export_page
    from fasti.ui.page_exported import show_pages_exported
    from fasti.whole_deck import file_named

    decks = list(dict.fromkeys(decks))
    check_output(decks, output)
    files = {name: file_named(name) for name in decks}
    given = {name: deck_of_file(file) for name, file in files.items() if file}
    if missing := [name for name in decks if name not in given]:
        with library(context) as (_, database):
            given.update((name, deck_of_library(database, name)) for name in missing)
    with looked_on() as onlooker:
        done = [export_page(given[name], output, replacing=replace, onlooker=onlooker) for name in decks]
    if as_json:
        print_json({"version": 1, "exported": [each.as_json() for each in done]})
    else:
        show_pages_exported(done)


def import_anki(
    context: typer.Context,
    source: Annotated[
        Path, typer.Argument(help="An .apkg or .colpkg, or a CrowdAnki folder.", metavar="FILE")
    ],
    output: _To = None,
    with_progress: Annotated[
        bool,
        typer.Option(
            "--with-progress", help="Add the decks to your library, with the schedule and every answer."
        ),
    ] = False,
    learner: _Learner = None,
    replace: _Replace = False,
    dry_run: _DryRun = False,
    as_json: Json = False,
) -> None:
    """Write the decks of an Anki package as deck files."""
    from fasti.importing import Wishes
    from fasti.ui.imported import show_imported

    with library(context) as (settings, database):
        wishes = Wishes(output, replace, with_progress or bool(learner), dry_run)
        with looked_on() as onlooker:
            done = _importer(database, settings, learner, onlooker).collection(source, wishes)
    if as_json:
        print_json(done.as_json())
    else:
        show_imported(done, dry_run=dry_run, with_progress=with_progress or bool(learner))


def import_csv(
    context: typer.Context,
    source: Annotated[
        Path, typer.Argument(help="A table with a header row: .csv, .tsv or .txt.", metavar="FILE")
    ],
    output: _To = None,
    replace: _Replace = False,
    dry_run: _DryRun = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before writing.")] = False,
    as_json: Json = False,
) -> None:
    """Write a deck file from a spreadsheet, after saying how its columns are understood."""
    from fasti.importing import Wishes, read_table
    from fasti.ui.imported import show_guess, show_imported

    found = read_table(source)
    with library(context) as (settings, database):
        importer = _importer(database, settings, None)
        planned = importer.table(found, Wishes(output, replace, dry_run=True))
        if not as_json:
            show_guess(found, planned)
            if dry_run or (not yes and sys.stdin.isatty() and not _agreed()):
                say("Nothing was written.")
                return
        done = planned if dry_run else importer.table(found, Wishes(output, replace))
    if as_json:
        guess = {column.name: column.taken_for for column in found.guess}
        print_json({**done.as_json(), "columns": guess, "remarks": list(found.remarks)})
    else:
        show_imported(done)


def _agreed() -> bool:
    try:
        return typer.confirm("Write it?", default=True)
    except typer.Abort:
        return False


def _importer(
    database: "Database", settings: "Settings", learner: str | None, onlooker: "Onlooker" = nobody
) -> "Importer":
    from fasti.importing import Importer

    return Importer(database, learner or settings.learner, file_clock(), moment_at, onlooker)
