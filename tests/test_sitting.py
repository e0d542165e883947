"""Sittings over a real library in a temporary file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from fasti.core.days import Moment, read_moment, study_day
from fasti.core.entry_kinds import IMPORTED, EntryKind
from fasti.core.log import Adopted, LogEntry
from fasti.core.review import Answered, Opening
from fasti.core.sm2 import Profile
from fasti.session import Session
from fasti.session_contract import Rules
from fasti.settings import Settings, read_settings
from fasti.sitting import Clock, Wishes, begin

DAY = 86_400_000
EVERYTHING = Wishes()
START = read_moment("2026-06-01T09:00:00+00:00")


@dataclass
class Student:
    """A student with a library of their own, whose clock a test moves."""

    settings: Settings
    folder: Path
    now_ms: int = START.utc_ms

    def moment(self) -> Moment:
        return Moment(self.now_ms, 0)

    def on(self, day: int) -> "Student":
        self.now_ms = START.utc_ms + day * DAY
        return self

    def deck(self, count: int = 4, name: str = "deck") -> Path:
        facts = "".join(f"  - {{q: {name} {n}?, a: a{n}, id: f{n}}}\n" for n in range(count))
        path = self.folder / f"{name}.yaml"
        path.write_text(f"deck: {name}\nid: {name}\nfacts:\n{facts}", encoding="utf-8")
        return path

    def sit(self, play: Callable[[Session], None], wishes: Wishes = EVERYTHING) -> None:
        with begin(self.settings, wishes, Clock(self.moment, lambda: 2**62), lambda _: None) as session:
            play(session)

    def answer(self, grades: Sequence[int], wishes: Wishes = EVERYTHING) -> list[Answered]:
        answered: list[Answered] = []

        def play(session: Session) -> None:
            for grade in grades:
                if session.question is None:
                    return
                answered.append(session.answer(grade, scale=6))

        self.sit(play, wishes)
        return answered

    def opening(self) -> Opening:
        seen: list[Opening] = []
        self.sit(lambda session: seen.append(session.opening))
        return seen[0]


@pytest.fixture
def student(tmp_path: Path) -> Student:
    from fasti.library import add
    from fasti.shelves import Clock as FileClock
    from fasti.store.opening import open_database

    student = Student(read_settings({"FASTI_HOME": str(tmp_path / "home")}), tmp_path)
    with open_database(student.settings.database, START.utc_ms) as database:
        add(database, [student.deck()], "me", FileClock(START.utc_ms, 2**62))
    return student


def keys(answered: Sequence[Answered]) -> list[str]:
    return [f"{each.fact}:{each.kind}" for each in answered]


def test_new_cards_come_in_the_authors_order_and_missed_ones_again_at_the_end(student: Student) -> None:
    answered = student.answer([4, 1, 3, 5, 4, 2, 4])

    assert keys(answered) == [
        "f0:review", "f1:review", "f2:review", "f3:review", "f1:drill", "f2:drill", "f2:drill",
    ]  # fmt: skip


def test_repeats_never_move_the_schedule(student: Student) -> None:
    first, *repeats = student.answer([1, 4, 4, 4, 0, 5])

    assert {(each.repetitions, each.interval, each.ease) for each in (first, *repeats[3:])} == {(0, 1, 250)}


def test_undo_asks_the_card_again_before_the_one_that_was_being_asked(student: Student) -> None:
    def play(session: Session) -> None:
        session.answer(1, scale=6)
        undone = session.undo()
        assert undone
        assert (undone.kind, undone.grade) == ("review", 1)
        assert session.question
        assert (session.question.card.prompt, session.question.number, session.question.total) == (
            "deck 0?",
            1,
            4,
        )
        session.answer(5, scale=6)
        assert session.question.card.prompt == "deck 1?"
        for _ in range(3):
            session.answer(5, scale=6)
        assert session.question is None

    student.sit(play)


def test_undo_reaches_back_over_the_end_of_a_sitting_and_over_days(student: Student) -> None:
    student.answer([5, 5, 5, 5])

    def play(session: Session) -> None:
        assert session.question is None
        for number in (3, 2, 1, 0):
            assert session.undo()
            assert session.question
            assert session.question.card.prompt == f"deck {number}?"
        assert session.undo() is None

    student.on(0).sit(play)


def test_an_undone_repeat_is_owed_again(student: Student) -> None:
    def play(session: Session) -> None:
        for grade in (1, 5, 5, 5, 5):
            session.answer(grade, scale=6)
        assert session.question is None
        session.undo()
        assert session.question
        assert session.question.drill

    student.sit(play)


def test_a_repeat_owed_when_the_sitting_ended_comes_first_thing_the_same_day(student: Student) -> None:
    student.answer([1])

    assert student.opening().owed == 1
    assert keys(student.answer([5, 5, 5, 5])) == ["f1:review", "f2:review", "f3:review", "f0:drill"]
    assert student.opening().owed == 0


def test_a_buried_card_comes_tomorrow_and_a_suspended_one_does_not(student: Student) -> None:
    def play(session: Session) -> None:
        session.bury()
        session.suspend()
        session.skip()
        assert session.question
        assert session.question.card.prompt == "deck 3?"

    student.sit(play)
    assert keys(student.answer([5, 5, 5])) == ["f2:review", "f3:review"]
    assert "f0:review" in keys(student.on(1).answer([5] * 5))
    assert "f1:review" not in keys(student.on(2).answer([5] * 5))


def test_what_was_imported_from_a_clock_ahead_does_not_stand_before_the_answers_of_a_sitting(
    student: Student,
) -> None:
    from fasti.store import refolding, reviews
    from fasti.store.opening import open_database

    ahead = START.utc_ms + 60_000
    imported = LogEntry(
        device="anki-x",
        seq=ahead,
        learner="me",
        card="deck/f3#answer",
        kind=EntryKind.ADOPT,
        grade=None,
        scale=None,
        answered_at_ms=ahead,
        utc_offset_min=0,
        study_day=study_day(START),
        thinking_ms=None,
        answer=None,
        profile=IMPORTED,
        adopted=Adopted(4, 40, 265, 1, study_day(START) + 40),
    )
    with open_database(student.settings.database, START.utc_ms) as database, database.writing() as connection:
        reviews.insert_entries(connection, [imported])
        refolding.refold(connection, "me")

    def play(session: Session) -> None:
        first = session.question
        session.answer(2, scale=6)
        assert session.undo() is not None
        assert session.question == first
        assert session.undo() is None

    student.sit(play)


def test_undo_brings_a_buried_card_back(student: Student) -> None:
    def play(session: Session) -> None:
        session.bury()
        undone = session.undo()
        assert undone
        assert undone.kind == "bury"
        assert session.question
        assert session.question.card.prompt == "deck 0?"

    student.sit(play)


def test_a_flag_leaves_the_card_where_it_is(student: Student) -> None:
    def play(session: Session) -> None:
        before = session.question
        session.flag("the date is wrong")
        assert session.question == before

    student.sit(play)


def test_twenty_minutes_are_enough_but_what_was_missed_is_repeated(student: Student) -> None:
    def play(session: Session) -> None:
        session.answer(1, scale=6)
        student.now_ms += 21 * 60_000
        session.answer(5, scale=6)
        assert session.question
        assert session.question.drill
        session.answer(5, scale=6)
        assert session.question is None
        assert session.closing().left == 2

    student.sit(play)


def test_no_new_cards_while_yesterdays_due_do_not_fit(student: Student) -> None:
    student.answer([5, 5])

    assert sorted(keys(student.on(3).answer([5] * 5, Wishes(limit=1)))) in (["f0:review"], ["f1:review"])
    assert len(student.answer([5] * 5, Wishes(limit=1))) == 1
    assert keys(student.answer([5] * 5, Wishes(limit=1))) == ["f2:review"]


def test_the_reference_profile_lowers_the_ease_on_a_lapse(student: Student) -> None:
    wishes = Wishes(rules=Rules(profile=Profile.REFERENCE))

    assert student.answer([1], wishes)[0].ease == 196


def test_the_intervals_shown_are_those_that_the_grades_give(student: Student) -> None:
    student.answer([5, 5, 5, 5])
    student.on(1).answer([5, 5, 5, 5])

    def play(session: Session) -> None:
        assert session.question
        shown = session.question.intervals
        assert shown[:3] == (1, 1, 1)
        assert session.answer(4, scale=6).interval == shown[4]

    student.on(7).sit(play)


def test_a_glance_begins_the_same_sitting_as_the_whole_library(
    student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    student.answer([5, 1, 5, 5])
    for day in range(1, 9):
        seen: list[object] = []

        def look(session: Session, seen: list[object] = seen) -> None:
            seen.append((session.question, session.opening))

        student.on(day).sit(look)
        with monkeypatch.context() as without_glance:
            without_glance.setattr("fasti.sitting._at_a_glance", lambda *_: None)
            student.sit(look)
        assert seen[0] == seen[1]
        student.answer([5] * 10)


def test_a_pile_is_met_with_the_day_on_which_it_will_be_level(student: Student) -> None:
    student.answer([5, 5, 5, 5])

    def play(session: Session) -> None:
        opening = session.opening
        assert (opening.due, opening.overdue, opening.away_days, opening.portion) == (4, 4, 9, 1)
        assert opening.new == 0
        assert opening.level_day is not None
        assert opening.level_day >= opening.today + 3

    student.on(9).sit(play, Wishes(limit=1))


OTHERS = """deck: Others
id: others
facts:
  - {person: Fidel Castro, who: Prime minister of Cuba, ask: [name], id: castro}
  - {person: Fulgencio Batista, who: Ruler of Cuba until 1959, ask: [name], id: batista}
  - {event: Kennedy speaks, date: 1962-10-22, id: speech}
  - {event: A U-2 takes photographs, date: "14 October 1962", id: flight}
  - {event: A crisis begins, date: 1962-10-16, id: begins}
  - {event: Bundy tells the president, date: 16 October 1962, id: bundy}
"""


def library(student: Student, text: str, name: str = "others") -> Path:
    from fasti.library import add
    from fasti.shelves import Clock as FileClock
    from fasti.store.opening import open_database

    path = student.folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    with open_database(student.settings.database, START.utc_ms) as database:
        add(database, [path], "me", FileClock(START.utc_ms, 2**62))
    return path


@pytest.mark.parametrize(
    ("skipped", "typed", "title"),
    [
        (0, "fulgencio batista", "Fulgencio Batista"),
        (0, "Fidel Castro", None),
        (0, "Kennedy speaks", "Kennedy speaks"),
        (0, "%", None),
        (2, "14 oct 62", "A U-2 takes photographs"),
        (2, "14 October 1962", "A U-2 takes photographs"),
        (2, "16 October 1962", None),
        (2, "22 October 1962", None),
        (2, "nonsense", None),
    ],
)
def test_a_wrong_answer_is_looked_for_among_the_other_facts_of_the_deck(
    student: Student, skipped: int, typed: str, title: str | None
) -> None:
    library(student, OTHERS)

    def play(session: Session) -> None:
        for _ in range(skipped):
            session.skip()
        mistaken = session.mistaken(typed)
        assert (mistaken.title if mistaken else None) == title

    student.sit(play, Wishes(decks=["others"]))


def test_an_edited_card_is_asked_again_with_its_new_words_and_keeps_its_progress(student: Student) -> None:
    student.answer([5, 5, 5, 5])

    def play(session: Session) -> None:
        place = session.place()
        assert place
        path = Path(place.path)
        line = path.read_text(encoding="utf-8").splitlines()[place.line - 1]
        before = session.question
        assert before
        assert before.card.prompt in line
        path.write_text(
            path.read_text(encoding="utf-8").replace(before.card.prompt, "Reworded?"), encoding="utf-8"
        )
        revised = session.revise()
        assert (revised.changed, revised.asked) == (True, True)
        assert session.question
        assert session.question is not before
        assert (session.question.card.prompt, session.question.key) == ("Reworded?", before.key)
        assert session.question.number == before.number
        assert session.answer(4, scale=6).repetitions == 2

    student.on(1).sit(play)


def test_a_card_whose_fact_gets_another_name_is_followed(student: Student) -> None:
    def play(session: Session) -> None:
        place = session.place()
        assert place
        path = Path(place.path)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("id: f0", "id: zero").replace("id: f2", "id: two"), encoding="utf-8")
        assert session.revise().asked
        asked = []
        while session.question:
            asked.append(session.question.key)
            session.answer(5, scale=6)
        assert asked == ["deck/zero#answer", "deck/f1#answer", "deck/two#answer", "deck/f3#answer"]

    student.sit(play)


def _write_line(session: Session, text: str) -> int:
    """Write something else on the line of the current card's fact; that line."""
    place = session.place()
    assert place
    path = Path(place.path)
    rows = path.read_text(encoding="utf-8").splitlines()
    rows[place.line - 1] = text
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return place.line


def test_when_the_fact_is_gone_the_next_one_is_asked(student: Student) -> None:
    def play(session: Session) -> None:
        _write_line(session, "")
        revised = session.revise()
        assert (revised.asked, revised.problems) == (False, ())
        assert session.question
        assert session.question.card.prompt == "deck 1?"

    student.sit(play)


def test_when_the_fact_is_broken_it_is_asked_as_it_was_until_that_is_put_right(student: Student) -> None:
    def play(session: Session) -> None:
        line = _write_line(session, "  - {q: deck 0?, id: f0}")
        revised = session.revise()
        assert (revised.asked, revised.kept) == (True, True)
        assert [at for at, _ in revised.problems] == [line]
        assert session.question
        assert (session.question.card.prompt, session.question.number) == ("deck 0?", 1)
        _write_line(session, "  - {q: Which deck?, a: zero, id: f0}")
        assert session.revise().kept is False
        assert session.question.card.prompt == "Which deck?"
        assert session.answer(4, scale=4).key == "deck/f0#answer"

    student.sit(play)


def test_what_is_marked_is_counted_and_what_was_missed_is_still_to_come(student: Student) -> None:
    def play(session: Session) -> None:
        session.answer(2, scale=4)
        session.bury()
        closing = session.closing()
        assert (closing.left, closing.owed, closing.marked) == (2, 1, 2)
        session.undo()
        session.undo()
        session.undo()
        closing = session.closing()
        assert (closing.left, closing.owed, closing.marked) == (4, 0, 0)

    student.sit(play)


def test_an_editor_that_changed_nothing_asks_the_card_again(student: Student) -> None:
    def play(session: Session) -> None:
        before = session.question
        revised = session.revise()
        assert (revised.changed, revised.asked, revised.problems) == (False, True, ())
        assert session.question == before
        assert session.question is not before

    student.sit(play)


def test_what_is_known_about_a_card_has_its_answers_without_those_taken_back(student: Student) -> None:
    student.answer([5, 2])

    def play(session: Session) -> None:
        session.answer(1, scale=6)
        session.undo()
        about = session.about()
        assert about.place
        assert (about.key, about.place.title) == ("deck/f0#answer", "deck 0?")
        assert [entry.grade for entry in about.answers] == [5]
        assert about.state.interval == 1

    student.on(2).sit(play, Wishes(limit=4))


def test_a_sitting_goes_on_though_its_database_is_put_back_to_a_backup_meanwhile(student: Student) -> None:
    from fasti.backups import back_up, chosen
    from fasti.restoring import restore

    back_up(student.settings, START.utc_ms)
    copy = chosen(student.settings, "by-hand", START)

    def play(session: Session) -> None:
        session.answer(5, scale=6)
        restore(student.settings, copy, START.utc_ms)
        session.answer(5, scale=6)
        session.undo()
        session.answer(4, scale=6)

    student.sit(play)
    assert keys(student.answer([5])) == ["f0:review"]


def test_a_sitting_over_four_in_the_morning_counts_each_answer_to_its_day_and_says_that_one_began(
    student: Student,
) -> None:
    student.now_ms += (18 * 60 + 50) * 60_000  # ten to four at night: still the first day

    def play(session: Session) -> None:
        before = session.answer(2, scale=4)
        assert not session.closing().new_day
        student.now_ms += 15 * 60_000
        after = session.answer(4, scale=4)
        assert before.due_day is not None
        assert after.due_day == before.due_day + 1
        for _ in range(2):
            session.answer(4, scale=4)
        # What was missed yesterday is due today: its repeat is a review.
        assert session.answer(4, scale=4).kind == "review"
        assert session.closing().new_day

    student.sit(play)
