"""What a shell is offered at Tab: by the protocol of each, and by the shells themselves."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer._completion_shared import get_completion_script

from fasti.commands.completion import word_for
from tests.cli.program import Fasti

pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals are POSIX only")

DECKS = {
    "cuba.yaml": """deck: Cuban Missile Crisis
id: cuba
tags: [cold-war]
facts:
  - {q: Who?, a: Castro, id: castro, unit: Week 1, tags: [people]}
  - {cloze: "The {fall} of {Rome}", id: fall, unit: Week 2}
""",
    "rome.yaml": """deck: Rome
id: rome
tags: [ancient]
facts:
  - {q: Where?, a: Tiber, id: tiber, unit: The city, tags: [places]}
""",
}
# As words of a command line each of them would do something; `ran` would be there afterwards.
HOSTILE = [
    "$(touch ran)",
    "`touch ran`",
    "a; touch ran",
    "\\$(touch ran)",
    '\\"; touch ran; "',
    "'; touch ran; '",
    "x) touch ran",
    "* ?",
    "[/bold]",
    "a:::b",
    "~root",
    "é ü: 古巴",
]


@pytest.fixture
def library(fasti: Fasti) -> Fasti:
    for name, text in DECKS.items():
        fasti.write(name, text)
    fasti("add", ".")
    return fasti


@pytest.fixture
def hostile(fasti: Fasti) -> Fasti:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    facts = "".join(
        f"  - {{q: Q{place}, a: A, unit: {quoted(text)}, tags: [{quoted(text)}]}}\n"
        for place, text in enumerate(HOSTILE)
    )
    title = quoted("$(touch ran) [/bold] `touch ran` \\$(touch ran)")
    fasti.write("hostile.yaml", f"deck: {title}\nid: hostile\nfacts:\n{facts}")
    fasti.write("other.yaml", "deck: Other\nid: hopeful\nfacts:\n  - {q: Q, a: A}\n")
    done = fasti("add", ".")
    assert done.code == 0, done.err
    return fasti


def program(fasti: Fasti) -> Path:
    """The program under its own name, which the shells' scripts are made for."""
    path = fasti.home.parent / "bin" / "fasti"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.argv[0] = \'fasti\'; from fasti.__main__ import main; main()" "$@"\n'
    )
    path.chmod(0o755)
    return path


def asked(fasti: Fasti, shell: str, line: str, **more: str) -> list[str]:
    """What the program says when a shell asks it to complete this line, without what explains it."""
    words = re.split(r"(?<!\\) ", line)
    environment = {
        **fasti.environment(),
        "_FASTI_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
        **more,
    }
    done = subprocess.run(
        [program(fasti)],
        env=environment,
        cwd=fasti.folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    return [offered for offered in done.stdout.splitlines() if offered]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("fasti review ", ["cuba", "rome"]),
        ("fasti review c", ["cuba"]),
        ("fasti review cuba ", ["rome"]),
        ("fasti cram ", ["cuba", "rome"]),
        ("fasti remove r", ["rome"]),
        ("fasti export anki c", ["cuba"]),
        ("fasti export csv ", ["cuba", "rome"]),
        ("fasti exam add 2030-01-01 c", ["cuba"]),
        ("fasti search --deck ", ["cuba", "rome"]),
        ("fasti cram --unit ", [r"Week\ 1", r"Week\ 2", r"The\ city"]),
        (r"fasti cram --unit Week\ ", [r"Week\ 1", r"Week\ 2"]),
        ("fasti cram rome --unit ", [r"The\ city"]),
        ("fasti cram --tag ", ["ancient", "cold-war", "people", "places"]),
        ("fasti cram rome --tag ", ["ancient", "places"]),
        ("fasti exam add 2030-01-01 cuba --tag p", ["people"]),
        ("fasti show cuba/c", ["cuba/castro#answer"]),
        ("fasti suspend cuba/f", [r"cuba/fall#cloze\:fall", r"cuba/fall#cloze\:rome"]),
        ("fasti resume ", []),
        ("fasti exam remove ", []),
        ("fasti review nothing", []),
        ("fasti --database nowhere.db review ", []),
        ("fasti --database cuba.yaml review ", []),
        ("fasti review --nonsense ", ["cuba", "rome"]),
        ("fasti lee", ["leeches"]),
        ("fasti review 'c", ["cuba"]),
    ],
)
def test_bash_is_offered_what_could_be_meant(library: Fasti, line: str, expected: list[str]) -> None:
    assert asked(library, "bash", line) == expected


def test_suspended_cards_and_exams_are_offered_where_they_are_meant(library: Fasti) -> None:
    library("suspend", "cuba/castro#answer")
    library("exam", "add", "2030-01-01", "cuba", "--name", "The final exam")

    assert asked(library, "bash", "fasti resume ") == ["cuba/castro#answer"]
    assert asked(library, "bash", "fasti exam remove ") == [r"The\ final\ exam"]


@pytest.mark.parametrize(
    ("shell", "expected"),
    [
        ("zsh", ['_arguments \'*: :(("cuba":"Cuban Missile Crisis"', '"rome":"Rome"))\'']),
        ("fish", ["cuba\tCuban Missile Crisis", "rome\tRome"]),
        ("powershell", ["cuba:::Cuban Missile Crisis", "rome:::Rome"]),
    ],
)
def test_other_shells_are_told_the_titles_too(library: Fasti, shell: str, expected: list[str]) -> None:
    assert asked(library, shell, "fasti review ") == expected


def test_decks_then_facts_are_offered_where_cards_are_many(fasti: Fasti) -> None:
    for deck in ("one", "two"):
        facts = "".join(f"  - {{q: Q{number}, a: A, id: f{number}}}\n" for number in range(80))
        fasti.write(f"{deck}.yaml", f"deck: {deck}\nid: {deck}\nfacts:\n{facts}")
    fasti("add", ".")

    assert asked(fasti, "bash", "fasti show ") == ["one/", "two/"]
    assert len(asked(fasti, "bash", "fasti show one/")) == 80
    assert asked(fasti, "bash", "fasti show one/f7") == [f"one/f7{rest}#answer" for rest in ("", *range(10))]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell", "tcsh"])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"FASTI_DATABASE": "sqlite://"},
        {"COMP_CWORD": "x"},
        {"FASTI_HOME": "/nowhere"},
        {"FASTI_NOW": "never"},
    ],
    ids=["nothing", "no database", "no number", "no home", "no clock"],
)
def test_where_anything_is_wrong_nothing_is_offered_and_nothing_said(
    fasti: Fasti, shell: str, more: dict[str, str]
) -> None:
    fasti.home.mkdir()
    (fasti.home / "fasti.db").write_bytes(b"no database" * 100)

    if shell != "tcsh":
        assert asked(fasti, shell, "fasti review ", **more) in ([], [""], ["_files"])


def test_nothing_heavy_is_loaded_while_a_shell_waits(library: Fasti) -> None:
    environment = {
        **library.environment(),
        "_FASTI_COMPLETE": "complete_bash",
        "COMP_WORDS": "fasti\nreview\n",
        "COMP_CWORD": "2",
    }
    code = "import sys, atexit; sys.argv = ['fasti']; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); from fasti.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )

    assert done.stdout.split() == ["cuba", "rome"]
    assert not {"sqlalchemy", "alembic", "yaml", "rich", "rapidfuzz"} & set(done.stderr.split())


@pytest.mark.parametrize("text", ["", "-x", " x", "x ", "a  b", "a\tb", "a\nb", "a\x1b[2Jb", "a\u202eb"])
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_what_no_shell_takes_as_a_word_is_not_offered(shell: str, text: str) -> None:
    assert word_for(shell, text) is None


@pytest.mark.parametrize("text", [*HOSTILE, "#x", "a=b", "a|b&c<d>e", "!x", "{a,b}"])
def test_bash_reads_what_it_is_offered_as_that_one_word(text: str, tmp_path: Path) -> None:
    word = word_for("bash", text)
    done = subprocess.run(
        ["bash", "-c", f"printf '[%s]' {word}"], capture_output=True, text=True, cwd=tmp_path, check=True
    )

    assert done.stdout == f"[{text}]"
    assert not list(tmp_path.iterdir())


class Shell:
    """A shell at a terminal with the program's own completion."""

    def __init__(self, fasti: Fasti, name: str) -> None:
        path = f"{program(fasti).parent}:{os.environ['PATH']}"
        script = fasti.home / "completion"
        script.write_text(
            get_completion_script(prog_name="fasti", complete_var="_FASTI_COMPLETE", shell=name)
        )
        self._child = pexpect.spawn(
            name,
            OPTIONS[name],
            env={
                **fasti.environment(),
                "PATH": path,
                "TERM": "xterm",
                "HOME": str(fasti.home),
                "LC_ALL": "C.UTF-8",
            },
            cwd=str(fasti.folder),
            encoding="utf-8",
            timeout=20,
            dimensions=(40, 200),
        )
        self._child.sendline(f"{BEGIN[name]} source '{script}'; echo rea''dy")
        self._child.expect_exact("ready\r\n")

    def see(self, words: str) -> None:
        """Wait for these words."""
        self._child.expect_exact(words)

    def press(self, *keys: str) -> None:
        """Send keys, and let the shell do what they ask."""
        for each in keys:
            self._child.send(each)
            time.sleep(1)

    def complete(self, line: str) -> list[str]:
        """The words that the shell reads after this line was completed."""
        self.press(line, "\t")
        # To the beginning of the line; what it holds is printed, not run.
        self._child.send("\x01printf '<%s>' \r")
        self._child.expect_exact("<fasti>")
        self._child.expect(r"(<[^\r]*>)")
        return [word[1:-1] for word in re.findall("<[^>]*>", self._child.match[1])]


OPTIONS = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}
BEGIN = {
    "bash": "bind 'set enable-bracketed-paste off';",
    "zsh": "autoload -Uz compinit; compinit -u;",
    "fish": "",
}
SHELLS = [
    pytest.param(name, marks=pytest.mark.skipif(shutil.which(name) is None, reason=f"{name} is not here"))
    for name in OPTIONS
]


@pytest.mark.parametrize("name", SHELLS)
def test_a_real_shell_completes_a_deck_a_unit_and_a_card(library: Fasti, name: str) -> None:
    shell = Shell(library, name)

    assert shell.complete("fasti review cu") == ["review", "cuba"]
    assert shell.complete("fasti cram --unit The") == ["cram", "--unit", "The city"]
    assert shell.complete("fasti show cuba/fall#cloze")[-1].startswith("cuba/fall#cloze:")
    assert shell.complete("fasti show cuba/ca") == ["show", "cuba/castro#answer"]


@pytest.mark.parametrize("name", SHELLS)
def test_nothing_in_a_deck_is_run_by_a_real_shell(hostile: Fasti, name: str) -> None:
    shell = Shell(hostile, name)
    offered = {
        tuple(shell.complete(line))
        for line in ("fasti review ho", "fasti cram --unit x", "fasti cram --tag x", "fasti cram --tag é")
    }

    assert ("cram", "--tag", "é ü: 古巴") in offered
    assert not list(hostile.folder.glob("ran*"))


@pytest.mark.parametrize("name", SHELLS)
def test_a_real_shell_lists_hostile_words_without_running_them(hostile: Fasti, name: str) -> None:
    shell = Shell(hostile, name)
    shell.press(
        "fasti cram --unit ", "\t", "\t", "\x15", "fasti review ", "\t", "\t", "\x15", "echo do''ne\r"
    )
    shell.see("done")

    assert not list(hostile.folder.glob("ran*"))
