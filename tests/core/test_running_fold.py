"""The fold of a whole log in one pass gives what the folds of its cards give, whatever is in the log."""

import json
from collections import defaultdict
from dataclasses import replace
from operator import attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fasti.core.daily import counted
from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry, fold_card, in_order
from fasti.core.running_fold import Line, RunningFold
from tests.core.test_log_properties import BOUNDED, LOGS, identity, log_entries

PROFILES = [
    "sm2/text",
    "sm2/reference",
    "sm2/text/30",
    "sm2/reference/9",
    "sm2/text/0",
    "fsrs/6",
    "anki",
    "",
    None,
]
LONG_LOGS = st.lists(
    st.builds(
        replace,
        log_entries(),
        # Years, so that intervals of every length are counted.
        study_day=st.integers(100, 140) | st.integers(100, 4_000),
        answered_at_ms=st.integers(-5, 3_000),
        thinking_ms=st.none() | st.integers(-9, 200_000),
        profile=st.sampled_from(PROFILES),
    ),
    max_size=40,
    unique_by=identity,
)


def line_of(entry: LogEntry) -> tuple[object, ...]:
    """An entry as a driver gives its row."""
    values = {name: getattr(entry, name) for name in Line._fields}
    adopted = None if entry.adopted is None else json.dumps(entry.adopted)
    return tuple({**values, "kind": str(entry.kind), "adopted": adopted}.values())


def hold_equal(fold: RunningFold, by_card: dict[str, list[LogEntry]], maximum: int) -> None:
    """A fold is what the cards' own folds come to; the entries of a card carry one name."""
    days: dict[tuple[int, str], list[int]] = {}
    for card, entries in by_card.items():
        here = fold.cards[card]
        assert here.state == fold_card(entries, maximum_interval=maximum)
        assert here.folded_ms == max(entry.answered_at_ms for entry in entries)
        for day, numbers in counted(entries, maximum_interval=maximum)[1].items():
            place = day, card.partition("/")[0]
            days[place] = [one + other for one, other in zip(days.get(place, [0] * 13), numbers, strict=True)]

    assert fold.cards.keys() == by_card.keys()
    assert fold.days == days


@given(LOGS | LONG_LOGS, st.integers(1, 36_500), st.integers(1, 9), st.booleans())
@BOUNDED
def test_one_pass_gives_what_the_cards_own_folds_give(
    log: list[LogEntry], maximum: int, size: int, together: bool
) -> None:
    ours = in_order(entry for entry in log if entry.learner == "clio")
    by_card = defaultdict(list)
    for entry in ours:
        by_card[entry.card].append(entry)
    undone = {entry.card for entry in ours if entry.kind == EntryKind.UNDO}

    if together:
        ours.sort(key=attrgetter("card"))
    lines = [line_of(entry) for entry in ours if entry.card not in undone]
    fold = RunningFold(maximum_interval=maximum)
    for start in range(0, len(lines), size):
        fold.take_in(lines[start : start + size])
    for card in undone:
        fold.take_card(card, by_card[card][::-1])

    hold_equal(fold, by_card, maximum)


@pytest.mark.parametrize("grade", [None, -1, 6, "5"])
@pytest.mark.parametrize("kind", ["review", "drill"])
def test_a_grade_that_is_none_is_refused(kind: str, grade: object) -> None:
    with pytest.raises(ValueError, match="needs a grade"):
        RunningFold().take_in([("d/f#when", 5, kind, grade, 100, None, 0, "sm2/text", None)])


def test_a_kind_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="guess"):
        RunningFold().take_in([("d/f#when", 5, "guess", 3, 100, None, 0, "sm2/text", None)])
