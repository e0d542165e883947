"""`python -m fasti`, and the `fasti` command."""

import os
import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it quietly from its first moment on."""
    _open_what_is_closed()
    try:
        from fasti.cli import run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


def _open_what_is_closed() -> None:
    """A stream that the shell closed (`>&-`) goes nowhere and gives nothing."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: SIM115 - open until the end
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


if __name__ == "__main__":
    main()
