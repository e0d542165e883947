"""Going back to a backup: what that would change, and doing it without losing what is there now."""

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from fasti.backups import ServerBackupError
from fasti.core.onlooker import Onlooker, nobody
from fasti.desk import renew_device
from fasti.settings import Settings
from fasti.store.backup import overwrite, put_aside, take_place
from fasti.store.comparison import Difference, difference, is_comparable
from fasti.store.copies import Copy
from fasti.store.migrate import use_wal
from fasti.store.other import other_database
from fasti.store.refusals import DamagedDatabaseError, ForeignDatabaseError, NotADatabaseError


class Preview(NamedTuple):
    """What going back to a backup would change; None where what is there now cannot be read."""

    copy: Copy
    difference: Difference | None

    def as_json(self) -> dict[str, Any]:
        """The preview as programs read it."""
        found = self.difference
        return {
            "path": str(self.copy.path),
            "made_at_ms": self.copy.made_ms,
            "readable": found is not None,
            "answers_lost": None if found is None else found.log_here.answers,
            "answers_gained": None if found is None else found.log_there.answers,
            "decks_lost": None if found is None else found.decks_here,
            "decks_gained": None if found is None else found.decks_there,
        }


def preview(settings: Settings, copy: Copy, now_ms: int) -> Preview:
    """What `restore` would change. Raises a refusal of `fasti.store.refusals` for a copy that cannot be used."""
    file = _file(settings)
    with other_database(copy.path, now_ms) as ready:
        assert ready.file is not None  # a file is what was opened
        if not file.exists():
            return Preview(copy, None)
        try:
            return Preview(copy, difference(file, ready.file) if is_comparable(file) else None)
        except (DamagedDatabaseError, NotADatabaseError, ForeignDatabaseError):
            return Preview(copy, None)


def restore(settings: Settings, copy: Copy, now_ms: int, onlooker: Onlooker = nobody) -> Path | None:
    """Go back to a backup; where what was there until now is kept, None if there was nothing.

    From here on this machine writes as another device: the numbers that it has given out since the backup may
    be known to other machines. Raises a refusal of `fasti.store.refusals`; then everything is as it was.
    """
    file = _file(settings)
    with other_database(copy.path, now_ms) as ready:
        assert ready.file is not None  # a file is what was opened
        # Before it is in its place: whoever ends the program afterwards leaves no numbers to be given twice.
        renew_device(ready, at=file)
        return _put_in_place(ready.file, file, now_ms, onlooker)


def _put_in_place(ready: Path, file: Path, now_ms: int, onlooker: Onlooker) -> Path | None:
    if file.exists() and file.stat().st_size:
        with suppress(DamagedDatabaseError, NotADatabaseError):
            onlooker("Keeping what is there now", 0, 0, "")
            aside = put_aside(file, "before-restore", now_ms)
            overwrite(file, ready, onlooker)
            return aside
    return take_place(file, ready, now_ms, use_wal)


def _file(settings: Settings) -> Path:
    if settings.sqlite_file is None:
        raise ServerBackupError
    return settings.sqlite_file
