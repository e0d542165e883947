"""What is known about a card, and what came of editing its deck."""

import pytest

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry
from fasti.core.review import About, Place, Question, Revised
from fasti.ui.known import known_sentences, part_of_the_program_sentences, revised_sentences, why_asked
from fasti.ui.manner import Manner
from fasti.ui.review import review
from tests.ui.conftest import Golden
from tests.ui.sittings import TODAY, Clock, FakeKeys, FakeSitting, card, presses, question, screen

WHO = question(card("John McCone", sources=("Gaddis, The Cold War (2005), p. 75",)))
STATE = CardState(2, 6, 236, 1, TODAY - 3, TODAY - 20, TODAY - 9, False, False, 0, False, 4)
PLACE = Place("John McCone", "/home/student/decks/cold-war.yaml", 12)


def answer(day: int, grade: int, typed: str | None = None) -> LogEntry:
    return LogEntry("d", day, "me", "c", EntryKind.REVIEW, grade, 4, 0, 0, day, None, typed)


ANSWERS = (*tuple(answer(TODAY - 20 + number, 4) for number in range(6)), answer(TODAY - 9, 2, "Mc Coon"))
ABOUT = About(WHO.key, "Cuban Missile Crisis", STATE, ANSWERS, PLACE, drill=False)


def test_nothing_that_gives_the_answer_away_is_told_before_it_is_shown() -> None:
    before = " ".join(known_sentences(ABOUT, WHO, TODAY, shown=False))
    after = " ".join(known_sentences(ABOUT, WHO, TODAY, shown=True))

    for hidden in ("Mc Coon", "Gaddis", WHO.key):
        assert hidden not in before
        assert hidden in after
    assert "line 12" in before


@pytest.mark.parametrize(
    ("state", "drill", "why"),
    [
        (FRESH_CARD, False, "New: not asked before."),
        (STATE, True, "Asked again because it was hard or missed today."),
        (STATE, False, "Due since 29 May, 3 days ago."),
    ],
)
def test_it_is_said_why_a_card_is_asked(state: CardState, drill: bool, why: str) -> None:
    assert why_asked(ABOUT._replace(state=state, drill=drill), TODAY) == why


@pytest.mark.parametrize(
    ("revised", "said"),
    [
        (Revised(False, True), ["Nothing was changed."]),
        (Revised(True, True), ["Changed; here it is again."]),
        (Revised(True, False), ["This card is left out for now: it is no longer in its deck."]),
        (
            Revised(True, True, ((7, "`who` is missing"),), kept=True),
            [
                "Line 7: `who` is missing.",
                "Until that is put right the card is asked as it was; here it is again.",
            ],
        ),
    ],
)
def test_it_is_said_what_came_of_an_edit(revised: Revised, said: list[str]) -> None:
    assert revised_sentences(revised) == said


@pytest.mark.parametrize("accessible", [False, True])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_what_is_known_looks_as_it_should(golden: Golden, width: int, accessible: bool) -> None:
    def info(asked: Question, shown: bool) -> list[str]:
        return known_sentences(ABOUT, asked, TODAY, shown=shown)

    def edit(asked: Question) -> list[str]:
        return part_of_the_program_sentences(PLACE, "cuban-missile-crisis")

    output, terminal = screen(width, NO_COLOR="1", TERM="dumb")
    manner = Manner(accessible=accessible, edit=edit, info=info)
    clock = Clock()
    review(FakeSitting([WHO]), FakeKeys(presses("i", "e", " ", "i", "q"), clock), output, manner, clock=clock)

    golden(f"known-{'spoken-' if accessible else ''}{width}", terminal.getvalue())
