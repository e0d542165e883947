"""The machine and the versions that the numbers are of."""

import os
import platform
import sqlite3
import statistics
import subprocess
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("fasti", "anki", "genanki", "PyYAML", "rich", "SQLAlchemy", "textual", "typer")


def machine(folder: Path) -> dict[str, Any]:
    """What a reader must know to place the numbers; `folder` is where the data lies."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": load(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "file_system": _file_system(folder),
        "fdatasync_ms": round(_fdatasync_ms(folder), 3),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
    }


def load() -> float | None:
    """How many programs want to run, on the mean of the last minute; None where the system does not say."""
    try:
        return round(os.getloadavg()[0], 2)
    except (AttributeError, OSError):
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _file_system(folder: Path) -> str:
    try:
        command = ["stat", "--file-system", "--format=%T", str(folder)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _fdatasync_ms(folder: Path) -> float:
    """The median time in which 4 KiB are on the disk."""
    synchronise = getattr(os, "fdatasync", os.fsync)
    path = folder / "page"
    page = os.open(path, os.O_CREAT | os.O_RDWR)
    taken = []
    for _ in range(50):
        started = time.perf_counter()
        os.lseek(page, 0, os.SEEK_SET)
        os.write(page, os.urandom(4096))
        synchronise(page)
        taken.append(time.perf_counter() - started)
    os.close(page)
    path.unlink()
    return statistics.median(taken) * 1e3


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
