"""Folders that are followed, through the real program: as a student whose teacher keeps decks in a folder."""

import shutil
import subprocess
import sys

import pytest

from tests.cli.program import Fasti


def deck(title: str, *questions: str) -> str:
    facts = "".join(f"  - {{q: {question}, a: Yes}}\n" for question in questions)
    return f"deck: {title}\nfacts:\n{facts}"


def titles(fasti: Fasti) -> list[str]:
    return [each["title"] for each in fasti("due", "--json").json["decks"]]


@pytest.fixture
def followed(fasti: Fasti) -> Fasti:
    fasti.write("decks/a.yaml", deck("A", "One?"))
    done = fasti("add", "decks")
    assert (done.code, done.out) == (0, "A  1 new\n")
    return fasti


def test_a_deck_that_appears_in_the_folder_joins(followed: Fasti) -> None:
    followed.write("decks/unit 2/b.yml", deck("B", "Two?"))
    done = followed("due")

    assert "B  1 new" in done.err
    assert f"new file: {followed.folder / 'decks' / 'unit 2' / 'b.yml'}" in done.err
    assert titles(followed) == ["A", "B"]
    assert followed("due").err == ""


def test_a_review_sees_it_too(followed: Fasti) -> None:
    followed.answer(5)
    followed.write("decks/b.yaml", deck("B", "Two?"))

    assert [line["question"] for line in followed.answer(5)] == ["Two?"]


def test_a_file_that_is_gone_is_told_once_and_its_cards_stay(followed: Fasti) -> None:
    path = followed.folder / "decks" / "a.yaml"
    path.unlink()
    done = followed("due")

    assert "A  1 file gone" in done.err
    assert f"`{path}` is not there any more; its cards stay" in " ".join(done.err.split())
    assert followed("due").err == ""
    assert titles(followed) == ["A"]

    path.write_text(deck("A", "One?", "More?"), encoding="utf-8")
    assert "A  1 new" in followed("due").err


def test_a_folder_that_is_away_says_nothing(followed: Fasti) -> None:
    (followed.folder / "decks").rename(followed.folder / "elsewhere")

    assert followed("due").err == ""
    assert titles(followed) == ["A"]


def test_a_file_that_gets_another_name_is_the_same_deck(followed: Fasti) -> None:
    followed.answer(5)
    (followed.folder / "decks" / "a.yaml").rename(followed.folder / "decks" / "z.yaml")

    assert followed("due").err == ""
    assert followed("due", "--json").json["decks"][0]["new"] == 0


@pytest.mark.parametrize(
    "name", [".git/x.yaml", ".hidden.yaml", "node_modules/p/x.yaml", "a.yaml.bak", "x.txt"]
)
def test_what_is_hidden_or_no_deck_by_its_name_does_not_join(followed: Fasti, name: str) -> None:
    followed.write(f"decks/{name}", deck("X", "Other?"))

    assert followed("due").err == ""
    assert titles(followed) == ["A"]


@pytest.mark.parametrize(
    "text", ["name: CI\non: push\n", "- a\n- b\n", "", "deck: Begun\nfacts:\n", "\x00\x01"]
)
def test_a_yaml_file_that_is_no_deck_is_left_out_quietly_until_it_is_one(followed: Fasti, text: str) -> None:
    path = followed.write("decks/ci.yaml", text)
    assert followed("due").err == ""
    assert followed("due").err == ""

    path.write_text(deck("Now a deck", "Really?"), encoding="utf-8")
    assert "Now a deck  1 new" in followed("due").err


def test_who_adds_a_folder_is_told_what_in_it_is_no_deck(fasti: Fasti) -> None:
    fasti.write("decks/a.yaml", deck("A", "One?"))
    fasti.write("decks/ci.yml", "name: CI\n")
    done = fasti("add", "decks")

    assert done.code == 0
    assert "1 YAML file in it is no deck and left out" in done.out
    assert "no deck: " in done.out


def test_a_folder_in_which_there_is_no_deck_is_refused(fasti: Fasti) -> None:
    fasti.write("decks/ci.yml", "name: CI\n")
    done = fasti("add", "decks")

    assert done.code == 1
    assert done.err.startswith("error: there is no deck in ")
    assert fasti("decks", "--json").json["folders"] == []


def test_a_deck_that_was_removed_does_not_come_back_by_itself(followed: Fasti) -> None:
    followed.write("decks/b.yaml", deck("B", "Two?"))
    followed("due")
    followed("remove", "A")
    assert titles(followed) == ["B"]

    followed.write("decks/a.yaml", deck("A", "One?", "Three?"))
    assert titles(followed) == ["B"]
    assert "returned" in followed("add", "decks").out
    assert titles(followed) == ["A", "B"]


def test_a_removed_deck_comes_back_by_its_file(followed: Fasti) -> None:
    followed("remove", "A")
    followed("add", "decks/a.yaml")

    assert titles(followed) == ["A"]


def test_a_folder_can_be_removed_with_its_decks(followed: Fasti) -> None:
    followed.write("other.yaml", deck("Other", "Else?"))
    followed("add", "other.yaml")
    done = followed("remove", "decks")
    followed.write("decks/b.yaml", deck("B", "Two?"))

    assert "`A` is out of your library" in done.err
    assert "`decks` is followed no longer" in done.err
    assert titles(followed) == ["Other"]


def test_the_decks_command_names_the_folder(followed: Fasti) -> None:
    folder = str(followed.folder / "decks")

    assert followed("decks", "--json").json["folders"] == [folder]
    assert f"Followed: `{folder}`" in followed("decks").out


def test_a_dry_run_follows_nothing(fasti: Fasti) -> None:
    fasti.write("decks/a.yaml", deck("A", "One?"))
    done = fasti("add", "--dry-run", "decks")

    assert "A  would be: 1 new" in done.out
    assert fasti("decks", "--json").json["folders"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_in_the_folder_to_a_deck_of_the_library_is_that_deck(followed: Fasti) -> None:
    (followed.folder / "decks" / "link.yaml").symlink_to(followed.folder / "decks" / "a.yaml")

    assert followed("due").err == ""


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_git_checkout_is_followed_through_a_pull(fasti: Fasti) -> None:
    def git(*arguments: str) -> None:
        name = ["-c", "user.name=A Teacher", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *name, *arguments], cwd=fasti.folder, check=True, capture_output=True)

    fasti.write("teacher/a.yaml", deck("A", "One?"))
    git("-C", "teacher", "init", "-q")
    git("-C", "teacher", "add", "-A")
    git("-C", "teacher", "commit", "-q", "-m", "first")
    git("clone", "-q", "teacher", "student")
    fasti("add", "student")
    fasti.answer(5)

    fasti.write("teacher/a.yaml", deck("A", "One, then?"))
    fasti.write("teacher/b.yaml", deck("B", "Two?"))
    git("-C", "teacher", "add", "-A")
    git("-C", "teacher", "commit", "-q", "-m", "second")
    git("-C", "student", "pull", "-q")
    done = fasti("due")

    assert "B  1 new" in done.err
    assert titles(fasti) == ["A", "B"]
