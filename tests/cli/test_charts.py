"""`fasti timeline` and `fasti causes`, with the real program."""

import json

import pytest

from tests.cli.program import Fasti

DECK = """\
deck: The end of the Republic
id: republic
facts:
  - event: Caesar crosses the Rubicon
    id: rubicon
    unit: Civil war
    date: January 49 BC
    leads to: pharsalus
  - event: Caesar defeats Pompey at Pharsalus
    id: pharsalus
    unit: Civil war
    date: 9 August 48 BC
  - event: Caesar is murdered
    id: ides
    unit: The murder
    date: 15 March 44 BC
    caused by: [pharsalus, Fear of a king]
  - person: Julius Caesar
    unit: The murder
    who: dictator
    lived: 100 BC to 44 BC
  - q: Who wrote the Philippics?
    a: Cicero.
"""


@pytest.fixture
def deck(fasti: Fasti) -> str:
    return str(fasti.write("republic.yaml", DECK))


def test_a_file_is_drawn_without_being_added(fasti: Fasti, deck: str) -> None:
    done = fasti("timeline", deck)

    assert done.code == 0
    assert "15 Mar 44 BC" in done.out
    assert fasti("decks", "--json").json["decks"] == []


def test_a_deck_of_the_library_is_drawn_by_id_title_and_as_it_is_now(fasti: Fasti, deck: str) -> None:
    fasti("add", deck)
    by_id, by_title = fasti("timeline", "republic"), fasti("timeline", "the end of the republic")
    wrong = fasti("causes", "republik")
    fasti.write("republic.yaml", DECK.replace("is murdered", "is killed"))

    assert by_id.out == by_title.out == fasti("timeline", deck).out.replace("is killed", "is murdered")
    assert "is killed" in fasti("timeline", "republic").out
    assert (wrong.code, wrong.out) == (1, "")
    assert wrong.err == "error: no deck `republik` in your library\nhint: did you mean `republic`?\n"


def test_a_deck_that_ships_with_the_program_needs_no_library(fasti: Fasti) -> None:
    assert "Sputnik" in fasti("timeline", "cold-war-origins").out
    assert "Sputnik" in fasti("causes", "Cold war origins").out


def test_the_timeline_as_values(fasti: Fasti, deck: str) -> None:
    values = fasti("timeline", deck, "--people", "--around", "ides", "--json").json

    assert [date["title"] for date in values["dates"] if date["marked"]] == ["Caesar is murdered"]
    assert values["dates"][-1] == {
        "position": 2,
        "id": "ides",
        "kind": "event",
        "title": "Caesar is murdered",
        "unit": "The murder",
        "date": "15 March 44 BC",
        "edtf": "-0043-03-15",
        "shown": "15 March 44 BC",
        "calendar": "gregorian",
        "precision": "day",
        "approximate": False,
        "lasting": False,
        "earliest": "-0043-03-15",
        "latest": "-0043-03-15",
        "first_day": 1705428,
        "last_day": 1705428,
        "stretch": 0,
        "marked": True,
    }
    assert [person["title"] for person in values["people"]] == ["Julius Caesar"]
    assert [stretch["dates"] for stretch in values["stretches"]] == [3]
    assert values["version"] == 1


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        (["--from", "48 BC"], ["Caesar defeats Pompey at Pharsalus", "Caesar is murdered"]),
        (["--to", "c. 48 BC"], ["Caesar crosses the Rubicon", "Caesar defeats Pompey at Pharsalus"]),
        (["--from", "48 BC", "--to", "45 BC"], ["Caesar defeats Pompey at Pharsalus"]),
        (["--unit", "the MURDER"], ["Caesar is murdered"]),
        (["--around", "rubicon", "--to", "49 BC"], ["Caesar crosses the Rubicon"]),
    ],
)
def test_part_of_a_timeline(fasti: Fasti, deck: str, options: list[str], titles: list[str]) -> None:
    values = fasti("timeline", deck, "--json", *options).json

    assert [date["title"] for date in values["dates"]] == titles


def test_around_a_fact_are_those_who_lived_then(fasti: Fasti) -> None:
    fasti.write("lives.yaml", DECK + "  - {person: Cleopatra's son, who: heir, lived: 30 BC to AD 3}\n")

    def people(*options: str) -> list[str]:
        values = fasti("timeline", "lives.yaml", "--people", "--json", *options).json
        return [person["title"] for person in values["people"]]

    assert people() == ["Julius Caesar", "Cleopatra's son"]
    assert people("--around", "ides") == ["Julius Caesar"]


def test_the_causes_as_values(fasti: Fasti, deck: str) -> None:
    values = fasti("causes", deck, "--json").json

    assert [(node["number"], node["id"], node["date"]) for node in values["nodes"]] == [
        (0, "rubicon", "January 49 BC"),
        (1, "pharsalus", "9 August 48 BC"),
        (2, "ides", "15 March 44 BC"),
        (3, None, None),
    ]
    edges = [(edge["cause"], edge["effect"], edge["said_by"]) for edge in values["edges"]]
    assert edges == [(0, 1, [0]), (1, 2, [2]), (3, 2, [2])]
    assert values["components"] == [[0, 1, 2, 3]]
    assert (values["version"], values["fact"]) == (1, None)


def test_the_causes_of_one_fact(fasti: Fasti, deck: str) -> None:
    assert fasti("causes", deck, "rubicon").out.splitlines() == [
        "Caesar crosses the Rubicon  Jan 49 BC",
        "",
        "What led to it",
        "Nothing that the deck tells of.",
        "",
        "What it led to",
        "↓ Caesar defeats Pompey at Pharsalus  9 Aug 48 BC",
        "↓ Caesar is murdered  15 Mar 44 BC",
        "",
        "↓ led to",
    ]
    values = fasti("causes", deck, "--json", "Fear", "of", "a", "king").json
    assert values["nodes"][values["fact"]]["title"] == "Fear of a king"
    assert len(values["nodes"]) == 2


@pytest.mark.parametrize("command", ["timeline", "causes"])
def test_a_screen_reader_gets_sentences(fasti: Fasti, deck: str, command: str) -> None:
    out = fasti(command, deck, "--accessible").out

    assert all(line[:1].isalnum() for line in out.splitlines())
    assert not set(out) & set("│├└─●━┄↓")


@pytest.mark.parametrize(
    ("arguments", "code", "error", "hint"),
    [
        (["timeline", "nothing.yaml"], 1, "there is no file or folder `nothing.yaml`", ""),
        (
            ["timeline", "republic.yaml", "--around", "idse"],
            1,
            "no fact of `The end of the Republic` has `idse`",
            "did you mean `ides`?",
        ),
        (
            ["timeline", "republic.yaml", "--around", "Julius"],
            1,
            "`Julius Caesar` is not on the timeline",
            "facts with a date are; `--people` adds the lives of people",
        ),
        (
            ["timeline", "republic.yaml", "--around", "Caesar"],
            1,
            "several facts have `Caesar`: `rubicon`, `pharsalus`, `ides`",
            "name one of these",
        ),
        (
            ["timeline", "republic.yaml", "--unit", "civil wars"],
            1,
            "`The end of the Republic` has no unit `civil wars`",
            "did you mean `Civil war`?",
        ),
        (
            ["timeline", "republic.yaml", "--from", "44 BC", "--to", "48 BC"],
            2,
            "`--from 44 BC` is later than `--to 48 BC`",
            "give the earlier date to `--from`",
        ),
        (
            ["timeline", "republic.yaml", "--from", "before 44 BC"],
            2,
            "`--from before 44 BC` has no beginning",
            "",
        ),
        (["timeline", "republic.yaml", "--to", "15/03/44"], 2, "`--to 15/03/44`: ", ""),
        (
            ["timeline", "republic.yaml", "--around", "ides", "--to", "48 BC"],
            2,
            "`Caesar is murdered` (15 March 44 BC) is not within the days that you ask for",
            "leave out `--from` and `--to`, or give other ones",
        ),
        (
            ["causes", "republic.yaml", "pharsalos"],
            1,
            "no cause or effect in `The end of the Republic` has `pharsalos`",
            "did you mean `pharsalus`?",
        ),
        (
            ["causes", "republic.yaml", "Philippics"],
            1,
            "no fact of `The end of the Republic` tells of a cause or an effect of `",
            "`caused by:` and `leads to:` do, and facts of the kinds `cause` and `effect`",
        ),
        (
            ["causes", "republic.yaml", "caesar"],
            1,
            "several causes and effects have `caesar`: ",
            "name one of these",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(
    fasti: Fasti, deck: str, arguments: list[str], code: int, error: str, hint: str
) -> None:
    done = fasti(*arguments)

    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(f"error: {error}")
    assert not hint or done.err.endswith(f"hint: {hint}\n")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("timeline", "No fact of `Empty` has a date; an `event` has one, under `date:`."),
        ("causes", "No fact of `Empty` tells of a cause: `caused by:` and `leads to:` do"),
    ],
)
def test_a_deck_without_dates_or_causes_says_so(fasti: Fasti, command: str, said: str) -> None:
    path = str(fasti.write("empty.yaml", "deck: Empty\nfacts:\n  - {q: Who?, a: Me.}\n"))
    done, values = fasti(command, path), fasti(command, path, "--json")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(said)
    assert values.code == 1
    assert json.loads(values.out)["dates" if command == "timeline" else "nodes"] == []


def test_a_window_without_dates_says_so(fasti: Fasti, deck: str) -> None:
    done = fasti("timeline", deck, "--from", "1900")

    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("None of the 3 dates of `The end of the Republic`")


def test_facts_that_cannot_be_read_are_left_out_and_told_of(fasti: Fasti) -> None:
    path = str(fasti.write("broken.yaml", DECK.replace("9 August 48 BC", "9/8/48")))
    done = fasti("timeline", path)

    assert done.code == 0
    assert "Pharsalus" not in done.out
    assert done.err == f"1 fact is left out that cannot be read: `fasti check {path}` says why\n"


@pytest.mark.parametrize("content", ["", "nonsense", "\x00\x01", "facts: 3\n"])
def test_what_is_no_deck_is_refused(fasti: Fasti, content: str) -> None:
    path = str(fasti.write("bad.yaml", content))
    for command in ("timeline", "causes"):
        done = fasti(command, path)
        assert done.code == 1
        assert f"fasti check {path}" in done.err or "has a date" in done.err or "tells of" in done.err
