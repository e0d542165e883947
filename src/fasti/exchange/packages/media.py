"""The media of a package: the list that gives each its name, and names that are safe on every system."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from fasti.exchange.packages import protobuf
from fasti.exchange.packages.archive import PackageZip
from fasti.exchange.packages.error import Flaw, refusing
from fasti.exchange.packages.left_out import LeftOut
from fasti.exchange.packages.limits import MAX_LIST, MAX_MEDIA_FILE, MAX_MEMBERS
from fasti.exchange.packages.text import clean, composed

Media = dict[str, Callable[[], bytes]]

# Of MediaEntries and of its MediaEntry.
_ENTRIES = 1
_NAME, _SIZE, _SHA1 = 1, 2, 3

# Those that Windows forbids, and those that mean something in Markdown, HTML and Anki.
_FORBIDDEN = re.compile(r'[\[\]<>:"/?*^\\|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)[ ]*(?=\.|$)", re.IGNORECASE)
_EDGES = ". \u3000\t\n"
_LONGEST = 120


class _Entry(NamedTuple):
    member: str
    name: str
    size: int = 0
    sha1: bytes = b""


def plain_name(name: str) -> str:
    """A name for a media file that is a name and nothing else, on every system; never empty.

    What a note refers to has to go through it too before it is looked up among the media.
    """
    last = re.split(r"[/\\]", clean(name))[-1]
    bare = composed(_FORBIDDEN.sub("", last)).strip(_EDGES)
    stem, dot, extension = bare.rpartition(".")
    if not dot:
        stem, extension = bare, ""
    device = _DEVICE.match(stem + dot)
    if device:
        stem = device.group(1) + "_" + stem[device.end() :]
    return _shortened(stem, dot + extension) or "file"


def distinct_names(names: Iterable[str], left_out: LeftOut) -> Iterator[str]:
    """A plain name for each name, no two of which are the same file on a system that takes `A` for `a`."""
    numbers: dict[str, int] = {}
    changed: list[str] = []
    for name in names:
        plain = own = plain_name(name)
        while own.casefold() in numbers:
            numbers[plain.casefold()] += 1
            own = _numbered(plain, numbers[plain.casefold()])
        if own != plain:
            changed.append(own)
        numbers[own.casefold()] = 1
        yield own
    left_out.tell_names(
        changed,
        "a media file has the name of another and was renamed to {}",
        "{} media files have the names of others and were renamed: {}",
    )


def media_of(package: PackageZip, file: Path, left_out: LeftOut, *, latest: bool) -> Media:
    """The media files of a package by their plain names, each read when it is called for.

    `latest` says how the list is written. A file that is listed and not there is told in `left_out`.
    """
    if "media" not in package:
        return {}
    packed = package.read("media", MAX_LIST, zstandard=latest)
    try:
        listed = _latest_entries(packed) if latest else _legacy_entries(packed)
        entries = list(islice(listed, MAX_MEMBERS + 1))
    except (ValueError, TypeError, RecursionError):
        left_out.tell("the list of media files cannot be read, so that there are none")
        return {}
    if len(entries) > MAX_MEMBERS:
        raise Flaw(f"it lists more than {MAX_MEMBERS:,} media files")
    there = [entry for entry in entries if entry.member in package and package.is_plain(entry.member)]
    lost = sorted({entry.name for entry in entries} - {entry.name for entry in there})
    left_out.tell_names(
        [plain_name(name) for name in lost],
        "the media file {} is listed but not in the package",
        "{} media files are listed but not in the package: {}",
    )
    names = distinct_names((entry.name for entry in there), left_out)
    return {
        name: partial(_read, package, file, entry, name, latest=latest)
        for name, entry in zip(names, there, strict=True)
    }


def _latest_entries(packed: bytes) -> Iterator[_Entry]:
    for number, blob in enumerate(protobuf.blobs(protobuf.decode(packed), _ENTRIES)):
        entry = protobuf.decode(blob)
        sha1 = protobuf.blobs(entry, _SHA1)
        name, size = protobuf.text(entry, _NAME), protobuf.integer(entry, _SIZE)
        yield _Entry(str(number), name, size, sha1[-1] if sha1 else b"")


def _legacy_entries(packed: bytes) -> Iterator[_Entry]:
    listed = json.loads(packed) if packed.strip() else {}
    if not isinstance(listed, dict):
        raise TypeError("not an object")
    for member, name in listed.items():
        # Only files whose names are numbers are media; the database is not.
        if isinstance(name, str) and re.fullmatch("[0-9]+", member, re.ASCII):
            yield _Entry(member, name)


def _read(package: PackageZip, file: Path, entry: _Entry, name: str, *, latest: bool) -> bytes:
    with refusing(file):
        data = package.read(entry.member, MAX_MEDIA_FILE, zstandard=latest)
        if (entry.size and entry.size != len(data)) or (entry.sha1 and entry.sha1 != _sha1(data)):
            raise Flaw(f"its media file `{name}` is damaged")
        return data


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def _numbered(name: str, number: int) -> str:
    stem, dot, extension = name.rpartition(".")
    return f"{stem}-{number}{dot}{extension}" if dot else f"{name}-{number}"


def _shortened(stem: str, extension: str) -> str:
    """A name of at most 120 bytes; file systems take 255, and a numbering may come to it."""
    extension = _first_bytes(extension, 20).rstrip(_EDGES)
    stem = _first_bytes(stem, _LONGEST - len(extension.encode()))
    return (stem + extension).strip(_EDGES)


def _first_bytes(text: str, most: int) -> str:
    return text.encode()[:most].decode("utf-8", "ignore")
