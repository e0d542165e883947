"""`fasti stats`, with the real program."""

import pytest

from tests.cli.program import Fasti

WAR = """\
deck: The Great War
id: war
facts:
  - {event: The Somme, id: somme, date: 1916, unit: Battles, tags: [west]}
  - {event: Ypres, id: ypres, date: 1914, unit: Battles}
  - {event: The armistice, id: armistice, date: 1918, unit: The end}
"""
PEACE = """\
deck: The peace
id: peace
facts:
  - {event: Versailles, id: versailles, date: 1919}
"""


@pytest.fixture
def studied(fasti: Fasti) -> Fasti:
    """Four cards learnt on the first day, and asked again on the second: one of the war is forgotten."""
    fasti("add", str(fasti.write("war.yaml", WAR)), str(fasti.write("peace.yaml", PEACE)))
    fasti.answer(4, 4, 4, 4)
    fasti.on(1).answer(4, 1, 4, 4, 4)
    return fasti


def test_nothing_answered_is_said(fasti: Fasti) -> None:
    done = fasti("stats")

    assert (done.code, done.out) == (0, "")
    assert done.err == "Nothing has been answered here yet; `fasti review` begins.\n"
    assert fasti("stats", "--json").json["answers"] == 0


def test_the_values_of_two_days(studied: Fasti) -> None:
    values = studied("stats", "--json").json

    assert values["version"] == 1
    assert (values["from"], values["to"]) == ("2025-06-03", "2026-06-02")
    assert (values["answers"], values["new"], values["days_studied"]) == (9, 4, 2)
    assert values["streak"] == {"current": 2, "longest": 2}
    kept = {"asked": 4, "kept": 3, "share": 0.75}
    assert {name: values["retention"][name] for name in kept} == kept
    assert values["retention"]["by_month"] == [{"month": "2026-06", **kept}]
    assert values["retention"]["by_interval"][0] == {"from": 0, "to": 6, **kept}
    assert values["days"][1] == {
        "day": "2026-06-02",
        "answers": 5,
        "new": 0,
        "thinking_ms": 0,
        "asked": 4,
        "kept": 3,
    }
    assert [each for each in values["forecast"] if each["cards"]] == [
        {"day": "2026-06-03", "cards": 1},
        {"day": "2026-06-08", "cards": 3},
    ]
    assert len(values["forecast"]) == 84
    assert values["eases"] == [{"ease": 2.5, "cards": 4}]
    assert values["intervals"] == [{"days": 1, "cards": 1}, {"days": 6, "cards": 3}]
    assert [fact["lapses"] for fact in values["hardest"]] == [1]
    assert values["leeches"] == 0
    assert set(values) == {
        *("version", "decks", "unit", "tag", "from", "to", "streak", "answers", "new", "thinking_ms"),
        *("days_studied", "retention", "days", "forecast", "eases", "intervals", "hardest", "leeches"),
    }


@pytest.mark.parametrize(
    ("options", "answers", "asked"),
    [
        (["war"], None, 3),
        (["The peace"], None, 1),
        (["war", "peace"], 9, 4),
        (["--unit", "battles"], None, 2),
        (["--tag", "West"], None, 1),
        (["war", "--unit", "The end"], None, 1),
        (["--days", "1"], 5, 4),
    ],
)
def test_part_of_the_statistics(studied: Fasti, options: list[str], answers: int | None, asked: int) -> None:
    values = studied("stats", "--json", *options).json

    assert values["retention"]["asked"] == asked
    assert sum(each["cards"] for each in values["forecast"]) == asked
    assert sum(each["cards"] for each in values["eases"]) == asked
    assert answers is None or values["answers"] == answers


def test_a_unit_of_a_deck_is_counted_from_the_log_as_the_deck_is_from_its_days(studied: Fasti) -> None:
    studied.write("war.yaml", WAR.replace("The end", "Battles"))
    of_deck, of_unit = (
        studied("stats", "war", "--json").json,
        studied("stats", "--unit", "Battles", "--json").json,
    )

    for values in (of_deck, of_unit):
        del values["decks"], values["unit"]
    assert of_deck == of_unit


def test_the_glance_says_what_the_library_says(studied: Fasti) -> None:
    studied("break", "2026-06-05", "2026-06-07")
    glance = studied("stats").out
    with_more = studied("stats", "--all").out
    # A deck file that was touched is read again: the library answers.
    studied.write("war.yaml", WAR + "  - {event: Verdun, date: 1916}\n")
    library = studied("stats").out

    assert glance == library
    assert glance.rpartition("\n\n")[0] in with_more
    assert "Hardest facts" in with_more
    assert "2 days in a row" in glance


def test_days_off_do_not_break_the_streak(studied: Fasti) -> None:
    studied("break", "2026-06-03", "2026-06-07")
    studied.on(7).answer(4, 4, 4, 4)

    assert studied("stats", "--json").json["streak"] == {"current": 3, "longest": 3}
    assert studied.on(9)("stats", "--json").json["streak"] == {"current": 0, "longest": 3}


def test_what_is_taken_back_counts_no_more(studied: Fasti) -> None:
    studied("undo")

    assert studied("stats", "--json").json["answers"] == 8


def test_a_screen_reader_gets_sentences(studied: Fasti) -> None:
    out = studied("stats", "--all", "--accessible").out

    assert "Remembered: 75% of 4." in out
    assert all(line[:1].isalpha() for line in out.splitlines())
    assert not set(out) & set("█▓▒░·–")


@pytest.mark.parametrize(
    ("arguments", "error", "hint"),
    [
        (["stats", "wra"], "no deck `wra` in your library", "did you mean `war`?"),
        (
            ["stats", "--unit", "Batles"],
            "no unit `Batles` in these decks",
            "there are `Battles`, `The end`",
        ),
        (["stats", "--tag", "east"], "no tag `east` in these decks", "there are `west`"),
    ],
)
def test_what_cannot_be_meant_is_said_in_a_sentence(
    studied: Fasti, arguments: list[str], error: str, hint: str
) -> None:
    done = studied(*arguments)

    assert (done.code, done.out, done.err) == (1, "", f"error: {error}\nhint: {hint}\n")


@pytest.mark.parametrize("days", ["0", "-3", "many"])
def test_a_number_of_days_that_cannot_be_is_refused(studied: Fasti, days: str) -> None:
    done = studied("stats", "--days", days)

    assert (done.code, done.out) == (2, "")


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_it_fits_the_terminal(studied: Fasti, columns: int) -> None:
    studied.columns = columns

    assert all(len(line) <= columns for line in studied("stats", "--all").out.splitlines())
