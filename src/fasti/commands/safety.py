"""The commands that keep progress safe: backups, and going back to one."""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Accessible, Json
from fasti.commands.ground import (
    clock,
    configuration,
    end_with,
    moment_at,
    moment_now,
    options,
    print_json,
    print_name,
    say,
    settings_of,
)
from fasti.commands.open_library import library
from fasti.commands.waiting import looked_on
from fasti.errors import ExitCode, FastiError

if TYPE_CHECKING:
    from fasti.merging import Taken

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")]


class UnansweredError(FastiError):
    """A question that nobody is there to answer."""

    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__("nobody is there to be asked, so nothing was changed", "add `--yes` to do it")


class NoFolderError(FastiError):
    """A sync with a folder that nobody has named yet."""

    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__(
            "no folder is named", "name the one that your machines share: `fasti sync ~/Dropbox/fasti`"
        )


def back_up(context: typer.Context, as_json: Json = False) -> None:
    """Keep a copy of your progress now; one is kept every day without asking. Alone: make one."""
    if context.invoked_subcommand is not None:
        return
    from fasti import backups

    made = backups.back_up(settings_of(context), clock()().utc_ms)
    if as_json:
        print_json({"version": 1, **made.as_json()})
    else:
        from fasti.core.counting import counted

        print_name(made.copy.path)
        say(f"Kept: {counted(made.answers or 0, 'answer')}")


def list_backups(context: typer.Context, as_json: Json = False, accessible: Accessible = False) -> None:
    """List the backups: when and why each was made, how many answers are in it, and its size."""
    from fasti import backups

    found = backups.listed(settings_of(context))
    if as_json:
        print_json({"version": 1, "backups": [each.as_json() for each in found]})
    elif found:
        from fasti.core.days import study_day
        from fasti.ui.backups import show_backups

        show_backups(found, study_day(clock()()), moment_at, accessible=accessible)
        if not accessible:
            say("`fasti backup restore NUMBER` goes back to one")
    else:
        say("No backups yet: one is made at the end of a day's first sitting, and by `fasti backup`.")


def restore_backup(
    context: typer.Context,
    which: Annotated[
        str,
        typer.Argument(help="Its number in the list, its name, its day, or a file.", metavar="WHICH"),
    ],
    yes: Yes = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; change nothing.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Go back to a backup; what is there now is kept as a backup first."""
    from fasti import backups, restoring
    from fasti.core.days import study_day
    from fasti.ui.backups import show_preview

    settings, moment = settings_of(context), clock()()
    copy = backups.chosen(settings, which, moment)
    preview = restoring.preview(settings, copy, moment.utc_ms)
    if not as_json:
        show_preview(preview, study_day(moment), moment_at)
    if dry_run:
        if as_json:
            print_json({"version": 1, "restored": False, **preview.as_json(), "kept": None})
        return
    if not yes and not _agreed("Go back to it?"):
        raise typer.Exit(ExitCode.PROBLEM)
    with looked_on() as onlooker:
        aside = restoring.restore(settings, copy, moment.utc_ms, onlooker)
    if as_json:
        kept = None if aside is None else str(aside)
        print_json({"version": 1, "restored": True, **preview.as_json(), "kept": kept})
        return
    say("Restored" + (f"; what was there until now is `{aside}`" if aside else ""))
    if aside and preview.difference and any(preview.difference.log_here):
        say(f"`fasti merge {aside}` brings back what was answered since")


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


def doctor(
    context: typer.Context,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Set right what can be worked out from the log; a backup is made first."),
    ] = False,
    rescue: Annotated[
        bool,
        typer.Option(
            "--rescue",
            help="Make a new database of the newest backup and all that can be read of a damaged one.",
        ),
    ] = False,
    as_json: Json = False,
    # Not as elsewhere: settings that cannot be meant must not stop what looks for them.
    accessible: Annotated[
        bool | None,
        typer.Option("--accessible/--no-accessible", help="Sentences, no columns: for screen readers."),
    ] = None,
) -> None:
    """Look over your progress: the file, the log, the decks, the clock, the backups."""
    from fasti import doctor as examining
    from fasti import repairing
    from fasti.configuration import FaultyError, options_of
    from fasti.settings import config_file, read_settings
    from fasti.shelves import Clock
    from fasti.ui.examined import show_findings, show_rescued

    # Settings that cannot be meant are one of the things that are looked for: they stop nothing here.
    found = configuration()
    plain = options_of(found._replace(faults=()))
    settings = read_settings(os.environ, context.find_root().obj, plain.learner)
    moment = moment_now(plain.rollover_hour)
    if rescue:
        with looked_on() as onlooker:
            saved = repairing.rescue(settings, moment, Clock(moment.utc_ms, time.time_ns()), onlooker)
        if not as_json:
            show_rescued(saved)
    faults = [str(fault) for fault in found.faults]
    advice = FaultyError(found.faults).hint or "" if found.faults else ""
    config = config_file(os.environ)
    with looked_on() as onlooker:
        findings = examining.examine(settings, moment, faults, onlooker, config=config, advice=advice)
        if fix:
            repairing.repair(settings, moment, findings, onlooker, config=config)
            fixed = [finding for finding in findings if finding.fixable and not finding.ok]
            findings = examining.examine(settings, moment, faults, onlooker, config=config, advice=advice)
    if as_json:
        print_json(
            {
                "version": 1,
                "ok": all(finding.ok for finding in findings),
                "findings": [finding.as_json() for finding in findings],
                "fixed": [finding.check for finding in fixed] if fix else [],
            }
        )
    else:
        show_findings(findings, accessible=plain.accessible if accessible is None else accessible)
        if fix and fixed:
            say(f"Set right: {', '.join(finding.check for finding in fixed)}")
    end_with(ExitCode.DONE if all(finding.ok for finding in findings) else ExitCode.PROBLEM)


def _remembered_folder() -> Path:
    if not options().sync:
        raise NoFolderError
    from fasti.settings import expanded

    return expanded(options().sync)


def _agreed(question: str) -> bool:
    """Whether the student says yes. Raises UnansweredError where no student is there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UnansweredError
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        say("")
        return False
