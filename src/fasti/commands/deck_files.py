"""The commands that work on deck files: for those who write decks and hand them out."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Accessible, Json, Paths
from fasti.commands.completion import offered_decks
from fasti.commands.ground import end_with, file_clock, print_json, say, settings_of
from fasti.commands.open_library import library
from fasti.errors import ExitCode, FastiError

if TYPE_CHECKING:
    from fasti.editions import InLibrary
    from fasti.store.database import Database

_SIDE = "a file, a folder, a zip file, a deck of your library, or REVISION:PATH in git."


def schema(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write it to this file.", metavar="FILE")
    ] = None,
    modeline: Annotated[
        bool, typer.Option("--modeline", help="Print the line for the top of a deck that names the schema.")
    ] = False,
) -> None:
    """Print the JSON Schema of decks, for editors: completion, help and red lines while a deck is written."""
    from fasti.core.text import printable
    from fasti.decks.schema import MODELINE, SCHEMA_FILE, json_schema, schema_text

    file = output or Path(SCHEMA_FILE)
    if output is not None:
        from fasti.whole_file import writing

        with writing(output) as new:
            new.write_text(schema_text(), encoding="utf-8")
        say(f"`{output}` is written; put this line at the top of a deck in the same folder:")
    if output is not None or modeline:
        print(printable(MODELINE.format(file.name)))
    else:
        print_json(json_schema())


def pin(
    context: typer.Context,
    paths: Paths,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference; write nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Write the ids of facts into their deck files, so that every other word may change."""
    from fasti import pinning
    from fasti.ui.pinned import show_pinned

    with _library_if_any(context) as database:
        files = pinning.pinned(paths, database, file_clock())
        if not dry_run:
            for file in files:
                pinning.write(file)
            if database is not None:
                _take_in(context, database)
    if as_json:
        print_json({"version": 1, "files": [file.as_json() for file in files]})
    else:
        show_pinned(files, dry_run=dry_run)
    end_with(ExitCode.DONE if all(file.is_whole for file in files) else ExitCode.PROBLEM)


def sources(
    context: typer.Context,
    deck: Annotated[
        str,
        typer.Argument(
            help="A deck file, a folder, a zip file, or a deck of your library.",
            metavar="DECK",
            autocompletion=offered_decks,
        ),
    ],
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Say what each source of a deck supports, and which facts have none."""
    from fasti.core.sourcing import sourcing
    from fasti.editions import deck_texts, readable
    from fasti.ui.sourced import show_sourcing

    decks = readable(deck_texts(deck, _in_library(context)))
    found = sourcing(decks)
    if as_json:
        print_json({"version": 1, "deck": deck, **found.as_json()})
    else:
        titles = dict.fromkeys(each.title for _, each in decks)
        show_sourcing(", ".join(titles), found, accessible=accessible)


def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help=f"What students have: {_SIDE}", metavar="OLD")],
    new: Annotated[str, typer.Argument(help=f"What they will get: {_SIDE}", metavar="NEW")],
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Say what a new edition of a deck means for progress, before it is handed out.

    Ends with 0 if nothing changes for anyone, with 1 if something does, and with 2 if a deck cannot be read.
    """
    from fasti.comparing import compared
    from fasti.editions import deck_texts
    from fasti.ui.compared import show_comparisons

    try:
        in_library = _in_library(context)
        found = compared(deck_texts(old, in_library), deck_texts(new, in_library))
    except FastiError as error:
        error.exit_code = ExitCode.USAGE
        raise
    same = all(each.same for each in found)
    if as_json:
        print_json({"version": 1, "same": same, "decks": [each.as_json() for each in found]})
    else:
        show_comparisons(found, accessible=accessible)
    end_with(ExitCode.DONE if same else ExitCode.PROBLEM)


def pack(
    context: typer.Context,
    deck: Annotated[
        str,
        typer.Argument(
            help="A deck file, a folder, or a deck of your library.",
            metavar="DECK",
            autocompletion=offered_decks,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The file, or a folder: DECK's id, here.", metavar="FILE.zip"),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a file that `fasti deck pack` did not write.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make one file of a deck and its pictures, to hand out: `fasti add` takes it."""
    from fasti.editions import deck_paths
    from fasti.packing import pack as make_one_file
    from fasti.ui.packed import show_packed

    files, base = deck_paths(deck, _in_library(context))
    with _library_if_any(context) as database:
        packed = make_one_file(files, base, output, database, file_clock(), replacing=replace)
    if as_json:
        print_json(packed.as_json())
    else:
        show_packed(packed)


def _in_library(context: typer.Context) -> "InLibrary":
    """Where the library has a deck of this id or title; nowhere where there is no library."""

    def files(name: str) -> "list[Path]":
        from fasti.deck_names import UnknownDeckError, files_of

        with _library_if_any(context) as database:
            if database is None:
                return []
            try:
                return [path for path in files_of(database, name) if path.is_file()]
            except UnknownDeckError:
                return []

    return files


@contextmanager
def _library_if_any(context: typer.Context) -> "Iterator[Database | None]":
    """The library, in step with its deck files; None where there is none yet, and none is made."""
    file = settings_of(context).sqlite_file
    if file is not None and not file.exists():
        yield None
        return
    with library(context) as (_, database):
        yield database


def _take_in(context: typer.Context, database: "Database") -> None:
    """Bring the library in step with what this program wrote itself, of which nothing is to be told."""
    from fasti.library import bring_in_step

    bring_in_step(database, settings_of(context).learner, file_clock())
