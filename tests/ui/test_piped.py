import io
import json
import os
import sys

import pytest

from fasti.core.card import Judge
from fasti.core.review import Question
from fasti.errors import ExitCode
from fasti.ui.piped import review_lines
from tests.ui.sittings import FakeSitting, card, question

WHO = question(card("John McCone", "Director of Central Intelligence"))
CAUSES = question(
    card("Missiles in Cuba", "To defend Cuba", "To redress the balance", judge=Judge.LIST, asks="causes")
)


class Heard:
    """What one sitting through a pipe printed."""

    def __init__(
        self, capsys: pytest.CaptureFixture[str], *lines: str, six: bool = False, as_json: bool = False
    ) -> None:
        self.sitting = FakeSitting([WHO, CAUSES])
        self.code = review_lines(self.sitting, lines, six=six, as_json=as_json)
        self.out, self.err = capsys.readouterr()


@pytest.mark.parametrize(
    ("line", "six", "grade"), [("1", False, 2), (" 4 \r\n", False, 5), ("0", True, 0), ("5\n", True, 5)]
)
def test_a_line_is_a_grade(capsys: pytest.CaptureFixture[str], line: str, six: bool, grade: int) -> None:
    heard = Heard(capsys, line, six=six)

    assert heard.sitting.log == [("review", WHO.key, grade, 6 if six else 4, None, None)]
    assert heard.code is ExitCode.DONE


def test_questions_and_answers_are_lines(capsys: pytest.CaptureFixture[str]) -> None:
    heard = Heard(capsys, "3")

    assert heard.out.splitlines() == [
        "4 of 30  Who? John McCone",
        "  Director of Central Intelligence  (grade 4, review, due 2026-06-07)",
        "4 of 30  Who? Missiles in Cuba  (2 causes)",
    ]
    assert heard.err == ""


def test_an_answer_is_a_json_object_on_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    heard = Heard(capsys, "bury", "2", as_json=True)

    assert json.loads(heard.out) == {
        "card": CAUSES.key,
        "fact": "mccone",
        "deck": "cmc",
        "question": "Who? Missiles in Cuba",
        "answer": "To defend Cuba; To redress the balance",
        "grade": 3,
        "kind": "review",
        "repetitions": 2,
        "interval": 6,
        "ease": 2.36,
        "due": "2026-06-07",
    }
    assert heard.out.count("\n") == 1


@pytest.mark.parametrize(("word", "kind"), [("bury", "bury"), (" SUSPEND ", "suspend"), ("Skip\n", "skip")])
def test_words_put_a_card_aside_and_are_acknowledged(
    capsys: pytest.CaptureFixture[str], word: str, kind: str
) -> None:
    heard = Heard(capsys, word, as_json=True)

    assert heard.sitting.log == [(kind, WHO.key)]
    assert heard.out == ""
    assert heard.err != ""


def test_undo_asks_again(capsys: pytest.CaptureFixture[str]) -> None:
    heard = Heard(capsys, "3", "undo", "undo")

    assert heard.sitting.question == WHO
    assert heard.err.splitlines() == [f"taken back: review of `{WHO.key}`", "there is nothing to take back"]


def test_quit_stops_and_so_does_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert Heard(capsys, "quit", "3").sitting.log == []
    assert Heard(capsys).code is ExitCode.DONE


@pytest.mark.parametrize("line", ["good", "", "5", "0", "33", "3 3", "²", "undo it"])
def test_any_other_line_ends_it_and_leaves_the_card(capsys: pytest.CaptureFixture[str], line: str) -> None:
    sitting = FakeSitting([WHO, WHO._replace(key="cmc/other#who")])
    code = review_lines(sitting, ["3", line, "3", "3"], six=False, as_json=False)
    err = capsys.readouterr().err

    assert code is ExitCode.PROBLEM
    assert len(sitting.log) == 1
    assert err.startswith("error: line 2: ")
    assert "`quit`" in err


def test_what_is_refused_cannot_act(capsys: pytest.CaptureFixture[str]) -> None:
    heard = Heard(capsys, "\x1b[2J\u202e" + "x" * 500)

    assert "\x1b" not in heard.err
    assert len(heard.err) < 300


def test_a_byte_order_mark_is_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert Heard(capsys, "\ufeff3").sitting.log[0][2] == 4


def test_when_all_is_asked_the_next_grade_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    lines = iter(["4"] * 5)  # as from `yes 4`, which never ends

    assert review_lines(FakeSitting([WHO]), lines, six=False, as_json=False) is ExitCode.DONE
    assert list(lines) == ["4"] * 3
    assert "Next: 6 cards tomorrow." in capsys.readouterr().err


def test_when_all_is_asked_the_last_grade_can_still_be_taken_back() -> None:
    sitting = FakeSitting([WHO])
    review_lines(sitting, ["4", "undo"], six=False, as_json=False)

    assert sitting.question is not None


def test_with_nothing_to_ask_nothing_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    lines = iter(["3"])
    review_lines(FakeSitting([]), lines, six=False, as_json=False)

    assert list(lines) == ["3"]
    assert capsys.readouterr().err.splitlines() == ["Nothing is left to do today.", "Next: 6 cards tomorrow."]


HOSTILE = question(card("a\x1b[2J\u202e\x9b1m [/b] “古巴”\nb", "Łódź", word="\x07"), key="k\x1b#x")


def test_hostile_text_acts_in_no_form(capsys: pytest.CaptureFixture[str]) -> None:
    for as_json in (False, True):
        review_lines(FakeSitting([HOSTILE]), ["suspend", "3"], six=False, as_json=as_json)
        review_lines(FakeSitting([HOSTILE]), ["3"], six=False, as_json=as_json)
    out, err = capsys.readouterr()

    for acting in "\x1b\x9b\u202e\x07":
        assert acting not in out + err


def test_json_keeps_what_it_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    review_lines(FakeSitting([HOSTILE]), ["3"], six=False, as_json=True)

    assert json.loads(capsys.readouterr().out)["question"] == HOSTILE.card.question


@pytest.mark.parametrize("as_json", [False, True])
def test_an_ascii_pipe_gets_ascii(monkeypatch: pytest.MonkeyPatch, as_json: bool) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii", write_through=True))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    review_lines(FakeSitting([HOSTILE]), ["3"], six=False, as_json=as_json)
    line = written.getvalue().decode("ascii").splitlines()[-1]

    assert json.loads(line)["answer"] == "Łódź" if as_json else "?odz" in line


def test_a_reader_that_goes_away_ends_it_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    sitting = FakeSitting([WHO, CAUSES])
    with open(writing, "w", encoding="utf-8") as pipe:  # noqa: PTH123 - a descriptor
        monkeypatch.setattr(sys, "stdout", pipe)

        assert review_lines(sitting, ["3", "3"], six=False, as_json=True) is ExitCode.DONE
    assert len(sitting.log) == 1


def piped(
    capsys: pytest.CaptureFixture[str], of: Question, *lines: str, as_json: bool = False
) -> tuple[FakeSitting, list[str], str]:
    """One card asked through a pipe: the sitting, what stdout had after the question, and stderr."""
    sitting = FakeSitting([of, WHO])
    review_lines(sitting, lines, six=False, as_json=as_json)
    out, err = capsys.readouterr()
    return sitting, out.splitlines()[0 if as_json else 1 :], err


def test_a_list_is_typed_item_by_item_and_an_empty_line_ends_it(capsys: pytest.CaptureFixture[str]) -> None:
    sitting, out, _ = piped(capsys, CAUSES, "the moon", "defend cuba", "", "")

    assert out[:3] == [
        "  Not on this list.  (2 left)",
        "  To defend Cuba  (1 left)",
        "  1 of 2.  To defend Cuba; To redress the balance (missed)  (an empty line grades it 1)",
    ]
    assert sitting.log == [("review", CAUSES.key, 2, 4, "the moon; defend cuba", None)]


def test_a_whole_list_on_one_line_is_judged_at_once_and_the_grade_stays_free(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sitting, out, _ = piped(capsys, CAUSES, "1) redress the balance 2) defend cuba", "2")

    assert out[2] == "  All 2.  To defend Cuba; To redress the balance  (an empty line grades it 3)"
    assert sitting.log[0][2] == 3


def test_a_grade_alone_still_answers_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    sitting, _, _ = piped(capsys, CAUSES, "4")

    assert sitting.log == [("review", CAUSES.key, 5, 4, None, None)]


def test_an_order_is_typed(capsys: pytest.CaptureFixture[str]) -> None:
    of = question(card("The end", "first", "second", judge=Judge.ORDER, asks="order"), seed="x")
    sitting, out, _ = piped(capsys, of, "2 1", "")

    assert out[0] == "  Right.  first; second  (an empty line grades it 3)"
    assert sitting.log == [("review", of.key, 4, 4, "2 1", None)]


def test_a_typed_date_is_judged_and_then_graded(capsys: pytest.CaptureFixture[str]) -> None:
    of = question(card("The speech", "22 October 1962", judge=Judge.DATE, asks="when"))
    sitting, out, err = piped(capsys, of, "oct 1962", "", as_json=True)

    assert "Close: month and year right, day missing." in err
    assert json.loads(out[0])["typed"] == "oct 1962"
    assert sitting.log[0][2:5] == (3, 4, "oct 1962")


@pytest.mark.parametrize("line", ["1 2 3", "hello", "12 1", "1 1"])
def test_what_is_no_order_ends_it(capsys: pytest.CaptureFixture[str], line: str) -> None:
    of = question(card("The end", "first", "second", judge=Judge.ORDER, asks="order"))
    sitting = FakeSitting([of])

    assert review_lines(sitting, [line, "3"], six=False, as_json=False) is ExitCode.PROBLEM
    assert sitting.log == []


def test_a_judged_answer_is_followed_by_its_grade_or_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    sitting, _, err = piped(capsys, CAUSES, "?", "oops", "3")

    assert sitting.log == []
    assert "error: line 2" in err
