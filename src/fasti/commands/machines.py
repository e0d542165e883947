"""The commands for several machines: taking in another's progress, and keeping in step through a folder."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Json
from fasti.commands.ground import clock, end_with, options, print_json, say
from fasti.commands.open_library import library
from fasti.commands.waiting import looked_on
from fasti.errors import ExitCode, FastiError

if TYPE_CHECKING:
    from fasti.merging import Taken


class NoFolderError(FastiError):
    """A sync with a folder that nobody has named yet."""

    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__(
            "no folder is named", "name the one that your machines share: `fasti sync ~/Dropbox/fasti`"
        )


def merge(
    context: typer.Context,
    other: Annotated[
        Path, typer.Argument(help="The other machine's database, or a folder with it.", metavar="OTHER")
    ],
    known_as: Annotated[
        str | None,
        typer.Option("--learner", help="Who you are there, if not who you are here.", metavar="NAME"),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come; change nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Take in the progress from another machine: its answers and yours become one log."""
    from fasti import merging
    from fasti.ui.merged import show_taken

    with library(context) as (settings, database):
        paths = merging.databases_at(other, database)
        taken: list[tuple[Path, Taken]] = []
        failed: list[FastiError] = []
        for path in paths:
            try:
                with looked_on() as onlooker:
                    found = merging.merge(
                        database,
                        settings.learner,
                        path,
                        clock()().utc_ms,
                        known_as=known_as,
                        dry_run=dry_run,
                        onlooker=onlooker,
                    )
            except FastiError as error:
                if len(paths) == 1:
                    raise
                failed.append(error)
            else:
                taken.append((path, found))
    if as_json:
        files = [{"path": str(path), **found.as_json()} for path, found in taken]
        print_json(
            {"version": 1, "dry_run": dry_run, "files": files, "failed": [str(each) for each in failed]}
        )
    else:
        for path, found in taken:
            show_taken(str(path), found, dry_run=dry_run)
        for each in failed:
            say(f"error: {each}" + (f"\nhint: {each.hint}" if each.hint else ""))
    end_with(ExitCode.PROBLEM if failed else ExitCode.DONE)


def sync(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="The folder that your machines share; remembered the first time.", metavar="FOLDER"
        ),
    ] = None,
    known_as: Annotated[
        str | None,
        typer.Option(
            "--learner", help="Who you are on another machine, if not who you are here.", metavar="NAME"
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Keep your machines in step through a folder that they share: Dropbox, Syncthing, git, a stick."""
    from fasti import syncing
    from fasti.ui.synced import show_synced

    named = folder or _remembered_folder()
    with library(context) as (settings, database), looked_on() as onlooker:
        done = syncing.sync(
            database,
            settings.learner,
            named,
            clock()().utc_ms,
            known_as=known_as,
            onlooker=onlooker,
        )
    if as_json:
        print_json({"version": 1, **done.as_json()})
    else:
        show_synced(done)
    if folder is not None and not options().sync:
        from fasti.config_file import set_value
        from fasti.settings import config_file

        set_value(config_file(os.environ), "sync", str(folder.absolute()))
        say(
            "From now on `fasti sync` alone will do; `fasti config set sync-after-review true` does it by itself"
        )
    end_with(ExitCode.PROBLEM if done.troubled else ExitCode.DONE)


def _remembered_folder() -> Path:
    if not options().sync:
        raise NoFolderError
    from fasti.settings import expanded

    return expanded(options().sync)
