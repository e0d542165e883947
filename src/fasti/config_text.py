"""The student's file of settings as text and as TOML, or the sentence that says why it cannot be used."""

import stat
from pathlib import Path
from typing import Any

from fasti.errors import ExitCode, FastiError

EDIT = "`fasti config edit` opens the file"
"""What to do next about a file that is not as it should be."""

_LARGEST = 16 * 1024


class ConfigurationError(FastiError):
    """A setting that cannot be meant, or a file of settings that cannot be used."""

    exit_code = ExitCode.USAGE


def text_of(file: Path) -> str | None:
    """The text of the file of settings, None where there is none. Raises ConfigurationError."""
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _unusable(file, "it is a folder", "rename the folder; the settings are a file of this name")
        if not stat.S_ISREG(status.st_mode):
            raise _unusable(file, "it is no ordinary file", "put an ordinary file there")
        if status.st_size > _LARGEST:
            raise _unusable(file, "it is larger than 16 KiB", "take out what does not belong there")
        return file.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigurationError(
            f"{file}:{line}: this is not UTF-8", f"save the file as UTF-8; {EDIT}"
        ) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _unusable(file, reason[:1].lower() + reason[1:], "see that you may read it") from error


def tree_of(file: Path, text: str) -> dict[str, Any]:
    """The text of a file of settings as values. Raises ConfigurationError with the place where it is not TOML."""
    # Imported here: most students have no such file.
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ConfigurationError(f"{file}: this is nested too deeply to be read", EDIT) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(_not_toml(file, text, str(error)), EDIT) from error
    except ValueError as error:  # Python reads no number of more than 4300 digits
        raise ConfigurationError(f"{file}: this holds a number with too many digits", EDIT) from error


def _unusable(file: Path, reason: str, hint: str) -> ConfigurationError:
    return ConfigurationError(f"`{file}` cannot be read: {reason}", hint)


def _not_toml(file: Path, text: str, message: str) -> str:
    """The sentence for what is not TOML, the place before it as editors understand it."""
    what, _, place = message.rpartition(" (at ")
    line, _, column = place.removeprefix("line ").removesuffix(")").partition(", column ")
    last = f"{file}:{text.rstrip().count(chr(10)) + 1}"
    where = f"{file}:{line}:{column}" if column else last
    what = what or message
    return f"{where}: this is not TOML: {what[:1].lower()}{what[1:][:200]}"
