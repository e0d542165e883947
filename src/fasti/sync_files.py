"""The files of a sync folder: one a machine, and what services that carry files make of them besides.

A file is read as far as it can be: a line that is only half there comes with the next sync. Copies that a
service made where two versions met, and files in which git left its marks, are read like any other.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from fasti.core.log import LogEntry
from fasti.core.log_lines import (
    LONGEST,
    FutureError,
    Header,
    Item,
    LineError,
    Unknown,
    header_line,
    line_of,
    order_of,
    read_header,
    read_line,
)
from fasti.whole_file import writing


class LogFile(NamedTuple):
    """A file as it was read.

    `items` is all that could be read. `newer` is of a later version, and nothing of it was. `cut` ends in
    the middle of a line, `marked` has marks of a git merge, `bad` are the numbers of lines that are no entries.
    `unreadable` says why it could not be read at all.
    """

    path: Path
    header: Header | None
    items: frozenset[Item] = frozenset()
    newer: bool = False
    cut: bool = False
    marked: bool = False
    bad: tuple[int, ...] = ()
    unreadable: str = ""

    @property
    def entries(self) -> set[LogEntry]:
        """The entries of the log."""
        return {item for item in self.items if isinstance(item, LogEntry)}

    @property
    def unknown(self) -> int:
        """How many lines only a later version can read; they stay where they are."""
        return sum(isinstance(item, Unknown) for item in self.items)

    @property
    def is_copy(self) -> bool:
        """Whether a service made it beside the machine's own file, which it does not replace."""
        return self.header is not None and self.path.name != name_of(self.header.device)


def name_of(device: str) -> str:
    """What the file of a machine is called."""
    return f"fasti-{device}.jsonl"


def log_files(folder: Path) -> list[Path]:
    """The files of a folder that are logs, or copies of them, by name. Raises OSError."""
    found = [path for path in folder.iterdir() if _LOG.match(path.name) and path.is_file()]
    return sorted(found)[:_MOST_FILES]


def read_log(path: Path, learner: str) -> LogFile:
    """A file, its entries under the name of `learner`; whose it is in truth, the header says."""
    try:
        if path.stat().st_size > _LARGEST:
            return LogFile(path, None, unreadable="it is larger than 512 MiB")
        with path.open("rb") as file:
            return _read(path, _lines(file), learner)
    except OSError as error:
        return LogFile(path, None, unreadable=(error.strerror or type(error).__name__).lower())


def write_log(path: Path, header: Header, items: Iterable[Item]) -> bool:
    """Write a machine's own file, whole or not at all; whether it is another than before."""
    lines = [header_line(header), *map(line_of, sorted(items, key=order_of))]
    content = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    try:
        if path.read_bytes() == content:
            return False
    except OSError:
        pass  # there is none yet, or writing will say what is wrong
    with writing(path) as new:
        new.touch(mode=0o600)
        new.write_bytes(content)
    return True


# A service's copies keep the beginning of the name, whatever they put behind it.
_LOG = re.compile(r"fasti-.+\.jsonl(?!\.damaged|\.tmp|\.part)", re.IGNORECASE)
_MARKS = (b"<<<<<<< ", b"=======", b">>>>>>> ", b"||||||| ")
_LARGEST = 512 * 1024 * 1024
_MOST_FILES = 1000
_MOST_BAD = 1000
_HALF_THERE = "it is empty or half copied; if it stays so, delete it: its machine writes all of it again"


class _Line(NamedTuple):
    number: int
    content: bytes
    whole: bool


def _lines(file: BinaryIO) -> Iterator[_Line]:
    """Lines that are not empty; one that is too long for an entry comes cut."""
    number = 0
    while line := file.readline(LONGEST):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST)
        if line.strip():
            yield _Line(number, line.rstrip(b"\r\n"), bool(rest))


def _read(path: Path, lines: Iterator[_Line], learner: str) -> LogFile:
    header: Header | None = None
    items: set[Item] = set()
    bad: list[int] = []
    cut = marked = False
    for line in lines:
        if line.content.startswith(_MARKS):
            marked = True
            continue
        try:
            text = line.content.decode("utf-8-sig" if line.number == 1 else "utf-8")
            if header is None or '"fasti":"log"' in text:
                header = read_header(text)
            else:
                items.add(read_line(text, learner))
        except FutureError:
            return LogFile(path, header, newer=True)
        except (LineError, UnicodeDecodeError):
            if header is None and not marked:
                why = _HALF_THERE if not line.whole else "it does not begin as a log of fasti does"
                return LogFile(path, None, unreadable=why)
            cut = cut or not line.whole
            if line.whole and len(bad) < _MOST_BAD:
                bad.append(line.number)
    if header is None:
        return LogFile(path, None, unreadable=_HALF_THERE)
    return LogFile(path, header, frozenset(items), False, cut, marked, tuple(bad))
