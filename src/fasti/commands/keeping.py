"""What is done for a student's progress without being asked: a copy a day, keeping in step, naming damage."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fasti.commands.ground import clock, named_database, options, say
from fasti.commands.waiting import looked_on
from fasti.errors import ExitCode, FastiError

if TYPE_CHECKING:
    from fasti.settings import Settings


@contextmanager
def backed_up(settings: "Settings") -> "Iterator[None]":
    """Make the day's backup when the block has ended, unless it was made today: nobody waits for it before.

    Not where it broke off: what is copied then may be what broke it.
    """
    try:
        yield
    except BaseException as error:
        if _is_an_end(error):
            _back_up(settings)
        raise
    _back_up(settings)


def keep_in_step(settings: "Settings") -> None:
    """Sync with the shared folder where the student's settings say so; what is wrong is told and no more."""
    if not (options().sync_after_review and options().sync):
        return
    from fasti import syncing
    from fasti.settings import expanded
    from fasti.store.opening import open_database
    from fasti.ui.synced import synced_sentences

    try:
        now_ms = clock()().utc_ms
        folder = expanded(options().sync)
        with open_database(settings.database, now_ms) as database, looked_on() as onlooker:
            done = syncing.sync(database, settings.learner, folder, now_ms, onlooker=onlooker)
    except FastiError as error:
        say(f"not synced: {error}" + (f"\nhint: {error.hint}" if error.hint else ""))
    else:
        for sentence in synced_sentences(done):
            say(sentence)


def blame_damage() -> None:
    """End with a sentence where the database is damaged: what broke off then is no bug of ours."""
    from fasti.doctor import is_spoilt
    from fasti.settings import read_settings

    try:
        spoilt = is_spoilt(read_settings(os.environ, named_database()))
    except (FastiError, OSError):
        return
    if spoilt:
        say(
            "error: your database is damaged, and this cannot be done with it"
            "\nhint: `fasti doctor` says what is wrong with it and what to do"
        )
        sys.exit(ExitCode.PROBLEM)


def _is_an_end(error: BaseException) -> bool:
    """Whether it is one of the two ways to end a command with a code."""
    # What reads command lines is not loaded here for its name: where it was not, it raised nothing.
    typer = sys.modules.get("typer")
    return isinstance(error, SystemExit) or (typer is not None and isinstance(error, typer.Exit))


def _back_up(settings: "Settings") -> None:
    from fasti.backups import back_up_daily

    try:
        back_up_daily(settings, clock()())
    except FastiError as error:
        # What the student came for is done: this is no reason to say that it failed.
        say(f"today's backup could not be made: {error}" + (f"\nhint: {error.hint}" if error.hint else ""))
