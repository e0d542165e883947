"""Where an export goes: under which name, and what it may be written over."""

from collections.abc import Callable, Sequence
from pathlib import Path

from fasti.errors import ExitCode, FastiError
from fasti.whole_file import is_database, is_folder


class ExportNameError(FastiError):
    """A file name under which an export would not do what it says."""

    exit_code = ExitCode.USAGE


def check_output(decks: Sequence[str], output: Path | None) -> None:
    """Refuse one file for several decks, before anything is written."""
    if output is not None and len(decks) > 1 and not is_folder(output):
        raise ExportNameError(
            f"one file, `{output}`, cannot hold {len(decks)} decks",
            "give a folder that is there, or leave out `-o`: each deck gets a file of its own",
        )


def export_path(to: Path | None, name: str, ending: str) -> Path:
    """The file that was named, or one called after the deck in the folder that was named, or here."""
    named = f"{name}{ending}"
    if to is None:
        return Path(named)
    return to / named if is_folder(to) else to


def check_place(path: Path, ours: Callable[[Path], bool], *, replacing: bool) -> None:
    """Refuse to write over what is not an export: a source table, a package that was downloaded, a database."""
    try:
        if not path.is_file() or path.stat().st_size == 0:
            return
        if is_database(path):
            raise ExportNameError(f"`{path}` is a database", "give another name with `-o`")
        if replacing or ours(path):
            return
    except (OSError, ValueError) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or "no file can have that name"
        raise ExportNameError(f"`{path}` cannot be written: {why}", "give another name with `-o`") from error
    raise ExportNameError(
        f"`{path}` is there already, and `fasti export` did not write it",
        "give another name with `-o`, or say `--replace` if you do not need it",
    )
