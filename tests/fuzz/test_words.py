"""Every command with words that nobody means: the command line, and what is typed into a pipe."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.inside import calm, run
from tests.fuzz.strategies import arguments, words

IT = "…"
COMMANDS = [
    f"{IT}", f"--{IT}", f"due --{IT}", f"due {IT}", f"--set {IT} due", f"--set new={IT} due",
    f"--set learner={IT} due", f"--set editor={IT} config", f"--set keys.reveal={IT} config",
    f"--database postgresql://{IT} due", f"--database postgresql://u:{IT}@/d?host=/nowhere due",
    f"review {IT}", f"show {IT}", f"suspend {IT}", f"resume {IT}", f"cram {IT}", f"cram --tag {IT}",
    f"break {IT}", f"break {IT} {IT}", f"exam add {IT} {IT}", f"exam remove {IT}", f"search {IT}",
    f"stats {IT}", f"stats --deck {IT}", f"flags {IT}", f"leeches {IT}", f"remove {IT}", f"add {IT}",
    f"check {IT}", f"check --explain {IT}", f"timeline {IT}", f"causes {IT}", f"preview {IT}",
    f"fact {IT}", f"fact rome.yaml --set {IT}", f"deck diff {IT} {IT}", f"deck diff HEAD:{IT} rome.yaml", f"deck pin {IT}",
    f"deck sources {IT}", f"deck pack {IT} --dry-run", f"export anki {IT}", f"export csv {IT}", f"export html {IT}",
    f"import anki {IT}", f"import csv {IT}", f"backup restore {IT} --yes", f"merge {IT}", f"sync {IT}",
    f"config get {IT}", f"config set {IT} {IT}", f"config set editor {IT}", f"config unset {IT}", f"database {IT}",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
@given(data=st.data())
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_word_breaks_a_command(
    command: str, data: st.DataObject, home: Path, progress: Callable[[], list[str]]
) -> None:
    before = progress()
    text = data.draw(arguments)

    done = calm(run(home, *(word.replace(IT, text) for word in command.split(" "))))

    assert done.code == 0 or progress() == before


@given(st.lists(words, max_size=8), st.sampled_from([(), ("--json",), ("--six",), ("--accessible",)]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_into_a_review_it_goes_on_or_says_why_not(
    home: Path, lines: list[str], options: tuple[str, ...]
) -> None:
    typed = "\n".join(lines).encode("utf-8", "surrogatepass")

    calm(run(home, "review", *options, stdin=typed))
    calm(run(home, "cram", "rome", stdin=typed))
    calm(run(home, "undo"))


@given(st.binary(max_size=60))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_bytes_that_are_no_text_end_a_piped_review_with_a_sentence(home: Path, typed: bytes) -> None:
    calm(run(home, "review", stdin=typed))
