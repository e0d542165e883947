"""`python -m fasti`, and the `fasti` command."""

import gc
import os
import sys
from io import TextIOWrapper
from pathlib import Path


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly from its first moment on."""
    _open_what_is_closed()
    gc.set_threshold(_LOADED, 20, 20)
    try:
        from fasti.commands.ending import ended_well

        ended_well(_run)
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        _end_without_looking()


# Modules are made of objects that stay. With the interpreter's own threshold of 700 objects it looks through them
# for garbage again and again while SQLAlchemy is loaded.
_LOADED = 100_000


def _end_without_looking() -> None:
    """Let the interpreter not look through everything once more for garbage before it ends."""
    threading = sys.modules.get("threading")
    # The interpreter crashes now and then where a thread that is still loading the engine has its objects frozen.
    if threading is None or threading.active_count() == 1:
        gc.freeze()


def _run() -> None:
    from fasti.commands.shortcut import taken

    if not taken(sys.argv[1:]):
        from fasti.cli import run

        run()


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
