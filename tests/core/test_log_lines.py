"""The log as lines: what is written comes back, and nothing else does."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.decisions import DaysDecided, ExamDecided
from fasti.core.entry_kinds import EntryKind
from fasti.core.exams import Exam
from fasti.core.log import Adopted, LogEntry
from fasti.core.log_lines import (
    Change,
    FutureError,
    Header,
    LineError,
    header_line,
    line_of,
    read_header,
    read_line,
)
from fasti.core.text import printable

names = st.text(min_size=1, max_size=20).map(printable)
moments = st.integers(0, 2**40)
# What was taken over from Anki may have a number from 2^62 up: all that a database's whole numbers hold.
seqs = st.integers(0, 2**40) | st.integers(2**62, 2**63 - 1)


@st.composite
def log_entries(draw):
    kind = draw(st.sampled_from(list(EntryKind)))
    undo, adopt = kind is EntryKind.UNDO, kind is EntryKind.ADOPT
    graded = kind in (EntryKind.REVIEW, EntryKind.DRILL, EntryKind.CRAM)
    numbers = st.integers(0, 9)
    return LogEntry(
        device=draw(names),
        seq=draw(seqs),
        learner="me",
        card=draw(names),
        kind=kind,
        grade=draw(st.integers(0, 5)) if graded else None,
        scale=draw(st.sampled_from([None, 4, 6])),
        answered_at_ms=draw(moments),
        utc_offset_min=draw(st.integers(-840, 840)),
        study_day=draw(st.integers(0, 60_000)),
        thinking_ms=draw(st.none() | moments),
        answer=draw(st.none() | names),
        due_offset=draw(st.integers(-99, 99)),
        target_device=draw(names) if undo else None,
        target_seq=draw(seqs) if undo else None,
        profile=draw(st.none() | names),
        adopted=Adopted(draw(numbers), draw(numbers), 250, draw(numbers), draw(st.none() | numbers))
        if adopt
        else None,
    )


days = st.integers(0, 60_000)
plans = st.one_of(
    st.builds(
        lambda first, more, at, off: DaysDecided(first, first + more, at, off),
        days,
        days,
        moments,
        st.booleans(),
    ),
    st.builds(
        ExamDecided,
        st.builds(Exam, names, days, names, st.just("") | names, st.just("") | names, st.integers(1, 60)),
        moments,
        st.booleans(),
    ),
)


@given(st.one_of(log_entries(), st.builds(Change, names, moments, names), plans))
@settings(deadline=None, max_examples=150)
def test_what_is_written_comes_back_on_one_line(item):
    line = line_of(item)

    assert "\n" not in line
    assert read_line(line, "me") == item


@pytest.mark.parametrize("line", ['{"at":1,"kind":"dream"}', '{"at": 1, "mood": "calm"}'])
def test_a_line_of_a_kind_that_is_not_known_is_kept_as_it_is(line):
    assert line_of(read_line(line, "me")) == line


def test_the_header_comes_back():
    header = Header("a1", "Anna", "laptop")

    assert read_header(header_line(header)) == header


GOOD = json.loads(
    line_of(LogEntry("a", 1, "me", "d/f#when", EntryKind.REVIEW, 4, 4, 1000, 0, 20_000, 900, "x"))
)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": ""},
        {"kind": None},
        {"kind": 5},
        {"kind": "dream", "at": "now"},
        {"days": [1]},
        {"days": [2, 1], "off": True},
        {"days": [1, 2], "off": 1},
        {"days": [1, 10**9], "off": True},
        {"exam": "May"},
        {"exam": {"name": "", "day": 5, "deck": "d", "days": 5}, "removed": False},
        {"exam": {"name": "\x1b[2J", "day": 5, "deck": "d", "days": 5}, "removed": False},
        {"exam": {"name": "May", "day": 5, "deck": "d", "days": 0}, "removed": False},
        {"exam": {"name": "May", "day": 5, "deck": "d", "days": 5}},
        {"grade": 6},
        {"grade": True},
        {"grade": "4"},
        {"grade": None},
        {"at": 1.5},
        {"at": 10**30},
        {"seq": -1},
        {"seq": 2**63},
        {"device": ""},
        {"device": "\x1b[2J"},
        {"card": "x" * 5000},
        {"card": None},
        {"day": 10**9},
        {"offset": 10_000},
        {"answer": 5},
        {"spread": 10**9},
        {"thinking": "long"},
        {"target": 5},
        {"kind": "undo"},
        {"kind": "undo", "target": ["a"]},
        {"kind": "undo", "target": ["a", "b"]},
        {"kind": "adopt"},
        {"kind": "adopt", "adopted": [1, 2, 3]},
        {"kind": "adopt", "adopted": [1, 2, 10**9, 0, 0]},
        {"name": "d/f#when", "at": "now"},
    ],
)
def test_what_cannot_be_an_entry_is_refused(change):
    with pytest.raises(LineError):
        read_line(json.dumps({**GOOD, **change}), "me")


@pytest.mark.parametrize("line", ["", "{", "[]", "5", "null", "[" * 100_000, '{"at":NaN}', "<<<<<<< HEAD"])
def test_what_is_no_object_is_refused(line):
    with pytest.raises(LineError):
        read_line(line, "me")
    with pytest.raises(LineError):
        read_header(line)


def test_what_was_typed_cannot_act_on_a_terminal():
    entry = read_line(json.dumps({**GOOD, "answer": "\x1b[2J"}), "me")

    assert "\x1b" not in entry.answer


def test_a_file_of_a_later_version_is_told_apart():
    with pytest.raises(FutureError):
        read_header('{"fasti":"log","version":2,"device":5}')
