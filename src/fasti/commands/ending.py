"""How the program ends: done, with a refusal in a sentence, or because nobody reads what it prints."""

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from fasti.commands.ground import say
from fasti.errors import ExitCode, FastiError

COMPLETES = "_FASTI_COMPLETE"
"""The variable by which a shell asks how a command goes on."""


def ended_well(run: Callable[[], None]) -> None:
    """Run the program: a refusal becomes a sentence and an exit code, a bug keeps its traceback."""
    if COMPLETES in os.environ:
        # A shell asks between a person's keys: nothing that goes wrong is to be seen there.
        with suppress(Exception):
            run()
        return
    try:
        try:
            run()
        finally:
            # Not left to the interpreter, which complains of a reader that is gone.
            _let_out()
    except FastiError as error:
        say(f"error: {error}" + (f"\nhint: {error.hint}" if error.hint else ""))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        _end_for(error)
        _blame_damage()
        raise
    except Exception:
        _blame_damage()
        raise


def _let_out() -> None:
    """Print what is still buffered; where nobody reads it any more, the exit code stays what it is."""
    if sys.stdout is None or sys.stdout.closed:
        return
    # Imported here: the shell's questions do not come this far.
    from fasti.ui.pipes import until_closed

    with until_closed(sys.stdout):
        pass


def _end_for(error: OSError) -> None:
    """End with a sentence where it is the system that refuses; return where it may be a bug of ours."""
    if error.errno == errno.ENOSPC:
        _forget_stdout()
        say(
            "error: what is printed cannot be written: there is no space left\nhint: what was answered is saved"
        )
        sys.exit(ExitCode.PROBLEM)
    if error.filename is not None and error.errno in _NAMES:
        name = os.fsdecode(error.filename)
        shown = name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
        say(f"error: `{shown}` cannot be used: {_NAMES[error.errno]}")
        sys.exit(ExitCode.USAGE)


_LONGEST = 100
# What is wrong with a name, whatever it was asked for; a name that is only not there has its own sentences.
_NAMES = {
    errno.ENAMETOOLONG: "the name is too long for a file",
    errno.ELOOP: "it is a link that leads back to itself",
}


def _blame_damage() -> None:
    # Imported here: mostly nothing breaks off.
    from fasti.commands.keeping import blame_damage

    blame_damage()


def _forget_stdout() -> None:
    # Imported here: mostly all that is printed is read.
    from fasti.ui.pipes import discard

    discard(sys.stdout)
