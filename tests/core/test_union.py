"""Logs united: whatever the order, the same; and nothing of anybody's is lost."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.entry_kinds import IMPORTED, EntryKind
from fasti.core.log import LogEntry, effective, in_order
from fasti.core.union import united

BOUNDED = settings(deadline=None, max_examples=150)


def an_entry(device: str = "a", seq: int = 1, **changes: object) -> LogEntry:
    entry = LogEntry(device, seq, "me", "d/f#when", EntryKind.REVIEW, 4, 4, 1000, 0, 20_000, 900, None)
    return replace(entry, **changes)  # type: ignore[arg-type]


entries = st.builds(
    an_entry,
    st.sampled_from(["a", "b"]),
    st.integers(1, 3),
    grade=st.integers(3, 5),
    answered_at_ms=st.integers(1, 3),
    profile=st.sampled_from([None, IMPORTED]),
)
logs = st.lists(entries, max_size=12)


@given(logs, logs, logs)
@BOUNDED
def test_logs_may_be_united_in_any_order_and_again(one, two, three):
    together = set(united([*one, *two, *three]))

    assert set(united([*united([*one, *two]), *three])) == together
    assert set(united([*three, *united([*two, *united(one)])])) == together
    assert set(united(together)) == together


@given(logs)
@BOUNDED
def test_every_number_is_given_once_and_no_answer_is_lost(log):
    kept = united(log)

    assert len({(entry.device, entry.seq) for entry in kept}) == len(kept)
    own = [entry for entry in log if entry.profile != IMPORTED]
    said = {(e.device.partition("~")[0], e.seq, e.grade, e.answered_at_ms, e.profile) for e in kept}
    assert {(e.device, e.seq, e.grade, e.answered_at_ms, e.profile) for e in own} <= said
    assert in_order(kept) == sorted(kept, key=lambda e: (e.answered_at_ms, e.device, e.seq))


def test_of_what_came_from_another_program_one_is_kept():
    earlier = an_entry("anki-x", card="d/old#when", profile=IMPORTED)
    later = replace(earlier, card="d/new#when", answered_at_ms=1001)

    assert united([later, earlier]) == [earlier]


def test_an_undo_from_before_two_answers_were_told_apart_takes_back_one():
    mine, other = an_entry(answered_at_ms=10), an_entry(answered_at_ms=20, grade=5)
    undo = an_entry(
        seq=2, kind=EntryKind.UNDO, grade=None, answered_at_ms=30, target_device="a", target_seq=1
    )
    left = effective(united([mine, other, undo]))

    assert [entry.grade for entry in left] == [4]


def test_an_undo_of_an_answer_that_was_told_apart_takes_back_no_other():
    first, second = sorted(
        united([an_entry(answered_at_ms=10), an_entry(answered_at_ms=20, grade=5)]), key=lambda e: e.grade
    )
    undo = an_entry(
        seq=2,
        kind=EntryKind.UNDO,
        grade=None,
        answered_at_ms=30,
        target_device=second.device,
        target_seq=second.seq,
    )

    assert effective([first, second, undo]) == [first]
