"""Whether decks that are to be added are in the library as they are: seen without what adding needs.

To load SQLAlchemy and the reader of decks takes several times as long as to see that there is nothing to do.
"""

from collections.abc import Sequence
from pathlib import Path

from fasti.decks.find import deck_files_below
from fasti.files import READ_WITH, bytes_of, digest_of, unchanged
from fasti.following import GONE, below, look
from fasti.settings import Settings, by_name, stored_path
from fasti.store.peek import glimpse
from fasti.store.seen import SeenFile, SeenFolders
from fasti.store.stamps import Stamp, note_stamps


def all_there(settings: Settings, paths: Sequence[Path], wall_ns: int, *, dry_run: bool = False) -> bool:
    """Whether `library.add` would do no more than note new time stamps; unless it is a `dry_run`, they are noted.

    `wall_ns` is now by the clock of files. False wherever that cannot be told at a glance.
    """
    if settings.sqlite_file is None:
        return False
    with glimpse(settings.sqlite_file) as seen:
        files, folders = (seen.files(), seen.folders()) if seen else (None, None)
        if seen is None or not files or folders is None or not seen.enrolled(settings.learner):
            return False
    try:
        known = all(_is_known(by_name(path), files, folders) for path in paths)
        stamps = _new_stamps(files, wall_ns) if known else None
    except OSError:
        return False
    if stamps is None or look(folders.paths, files, folders.left_out) != ([], []):
        return False
    return dry_run or not stamps or note_stamps(settings.sqlite_file, stamps)


def _is_known(place: Path, files: Sequence[SeenFile], folders: SeenFolders) -> bool:
    """Whether the library watches a deck file, or follows a folder in which there are some."""
    name = stored_path(place)
    paths = [file.path for file in files]
    left_out = [file.path for file in folders.left_out]
    if not place.is_dir():
        return place.is_file() and name in paths and name not in left_out
    if name not in folders.paths or below(name, left_out):  # what was left out of it is looked at again
        return False
    return bool(deck_files_below(place)) and bool(below(name, paths))


def _new_stamps(files: Sequence[SeenFile], wall_ns: int) -> list[Stamp] | None:
    """The time stamps of files that hold what they held; None where one holds something else. Raises OSError."""
    stamps: list[Stamp] = []
    for file in files:
        if unchanged(file.path, file.size, file.mtime_ns, file.version):
            continue
        if file.version != READ_WITH or file.size == GONE:
            return None
        found = bytes_of(file.path, wall_ns)
        if len(found.data) != file.size or digest_of(found.data) != file.digest:
            return None
        stamps.append(Stamp(file.path, file.digest, found.mtime_ns))
    return stamps
