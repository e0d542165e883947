"""The teacher's desk through the real program: `new`, `fact`, `preview`, and `watch` in a terminal."""

import json
import os
import stat
import sys
import time
from pathlib import Path

import pytest

from tests.cli.program import Fasti

DECK = "deck: D\nid: d\nfacts:\n  - q: One?\n    a: 1\n"


def test_a_new_deck_has_no_problems_and_is_found_by_an_editor(fasti: Fasti) -> None:
    done = fasti("new", "cold-war")

    assert done.code == 0
    assert done.out == ""
    assert "cold-war.yaml" in done.err
    checked = fasti("check", "--strict", "cold-war.yaml")
    assert (checked.code, checked.out) == (0, "")
    schema = json.loads((fasti.folder / "deck.schema.json").read_text(encoding="utf-8"))
    assert schema["title"] == "fasti deck"
    assert json.loads(fasti("deck", "schema").out) == schema


@pytest.mark.parametrize("name", ["here.yaml", "here"])
def test_a_file_that_is_there_is_never_written_over(fasti: Fasti, name: str) -> None:
    path = fasti.write("here.yaml", DECK)
    notes = fasti.write("n.txt", "1949: NATO\n")
    for arguments in ([], ["--from", str(notes)]):
        done = fasti("new", name, *arguments)

        assert done.code == 2
        assert "is there already" in done.err
        assert path.read_text(encoding="utf-8") == DECK


def test_a_text_named_by_mistake_is_told_how_it_becomes_a_deck(fasti: Fasti) -> None:
    fasti.write("notes.txt", "1949: NATO\n")
    done = fasti("new", "notes.txt")

    assert done.code == 2
    assert "`fasti new notes.yaml --from notes.txt`" in done.err


@pytest.mark.parametrize(("name", "said"), [(".", "is a folder"), ("no/deck.yaml", "there is no folder")])
def test_a_place_where_no_file_can_be_is_refused(fasti: Fasti, name: str, said: str) -> None:
    done = fasti("new", name)

    assert done.code == 2
    assert said in done.err
    assert list(fasti.folder.iterdir()) == []


def test_notes_become_a_deck(fasti: Fasti) -> None:
    fasti.write("notes.txt", "1949: NATO is founded\nthe essay\n\nquarantine: a naval blockade\n")
    done = fasti("new", "nato.yaml", "--from", "notes.txt", "--json")

    assert done.code == 0
    assert (done.json["facts"], done.json["title"]) == (2, "Nato")
    assert [(each["line"], each["text"]) for each in done.json["kept"]] == [(2, "the essay")]
    told = fasti("check", "nato.yaml")
    assert told.code == 0
    assert [line.split(": ")[1] for line in told.out.splitlines()] == ["no-source"]
    assert "# > the essay" in (fasti.folder / "nato.yaml").read_text(encoding="utf-8")


def test_notes_come_through_a_pipe(fasti: Fasti) -> None:
    done = fasti("new", "n", "--from", "-", "--title", "Mine: 1", stdin="1949: NATO\n")

    assert done.code == 0
    assert 'deck: "Mine: 1"' in (fasti.folder / "n.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04docx", "a document of Word"),
        (b"%PDF-1.7", "a PDF"),
        (b"1949: \xe9t\xe9", "line 1: byte 0xE9 is not UTF-8, perhaps `é`"),
        (b"nothing here", "no line of `n.txt` was recognised"),
        (b"", "no line of `n.txt` was recognised"),
    ],
)
def test_notes_that_cannot_be_used_leave_nothing_behind(fasti: Fasti, data: bytes, said: str) -> None:
    (fasti.folder / "n.txt").write_bytes(data)
    done = fasti("new", "n", "--from", "n.txt")

    assert done.code in {1, 2}
    assert said in done.err
    assert [path.name for path in fasti.folder.iterdir()] == ["n.txt"]


def test_a_fact_is_read_one_answer_a_line(fasti: Fasti) -> None:
    path = fasti.write("d.yaml", DECK)
    done = fasti(
        "fact", "d.yaml", stdin=["event", "The Wall falls", "9 November 1989", "", "", "", "A Thursday"]
    )

    assert done.code == 0, done.err
    assert path.read_text(encoding="utf-8") == (
        f"{DECK}  - event: The Wall falls\n    date: 9 November 1989\n    hint: A Thursday\n"
    )
    assert "line 6" in done.err


def test_a_wrong_answer_leaves_the_file_as_it_was(fasti: Fasti) -> None:
    path = fasti.write("d.yaml", DECK)
    done = fasti("fact", "d.yaml", stdin=["event", "E", "28/10/1989"])

    assert done.code == 1
    assert "`date`: `28/10/1989` is read differently in different countries" in done.err
    assert path.read_text(encoding="utf-8") == DECK


def test_a_fact_can_be_given_in_one_go(fasti: Fasti) -> None:
    path = fasti.write("d.yaml", DECK)
    done = fasti(
        "fact", "d.yaml", "--kind", "event", "--set", "event=E: one", "--set", "date=1962", "--set", "leads-to=A",
        "--set", "leads to=B", "--json",
    )  # fmt: skip

    assert done.code == 0
    assert (done.json["line"], done.json["written"]) == (6, True)
    added = '  - event: "E: one"\n    date: 1962\n    leads to: [A, B]\n'
    assert path.read_text(encoding="utf-8") == DECK + added
    assert done.json["text"] == added.rstrip("\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--set", "q=A"], "`--set` needs the kind"),
        (["--kind", "evnt"], "did you mean `event`?"),
        (["--kind", "q", "--set", "q"], "`q` sets nothing"),
        (["--kind", "q", "--set", "q=Two?"], "this `q` has no `a`"),
        (["--kind", "q", "--set", "q=Two?", "--set", "answer=2"], "did you mean `a`?"),
        (["--kind", "q", "--set", "q=Two?", "--set", "q=Three?"], "`q` takes one value"),
        (["--kind", "event", "--set", "event=E", "--set", "date=28/10/1962"], "different countries"),
    ],
)
def test_what_is_given_wrong_is_refused(fasti: Fasti, arguments: list[str], said: str) -> None:
    path = fasti.write("d.yaml", DECK)
    done = fasti("fact", "d.yaml", *arguments)

    assert done.code == 2
    assert said in done.err
    assert path.read_text(encoding="utf-8") == DECK


def test_a_dry_run_prints_the_fact_and_writes_nothing(fasti: Fasti) -> None:
    path = fasti.write("d.yaml", DECK)
    done = fasti("fact", "d.yaml", "--kind", "q", "--set", "q=Two?", "--set", "a=2", "--dry-run")

    assert done.out == "  - q: Two?\n    a: 2\n"
    assert path.read_text(encoding="utf-8") == DECK


def test_a_deck_of_the_library_is_named_by_its_id(fasti: Fasti) -> None:
    path = fasti.write("d.yaml", DECK)
    fasti("add", "d.yaml")
    done = fasti("fact", "d", "--kind", "q", "--set", "q=Two?", "--set", "a=2")

    assert done.code == 0, done.err
    assert path.read_text(encoding="utf-8").endswith("a: 2\n")
    assert fasti("preview", "d", "--json").json["decks"][0]["counts"]["q"] == {"facts": 2, "cards": 2}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("missing.yaml", None, "there is no file or folder"),
        ("d.yaml", "deck: D\nfacts:\n  - q: A: B\n", "line 3"),
        ("cuban-missile-crisis", None, "comes with fasti"),
        ("nowhere", None, "no deck `nowhere`"),
    ],
)
def test_a_deck_that_cannot_be_added_to_is_refused(
    fasti: Fasti, name: str, text: str | None, said: str
) -> None:
    if text:
        fasti.write(name, text)
    done = fasti("fact", name, stdin=["q", "A?", "B"])

    assert done.code == 1
    assert said in done.err


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_may_not_be_written_is_refused_before_anything_is_asked(fasti: Fasti) -> None:
    fasti.write("d.yaml", DECK).chmod(stat.S_IRUSR)
    done = fasti("fact", "d.yaml")

    assert done.code == 1
    assert "may not be written to" in done.err


def test_a_preview_shows_front_and_back_and_counts(fasti: Fasti) -> None:
    fasti.write("d.yaml", DECK + "  - {event: E, date: 1962-10-22, unit: U}\n")
    done = fasti("preview", "d.yaml")

    assert done.code == 0
    for words in ("d.yaml:4", "One?", "Typed as a date", "22 October 1962, a Monday", "D: 2 facts, 2 cards"):
        assert words in done.out
    assert "One?" not in fasti("preview", "d.yaml", "--unit", "U").out
    assert "One?" not in fasti("preview", "d.yaml", "6").out
    assert "22 October" not in fasti("preview", "d.yaml:5").out


def test_a_preview_tells_problems_first_and_shows_what_is_good(fasti: Fasti) -> None:
    fasti.write("d.yaml", DECK + "  - {event: E, date: 28/10/1962}\n")
    done = fasti("preview", "d.yaml")

    assert done.code == 1
    assert "bad-date" in done.err
    assert "One?" in done.out
    assert [each["code"] for each in fasti("preview", "d.yaml", "--json").json["decks"][0]["problems"]] == [
        "bad-date"
    ]


def test_a_preview_whose_reader_goes_away_ends_quietly(fasti: Fasti) -> None:
    fasti.write("d.yaml", DECK)
    done = fasti("preview", "d.yaml", "--kind", "even")

    assert done.code == 2
    assert "Traceback" not in done.err


pexpect = pytest.importorskip("pexpect", reason="pseudo-terminals are POSIX only")


class Screen:
    """The program in a terminal."""

    def __init__(self, fasti: Fasti, *arguments: str, columns: int = 80) -> None:
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "fasti", *arguments],
            env={**fasti.environment(), "TERM": "xterm-256color"},
            cwd=str(fasti.folder),
            dimensions=(40, columns),
            encoding="utf-8",
            timeout=30,
        )

    def see(self, words: str) -> str:
        self.child.expect_exact(words)
        return str(self.child.before)

    def end(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus)


@pytest.fixture
def deck(fasti: Fasti) -> Path:
    return fasti.write("d.yaml", DECK)


def watching(fasti: Fasti, *arguments: str) -> Screen:
    screen = Screen(fasti, "watch", *(arguments or ["d.yaml"]))
    screen.see("Ctrl-C ends")
    return screen


def test_a_save_in_place_by_rename_and_after_a_deletion_is_shown(fasti: Fasti, deck: Path) -> None:
    screen = watching(fasti)
    deck.write_text(DECK.replace("One?", "First?"), encoding="utf-8")
    screen.see("1 fact changed")
    screen.see("First?")
    aside = deck.with_name("d.tmp")
    aside.write_text(f"{DECK}  - q: Two?\n    a: 2\n", encoding="utf-8")
    aside.replace(deck)
    screen.see("Two?")
    deck.unlink()
    screen.see("it is gone")
    deck.write_text(f"{DECK}  - event: E\n    date: 28/10/1962\n", encoding="utf-8")
    screen.see("back again")
    screen.see("bad-date")
    screen.child.sendintr()
    screen.see("3 saves; 1 problem now.")

    assert screen.end() == 130


def test_a_half_written_file_is_waited_for(fasti: Fasti, deck: Path) -> None:
    screen = watching(fasti)
    with deck.open("w", encoding="utf-8") as file:
        file.flush()
        time.sleep(0.7)
        file.write(DECK + "  - {q: Two?, a: 2}\n")
    seen = screen.see("Two?")
    screen.child.sendintr()

    assert "no facts" not in seen
    assert "1 new fact" in seen
    assert screen.end() == 130


def test_a_folder_is_watched_as_json(fasti: Fasti, deck: Path) -> None:
    screen = watching(fasti, ".", "--json")
    fasti.write("e.yaml", DECK.replace("id: d", "id: e"))
    screen.child.expect(r"\{.*\}\r?\n")
    told = json.loads(screen.child.after)
    screen.child.sendintr()

    assert (told["version"], told["path"], told["what"], len(told["new"])) == (1, "e.yaml", "new", 1)
    assert screen.end() == 130


def test_a_fact_is_asked_for_in_the_terminal(fasti: Fasti, deck: Path) -> None:
    screen = Screen(fasti, "fact", "d.yaml", columns=40)
    for words, answer in (
        ("name:", "event"),
        ("what happened", "The Wall falls"),
        ("when it happened", "28/10/1989"),
        ("28 October 1989", "9 November 1989"),
        ("may be left out", "."),
        ("Enter writes it", "note"),
        ("shown with the answer", "Über: Berlin"),
        ("Enter writes it", ""),
    ):
        screen.see(words)
        screen.see("> ")
        screen.child.sendline(answer)

    assert screen.end() == 0
    assert deck.read_text(encoding="utf-8") == (
        f'{DECK}  - event: The Wall falls\n    date: 9 November 1989\n    note: "Über: Berlin"\n'
    )


@pytest.mark.parametrize("answers", [[], ["q"], ["q", "A?", "B"], ["q", "A?", "B", "."]])
def test_control_c_leaves_the_file_alone(fasti: Fasti, deck: Path, answers: list[str]) -> None:
    screen = Screen(fasti, "fact", "d.yaml")
    for answer in answers:
        screen.see("> ")
        screen.child.sendline(answer)
    screen.see("> ")
    time.sleep(0.2)
    screen.child.sendintr()
    screen.see("Nothing was written.")

    assert screen.end() == 130
    assert deck.read_text(encoding="utf-8") == DECK


def test_a_file_that_changed_meanwhile_is_left_as_it_is(fasti: Fasti, deck: Path) -> None:
    screen = Screen(fasti, "fact", "d.yaml")
    for answer in ("q", "A?", "B", "."):
        screen.see("> ")
        screen.child.sendline(answer)
    screen.see("Enter writes it")
    deck.write_text(f"# mine\n{DECK}", encoding="utf-8")
    screen.child.sendline("")
    screen.see("was changed meanwhile")

    assert screen.end() == 1
    assert deck.read_text(encoding="utf-8") == f"# mine\n{DECK}"
