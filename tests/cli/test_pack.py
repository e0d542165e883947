"""A deck packed on one computer and added on another, through the real program."""

import zipfile
from pathlib import Path

import pytest

from tests.cli.program import Fasti

DECK = """deck: Crises
sources: {gaddis: "Gaddis, The Cold War (2005)"}
facts:
  - event: Kennedy announces the quarantine of Cuba
    date: 1962-10-22
    image: img/speech.png
    source: gaddis
  - {person: John McCone, who: Director of Central Intelligence}
"""
PNG = b"\x89PNG\r\n\x1a\n not much of a picture"


@pytest.fixture
def teacher(fasti: Fasti) -> Fasti:
    fasti.write("crises.yaml", DECK)
    (fasti.folder / "img").mkdir()
    (fasti.folder / "img" / "speech.png").write_bytes(PNG)
    return fasti


@pytest.fixture
def student(teacher: Fasti) -> Fasti:
    """Another computer, which shares nothing with the teacher's but the folder of the zip file."""
    folder = teacher.home.parent / "student"
    folder.mkdir()
    return Fasti(teacher.home.parent / "student-home", folder)


def hand_out(teacher: Fasti, student: Fasti, name: str = "crises.zip") -> None:
    assert teacher("deck", "pack", "crises.yaml", "-o", name).code == 0
    (student.folder / name).write_bytes((teacher.folder / name).read_bytes())


def cards(fasti: Fasti) -> list[str]:
    return sorted(line["card"] for line in fasti.answer(*[5] * 9))


def learnt(fasti: Fasti) -> dict[str, int]:
    lines = fasti.on(400).answer(*[5] * 20, options=["--new", "0"])
    return {line["question"]: line["repetitions"] - 1 for line in lines}


def test_a_packed_deck_has_the_same_cards_and_ids_elsewhere(teacher: Fasti, student: Fasti) -> None:
    hand_out(teacher, student)
    assert "Crises  2 new" in student("add", "crises.zip").out
    teacher("add", "crises.yaml")

    assert cards(student) == cards(teacher)


def test_a_deck_that_was_reworded_before_it_was_packed_has_the_teachers_ids(
    teacher: Fasti, student: Fasti
) -> None:
    teacher("add", "crises.yaml")
    ids = cards(teacher)
    text = DECK.replace("Kennedy announces the quarantine of Cuba", "Kennedy announces a quarantine of Cuba")
    path = teacher.write("crises.yaml", text)
    hand_out(teacher, student)
    student("add", "crises.zip")

    assert path.read_text(encoding="utf-8") == text
    assert cards(student) == ids


def test_its_pictures_go_along(teacher: Fasti, student: Fasti) -> None:
    hand_out(teacher, student)
    student("add", "crises.zip")

    assert (student.home / "decks" / "crises" / "img" / "speech.png").read_bytes() == PNG


def test_the_same_deck_gives_the_same_bytes(teacher: Fasti) -> None:
    teacher("deck", "pack", "crises.yaml", "-o", "one.zip")
    (teacher.folder / "crises.yaml").touch()
    teacher("deck", "pack", "crises.yaml", "-o", "two.zip")

    assert (teacher.folder / "one.zip").read_bytes() == (teacher.folder / "two.zip").read_bytes()


def test_a_newer_edition_is_the_same_deck_with_its_progress(teacher: Fasti, student: Fasti) -> None:
    teacher("deck", "pin", "crises.yaml")
    hand_out(teacher, student)
    student("add", "crises.zip")
    cards(student)
    text = (teacher.folder / "crises.yaml").read_text(encoding="utf-8")
    text = text.replace(
        "Kennedy announces the quarantine of Cuba", "On Monday the President is on television"
    )
    teacher.write(
        "crises.yaml", text.replace("deck: Crises", "deck: Crises, 2nd edition") + "  - {q: New?, a: Yes}\n"
    )
    hand_out(teacher, student, "crises-2.zip")
    done = student("add", "crises-2.zip")

    assert "1 reworded (progress kept), 1 new" in done.out
    assert learnt(student) == {"When? On Monday the President is on television": 1, "Who? John McCone": 1}
    assert [each["title"] for each in student("due", "--json").json["decks"]] == ["Crises, 2nd edition"]


def test_an_edition_of_an_unpinned_deck_under_another_title_is_recognised_by_its_facts(
    teacher: Fasti, student: Fasti
) -> None:
    hand_out(teacher, student)
    student("add", "crises.zip")
    cards(student)
    teacher.write("crises.yaml", DECK.replace("deck: Crises", "deck: Crises of the Cold War"))
    hand_out(teacher, student, "other.zip")
    student("add", "other.zip")

    assert set(learnt(student).values()) == {1}
    assert [each["title"] for each in student("due", "--json").json["decks"]] == ["Crises of the Cold War"]


def test_what_the_student_changed_is_kept_aside(teacher: Fasti, student: Fasti) -> None:
    hand_out(teacher, student)
    student("add", "crises.zip")
    mine = student.home / "decks" / "crises" / "crises.yaml"
    changed = mine.read_text(encoding="utf-8") + "# mine\n"
    mine.write_text(changed, encoding="utf-8")
    teacher.write("crises.yaml", DECK + "  - {q: New?, a: Yes}\n")
    hand_out(teacher, student)
    done = student("add", "crises.zip")

    assert f"What you had changed is kept as `{mine}.old`" in done.out
    assert Path(f"{mine}.old").read_text(encoding="utf-8") == changed
    assert student("add", "crises.zip").out.count("kept as") == 0


def test_a_dry_run_says_what_would_happen_and_writes_nothing(teacher: Fasti, student: Fasti) -> None:
    hand_out(teacher, student)
    done = student("add", "--dry-run", "crises.zip")

    assert "Crises  would be: 2 new" in done.out
    assert not (student.home / "decks").exists()
    assert student("decks", "--json").json["decks"] == []


def test_a_deck_that_the_library_follows_elsewhere_is_not_doubled(teacher: Fasti) -> None:
    teacher("add", "crises.yaml")
    teacher("deck", "pack", "crises")
    done = teacher("add", "crises.zip")

    assert done.code == 1
    assert done.err.startswith("error: the deck `crises` is in your library already, from `")
    assert not (teacher.home / "decks").exists()


def test_a_removed_deck_comes_back_from_its_zip_file(teacher: Fasti, student: Fasti) -> None:
    hand_out(teacher, student)
    student("add", "crises.zip")
    cards(student)
    student("remove", "crises")
    student("add", "crises.zip")

    assert set(learnt(student).values()) == {1}


def folder_zip(teacher: Fasti, student: Fasti) -> None:
    teacher("deck", "pack", "course", "-o", "course.zip", "--replace")
    (student.folder / "course.zip").write_bytes((teacher.folder / "course.zip").read_bytes())


def test_a_folder_of_decks_is_one_file_and_its_next_edition_takes_its_place(
    teacher: Fasti, student: Fasti
) -> None:
    teacher.write("course/unit 1/a.yaml", "deck: A\nid: a\nfacts:\n  - {q: One?, a: Yes, id: one}\n")
    teacher.write("course/unit 2/b.yaml", "deck: B\nid: b\nfacts:\n  - {q: Two?, a: Yes, id: two}\n")
    folder_zip(teacher, student)
    student("add", "course.zip")
    cards(student)
    assert (student.home / "decks" / "course" / "unit 2" / "b.yaml").is_file()

    (teacher.folder / "course" / "unit 2" / "b.yaml").unlink()
    teacher.write(
        "course/unit 1/a.yaml",
        "deck: A\nid: a\nfacts:\n  - {q: One?, a: Yes, id: one}\n  - {q: Two?, a: Yes, id: two}\n",
    )
    folder_zip(teacher, student)
    done = student("add", "course.zip")

    assert done.code == 0
    assert not (student.home / "decks" / "course" / "unit 2" / "b.yaml").exists()
    assert [each["title"] for each in student("due", "--json").json["decks"]] == ["A"]
    assert learnt(student) == {"One?": 1, "Two?": 1}


@pytest.mark.parametrize(
    ("deck", "said"),
    [
        (
            DECK.replace("img/speech.png", "img/gone.png"),
            "`img/gone.png` is not there: `crises.yaml` names it",
        ),
        (DECK.replace("img/speech.png", "../../secret.png"), "`crises.yaml` has errors"),
        (
            DECK.replace("1962-10-22", "1962-13-22"),
            "`crises.yaml` has errors, and students would not get those facts",
        ),
        ("hello", "`crises.yaml` is not a deck"),
    ],
)
def test_a_deck_that_would_not_arrive_whole_is_not_packed(teacher: Fasti, deck: str, said: str) -> None:
    teacher.write("crises.yaml", deck)
    done = teacher("deck", "pack", "crises.yaml")

    assert done.code == 1
    assert said in done.err
    assert not (teacher.folder / "crises.zip").exists()


def test_another_file_is_not_written_over(teacher: Fasti) -> None:
    other = teacher.write("crises.zip", "something else")
    done = teacher("deck", "pack", "crises.yaml")

    assert (done.code, other.read_text(encoding="utf-8")) == (2, "something else")
    assert teacher("deck", "pack", "crises.yaml", "--replace").code == 0
    assert teacher("deck", "pack", "crises.yaml").code == 0
    assert "end it in `.zip`" in teacher("deck", "pack", "crises.yaml", "-o", "crises.rar").err


def test_the_values_for_programs(teacher: Fasti) -> None:
    done = teacher("deck", "pack", "crises.yaml", "--json")

    assert list(done.json) == ["version", "path", "decks", "pictures", "bytes", "ids_written", "without_id"]
    assert done.json["decks"] == [{"deck": "crises", "title": "Crises", "facts": 2}]
    assert (done.json["pictures"], done.json["ids_written"], done.json["without_id"]) == (1, 0, 2)


def test_a_zip_file_made_by_hand_is_added_too(student: Fasti) -> None:
    with zipfile.ZipFile(student.folder / "Unit 3.zip", "w") as archive:
        archive.writestr("Unit 3/My crises.yaml", DECK)
        archive.writestr("Unit 3/img/speech.png", PNG)
        archive.writestr("Unit 3/read me.txt", "hello")
        archive.writestr("Unit 3/ci.yml", "name: CI\n")
    done = student("add", "Unit 3.zip")

    assert "Crises  2 new" in done.out
    assert "Left out: 2 files neither deck nor picture" in done.out
    assert (student.home / "decks" / "crises" / "img" / "speech.png").is_file()


@pytest.mark.parametrize("name", ["../../evil.yaml", "/tmp/evil.yaml", "C:\\evil.yaml"])
def test_a_zip_file_that_would_write_elsewhere_writes_nothing(student: Fasti, name: str) -> None:
    with zipfile.ZipFile(student.folder / "evil.zip", "w") as archive:
        archive.writestr("good.yaml", DECK)
        archive.writestr(name, DECK)
    done = student("add", "evil.zip")

    assert (done.code, done.out) == (1, "")
    assert "cannot be unpacked safely" in done.err
    assert "get it again from whoever gave it to you" in done.err
    assert not (student.home / "decks").exists()


def test_two_editions_are_compared_as_they_are_packed(teacher: Fasti) -> None:
    teacher("deck", "pack", "crises.yaml", "-o", "old.zip")
    teacher.write("crises.yaml", DECK.replace("1962-10-22", "1962-10-23"))
    teacher("deck", "pack", "crises.yaml", "-o", "new.zip")

    assert "1 fact with another answer" in teacher("deck", "diff", "old.zip", "new.zip").out
