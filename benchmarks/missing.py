"""What a row needs and this machine does not have."""

import shutil
from collections.abc import Sequence
from importlib.util import find_spec


def missing_of(needs: Sequence[str]) -> str:
    """What of these is not there, with how to get it; the empty string where all is."""
    return "; ".join(told for need in needs if (told := _missing(need)))


def _missing(need: str) -> str:
    match need:
        case "terminal":
            return (
                "" if find_spec("pty") and find_spec("termios") else "needs pseudo-terminals (Linux, macOS)"
            )
        case "strace":
            return "" if shutil.which("strace") else "needs strace (Debian: apt install strace)"
        case _:
            return "" if find_spec(need) else f"needs {need} (pip install '.[benchmarks]')"
