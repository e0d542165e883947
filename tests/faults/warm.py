"""The real program, begun many times a second: a process that has loaded it forks itself for each run.

What a killed program leaves behind does not depend on how long it took to load. A run is a process of its own
in a session of its own, with files or a terminal for its streams, so that `kill -9` of its group is that of a
shell. It can also be told to die of the same signal by itself at its n-th step: before a statement that writes,
before a file is made, moved, taken away or brought to the disk.
"""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, Self

ROOT = Path(__file__).parents[2]


class Streams(NamedTuple):
    """The files that a run reads and writes; with a terminal's name, that is all three of them."""

    stdin: Path
    stdout: Path
    stderr: Path
    terminal: str = ""


class Run:
    """A run that goes on: `wait` for it to end, or `kill` it."""

    def __init__(self, warm: "Warm", pid: int) -> None:
        self.pid = pid
        self._warm = warm
        self._status: int | None = None

    def wait(self, seconds: float) -> int | None:
        """Its exit code, negative for a signal; None where it goes on after this long."""
        if self._status is None and self._warm.said_something(seconds):
            self._status = int(self._warm.line()["status"])
        return self._status

    def kill(self) -> int:
        """`kill -9` of all that it has begun; its exit code."""
        if self._status is None:
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except ProcessLookupError:
                # So soon that it has no group of its own yet, or so late that it has just ended.
                with suppress(ProcessLookupError):
                    os.kill(self.pid, signal.SIGKILL)
        status = self.wait(60)
        assert status is not None, "a killed program goes on"
        return status


class Warm:
    """A process with the program loaded."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", str(Path(__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # A line read ahead would be one that `said_something` never hears of.
            bufsize=0,
            cwd=ROOT,
        )
        assert self.line() == {"ready": True}
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(30)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def begin(
        self,
        words: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        streams: Streams,
        *,
        die_at: int = 0,
        linger_us: int = 0,
        steps: Path | None = None,
    ) -> Run:
        """Begin a run. `die_at` is the step before which it dies, `linger_us` later; `steps` is where all are written."""
        order = {
            "words": list(words),
            "folder": str(folder),
            "environment": dict(environment),
            "streams": [str(each) for each in streams],
            "die_at": die_at,
            "linger_us": linger_us,
            "steps": str(steps or ""),
        }
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return Run(self, int(self.line()["pid"]))

    def line(self) -> Any:
        """The next thing that it says."""
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())

    def said_something(self, seconds: float) -> bool:
        """Whether it says something within this time."""
        assert self._process.stdout is not None
        return bool(select.select([self._process.stdout], [], [], max(seconds, 0))[0])


def serve() -> None:
    """Load the program, then run it for each order."""
    import gc
    import pkgutil
    from importlib import import_module

    import fasti
    import fasti.cli

    for module in pkgutil.walk_packages(fasti.__path__, "fasti."):
        if "windows" not in module.name and not module.name.endswith("__main__"):
            import_module(module.name)

    gc.freeze()
    out = os.dup(1)
    os.write(out, b'{"ready": true}\n')
    for line in sys.stdin.buffer:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _run(order)
        os.write(out, json.dumps({"pid": pid}).encode() + b"\n")
        _, status = os.waitpid(pid, 0)
        os.write(out, json.dumps({"status": os.waitstatus_to_exitcode(status)}).encode() + b"\n")


def _run(order: Any) -> None:
    """Be the program: its streams, its words, its environment; never returns."""
    try:
        os.setsid()
        os.chdir(order["folder"])
        _take_streams(*order["streams"])
        os.environ.clear()
        os.environ.update(order["environment"])
        sys.argv[:] = ["fasti", *order["words"]]
        if order["die_at"] or order["steps"]:
            _watch_steps(order["die_at"], order["linger_us"], order["steps"])
        from fasti.__main__ import main

        code: Any = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        sys.stdout.flush()
        os._exit(code if isinstance(code, int) else 1)
    except BaseException:  # noqa: BLE001 - as the interpreter does at its top
        import traceback

        traceback.print_exc()
        os._exit(99)


def _take_streams(stdin: str, stdout: str, stderr: str, terminal: str) -> None:
    """Read and write these, as a shell would have it."""
    for number, (path, flags) in enumerate(
        ((stdin, os.O_RDONLY), (stdout, _WRITES), (stderr, _WRITES))
        if not terminal
        else ((terminal, os.O_RDWR),) * 3
    ):
        opened = os.open(path, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as the interpreter has it
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115


_WRITES = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
_EVENTS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate", "os.chmod"}


def _watch_steps(die_at: int, linger_us: int, steps: str) -> None:
    """Count what is about to be written; die before the step of this number, or so much later."""
    import sqlite3
    from threading import Lock

    count, lock = 0, Lock()
    log = os.open(steps, _WRITES, 0o600) if steps else -1

    def step(what: str) -> None:
        nonlocal count
        with lock:
            count += 1
            if log >= 0:
                os.write(log, f"{what}\n".encode())
            if count != die_at:
                return
        if not linger_us:
            os.kill(os.getpid(), signal.SIGKILL)
        # Its default is to end the process where it stands, in the middle of a commit too.
        signal.setitimer(signal.ITIMER_REAL, linger_us / 1_000_000)

    def statement(text: str) -> None:
        words = text.split(None, 2)
        if words and words[0].upper() not in {"SELECT", "PRAGMA", "--", "BEGIN"}:
            step(" ".join(words[:2]))

    def event(name: str, arguments: Any) -> None:
        if name in _EVENTS:
            step(f"{name} {arguments[0]!s:.60}")
        elif name == "open" and isinstance(arguments[2], int) and arguments[2] & _CHANGES:
            step(f"open {arguments[0]!s:.60}")

    connect, fsync = sqlite3.connect, os.fsync

    def traced(*arguments: Any, **how: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **how)
        connection.set_trace_callback(statement)
        return connection

    def synced(descriptor: int) -> None:
        step("fsync")
        fsync(descriptor)

    sqlite3.connect = sqlite3.dbapi2.connect = traced  # type: ignore[assignment]
    os.fsync = synced
    sys.addaudithook(event)


_CHANGES = os.O_WRONLY | os.O_RDWR

if __name__ == "__main__":
    serve()
