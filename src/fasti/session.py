"""One sitting: the next card, its grade, and taking a grade back.

A sitting never holds a grade that is not in the database: each answer is committed before the next
question exists. What it keeps in memory is only the order of what is still to be asked.
"""

from collections.abc import Callable, Sequence

from fasti.core.card_state import memory_after
from fasti.core.days import Moment, study_day
from fasti.core.entry_kinds import EntryKind
from fasti.core.leeches import becomes_leech
from fasti.core.queue import Plan
from fasti.core.review import About, Answered, Closing, Mistaken, Opening, Place, Question, Revised, Undone
from fasti.core.sm2 import owes_repeat
from fasti.core.spread import spread
from fasti.running_order import Asked, RunningOrder
from fasti.session_contract import Changes, Jotting, Reader, Rules, Stored, Writer, Written


class Session:
    """A sitting over a plan of cards.

    `reader` serves the first question and is not used after that; `open_writer` is called at the first
    thing that must be written or read then, so that a student reads while the database engine loads.
    """

    def __init__(
        self,
        plan: Plan,
        opening: Opening,
        owed: Sequence[str],
        reader: Reader,
        open_writer: Callable[[], Writer],
        prepare: Callable[[], None],
        clock: Callable[[], Moment],
        rules: Rules,
        bring_in_step: Callable[[], Changes],
    ) -> None:
        self.opening = opening
        self._bring_in_step = bring_in_step
        self._plan = plan
        self._open_writer = open_writer
        self._prepare = prepare
        self._reader: Reader | None = reader
        self._writer: Writer | None = None
        self._clock = clock
        self._rules = rules
        self._started = clock()
        self._order = RunningOrder(plan, owed)
        self._written = 0
        self._current: Asked | None = None
        self._stored: Stored | None = None
        self.question: Question | None = None
        self._ask_next()
        self._reader = None

    def prepare(self) -> None:
        """Make ready for what follows the first question; to be called when that is on the screen."""
        self._prepare()

    def answer(
        self, grade: int, *, scale: int, typed: str | None = None, thinking_ms: int | None = None
    ) -> Answered:
        """Grade the current card (0-5), durably, and move to the next question.

        `scale` is how many grades the student could choose from. A grade below 4 brings the card back
        at the end of the sitting.
        """
        asked, stored = self._now()
        written = self._write(
            self._jotting(EntryKind.CRAM if self._rules.cram else EntryKind.REVIEW)._replace(
                grade=grade, scale=scale, typed=typed, thinking_ms=thinking_ms
            )
        )
        answered = _answered(stored, written, grade, self._rules.leech_threshold)
        self._order.finish(asked, answered)
        if owes_repeat(grade) if self._rules.cram else written.state.owed:
            self._order.repeat(asked)
        self._ask_next()
        return answered

    def mistaken(self, typed: str) -> Mistaken | None:
        """The other fact of the card's deck to which a wrong answer is the right one, if there is one."""
        _, stored = self._now()
        return self._open().mistaken(stored, typed)

    def place(self) -> Place | None:
        """Where the fact of the current card stands."""
        _, stored = self._now()
        return self._open().place(stored)

    def about(self) -> About:
        """What is known about the current card."""
        asked, stored = self._now()
        writer = self._open()
        answers = tuple(writer.history(asked.key))
        return About(asked.key, stored.title, stored.state, answers, writer.place(stored), asked.drill)

    def revise(self) -> Revised:
        """Bring the library in step with its files, and ask the current card again with its new words.

        Where its fact cannot be read it is asked as it was, and where it is gone the next card is asked.
        """
        asked, _ = self._now()
        place, since_ms = self.place(), self._clock().utc_ms
        changes = self._bring_in_step()
        self._order.rename(lambda key: self._open().called_now(key, since_ms))
        key = self._open().called_now(asked.key, since_ms)
        if key is None:
            self._order.finish(asked, None)
            self._ask_next()
            return Revised(changes.any, False, changes.problems)
        self._current = asked._replace(key=key)
        self._put_question()
        kept = place is not None and place.title in changes.kept
        return Revised(changes.any, True, changes.problems, kept)

    def bury(self) -> None:
        """Leave the current card until tomorrow."""
        self._put_aside(self._jotting(EntryKind.BURY))

    def suspend(self) -> None:
        """Leave the current card until it is resumed."""
        self._put_aside(self._jotting(EntryKind.SUSPEND))

    def skip(self) -> None:
        """Leave the current card out of this sitting; nothing is written."""
        asked, _ = self._now()
        self._order.finish(asked, None)
        self._ask_next()

    @property
    def siblings(self) -> int:
        """How many cards wait because another card of their fact was asked today."""
        return self._order.siblings

    def ask_siblings(self) -> int:
        """Ask the cards that wait for another card of their fact in this sitting too; how many they are.

        They come after what is still to be asked, however long the sitting has lasted.
        """
        waiting = self._order.add_siblings()
        if waiting:
            self._rules = self._rules._replace(minutes=None)
            if self._current is None:
                self._ask_next()
        return waiting

    def flag(self, word: str) -> None:
        """Mark the current card as wrong, with a word to the teacher; it stays the current card."""
        self._write(self._jotting(EntryKind.FLAG)._replace(typed=word))

    def undo(self) -> Undone | None:
        """Take back the newest thing written, in this sitting or an earlier one, and ask that card again.

        A cram takes back only what was written in it.
        """
        if self._rules.cram and not self._written:
            return None
        moment = self._clock()
        written = self._open().take_back(moment, study_day(moment))
        if written is None:
            return None
        self._written -= 1
        # What was crammed before this sitting may not be due: it is taken back, and not asked.
        if written.kind is not EntryKind.FLAG and (self._rules.cram or written.kind is not EntryKind.CRAM):
            self._return(written)
        return Undone(written.card, written.kind.value, written.grade)

    def closing(self) -> Closing:
        """What this sitting came to so far, and when the next cards are due."""
        done, siblings = self._order.done, self._order.siblings
        answers = [answered for _, answered in done if answered]
        reviews = [answered for asked, answered in done if answered and _counts(asked, answered)]
        upcoming = self._open().next_due(self.opening.today)
        return Closing(
            answered=len(reviews),
            passed=sum(answered.grade >= 3 for answered in reviews),
            failed=sum(answered.grade < 3 for answered in reviews),
            new=sum(asked.new for asked, answered in done if answered and not asked.drill),
            repeats=len(answers) - len(reviews),
            seconds=max(0, self._clock().utc_ms - self._started.utc_ms) // 1000,
            left=self._order.ahead + (self._current is not None and not self._current.drill),
            waiting=self._plan.waiting - len(self._plan.siblings) + siblings,
            siblings=siblings,
            beyond=self._plan.beyond,
            new_beyond=self._plan.new_beyond,
            next_day=upcoming[0] if upcoming else None,
            next_count=upcoming[1] if upcoming else 0,
            more_new=self.opening.more_new,
            break_until=self.opening.break_until,
            cram=self._rules.cram,
            missed=tuple(answered.card.question for answered in reviews if answered.grade < 3),
            owed=self._order.owed + (self._current is not None and self._current.drill),
            marked=max(self._written, 0),
            new_day=study_day(self._clock()) > self.opening.today,
        )

    def _now(self) -> tuple[Asked, Stored]:
        if self._current is None or self._stored is None:
            raise IndexError("no card is being asked")
        return self._current, self._stored

    def _jotting(self, kind: EntryKind) -> Jotting:
        moment = self._clock()
        asked, _ = self._now()
        return Jotting(asked.key, kind, moment, study_day(moment))

    def _put_aside(self, jotting: Jotting) -> None:
        asked, _ = self._now()
        self._write(jotting)
        self._order.finish(asked, None)
        self._ask_next()

    def _return(self, written: Written) -> None:
        """Ask the card of an undone line again, before what was being asked."""
        if self._current is not None:
            self._order.put_back(self._current)
        undone = self._order.withdraw(written.card)
        owed = written.state.owed and written.state.last_day == self.opening.today
        drill = undone.drill if undone and self._rules.cram else owed
        self._current = Asked(written.card, drill, written.state.last_day is None)
        self._put_question()

    def _ask_next(self) -> None:
        """Go on to the next card that is still there; one may have left its deck meanwhile."""
        while True:
            self._current = self._order.take(only_repeats=self._time_is_up())
            self._put_question()
            if self._current is None or self.question is not None:
                return

    def _time_is_up(self) -> bool:
        if self._rules.minutes is None:
            return False
        return self._clock().utc_ms - self._started.utc_ms >= self._rules.minutes * 60_000

    def _put_question(self) -> None:
        self._stored = self._read(self._current.key) if self._current else None
        if self._current and self._stored:
            self.question = self._question(self._current, self._stored)
        else:
            self.question = None

    def _question(self, asked: Asked, stored: Stored) -> Question:
        finished = self._order.finished
        return Question(
            key=asked.key,
            card=stored.card,
            deck=stored.title,
            number=finished + (not asked.drill),
            total=finished + self._order.ahead + (not asked.drill),
            new_left=self._order.new_ahead + asked.new,
            new=asked.new,
            drill=asked.drill,
            intervals=(0,) * 6 if asked.drill or self._rules.cram else self._intervals(stored),
            cram=self._rules.cram,
            seed=f"{asked.key} {self.opening.today}{' again' if asked.drill else ''}",
            path=stored.path,
        )

    def _intervals(self, stored: Stored) -> tuple[int, int, int, int, int, int]:
        """The days that each grade gives from today on."""
        rules, today = self._rules, study_day(self._clock())
        days = [
            memory_after(
                stored.state, grade, today, profile=rules.profile, maximum_interval=rules.maximum_interval
            ).interval
            for grade in range(6)
        ]
        if rules.spread:
            days = [each + spread(stored.key, today, each, rules.maximum_interval) for each in days]
        return days[0], days[1], days[2], days[3], days[4], days[5]

    def _read(self, key: str) -> Stored | None:
        return (self._reader or self._open()).card(key)

    def _write(self, jotting: Jotting) -> Written:
        written = self._open().write(jotting)
        self._written += 1
        return written

    def _open(self) -> Writer:
        if self._writer is None:
            self._writer = self._open_writer()
        return self._writer


def _counts(asked: Asked, answered: Answered) -> bool:
    """Whether an answer is a card's own and not a repeat of it."""
    return answered.kind == EntryKind.REVIEW.value or (
        answered.kind == EntryKind.CRAM.value and not asked.drill
    )


def _answered(stored: Stored, written: Written, grade: int, leech_threshold: int) -> Answered:
    state = written.state
    return Answered(
        key=stored.key,
        card=stored.card,
        fact=stored.fact,
        deck=stored.deck,
        grade=grade,
        kind=written.kind.value,
        repetitions=state.repetitions,
        interval=state.interval,
        ease=state.ease,
        due_day=state.due_day,
        lapses=state.lapses,
        leech=becomes_leech(stored.state.lapses, state.lapses, leech_threshold),
    )
