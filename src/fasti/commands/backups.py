"""The commands of backups: making one, seeing them, going back to one."""

import sys
from typing import Annotated

import typer

from fasti.commands.arguments import Accessible, Json
from fasti.commands.ground import clock, moment_at, print_json, print_name, say, settings_of
from fasti.commands.waiting import looked_on
from fasti.errors import ExitCode, FastiError

Yes = Annotated[bool, typer.Option("--yes", help="Do not ask; for scripts.")]


class UnansweredError(FastiError):
    """A question that nobody is there to answer."""

    exit_code = ExitCode.USAGE

    def __init__(self) -> None:
        super().__init__("nobody is there to be asked, so nothing was changed", "add `--yes` to do it")


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


def _agreed(question: str) -> bool:
    """Whether the student says yes. Raises UnansweredError where no student is there."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UnansweredError
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        say("")
        return False
