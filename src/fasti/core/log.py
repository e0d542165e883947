"""The review log, and the state of a card as a fold of it.

The log is append-only and is the truth; a card's state is a cache of `fold`. Merging the logs of two
devices is their union: duplicates and order do not matter. An undo is an entry like any other, so
that it survives a restart, travels with a merge, and can itself be undone.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from fasti.core.card_state import FRESH_CARD, CardState, memory_after
from fasti.core.entry_kinds import IMPORTED, EntryKind
from fasti.core.sm2 import (
    HIGHEST_MAXIMUM_INTERVAL,
    MAXIMUM_INTERVAL,
    Profile,
    owes_repeat,
)


class Adopted(NamedTuple):
    """Where another program had a card: what SM-2 remembers, and the study day on which it is due.

    `interval` is in days, `ease` in hundredths; `due_day` is None for a card that is new.
    """

    repetitions: int
    interval: int
    ease: int
    lapses: int
    due_day: int | None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the review log, identified by `device` and `seq` wherever it is copied.

    `scale` is the number of grade keys the student had (4 or 6); `thinking_ms` the milliseconds from
    question to grade; `answer` what was typed, or for a flag the word to the teacher; `due_offset`
    the days by which the due day was spread; `profile` the rule that was in force, as `profile_name` has it.
    An undo carries the learner and the card of the entry that `target_device` and `target_seq` name, an
    `adopt` the place that is taken over.

    Raises ValueError for a review or drill without a grade from 0 to 5, an undo without a target, and an
    `adopt` without a place.
    """

    device: str
    seq: int
    learner: str
    card: str
    kind: EntryKind
    grade: int | None
    scale: int | None
    answered_at_ms: int
    utc_offset_min: int
    study_day: int
    thinking_ms: int | None
    answer: str | None
    due_offset: int = 0
    target_device: str | None = None
    target_seq: int | None = None
    profile: str | None = None
    adopted: Adopted | None = None

    def __post_init__(self) -> None:
        graded = self.kind == EntryKind.REVIEW or self.kind == EntryKind.DRILL
        if graded and (type(self.grade) is not int or not 0 <= self.grade <= 5):
            raise ValueError(f"entry `{self.seq}` of device `{self.device}` needs a grade from 0 to 5")
        if self.kind == EntryKind.UNDO and (self.target_device is None or self.target_seq is None):
            raise ValueError(f"entry `{self.seq}` of device `{self.device}` does not say what it takes back")
        if self.kind == EntryKind.ADOPT and self.adopted is None:
            raise ValueError(f"entry `{self.seq}` of device `{self.device}` does not say what it takes over")


def profile_name(profile: Profile, maximum_interval: int = MAXIMUM_INTERVAL) -> str:
    """How a log entry names the rule in force: `sm2/text`, or `sm2/text/365` with another maximum interval.

    What was answered under one maximum keeps it: a student who chooses another moves no card by that.
    """
    name = f"sm2/{profile}"
    return name if maximum_interval == MAXIMUM_INTERVAL else f"{name}/{maximum_interval}"


_PROFILES = {profile_name(profile): profile for profile in Profile}


def rule_of(name: str, maximum_interval: int) -> tuple[Profile, int]:
    """The rule of a name, and the maximum interval: its own, or the given one where it has none."""
    scheduler, _, days = name.rpartition("/") if name.count("/") > 1 else (name, "", "")
    # Grades mean the same under every scheduler, so a rule that this version does not know is no
    # reason to lose them.
    profile = _PROFILES.get(scheduler, Profile.TEXT)
    if days.isascii() and days.isdecimal() and len(days) <= _DIGITS:
        return profile, min(max(int(days), 1), HIGHEST_MAXIMUM_INTERVAL)
    return profile, maximum_interval


_DIGITS = len(str(HIGHEST_MAXIMUM_INTERVAL))


def fold(
    entries: Iterable[LogEntry], *, maximum_interval: int = MAXIMUM_INTERVAL
) -> dict[tuple[str, str], CardState]:
    """The state of every card that has an entry in effect, by learner and card.

    The entries may come in any order and more than once.
    """
    states: dict[tuple[str, str], CardState] = {}
    for entry in effective(entries):
        key = (entry.learner, entry.card)
        states[key] = apply(states.get(key, FRESH_CARD), entry, maximum_interval=maximum_interval)
    return states


def fold_card(entries: Iterable[LogEntry], *, maximum_interval: int = MAXIMUM_INTERVAL) -> CardState:
    """The state of the one card and learner that all the entries, undos among them, are about."""
    state = FRESH_CARD
    for entry in effective(entries):
        state = apply(state, entry, maximum_interval=maximum_interval)
    return state


def apply(state: CardState, entry: LogEntry, *, maximum_interval: int = MAXIMUM_INTERVAL) -> CardState:
    """The state after one more entry about the card; the given one if the entry changes nothing.

    An undo changes nothing here: it needs the entries before it, so refold the card with `fold_card`.
    """
    match entry.kind:
        case EntryKind.REVIEW:
            return _reviewed(state, entry, maximum_interval)
        case EntryKind.DRILL:
            return _drilled(state, entry)
        case EntryKind.SUSPEND:
            return state._replace(suspended=True)
        case EntryKind.RESUME:
            return state._replace(suspended=False)
        case EntryKind.BURY:
            return state._replace(buried_until=entry.study_day + 1)
        case EntryKind.FLAG:
            return state._replace(flagged=True)
        case EntryKind.RESET:
            return FRESH_CARD
        case EntryKind.ADOPT:
            return _adopted(state, entry)
        case EntryKind.CRAM | EntryKind.UNDO:
            return state


def effective(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """The entries in effect, oldest first: no undo, and nothing that an undo in effect takes back.

    An undo takes back the entry it names if that stands before it in the order and is about the same
    learner and card. So whether an entry is in effect depends on later entries only: one walk
    from the newest to the oldest decides, no log can make it loop, and the tail of a log is enough to
    know its own entries.
    """
    taken_back: Counter[tuple[str | None, int | None, str, str]] = Counter()
    kept: list[LogEntry] = []
    for entry in reversed(in_order(entries)):
        if taken_back and _is_among(taken_back, entry):
            continue
        if entry.kind == EntryKind.UNDO:
            taken_back[entry.target_device, entry.target_seq, entry.learner, entry.card] += 1
        else:
            kept.append(entry)
    kept.reverse()
    return kept


def _is_among(taken_back: Counter[tuple[str | None, int | None, str, str]], entry: LogEntry) -> bool:
    """Whether an undo takes this entry back; it is used up by that.

    Of several entries under one number, an undo that was written before they were told apart takes back the
    newest.
    """
    for device in dict.fromkeys((entry.device, original_device(entry.device))):
        key = (device, entry.seq, entry.learner, entry.card)
        if taken_back.get(key):
            taken_back[key] -= 1
            return True
    return False


def original_device(device: str) -> str:
    """The id that a machine writes under, without the mark of an entry that shares its number with another."""
    return device.partition("~")[0]


def in_order(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """The entries by time answered, then device and sequence number, each once.

    Of two different entries that claim one device and number, the same one is kept whatever order
    they come in: the earlier, or by content if they claim one moment too.
    """
    once: dict[tuple[str, int], LogEntry] = {}
    for entry in entries:
        known = once.setdefault((entry.device, entry.seq), entry)
        if known is not entry and known != entry:
            once[entry.device, entry.seq] = min(known, entry, key=_time_then_content)
    return sorted(once.values(), key=_ORDER)


def last_undoable(entries: Iterable[LogEntry]) -> LogEntry | None:
    """The newest entry in effect, if it can be taken back: no undo, and nothing that was imported.

    What was answered here before something was imported stands below that, and is not taken back either.
    The tail of the learner's log is enough, if it holds an entry in effect.
    """
    in_effect = effective(entries)
    return in_effect[-1] if in_effect and in_effect[-1].profile != IMPORTED else None


def flags_in_effect(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """The flags of one card that stand, oldest first: those that nothing took back since, and no reset."""
    flags: list[LogEntry] = []
    for entry in effective(entries):
        if entry.kind == EntryKind.RESET:
            flags.clear()
        elif entry.kind == EntryKind.FLAG:
            flags.append(entry)
    return flags


def _reviewed(state: CardState, entry: LogEntry, maximum_interval: int) -> CardState:
    day = entry.study_day
    if state.last_day is not None and day <= state.last_day:
        return _drilled(state, entry)
    assert entry.grade is not None  # held by LogEntry
    profile, maximum = rule_of(entry.profile or "", maximum_interval)
    memory = memory_after(state, entry.grade, day, profile=profile, maximum_interval=maximum)
    return CardState(
        repetitions=memory.repetitions,
        interval=memory.interval,
        ease=memory.ease,
        lapses=memory.lapses,
        # The offset was chosen for the interval of that moment; a merge can have made it shorter since.
        due_day=day + max(memory.interval + entry.due_offset, 1),
        first_day=day if state.first_day is None else state.first_day,
        last_day=day,
        owed=owes_repeat(entry.grade),
        suspended=state.suspended,
        buried_until=state.buried_until,
        flagged=state.flagged,
        reviews=state.reviews + 1,
    )


def _drilled(state: CardState, entry: LogEntry) -> CardState:
    assert entry.grade is not None  # held by LogEntry
    owed = owes_repeat(entry.grade)
    # A drill whose review has been taken back leaves a new card new.
    if state.last_day is None or state.owed == owed:
        return state
    return state._replace(owed=owed)


def _adopted(state: CardState, entry: LogEntry) -> CardState:
    assert entry.adopted is not None  # held by LogEntry
    repetitions, interval, ease, lapses, due_day = entry.adopted
    if due_day is None:
        return FRESH_CARD._replace(suspended=state.suspended, flagged=state.flagged)
    # A card that came without its reviews was last seen an interval before it is due, if that is past.
    last_day = min(due_day - interval, entry.study_day) if state.last_day is None else state.last_day
    return state._replace(
        repetitions=repetitions,
        interval=interval,
        ease=ease,
        lapses=lapses,
        due_day=due_day,
        first_day=last_day if state.first_day is None else state.first_day,
        last_day=last_day,
        # Due on the day on which it was last answered: there it was still to be learnt that day.
        owed=due_day <= last_day,
        reviews=max(state.reviews, 1),
    )


_ORDER = attrgetter("answered_at_ms", "device", "seq")


def _time_then_content(entry: LogEntry) -> tuple[int, str]:
    return entry.answered_at_ms, repr(entry)
