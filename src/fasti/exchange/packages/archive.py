"""The zip file around a collection, which is taken at its bytes and never at its word.

No member is ever written under its own name, so that links and paths in a package mean nothing.
"""

import io
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from fasti.exchange.packages import zstd
from fasti.exchange.packages.error import Flaw
from fasti.exchange.packages.limits import FREE, MAX_DIRECTORY, MAX_MEMBERS, MAX_RATIO, MAX_TOTAL

_PIECE = 1 << 18
_ENCRYPTED = 0x1
_LOCAL_HEADER = 30


class PackageZip:
    """An open zip file; it keeps count of how much has been unpacked from it."""

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        self._archive = archive
        self._most = min(MAX_TOTAL, max(FREE, size * MAX_RATIO))
        self._unpacked: dict[str, int] = {}
        self._total = 0
        self._times = Counter(member.filename for member in archive.infolist())

    def __contains__(self, name: str) -> bool:
        return name in self._times

    def members(self) -> list[zipfile.ZipInfo]:
        """What is in it, as its list says."""
        return self._archive.infolist()

    def is_plain(self, name: str) -> bool:
        """Whether a member is a file, and the only one of its name."""
        mode = self._archive.getinfo(name).external_attr >> 16
        return self._times[name] == 1 and not name.endswith("/") and not stat.S_ISLNK(mode)

    def pieces(self, name: str, most: int, *, zstandard: bool) -> Iterator[bytes]:
        """Unpack a member, of no more than `most` bytes, piece by piece.

        With `zstandard` it is unpacked once more. Raises Flaw, and what the libraries raise where it is damaged.
        """
        if self._archive.fp is None:
            raise RuntimeError("the package is closed; its media are read while it is open")
        member = self._member(name)
        done = 0
        with self._archive.open(member) as packed:
            for piece in zstd.pieces(packed) if zstandard else _plain_pieces(packed):
                done += len(piece)
                self._count(name, done, most)
                yield piece
        if not zstandard and done != member.file_size:
            raise zipfile.BadZipFile("a member is shorter than it says")

    def read(self, name: str, most: int, *, zstandard: bool) -> bytes:
        """The bytes of a member; see `pieces`."""
        return b"".join(self.pieces(name, most, zstandard=zstandard))

    def _member(self, name: str) -> zipfile.ZipInfo:
        member = self._archive.getinfo(name)
        if not self.is_plain(name):
            raise Flaw(f"its member `{name}` is there twice, or is a link")
        if member.flag_bits & _ENCRYPTED:
            raise Flaw("it is locked with a password", "unlock it with the program that locked it")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Flaw("it is packed in a way that few programs know")
        return member

    def _count(self, name: str, done: int, most: int) -> None:
        # What is read again counts once.
        before = self._unpacked.get(name, 0)
        if done > before:
            self._unpacked[name] = done
            self._total += done - before
        if done > most or self._total > self._most:
            raise Flaw("it unpacks to far more than a package of its size holds")


@contextmanager
def open_zip(file: Path) -> Iterator[PackageZip]:
    """Open a zip file whose list of members is of a sane size and whose members do not overlap."""
    with _Wary(file) as source, zipfile.ZipFile(source) as archive:
        members = archive.infolist()
        if len(members) > MAX_MEMBERS:
            raise Flaw(f"it has {len(members):,} members")
        _check_overlaps(members)
        yield PackageZip(archive, file.stat().st_size)


class _Wary(io.FileIO):
    """A file of which no more is read at one go than a zip file's list of members may need."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_DIRECTORY:
            raise Flaw("its list of members is too long")
        return super().read(size) or b""


def _check_overlaps(members: list[zipfile.ZipInfo]) -> None:
    """Refuse members that share their bytes, as in bombs that unpack one kernel many times."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            raise Flaw("its members overlap")
        end = member.header_offset + _LOCAL_HEADER + len(member.filename) + member.compress_size


def _plain_pieces(packed: IO[bytes]) -> Iterator[bytes]:
    while piece := packed.read(_PIECE):
        yield piece
