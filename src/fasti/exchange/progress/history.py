"""Our log of one card while its past in Anki is brought into it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from fasti.core.card_state import FRESH_CARD, CardState
from fasti.core.days import Moment, study_day
from fasti.core.entry_kinds import IMPORTED, EntryKind
from fasti.core.log import Adopted, LogEntry, apply, effective, fold_card
from fasti.exchange.collection import AnkiReview
from fasti.exchange.progress.answers import GRADES, Sort, grade_of, is_repeat, sort_of
from fasti.exchange.progress.places import Placed, is_at


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes entries about a card in the name of `device`; `moment_of` is the learner's moment at a time."""

    learner: str
    card: str
    device: str
    moment_of: Callable[[int], Moment]

    def day_of(self, moment: int) -> int:
        """The study day of a moment in milliseconds."""
        return study_day(self.moment_of(moment))

    def entry(
        self,
        kind: EntryKind,
        moment: int,
        seq: int | None = None,
        *,
        grade: int | None = None,
        thinking_ms: int | None = None,
        adopted: Adopted | None = None,
    ) -> LogEntry:
        """An entry at a moment, under `seq` or else a number that follows from card, kind and moment."""
        return LogEntry(
            device=self.device,
            seq=_number(self.card, kind, moment) if seq is None else seq,
            learner=self.learner,
            card=self.card,
            kind=kind,
            grade=grade,
            scale=None if grade is None else GRADES,
            answered_at_ms=moment,
            utc_offset_min=self.moment_of(moment).offset_min,
            study_day=self.day_of(moment),
            thinking_ms=thinking_ms,
            answer=None,
            profile=IMPORTED,
            adopted=adopted,
        )


def _number(card: str, kind: EntryKind, moment: int) -> int:
    """A number from 2^62 up: no moment can be it, and no two cards that were suspended at once have one."""
    # Imported here: hashlib loads OpenSSL, and an export needs none of this.
    from hashlib import blake2b

    digest = blake2b(f"{card}\x1f{kind}\x1f{moment}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) >> 2 | 1 << 62


@dataclass(slots=True)
class History:
    """What our log knows of a card, in effect or not, and what is new to it."""

    known: Sequence[LogEntry]
    writer: Writer
    maximum_interval: int
    new: list[LogEntry] = field(default_factory=list)

    def answer(self, rows: Iterable[AnkiReview]) -> None:
        """Add lines of Anki's log, oldest first. The first answer of a day is its review, as it is here."""
        waiting = effective(self.known)
        waiting.reverse()
        state = FRESH_CARD
        for row in rows:
            while waiting and waiting[-1].answered_at_ms <= row.id:
                state = apply(state, waiting.pop(), maximum_interval=self.maximum_interval)
            entry = self._answered(row, state)
            state = apply(state, entry, maximum_interval=self.maximum_interval)
            self.new.append(entry)

    def adopt(self, place_in: Callable[[CardState], Placed], moment: int) -> Placed:
        """Take over the place that Anki has had for the card since `moment`, unless the answers lead there.

        `place_in` gives the place, where Anki leaves something open in view of the state our log ends in.
        """
        state = self._state_at(moment)
        placed = place_in(state)
        place = placed.place
        if not (is_at(state, place) or is_at(self._state(), place) or self._was_adopted(placed)):
            self.new.append(self.writer.entry(EntryKind.ADOPT, moment, adopted=place))
        return placed

    def suspend(self, suspended: bool, moment: int) -> None:
        """Suspend the card, or bring it back, as it has been in Anki since `moment`."""
        if suspended not in (self._state_at(moment).suspended, self._state().suspended):
            kind = EntryKind.SUSPEND if suspended else EntryKind.RESUME
            self.new.append(self.writer.entry(kind, moment))

    def _answered(self, row: AnkiReview, state: CardState) -> LogEntry:
        day = self.writer.day_of(row.id)
        match sort_of(row):
            case Sort.RESET:
                return self.writer.entry(EntryKind.RESET, row.id, row.id)
            case Sort.CRAM:
                kind = EntryKind.CRAM
            case _:
                again = state.last_day is not None and day <= state.last_day
                kind = EntryKind.DRILL if again or is_repeat(row) else EntryKind.REVIEW
        thinking_ms = min(max(row.time_ms, 0), _LONGEST_MS)
        return self.writer.entry(kind, row.id, row.id, grade=grade_of(row), thinking_ms=thinking_ms)

    def _was_adopted(self, placed: Placed) -> bool:
        """Whether it is the place of the last import: then what was learned here since counts."""
        places = [entry.adopted for entry in effective(self.known) if entry.adopted is not None]
        if self.new or not places:
            return False
        # A due day that was not Anki's may depend on the day of the import, and the interval on it.
        kept = slice(1, None) if placed.said.due_day == placed.place.due_day else slice(2, -1)
        return places[-1][kept] == placed.place[kept]

    def _state(self) -> CardState:
        return fold_card([*self.known, *self.new], maximum_interval=self.maximum_interval)

    def _state_at(self, moment: int) -> CardState:
        entries = [entry for entry in (*self.known, *self.new) if entry.answered_at_ms <= moment]
        return fold_card(entries, maximum_interval=self.maximum_interval)


_LONGEST_MS = 86_400_000
"""A day: nobody thinks longer, and no other program's number is let into the statistics unbounded."""
