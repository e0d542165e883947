"""Reading what Anki exports: packages of every version, and the folders of its add-on CrowdAnki.

What a file is tells its content, not its name. Nothing of it is trusted; see `package_zip`,
`package_database` and `package_limits` for what it is held to.
"""

import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from fasti.exchange.collection import Calendar, Collection
from fasti.exchange.packages import crowdanki, protobuf, schema_11, schema_18
from fasti.exchange.packages.archive import PackageZip, open_zip
from fasti.exchange.packages.cards import read_cards, read_reviews
from fasti.exchange.packages.database import PackageDatabase, open_database
from fasti.exchange.packages.error import Flaw, refusing
from fasti.exchange.packages.left_out import LeftOut
from fasti.exchange.packages.limits import MAX_DATABASE, MIB
from fasti.exchange.packages.media import Media, media_of
from fasti.exchange.packages.notes import read_notes
from fasti.exchange.packages.rendering import check_rendering
from fasti.exchange.packages.schema_11 import Heads
from fasti.exchange.packages.text import integer

_LATEST = "latest"
_DATABASES = {"legacy 1": "collection.anki2", "legacy 2": "collection.anki21", _LATEST: "collection.anki21b"}
# By the number in the first field of the member `meta`.
_FORMATS = {1: "legacy 1", 2: "legacy 2", 3: _LATEST}
_VERSION = 1

_TABLES = ("col", "notes", "cards", "revlog", *schema_18.TABLES)
_NEWEST_SCHEMA, _FIRST_WITH_TABLES = 18, 15

_YEAR_3000 = 32_503_680_000
_MINUTES_OF_A_DAY, _HOURS_OF_A_DAY = 24 * 60, 24
_ROLLOVER = 4

_WHAT_TO_GIVE = "give an `.apkg` or `.colpkg` that Anki exported, or a CrowdAnki folder"
_OLDER = "in Anki, export it again with `Support older Anki versions` ticked"


@contextmanager
def open_collection(path: Path) -> Iterator[Collection]:
    """What is in an Anki package (`.apkg`, `.colpkg`), a CrowdAnki folder or its JSON file.

    Every card has its note, its template and its deck there, every note its note type and as many fields,
    every review its card; what lacks them is told in `left_out`. Cards and reviews of Anki's scheduler 1 are
    given as scheduler 2 has them. Media are read when they are called for, while the context lasts; they
    raise PackageError where they are damaged.

    Raises PackageError, and MissingZstdError where this Python cannot unpack the package.
    """
    with ExitStack() as open_files:
        with refusing(path):
            if _is_crowdanki(path):
                collection = crowdanki.read(path)
            else:
                collection = _packaged(open_files.enter_context(open_zip(path)), path)
        yield collection


def _is_crowdanki(path: Path) -> bool:
    """Whether it is a folder or JSON, and not a zip file; Flaw where it is neither."""
    if path.is_dir():
        return True
    if not path.is_file():
        raise Flaw("there is no such file", _WHAT_TO_GIVE)
    with path.open("rb") as file:
        start = file.read(1024)
    if start.startswith(b"SQLite format 3"):
        raise Flaw(
            "it is a database, not a package", "in Anki, choose `File > Export` and give what it writes"
        )
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return True
    if not start.startswith(b"PK") and not zipfile.is_zipfile(path):
        raise Flaw("it is not an Anki package", _WHAT_TO_GIVE)
    return False


def _packaged(package: PackageZip, path: Path) -> Collection:
    kind = _format(package)
    left_out = LeftOut()
    media = media_of(package, path, left_out, latest=kind == _LATEST)
    with tempfile.TemporaryDirectory(prefix="fasti-") as folder:
        file = Path(folder) / "collection"
        with file.open("xb") as unpacked:
            for piece in package.pieces(_DATABASES[kind], MAX_DATABASE, zstandard=kind == _LATEST):
                unpacked.write(piece)
        with open_database(file, _TABLES) as database:
            return _collection(kind, database, media, left_out)


def _format(package: PackageZip) -> str:
    """What the package says it is; where it says nothing, what the newest database in it is."""
    if "meta" in package:
        version = protobuf.integer(protobuf.decode(package.read("meta", MIB, zstandard=False)), _VERSION)
        if version not in _FORMATS:
            raise Flaw(f"its format has the number {version}, which fasti does not know", _OLDER)
        kind = _FORMATS[version]
        if _DATABASES[kind] not in package:
            raise Flaw(f"it has no `{_DATABASES[kind]}`")
        return kind
    for kind, name in reversed(_DATABASES.items()):
        if name in package:
            return kind
    raise Flaw("there is no collection in it", f"unpack it if it holds others; {_WHAT_TO_GIVE}")


def _collection(kind: str, database: PackageDatabase, media: Media, left_out: LeftOut) -> Collection:
    created, heads = _heads(database, left_out)
    decks = dict(heads.decks)
    old = integer(heads.settings.get("schedVer")) in (None, 1)
    notes = read_notes(database, heads.note_types, left_out)
    types_of_notes = {note.id: heads.note_types[note.note_type] for note in notes.values()}
    cards = read_cards(database, types_of_notes, decks, left_out, old_scheduler=old)
    check_rendering(heads.note_types, notes.values(), cards.values())
    return Collection(
        format=kind,
        calendar=_calendar(created, heads.settings, left_out),
        note_types=heads.note_types,
        decks=decks,
        notes=list(notes.values()),
        cards=list(cards.values()),
        reviews=read_reviews(database, cards, left_out, old_scheduler=old),
        media=media,
        left_out=left_out.sentences(),
    )


def _heads(database: PackageDatabase, left_out: LeftOut) -> tuple[object, Heads]:
    """When the collection was begun, and its note types, decks and settings, wherever its version keeps them."""
    for created, version, conf, models, decks in database.rows(
        "col", ("crt", "ver"), ("conf", "models", "decks")
    ):
        schema = integer(version) or 0
        if schema > _NEWEST_SCHEMA:
            raise Flaw(f"its database is of version {schema}, which fasti does not know", _OLDER)
        if schema >= _FIRST_WITH_TABLES:
            return created, schema_18.read_heads(database, left_out)
        heads = schema_11.read_heads(conf, models, decks, left_out)
        return created, heads._replace(settings={**heads.settings, **schema_18.read_settings(database)})
    raise Flaw("its database is empty")


def _calendar(created: object, settings: Mapping[str, object], left_out: LeftOut) -> Calendar:
    begun, west, rollover = (
        integer(value) for value in (created, settings.get("creationOffset"), settings.get("rollover"))
    )
    if begun is None or not 0 <= begun < _YEAR_3000:
        left_out.tell("the package does not say when it was begun, so that its due days mean nothing")
        begun = 0
    if west is not None and abs(west) > _MINUTES_OF_A_DAY:
        west = None
    return Calendar(
        begun, west, rollover if rollover is not None and 0 <= rollover < _HOURS_OF_A_DAY else _ROLLOVER
    )
