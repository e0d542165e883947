"""Decks in a zip file with their pictures: read from anyone, written alike wherever it is done.

A zip file from a stranger is held to what the packages of other programs are held to: how much it may
unpack to, members that overlap, links. Only deck files and pictures are taken out of it, under names that
lead nowhere but into their own folder.
"""

import unicodedata
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from fasti.errors import FastiError
from fasti.exchange.file_names import is_file_name
from fasti.exchange.packages.archive import PackageZip, open_zip
from fasti.exchange.packages.error import Flaw, refusing
from fasti.exchange.packages.limits import MIB
from fasti.whole_file import writing

DECK_ENDINGS = frozenset({".yaml", ".yml"})
PICTURE_ENDINGS = frozenset(
    {".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"}
)

MAX_DECK = 32 * MIB
MAX_PICTURE = 64 * MIB
MAX_FILES = 5_000
"""Deck files and pictures in a zip file; a course of several years has some hundreds."""

MAX_DEPTH = 8
LONGEST_PATH = 240

OURS = b"fasti decks"
"""The comment of a zip file that was written here."""

_AGAIN = "get it again from whoever gave it to you"


class NoDeckInZipError(FastiError):
    """A zip file that holds no deck."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"there is no deck in `{path}`",
            "a zip file of decks has files whose names end in `.yaml` or `.yml`",
        )


class DeckZip(NamedTuple):
    """What a zip file has of decks, by names relative to their folder, with `/`.

    `pictures` are read while the file is open; `left_out` counts members that are neither.
    """

    decks: Mapping[str, bytes]
    pictures: Mapping[str, Callable[[], bytes]]
    left_out: int


def is_zip(path: Path) -> bool:
    """Whether a file is a zip file, by what it begins with."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    except OSError:
        return False


@contextmanager
def open_deck_zip(path: Path) -> Iterator[DeckZip]:
    """The decks in a zip file. Raises PackageError where it cannot or must not be read, and NoDeckInZipError."""
    with ExitStack() as open_files:
        with refusing(path, _AGAIN):
            zipped = _opened(path, open_files.enter_context(open_zip(path)))
        if not zipped.decks:
            raise NoDeckInZipError(path)
        yield zipped


def write_deck_zip(path: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a zip file; the same files give the same bytes on every machine.

    Nothing is compressed: compressors differ from version to version, and pictures are compressed already.
    Raises WriteError.
    """
    with writing(path) as new, zipfile.ZipFile(new, "w", zipfile.ZIP_STORED) as archive:
        archive.comment = OURS
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _NO_TIME)
            member.create_system = _UNIX
            member.external_attr = 0o100644 << 16
            archive.writestr(member, files[name])


_NO_TIME = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file knows."""
_UNIX = 3


def _opened(path: Path, archive: PackageZip) -> DeckZip:
    members, left_out = _named(archive)
    decks = {
        name: archive.read(member, MAX_DECK, zstandard=False)
        for name, member in members.items()
        if _ending(name) in DECK_ENDINGS
    }
    pictures = {
        name: _reader(path, archive, member)
        for name, member in members.items()
        if _ending(name) in PICTURE_ENDINGS
    }
    return DeckZip(decks, pictures, left_out)


def _named(archive: PackageZip) -> tuple[Mapping[str, str], int]:
    """The deck files and pictures by the names that they get, and how many members are neither.

    A folder around all of them is left out."""
    members: dict[str, str] = {}
    left_out = 0
    for member in archive.members():
        name = _plain_name(member)
        if name.endswith("/") or _is_clutter(name):
            continue
        if _ending(name) not in DECK_ENDINGS | PICTURE_ENDINGS:
            left_out += 1
            continue
        _check(name, archive, member.filename)
        if len(members) == MAX_FILES:
            raise Flaw(f"it has more than {MAX_FILES:,} files")
        members[name] = member.filename
    around = _folder_around(members)
    found = {name.removeprefix(around): member for name, member in members.items()}
    _check_apart(found)
    return found, left_out


def _plain_name(member: zipfile.ZipInfo) -> str:
    """A member's name with `/`; some programs write UTF-8 without saying so, and some `\\`."""
    name = member.filename
    if not member.flag_bits & 0x800:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _is_clutter(name: str) -> bool:
    """Whether a member is what an operating system leaves in every zip file, or is hidden."""
    parts = name.split("/")
    return "__MACOSX" in parts or any(part.startswith(".") and part.strip(".") for part in parts)


def _check(name: str, archive: PackageZip, member: str) -> None:
    parts = name.split("/")
    if not all(map(is_file_name, parts)) or len(parts) > MAX_DEPTH or len(name) > LONGEST_PATH:
        raise Flaw(f"its member `{name}` has a name under which it cannot be unpacked safely")
    if not archive.is_plain(member):
        raise Flaw(f"its member `{name}` is there twice, or is a link")


def _folder_around(names: Collection[str]) -> str:
    """The folder that everything is in, as where a folder was packed; empty where there is none."""
    tops = {name.partition("/")[0] for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""


def _check_apart(names: Collection[str]) -> None:
    """Refuse names that are one on some systems, and files that would have to be folders too."""
    folded = {name.casefold() for name in names}
    folders = {
        "/".join(name.split("/")[:depth]) for name in folded for depth in range(1, name.count("/") + 1)
    }
    if len(folded) < len(names) or folders & folded:
        raise Flaw("two of its members have one name, but for capitals")


def _reader(path: Path, archive: PackageZip, member: str) -> Callable[[], bytes]:
    def read() -> bytes:
        with refusing(path, _AGAIN):
            return archive.read(member, MAX_PICTURE, zstandard=False)

    return read


def _ending(name: str) -> str:
    return Path(name).suffix.lower()
