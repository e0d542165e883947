"""The real Anki, to hold what we write against: it imports packages and text, and exports them again."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest


def require_anki() -> None:
    """Skip the test, saying why, where there is no Anki; fail where no test may be skipped."""
    try:
        import anki.collection  # noqa: F401
    except ImportError as error:
        reason = f"the anki library is not installed, so nothing is held against the real Anki: {error}"
        if os.environ.get("CI") or os.environ.get("FASTI_TEST_ANKI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def empty_collection(folder: Path) -> Iterator[Any]:
    """A new collection of Anki's own in a folder, in English."""
    require_anki()
    with warnings.catch_warnings():
        # Of Anki's own making: it calls what it has itself given up.
        warnings.simplefilter("ignore", DeprecationWarning)
        from anki.collection import Collection

        collection = Collection(str(folder / "collection.anki2"))
        try:
            yield collection
        finally:
            collection.close()


def import_package(
    collection: Any, path: Path, *, progress: bool = True, merge: bool = False, always: bool = False
) -> Any:
    """Import a package, with the boxes for progress and merging ticked or not; Anki's account of it.

    `always` takes the package's notes even where the collection's are as new.
    """
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
    from anki.import_export_pb2 import ImportAnkiPackageUpdateCondition as Condition

    when = Condition.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_ALWAYS
    options = ImportAnkiPackageOptions(
        with_scheduling=progress,
        merge_notetypes=merge,
        update_notes=when if always else Condition.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER,
    )
    return collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(path), options=options)
    ).log


def export_package(collection: Any, path: Path, *, progress: bool = True, legacy: bool = True) -> None:
    """Export the whole collection as a package, in the newest format or as for older versions of Anki."""
    from anki.collection import ExportAnkiPackageOptions

    options = ExportAnkiPackageOptions(
        with_scheduling=progress, with_deck_configs=False, with_media=True, legacy=legacy
    )
    collection.export_anki_package(out_path=str(path), options=options, limit=None)


def import_text(collection: Any, path: Path) -> Any:
    """Import a file of the text format as Anki's dialog does by itself; Anki's account of it."""
    from anki.collection import ImportCsvRequest

    metadata = collection.get_csv_metadata(str(path), None)
    return collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log


class Tables(NamedTuple):
    """What a package of an older format holds: the rows of each table by column, the JSON of `col` read."""

    col: Mapping[str, Any]
    notes: list[dict[str, Any]]
    cards: list[dict[str, Any]]
    revlog: list[dict[str, Any]]


def tables(path: Path) -> Tables:
    """Read a package without any code of ours."""
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        names = set(archive.namelist())
        name = "collection.anki21" if "collection.anki21" in names else "collection.anki2"
        archive.extract(name, folder)
        with closing(sqlite3.connect(Path(folder, name))) as database:
            database.row_factory = sqlite3.Row
            rows = {
                table: [dict(row) for row in database.execute(f"SELECT * FROM {table} ORDER BY id")]
                for table in ("col", "notes", "cards", "revlog")
            }
    col = {
        key: json.loads(value) if isinstance(value, str) and value else value
        for key, value in rows["col"][0].items()
    }
    return Tables(col, rows["notes"], rows["cards"], rows["revlog"])


def through_anki(package: Path, zone: str, *, legacy: bool = True) -> Path:
    """Import a package with progress into an Anki that runs in a time zone, and export it again."""
    require_anki()
    out = package.with_name(f"back-{package.name}")
    subprocess.run(
        [sys.executable, "-W", "ignore", __file__, str(package), str(out), str(int(legacy))],
        env={**os.environ, "TZ": zone},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return out


def _through(package: str, out: str, legacy: str) -> None:
    with tempfile.TemporaryDirectory() as folder, empty_collection(Path(folder)) as collection:
        import_package(collection, Path(package))
        export_package(collection, Path(out), legacy=bool(int(legacy)))


if __name__ == "__main__":
    _through(*sys.argv[1:])
