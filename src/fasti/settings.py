"""Where things are: the environment, the folders, the database, what ships with the program."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from fasti.errors import ExitCode, FastiError

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent

BUNDLED = "bundled:"
"""How the library names the folder of the decks that ship with the program, wherever that is installed."""


BUNDLED_DECKS = ("cuban-missile-crisis.yaml", "cold-war-origins.yaml")
"""The decks that ship with the program, in the order in which a new student meets them."""


class SettingError(FastiError):
    """A value in the environment that cannot be meant."""

    exit_code = ExitCode.USAGE


class Settings(NamedTuple):
    """What holds for one run. `database` is a SQLAlchemy URL; `learner` names whose progress it is."""

    data: Path
    database: str
    learner: str

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, or None where the database is a server."""
        prefix = "sqlite:///"
        return Path(self.database.removeprefix(prefix)) if self.database.startswith(prefix) else None


def read_settings(
    environment: Mapping[str, str], database: str | None = None, learner: str | None = None
) -> Settings:
    """The settings of this run; `database` (a URL or a path of a SQLite file) overrides the environment.

    `FASTI_HOME` replaces the data folder, `FASTI_DATABASE` the database; `learner`, where it names one,
    overrides `FASTI_LEARNER`.
    """
    home = environment.get("FASTI_HOME")
    data = expanded(home) if home else _data_folder()
    url = _url(database or environment.get("FASTI_DATABASE") or str(data / "fasti.db"))
    return Settings(data.absolute(), url, learner or _learner(environment, url))


def config_file(environment: Mapping[str, str]) -> Path:
    """The file of the student's settings, whether or not there is one; `FASTI_HOME` replaces its folder."""
    home = environment.get("FASTI_HOME")
    folder = expanded(home) if home else _config_folder()
    return folder.absolute() / "config.toml"


def make_private_folder(folder: Path) -> None:
    """Make a folder, and those above that it lacks, for their owner alone; what exists stays as it is. Raises OSError."""
    for each in reversed([each for each in (folder, *folder.parents) if not each.is_dir()]):
        each.mkdir(mode=0o700, exist_ok=True)


def expanded(path: str) -> Path:
    """The path with `~` as the home folder that it means. Raises SettingError where nobody has such a one."""
    try:
        return Path(path).expanduser()
    except RuntimeError as error:
        raise SettingError(f"nobody here has the home folder of `{path}`", "write the path out") from error


def bundled(name: str) -> Path:
    """A folder that ships with the program: `decks` or `migrations`, installed or in a checkout."""
    packaged = _PACKAGE / f"_{name}"
    return packaged if packaged.is_dir() else _CHECKOUT / name


def by_name(path: Path) -> Path:
    """A path, or the deck that ships with the program under this name."""
    shipped = bundled("decks") / f"{path}.yaml"
    return shipped if shipped.name in BUNDLED_DECKS and not path.exists() else path


def deck_path(stored: str) -> Path:
    """Where a deck file that the library remembers is now."""
    if stored.startswith(BUNDLED):
        return bundled("decks") / stored.removeprefix(BUNDLED)
    return Path(stored)


def stored_path(path: Path) -> str:
    """How the library remembers a deck file: absolute, or by name where it ships with the program."""
    path = Path(os.path.abspath(path))  # noqa: PTH100 - links are kept as the author laid them
    if path.parent == bundled("decks").absolute():
        return BUNDLED + path.name
    return str(path)


def _data_folder() -> Path:
    # Imported here: with FASTI_HOME set it is not needed.
    from platformdirs import user_data_path

    return user_data_path("fasti", appauthor=False)


def _config_folder() -> Path:
    from platformdirs import user_config_path

    return user_config_path("fasti", appauthor=False)


def _url(database: str) -> str:
    if "://" not in database:
        if _is_meant_as_server(database):
            # Not repeated: there may be a password in it.
            raise SettingError(
                "this is no URL of a database, and no good name for a file",
                "write a server like `postgresql://user@host/name`",
            )
        return f"sqlite:///{expanded(database).absolute()}"
    if database.startswith("sqlite://"):
        path = database.removeprefix("sqlite:///")
        if path == database or path in {"", ":memory:"}:
            raise SettingError(
                "a database in memory would forget everything at the end",
                "give a file: `--database progress.db`",
            )
        return f"sqlite:///{expanded(path).absolute()}"
    return database


def _is_meant_as_server(database: str) -> bool:
    """Whether it is in the form of PostgreSQL's own programs, or a URL without its slashes."""
    words = database.casefold()
    return words.startswith(("postgres:", "postgresql:", "postgres+", "postgresql+", "sqlite:")) or any(
        word.startswith(("password=", "dbname=", "host=")) for word in words.split()
    )


def _learner(environment: Mapping[str, str], url: str) -> str:
    """Whose progress it is: one student's own file needs no name, on a server the account has one."""
    if named := environment.get("FASTI_LEARNER"):
        return named
    if url.startswith("sqlite:"):
        return "me"
    import getpass

    return getpass.getuser()
