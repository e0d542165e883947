"""What holds of the log whatever is in it: merges, undos, and the schedule it folds to."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.card_state import FRESH_CARD
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import Adopted, LogEntry, apply, effective, fold, fold_card, in_order, last_undoable
from fasti.core.sm2 import EASE_FLOOR, step

LATEST = 10_000
SEQS = st.integers(0, 12)
DEVICES = st.sampled_from(["laptop", "phone"])
GRADED = {EntryKind.REVIEW, EntryKind.DRILL}


PLACES = st.builds(
    Adopted,
    repetitions=st.integers(0, 9),
    interval=st.integers(1, 400),
    ease=st.integers(EASE_FLOOR, 400),
    lapses=st.integers(0, 9),
    due_day=st.one_of(st.none(), st.integers(90, 600)),
)


@st.composite
def log_entries(draw):
    """Any entry at all: clocks and study days run backwards, undos name anything, numbers collide."""
    kind = draw(
        st.sampled_from([*EntryKind, EntryKind.REVIEW, EntryKind.REVIEW, EntryKind.UNDO, EntryKind.UNDO])
    )
    return LogEntry(
        device=draw(DEVICES),
        seq=draw(SEQS),
        learner=draw(st.sampled_from(["clio", "urania"])),
        card=draw(st.sampled_from(["deck/fact#when", "deck/fact#what"])),
        kind=kind,
        grade=draw(st.integers(0, 5)) if kind in GRADED else None,
        scale=6,
        answered_at_ms=draw(st.integers(0, 30)),
        utc_offset_min=0,
        study_day=draw(st.integers(100, 140)),
        thinking_ms=None,
        answer=None,
        due_offset=draw(st.integers(-2, 2)),
        target_device=draw(DEVICES) if kind == EntryKind.UNDO else None,
        target_seq=draw(SEQS) if kind == EntryKind.UNDO else None,
        profile=draw(st.sampled_from(["sm2/text", "sm2/reference", None])),
        adopted=draw(PLACES) if kind == EntryKind.ADOPT else None,
    )


def identity(entry):
    return entry.device, entry.seq


ANY_ENTRIES = st.lists(log_entries(), max_size=25)
LOGS = st.lists(log_entries(), max_size=25, unique_by=identity)
BOUNDED = settings(deadline=None, max_examples=150)


def undo_of(target, later=0):
    return replace(
        target,
        device="tablet",
        seq=later,
        kind=EntryKind.UNDO,
        answered_at_ms=LATEST + later,
        target_device=target.device,
        target_seq=target.seq,
    )


# Merging


@given(ANY_ENTRIES, st.randoms(use_true_random=False))
@BOUNDED
def test_order_and_copies_do_not_matter(log, chance):
    shuffled = log + chance.choices(log, k=len(log)) if log else []
    chance.shuffle(shuffled)

    assert in_order(shuffled) == in_order(log)
    assert fold(shuffled) == fold(log)


@given(ANY_ENTRIES, ANY_ENTRIES, ANY_ENTRIES)
@BOUNDED
def test_merges_may_happen_in_any_order_and_again(one, two, three):
    all_at_once = in_order(one + two + three)

    assert in_order(in_order(one + two) + three) == all_at_once
    assert in_order(one + in_order(three + two)) == all_at_once
    assert in_order(all_at_once + one) == all_at_once


@given(LOGS)
@BOUNDED
def test_a_fold_of_everything_is_the_folds_of_each_card(log):
    apart = defaultdict(list)
    for entry in log:
        apart[entry.learner, entry.card].append(entry)
    states = fold(log)

    assert {key: fold_card(entries) for key, entries in apart.items()} == {
        key: states.get(key, FRESH_CARD) for key in apart
    }


@given(LOGS)
@BOUNDED
def test_adding_entries_one_by_one_gives_what_a_refold_gives(log):
    states = {}
    done = []
    for entry in in_order(log):
        done.append(entry)
        key = entry.learner, entry.card
        if entry.kind == EntryKind.UNDO:
            states[key] = fold_card(one for one in done if (one.learner, one.card) == key)
        else:
            states[key] = apply(states.get(key, FRESH_CARD), entry)

    refolded = fold(log)
    assert states == {key: refolded.get(key, FRESH_CARD) for key in states}
    assert refolded.keys() <= states.keys()


# Undo


@given(LOGS.filter(bool), st.data())
@BOUNDED
def test_what_is_undone_never_happened(log, data):
    target = data.draw(st.sampled_from(log))
    others = [entry for entry in log if entry is not target]

    assert effective([*log, undo_of(target)]) == effective(others)
    assert fold([*log, undo_of(target)]) == fold(others)


@given(LOGS.filter(bool), st.data(), st.integers(2, 6))
@BOUNDED
def test_an_undo_undone_leaves_everything_as_it_was(log, data, times):
    newest = data.draw(st.sampled_from(log))
    longer = list(log)
    for later in range(times):
        newest = undo_of(newest, later)
        longer.append(newest)

    assert effective(longer) == effective(longer[: len(log) + times % 2])


@given(LOGS)
@BOUNDED
def test_an_entry_is_in_effect_unless_an_undo_in_effect_names_it(log):
    ordered = in_order(log)
    place = {identity(entry): number for number, entry in enumerate(ordered)}

    def in_effect(entry):
        return not any(
            undo.kind == EntryKind.UNDO
            and (undo.target_device, undo.target_seq) == identity(entry)
            and (undo.learner, undo.card) == (entry.learner, entry.card)
            and in_effect(undo)
            for undo in ordered[place[identity(entry)] + 1 :]
        )

    assert effective(log) == [entry for entry in ordered if entry.kind != EntryKind.UNDO and in_effect(entry)]


@given(LOGS, st.integers(0, 25))
@BOUNDED
def test_the_tail_of_a_log_is_enough_to_know_what_of_it_is_in_effect(log, start):
    ordered = in_order(log)
    tail = ordered[start:]

    assert effective(tail) == [entry for entry in effective(log) if entry in tail]


@given(LOGS)
@BOUNDED
def test_undoing_again_and_again_comes_to_a_fresh_start(log):
    undone = []
    later = 0
    longer = list(log)
    while (newest := last_undoable(longer)) is not None:
        undone.append(newest)
        longer.append(undo_of(newest, later))
        later += 1

    assert undone == effective(log)[::-1]
    assert fold(longer) == {}


# The schedule


@given(LOGS, st.integers(6, 60))
@BOUNDED
def test_every_state_is_within_bounds(log, maximum):
    ours = [entry for entry in log if entry.kind != EntryKind.ADOPT]
    for state in fold(ours, maximum_interval=maximum).values():
        assert state.ease >= EASE_FLOOR
        assert state.ease % 2 == 0
        if state.due_day is None:
            assert state == FRESH_CARD._replace(
                suspended=state.suspended,
                buried_until=state.buried_until,
                flagged=state.flagged,
            )
        else:
            assert 1 <= state.interval <= maximum
            assert state.first_day <= state.last_day
            assert state.reviews >= 1
            assert -2 <= state.due_day - state.last_day - state.interval <= 2


@given(LOGS, log_entries())
@BOUNDED
def test_only_a_review_on_a_later_day_a_reset_or_an_adoption_moves_the_schedule(log, entry):
    before = fold_card(log)
    after = apply(before, entry)

    def schedule(state):
        return state.memory, state.due_day, state.first_day, state.last_day, state.reviews

    if entry.kind == EntryKind.REVIEW and (before.last_day is None or entry.study_day > before.last_day):
        assert after.due_day == entry.study_day + max(after.interval + entry.due_offset, 1)
        planned = step(before.memory, entry.grade, profile=(entry.profile or "sm2/text")[4:])
        if before.due_day is None or entry.study_day >= before.due_day or entry.grade < 3:
            assert after.memory == planned
        else:
            remaining = before.due_day - entry.study_day
            assert after.memory._replace(interval=0) == planned._replace(interval=0)
            least = 0 if after.repetitions < 2 else max(remaining, 6)
            assert min(least, 3650) <= after.interval <= max(planned.interval, remaining, 6)
        assert (after.last_day, after.reviews) == (entry.study_day, before.reviews + 1)
        assert after.owed == (entry.grade < 4)
    elif entry.kind == EntryKind.RESET:
        assert after == FRESH_CARD
    elif entry.kind == EntryKind.ADOPT:
        assert after.due_day == entry.adopted.due_day
        assert after.due_day is None or after.memory == entry.adopted[:4]
        assert (after.due_day is None) == (after.last_day is None) == (after.reviews == 0)
    else:
        assert schedule(after) == schedule(before)


@given(LOGS, log_entries())
@BOUNDED
def test_a_second_answer_on_the_same_day_changes_only_what_is_owed(log, entry):
    state = apply(fold_card(log), replace(entry, kind=EntryKind.REVIEW, grade=5, study_day=200))
    again = replace(entry, kind=EntryKind.REVIEW, grade=entry.grade or 0, study_day=200)

    assert apply(state, again) == state._replace(owed=again.grade < 4)


@given(LOGS, log_entries())
@BOUNDED
def test_crams_leave_no_trace(log, entry):
    cram = replace(entry, kind=EntryKind.CRAM, device="tablet", target_device=None, target_seq=None)

    assert fold_card([*log, cram]) == fold_card(log)
