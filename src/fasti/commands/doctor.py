"""`fasti doctor`: looking over a student's progress, setting right what can be, saving what can be read."""

import os
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Json
from fasti.commands.ground import configuration, end_with, moment_now, print_json, say
from fasti.commands.waiting import looked_on
from fasti.errors import ExitCode

if TYPE_CHECKING:
    from fasti.configuration import Fault
    from fasti.core.days import Moment
    from fasti.doctor import Finding
    from fasti.settings import Settings


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
    from fasti.configuration import options_of
    from fasti.settings import read_settings
    from fasti.ui.examined import show_findings

    # Settings that cannot be meant are one of the things that are looked for: they stop nothing here.
    found = configuration()
    plain = options_of(found._replace(faults=()))
    settings = read_settings(os.environ, context.find_root().obj, plain.learner)
    moment = moment_now(plain.rollover_hour)
    if rescue:
        _rescue(settings, moment, quiet=as_json)
    findings, fixed = _examined(settings, moment, found.faults, fix=fix)
    sound = all(finding.ok for finding in findings)
    if as_json:
        print_json(
            {
                "version": 1,
                "ok": sound,
                "findings": [finding.as_json() for finding in findings],
                "fixed": fixed,
            }
        )
    else:
        show_findings(findings, accessible=plain.accessible if accessible is None else accessible)
        if fixed:
            say(f"Set right: {', '.join(fixed)}")
    end_with(ExitCode.DONE if sound else ExitCode.PROBLEM)


def _rescue(settings: "Settings", moment: "Moment", *, quiet: bool) -> None:
    from fasti import repairing
    from fasti.shelves import Clock
    from fasti.ui.examined import show_rescued

    with looked_on() as onlooker:
        saved = repairing.rescue(settings, moment, Clock(moment.utc_ms, time.time_ns()), onlooker)
    if not quiet:
        show_rescued(saved)


def _examined(
    settings: "Settings", moment: "Moment", faults: "Sequence[Fault]", *, fix: bool
) -> tuple[list["Finding"], list[str]]:
    """What is found, after what can be set right was if that is wished; the checks that were."""
    from fasti import repairing
    from fasti.configuration import FaultyError
    from fasti.doctor import examine
    from fasti.settings import config_file

    config, said = config_file(os.environ), [str(fault) for fault in faults]
    advice = (FaultyError(faults).hint if faults else None) or ""
    with looked_on() as onlooker:
        findings = examine(settings, moment, said, onlooker, config=config, advice=advice)
        if not fix:
            return findings, []
        repairing.repair(settings, moment, findings, onlooker, config=config)
        fixed = [finding.check for finding in findings if finding.fixable and not finding.ok]
        return examine(settings, moment, said, onlooker, config=config, advice=advice), fixed
