"""What commands share: the clock, the student's settings, and how they say something.

Nothing here loads the command line's library, so that `shortcut` can do without it.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

    from fasti.configuration import Configuration, Options
    from fasti.core.days import Moment
    from fasti.errors import ExitCode
    from fasti.session_contract import Rules
    from fasti.settings import Settings
    from fasti.shelves import Clock

_chosen: list[str] = []
_named: list[str] = []


def choose(pairs: Sequence[str], database: str | None = None) -> None:
    """Let the command line give settings, as `key=value`, and the database; before any of them is asked for."""
    _chosen[:] = pairs
    _named[:] = [database] if database else []


def named_database() -> str | None:
    """The database that the command line names, if it does."""
    return next(iter(_named), None)


@cache
def configuration() -> "Configuration":
    """Every setting of this run and where it comes from, with what is wrong among them."""
    from fasti.configuration import read
    from fasti.settings import config_file

    return read(config_file(os.environ), os.environ, _chosen)


@cache
def options() -> "Options":
    """The student's settings for this run. Raises FastiError where one of them cannot be meant."""
    from fasti.configuration import options_of

    chosen = options_of(configuration())
    _colour(configuration().settings["colour"].origin.name, chosen.colour)
    return chosen


def rules(*, reference: bool | None = None, minutes: int | None = None) -> "Rules":
    """How cards are scheduled and how long a sitting lasts: as given, or else by the student's settings.

    No minutes at all are 0.
    """
    from fasti.core.sm2 import Profile
    from fasti.session_contract import Rules

    chosen = options()
    named = {None: chosen.profile, True: "reference", False: "text"}[reference]
    return Rules(
        Profile(named),
        chosen.maximum_interval,
        (chosen.minutes if minutes is None else minutes) or None,
        chosen.spread,
        chosen.leech_threshold,
    )


def _colour(origin: str, colour: str) -> None:
    """Pass the wish on by the variables that every program reads: an editor started from here follows it too."""
    if origin in {"", *_COLOURS.values()}:
        return
    for name in _COLOURS.values():
        os.environ.pop(name, None)
    if colour in _COLOURS:
        os.environ[_COLOURS[colour]] = "1"


_COLOURS = {"never": "NO_COLOR", "always": "FORCE_COLOR"}


def end_with(code: "ExitCode") -> None:
    """End the program with this code, unless all is done."""
    if code:
        sys.exit(code)


def settings_of(context: "typer.Context") -> "Settings":
    """Where this run works: the environment says it, and the database that was named before the command."""
    return settings_for(context.obj)


def settings_for(database: str | None) -> "Settings":
    """Where this run works, with the database of this name or URL instead of the student's own."""
    from fasti.settings import read_settings

    return read_settings(os.environ, database, options().learner)


def clock() -> "Callable[[], Moment]":
    """The learner's clock: the machine's, or the moment that `FASTI_NOW` holds."""
    rollover_hour = options().rollover_hour
    if os.environ.get("FASTI_NOW"):
        moment = moment_now(rollover_hour)
        return lambda: moment
    return lambda: moment_now(rollover_hour)


def moment_now(rollover_hour: int) -> "Moment":
    """The moment by the learner's clock, whose day begins at this hour."""
    from fasti.core.days import Moment, read_moment
    from fasti.settings import SettingError

    if fixed := os.environ.get("FASTI_NOW"):
        try:
            return read_moment(fixed)._replace(rollover_hour=rollover_hour)
        except ValueError as error:
            raise SettingError(f"`FASTI_NOW` is not a moment: {error}") from error
    seconds = time.time()
    return Moment(int(seconds * 1000), time.localtime(seconds).tm_gmtoff // 60, rollover_hour)


def moment_at(utc_ms: int) -> "Moment":
    """The learner's moment at a time in milliseconds, with the offset that their zone has or had then."""
    from fasti.core.days import Moment

    if os.environ.get("FASTI_NOW"):
        return clock()()._replace(utc_ms=utc_ms)
    return Moment(utc_ms, time.localtime(utc_ms / 1000).tm_gmtoff // 60, options().rollover_hour)


def file_clock() -> "Clock":
    """The moment of a change: as the learner's clock has it, and as the machine's files do."""
    from fasti.shelves import Clock

    return Clock(clock()().utc_ms, time.time_ns())


def print_json(value: object) -> None:
    """Print a value for programs on stdout."""
    from fasti.ui.json_text import json_text
    from fasti.ui.pipes import until_closed

    with until_closed(sys.stdout):
        print(json_text(value, sys.stdout.encoding, indent=2))


def print_name(name: object) -> None:
    """Print the name of a file on stdout: for a program as it is, to the byte; on a terminal as it can be shown."""
    from fasti.core.text import printable

    if sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        print(printable(str(name)))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(os.fsencode(f"{name}\n") if os.name == "posix" else f"{name}\n".encode())
    sys.stdout.flush()


def say(message: str) -> None:
    """Say something to the person, on stderr."""
    from fasti.core.text import printable
    from fasti.ui.prose import between_words

    print(between_words(printable(message), sys.stderr), file=sys.stderr)
