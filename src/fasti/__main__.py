"""`python -m fasti`, and the `fasti` command."""

import os
import sys
from io import StringIO, TextIOWrapper
from pathlib import Path


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly from its first moment on."""
    _open_what_is_closed()
    try:
        from fasti.commands.ending import ended_well

        ended_well(_run)
    except KeyboardInterrupt:
        sys.exit(130)


def _run() -> None:
    from fasti.commands.shortcut import taken

    if not taken(sys.argv[1:]):
        _as_words()


def _as_words() -> None:
    """Run what the command line asks for; what is wrong with its words is said like everything else."""
    from typer import Abort
    from typer.exceptions import TyperException

    from fasti.cli import app
    from fasti.commands.ground import say

    try:
        code = app(standalone_mode=False)
    except TyperException as error:
        said = StringIO(str(error))
        # With the usage of the command, where it is about that; Typer does not name the class that has it.
        if show := getattr(error, "show", None):
            show(said)
        say(said.getvalue().rstrip("\n"))
        code = error.exit_code
    except Abort:
        say("Aborted!")
        code = 1
    if isinstance(code, int) and code:
        sys.exit(code)


def _open_what_is_closed() -> None:
    """A stream that the shell closed (`>&-`) goes nowhere and gives nothing."""
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open(encoding="utf-8")
    sys.stdout = sys.stdout or nowhere.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    if isinstance(sys.stdin, TextIOWrapper):
        # Bytes that are no text are no reason to break off: an answer with them is wrong, and that is all.
        sys.stdin.reconfigure(errors="replace")


if __name__ == "__main__":
    main()
