"""The program is killed at any moment of whatever it writes: nothing acknowledged is lost, nothing is half done.

`FASTI_TEST_KILLS` says how often, 200 times unless it does. A failure names the kill: `FASTI_TEST_KILL=undo:7`
plays that one again.
"""

import os
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

if sys.platform == "win32":
    pytest.skip("there is no `kill -9`", allow_module_level=True)

from tests.cli.program import Done
from tests.faults.scenes import SCENES, Scene, answered, plain
from tests.faults.stage import Kill, Stage
from tests.faults.warm import Warm
from tests.faults.whole import Contents, check, contents

KILLS = int(os.environ.get("FASTI_TEST_KILLS", "200"))
ONLY_SCENE, _, ONLY_NUMBER = os.environ.get("FASTI_TEST_KILL", "").partition(":")
_COLD_EVERY = 8
_LONGEST_LINGER_US = 3000


class Before(NamedTuple):
    """A scene before and after its command, how long that takes, and the steps in which it writes."""

    before: Contents | None
    after: Contents | None
    log: list[object]
    files: dict[str, tuple[bytes | None, bytes | None]]
    seconds: float
    cold_seconds: float
    steps: int


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    with Warm() as warm:
        yield warm


@pytest.mark.parametrize("scene", SCENES, ids=[scene.name for scene in SCENES])
def test_a_kill_at_any_moment_loses_nothing_and_leaves_nothing_half_done(
    scene: Scene, warm: Warm, tmp_path: Path
) -> None:
    numbers = range(-(-KILLS // len(SCENES)))
    if ONLY_SCENE:
        numbers = [int(ONLY_NUMBER)] if scene.name == ONLY_SCENE else []
    if not numbers:
        pytest.skip("another kill is played again")
    stage = Stage(warm, tmp_path)
    scene.prepare(stage)
    stage.keep()
    known = _rehearsed(scene, stage)
    killed = 0
    for number in numbers:
        kill = _kill(random.Random(f"{scene.name}:{number}"), number, known)
        stage.put_back()
        try:
            done = scene.run(stage, kill)
            killed += done.code < 0
            _look(scene, stage, known, done)
        except AssertionError as error:
            raise AssertionError(f"FASTI_TEST_KILL={scene.name}:{number} ({kill}): {error}") from error
    assert killed or ONLY_SCENE, "the program was never killed"


def _rehearsed(scene: Scene, stage: Stage) -> Before:
    """Run the command to its end, watched and unwatched."""
    files = {name: _bytes(stage.work / name) for name in scene.outputs}
    before = plain(contents(stage.file))
    scene.run(stage, watched=True)
    steps = len(stage.steps())
    stage.put_back()
    done = scene.run(stage)
    assert done.code == 0, done.err
    seconds = stage.took
    after = plain(contents(stage.file))
    check(stage.file)
    log = [(entry.card, entry.kind, entry.grade) for entry in answered(stage.file)]
    changed = {name: (content, _bytes(stage.work / name)) for name, content in files.items()}
    cold = 0.0
    if not scene.terminal:
        stage.put_back()
        scene.run(stage, Kill(cold=True))
        cold = stage.took
    return Before(before, after, log, changed, seconds, cold, steps)


def _kill(chance: random.Random, number: int, known: Before) -> Kill:
    """Half at the steps that write, some of them in the middle of one; the others whenever it may be."""
    if number % 2 == 0 and known.steps:
        linger = chance.choice((0, 0, chance.randrange(1, _LONGEST_LINGER_US)))
        return Kill(step=chance.randint(1, known.steps), linger_us=linger)
    if number % _COLD_EVERY == 1 and known.cold_seconds:
        return Kill(seconds=chance.uniform(0.2, 1.0) * known.cold_seconds, cold=True)
    return Kill(seconds=chance.uniform(0, known.seconds))


def _look(scene: Scene, stage: Stage, known: Before, done: Done) -> None:
    """Hold everything that is there after a kill against what may be."""
    check(stage.file)
    _nothing_lost(scene, stage, known, done)
    _nothing_half_done(scene, stage, known)
    findings = stage.fasti("doctor", "--json")
    wrong = [each for each in findings.json["findings"] if not each["ok"]]
    assert not [each for each in wrong if each["check"] not in ("backups", "room")], wrong
    again = scene._replace(stdin=[4] * 40).run(stage) if scene.grades else scene.run(stage)
    assert again.code == 0, f"the next run: {again.err}{again.out}"
    check(stage.file)
    _done_now(scene, stage, known)


def _nothing_lost(scene: Scene, stage: Stage, known: Before, done: Done) -> None:
    """Whatever was in the log is there, in the database or in a backup, and all that was acknowledged since."""
    old = known.before["review_log"] if known.before else frozenset()
    places = [stage.file, *(stage.home / "backups").glob("*.db")]
    found = [plain(contents(place)) or {} for place in places]
    assert old <= frozenset().union(*(each.get("review_log", frozenset()) for each in found))
    if not scene.goes_back:
        assert old <= found[0].get("review_log", frozenset())
    acknowledged = scene.acknowledged(done)
    written = sum(row[3] in ("review", "drill") for row in found[0].get("review_log", ()))
    before = sum(row[3] in ("review", "drill") for row in old)
    assert scene.goes_back or written >= before + acknowledged, f"{acknowledged} were acknowledged"


def _nothing_half_done(scene: Scene, stage: Stage, known: Before) -> None:
    now = plain(contents(stage.file)) or {}
    for group in scene.groups:
        states = [_of(group, known.before), _of(group, known.after)]
        assert _of(group, now) in states, _difference(_of(group, now), states)
    if scene.grades:
        log = [(entry.card, entry.kind, entry.grade) for entry in answered(stage.file)]
        assert log == known.log[: len(log)]
    for name, states in known.files.items():
        assert _bytes(stage.work / name) in states, f"`{name}` is half written"


def _done_now(scene: Scene, stage: Stage, known: Before) -> None:
    """After the next run all is as if nothing had happened."""
    now = plain(contents(stage.file)) or {}
    if scene.grades:
        assert stage.fasti("due", "--json").json["due"] == 0
    elif not scene.again:
        for group in scene.groups:
            states = [_of(group, known.after)]
            assert _of(group, now) in states, _difference(_of(group, now), states)
        for name, (_, content) in known.files.items():
            assert _bytes(stage.work / name) == content, f"`{name}` is not what it would have been"


def _of(group: frozenset[str], found: Contents | None) -> Contents:
    return {table: rows for table, rows in (found or {}).items() if table in group and rows}


def _difference(now: Contents, states: list[Contents]) -> str:
    """Where the contents are otherwise than in each state that they may be in."""
    return "; or ".join(
        ", ".join(
            f"{table}: {sorted(map(str, now.get(table, frozenset()) ^ state.get(table, frozenset())))[:3]}"
            for table in sorted({*now, *state})
            if now.get(table, frozenset()) != state.get(table, frozenset())
        )
        for state in states
    )


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None
