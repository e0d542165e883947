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
        run()
    except FastiError as error:
        say(f"error: {error}" + (f"\nhint: {error.hint}" if error.hint else ""))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        if error.errno != errno.ENOSPC:
            _blame_damage()
            raise
        _forget_stdout()
        say(
            "error: what is printed cannot be written: there is no space left\nhint: what was answered is saved"
        )
        sys.exit(ExitCode.PROBLEM)
    except Exception:
        _blame_damage()
        raise


def _blame_damage() -> None:
    # Imported here: mostly nothing breaks off.
    from fasti.commands.keeping import blame_damage

    blame_damage()


def _forget_stdout() -> None:
    """Let what is still buffered go nowhere, so that a closed pipe is not reported at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
