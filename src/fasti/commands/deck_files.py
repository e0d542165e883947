"""The commands that work on deck files: for those who write decks and hand them out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.ground import Json, Paths, end_with, file_clock, library, print_json, settings_of
from fasti.errors import ExitCode

if TYPE_CHECKING:
    from fasti.store.database import Database


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
