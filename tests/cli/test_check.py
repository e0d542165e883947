"""`fasti check` as it is typed: what it prints, where, and with which exit code."""

import pytest

from tests.cli.program import Fasti

GOOD = "deck: Rome\nfacts:\n  - {event: Rome is founded, date: 753 BC, source: 'Livy, 1.7'}\n"
ADVICE = GOOD.replace(", source: 'Livy, 1.7'", "")
WARNED = GOOD + "  - {q: 'In 1962, which year was it?', a: 1962, source: A book}\n"
WRONG = GOOD + "  - q: Who said: no?\n    a: Cato\n    source: Livy\n"


@pytest.mark.parametrize(
    ("deck", "plain", "strict"), [(GOOD, 0, 0), (ADVICE, 0, 1), (WARNED, 0, 1), (WRONG, 1, 1)]
)
def test_only_errors_fail_unless_a_deck_must_be_spotless(
    fasti: Fasti, deck: str, plain: int, strict: int
) -> None:
    fasti.write("rome.yaml", deck)

    assert (fasti("check", "rome.yaml").code, fasti("check", "--strict", "rome.yaml").code) == (plain, strict)


def test_degrees_are_named_before_the_sentence(fasti: Fasti) -> None:
    fasti.write("rome.yaml", WARNED)
    done = fasti("check", "rome.yaml")

    assert done.out == (
        "rome.yaml:4:9: answer-in-question: warning: the question has its answer in it: `1962`; ask it in other words\n"
    )
    assert done.err == "1 deck file, 2 facts, 2 cards: 1 warning\n"


def test_to_be_heard_a_problem_is_a_sentence(fasti: Fasti) -> None:
    fasti.write("rome.yaml", WRONG)

    assert fasti("check", "--accessible", "rome.yaml").out == (
        "Error: this second colon makes YAML look for another key; put quotes round the whole text: "
        '`"Who said: no?"`. At line 4, column 16 of rome.yaml. Code second-colon.\n'
    )


def test_programs_get_the_fix_with_the_problem(fasti: Fasti) -> None:
    fasti.write("rome.yaml", WRONG)
    (problem,) = fasti("check", "--json", "rome.yaml").json["problems"]

    assert problem["severity"] == "error"
    assert problem["fix"] == [{"line": 4, "column": 8, "old": "Who said: no?", "new": '"Who said: no?"'}]
    assert fasti("check", "--format", "json", "rome.yaml").json["problems"] == [problem]


def test_a_diff_shows_what_a_fix_then_does(fasti: Fasti) -> None:
    path = fasti.write("rome.yaml", WRONG)
    shown = fasti("check", "--diff", "rome.yaml")

    assert shown.out == (
        "--- rome.yaml\n+++ rome.yaml\n@@ -1,6 +1,6 @@\n deck: Rome\n facts:\n"
        "   - {event: Rome is founded, date: 753 BC, source: 'Livy, 1.7'}\n"
        '-  - q: Who said: no?\n+  - q: "Who said: no?"\n     a: Cato\n     source: Livy\n'
    )
    assert (shown.code, shown.err) == (1, "1 problem would be mended by `--fix`; none would be left\n")
    assert path.read_text(encoding="utf-8") == WRONG

    done = fasti("check", "--fix", "rome.yaml")
    assert (done.code, done.out) == (0, "")
    assert done.err == "1 problem mended in `rome.yaml`\n1 deck file, 2 facts, 2 cards: no problems\n"
    assert path.read_text(encoding="utf-8") == WRONG.replace("Who said: no?", '"Who said: no?"')
    assert fasti("check", "--diff", "rome.yaml").code == 0


def test_where_nothing_is_certain_nothing_is_written(fasti: Fasti) -> None:
    path = fasti.write("rome.yaml", WARNED)
    before = path.stat().st_mtime_ns
    done = fasti("check", "--fix", "rome.yaml")

    assert "there is nothing here that can certainly be mended" in done.err
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("other", [("--fix",), ("--json",), ("--format", "github")])
def test_a_diff_is_given_alone(fasti: Fasti, other: tuple[str, ...]) -> None:
    assert fasti("check", "--diff", *other).code == 2


def test_a_code_is_explained(fasti: Fasti) -> None:
    done = fasti("check", "--explain", "cause-after-effect")

    assert done.code == 0
    assert done.out.startswith("cause-after-effect\n\nA cause that is dated after its effect. A warning.\n")
    assert "    deck: Cuban Missile Crisis\n" in done.out
    assert "**" not in done.out


def test_a_code_that_is_none_is_refused(fasti: Fasti) -> None:
    done = fasti("check", "--explain", "cause_after_effect")

    assert (done.code, done.out) == (2, "")
    assert (
        done.err == "error: there is no code `cause_after_effect`\nhint: did you mean `cause-after-effect`?\n"
    )


def test_dates_are_compared_over_all_files(fasti: Fasti) -> None:
    fasti.write("decks/one.yaml", GOOD)
    fasti.write("decks/two.yaml", GOOD.replace("753", "735").replace("deck: Rome", "deck: The kings"))
    done = fasti("check", "decks")

    assert done.code == 0
    assert "different-dates: warning: line 3 of `decks" in done.out


def test_adding_a_deck_is_not_the_lints_business(fasti: Fasti) -> None:
    fasti.write("rome.yaml", WARNED)
    done = fasti("add", "rome.yaml")

    assert done.code == 0
    assert "answer-in-question" not in done.out + done.err


def test_without_a_spell_checker_it_is_said_how_to_get_one(fasti: Fasti) -> None:
    fasti.write("rome.yaml", GOOD)
    fasti.write("spellchecker.py", "raise ImportError\n")  # as if it were not there: the folder comes first
    done = fasti("check", "--spelling", "rome.yaml")

    assert done.code == 1
    assert done.err == (
        "error: spelling cannot be checked: the spell checker is not installed\n"
        "hint: install it with `pip install 'fasti[spelling]'`\n"
    )
