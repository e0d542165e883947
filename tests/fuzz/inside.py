"""The whole program in this process, many times as fast as one of its own, and what must hold of every run."""

import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest.mock import patch

from fasti.__main__ import main
from fasti.commands import ground
from fasti.core.text import unsafe_character
from tests.cli.program import DAY_ONE, Done


def run(home: Path, *words: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> Done:
    """Run `fasti` with these words in a home of its own; a bug raises here what would be a traceback."""
    kept = {name: text for name, text in os.environ.items() if name in {"PATH", "LANG"}}
    around = {**kept, "HOME": str(home), "FASTI_HOME": str(home), "FASTI_NOW": DAY_ONE, "NO_COLOR": "1"}
    home.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        out, err = (
            stack.enter_context(_stream(b"", "strict")),
            stack.enter_context(_stream(b"", "backslashreplace")),
        )
        stack.enter_context(_in_place(home, stack.enter_context(_stream(stdin, "strict")), out, err, words))
        stack.enter_context(patch.dict(os.environ, {**around, **(environment or {})}, clear=True))
        code = _code()
        return Done(code, _written(out), _written(err))


def calm(done: Done, *, styled: bool = False) -> Done:
    """A run that ended as it may: with a code of ours, a sentence where it refused, and nothing that acts.

    Where it is `styled`, the colours of the program itself may be there.
    """
    assert done.code in (0, 1, 2), done
    for text in (done.out, done.err):
        assert unsafe_character(_STYLES.sub("", text) if styled else text) is None, text
    assert done.code != 2 or done.err.strip(), done
    return done


_STYLES = re.compile(r"\x1b\[([0-2]|3[1236])(;([0-2]|3[1236]))*m")


@contextmanager
def _stream(content: bytes, errors: str) -> Iterator[io.TextIOWrapper]:
    """A stream of a process: a file of the system's, with a number."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        with io.TextIOWrapper(file, encoding="utf-8", errors=errors, write_through=True) as stream:
            yield stream


@contextmanager
def _in_place(
    folder: Path,
    given: io.TextIOWrapper,
    out: io.TextIOWrapper,
    err: io.TextIOWrapper,
    words: tuple[str, ...],
) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        with (
            patch.object(sys, "argv", ["fasti", *words]),
            patch.object(sys, "stdin", given),
            patch.object(sys, "stdout", out),
            patch.object(sys, "stderr", err),
        ):
            _forget()
            yield
    finally:
        os.chdir(before)
        _forget()


def _forget() -> None:
    """What a process keeps of its settings."""
    ground.choose(())
    ground.configuration.cache_clear()
    ground.options.cache_clear()


def _code() -> int:
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.buffer.seek(0)
    return stream.buffer.read().decode("utf-8", "replace")
