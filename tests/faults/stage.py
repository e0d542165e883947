"""A home that is put back to how it was before each run, at the same path: device and deck files stay known."""

import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tests.cli.program import Done
from tests.faults.warm import Run, Streams, Warm

NOON = "2026-06-20T09:00:00+00:00"
_PAUSE_S = 0.01
_AGAIN_S = 0.16
_LONGEST_S = 60


class Kill(NamedTuple):
    """When a program is killed: after some seconds, or before a step and so many microseconds later.

    `cold` runs it as a shell does, loading included; otherwise it has loaded already.
    """

    seconds: float = _LONGEST_S
    step: int = 0
    linger_us: int = 0
    cold: bool = False


NEVER = Kill()


class Stage:
    """A home, a folder to work in and one for what is temporary; `fasti` runs the program there."""

    def __init__(self, warm: Warm, folder: Path) -> None:
        self._warm = warm
        self._folder = folder
        self._kept = folder / "kept"
        self.now = NOON
        self.root = folder / "now"
        self.home = self.root / "home"
        self.work = self.root / "work"
        self.file = self.home / "fasti.db"
        self.took = 0.0
        for each in (self.work, self.root / "tmp"):
            each.mkdir(parents=True)

    def keep(self) -> None:
        """What is there now is what `put_back` brings."""
        shutil.copytree(self.root, self._kept, symlinks=True)

    def put_back(self) -> None:
        """Make everything as it was when it was kept."""
        shutil.rmtree(self.root)
        shutil.copytree(self._kept, self.root, symlinks=True)

    def write(self, name: str, text: str) -> Path:
        """A file in the folder."""
        path = self.work / name
        path.write_text(text, encoding="utf-8")
        return path

    def steps(self) -> list[str]:
        """What the run before was about to write, in order, where that was asked for."""
        return (self._folder / "steps").read_text().splitlines()

    def fasti(
        self, *words: str, stdin: str | Sequence[object] = "", kill: Kill = NEVER, watched: bool = False
    ) -> Done:
        """Run the program, with lines to read, until it ends or is killed."""
        text = stdin if isinstance(stdin, str) else "".join(f"{line}\n" for line in stdin)
        (self._folder / "in").write_text(text, encoding="utf-8")
        streams = Streams(*(self._folder / name for name in ("in", "out", "err")))
        begun = time.monotonic()
        if kill.cold:
            code = self._cold(words, streams, kill.seconds)
        else:
            run = self._begin(words, streams, kill, watched=watched)
            code = _ended(run, kill.seconds)
        self.took = time.monotonic() - begun
        out, err = (path.read_text("utf-8", "replace") for path in (streams.stdout, streams.stderr))
        assert "Traceback" not in err, err
        return Done(code, out, err)

    def at_a_terminal(self, *words: str, kill: Kill = NEVER, watched: bool = False) -> Done:
        """Run the program at a terminal, where someone answers all that is asked."""
        keeper, terminal = pty.openpty()
        streams = Streams(*[Path(os.devnull)] * 3, os.ttyname(terminal))
        begun = time.monotonic()
        try:
            run = self._begin(words, streams, kill, watched=watched)
            code, seen = _pressing(run, keeper, begun + kill.seconds)
        finally:
            os.close(terminal)
            os.close(keeper)
        self.took = time.monotonic() - begun
        assert "Traceback" not in seen, seen
        return Done(code, seen, "")

    def _begin(self, words: Sequence[str], streams: Streams, kill: Kill, *, watched: bool) -> Run:
        steps = self._folder / "steps" if watched else None
        return self._warm.begin(
            words,
            self.work,
            self.environment(),
            streams,
            die_at=kill.step,
            linger_us=kill.linger_us,
            steps=steps,
        )

    def environment(self) -> dict[str, str]:
        """The variables of a run."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root),
            "FASTI_HOME": str(self.home),
            "FASTI_NOW": self.now,
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "TMPDIR": str(self.root / "tmp"),
            "TERM": "xterm",
            "NO_COLOR": "1",
        }

    def _cold(self, words: Sequence[str], streams: Streams, seconds: float) -> int:
        with (
            streams.stdin.open() as stdin,
            streams.stdout.open("w") as stdout,
            streams.stderr.open("w") as stderr,
        ):
            process = subprocess.Popen(
                [sys.executable, "-m", "fasti", *words],
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                env=self.environment(),
                cwd=self.work,
                start_new_session=True,
            )
            with suppress(subprocess.TimeoutExpired):
                return process.wait(seconds)
            os.killpg(process.pid, signal.SIGKILL)
            return process.wait()


def _ended(run: Run, seconds: float) -> int:
    status = run.wait(seconds)
    return run.kill() if status is None else status


def _pressing(run: Run, keeper: int, until: float) -> tuple[int, str]:
    """Press what the screen asks for; the exit code, and all that was on the screen."""
    seen, pressed_at, status = b"", 0, None
    while status is None and time.monotonic() < until:
        # Keys that came too early for their screen are dropped: press again after a while.
        patience = _PAUSE_S if len(seen) > pressed_at else _AGAIN_S
        if select.select([keeper], [], [], min(patience, max(until - time.monotonic(), 0)))[0]:
            seen += os.read(keeper, 65536)
        else:
            status = run.wait(0)
            if status is None and time.monotonic() < until:
                pressed_at = len(seen)
                os.write(keeper, _key(seen))
    if status is None:
        status = run.kill()
    while select.select([keeper], [], [], 0)[0]:
        seen += os.read(keeper, 65536)
    return status, seen.decode("utf-8", "replace")


def _key(seen: bytes) -> bytes:
    """Good, where grades are offered last; else what shows the answer, and at the end leaves."""
    return b"3" if seen.rfind(b"u undo") > seen.rfind(b"?\x1b") else b" "
