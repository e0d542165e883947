"""The real program in a home of its own, at a moment of the test's choosing."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DAY_ONE = "2026-06-01T09:00:00+00:00"


@dataclass
class Done:
    """A finished run."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """One JSON value a line."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Fasti:
    """Runs `fasti` as a process of its own; `now` moves only when a test moves it."""

    home: Path
    folder: Path
    now: str = DAY_ONE
    columns: int | None = None

    def environment(self) -> dict[str, str]:
        inherited = {
            key: value for key, value in os.environ.items() if not key.startswith(("FASTI_", "COLUMNS"))
        }
        return {
            **inherited,
            "FASTI_HOME": str(self.home),
            "FASTI_NOW": self.now,
            "PYTHONIOENCODING": "utf-8",
            "NO_COLOR": "1",
            **({"COLUMNS": str(self.columns)} if self.columns else {}),
        }

    def __call__(self, *arguments: str, stdin: str | Sequence[object] = "") -> Done:
        text = stdin if isinstance(stdin, str) else "".join(f"{line}\n" for line in stdin)
        done = subprocess.run(
            [sys.executable, "-m", "fasti", *arguments],
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.environment(),
            cwd=self.folder,
            timeout=120,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    def on(self, day: int, hour: int = 9) -> "Fasti":
        """Move the clock to this many days after the first."""
        from datetime import UTC, datetime, timedelta

        self.now = (datetime(2026, 6, 1, hour, tzinfo=UTC) + timedelta(days=day)).isoformat()
        return self

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def answer(self, *grades: object, options: Sequence[str] = ()) -> list[Any]:
        """Review through a pipe with grades 0 to 5; the cards answered."""
        done = self("review", "--six", "--json", *options, stdin=grades)
        assert done.code == 0, done.err
        return done.lines

    def schedule(self, card: str) -> Any:
        done = self("show", card, "--json")
        assert done.code == 0, done.err
        return done.json["schedule"]
