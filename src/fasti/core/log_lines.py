"""The review log as lines of text, for files that machines share: a header, then an entry a line, each as JSON.

Changes of name and plans are lines, too. Lines are sorted by time, so that a file grows at its end. What comes
back is checked: whoever can write into the folder could have written anything. A line of a kind that only a later
version knows is kept as it is.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from fasti.core.decisions import DaysDecided, ExamDecided
from fasti.core.entry_kinds import ANSWERS, EntryKind
from fasti.core.exams import Exam
from fasti.core.log import Adopted, LogEntry
from fasti.core.text import printable, unsafe_character

VERSION = 1
"""Of the form of these lines; a file of a later one is left alone."""

LONGEST = 64 * 1024
"""Bytes that a line may have; what is typed is shorter by far."""


class LineError(ValueError):
    """A line that is none of ours; its text says what is wrong with it."""


class FutureError(LineError):
    """A file that a later version has written."""


class Header(NamedTuple):
    """The first line: whose log it is, and which machine writes the file."""

    device: str
    learner: str
    machine: str


class Change(NamedTuple):
    """From `at_ms` on, the card that was called `key` is called `card`."""

    key: str
    at_ms: int
    card: str


class Unknown(NamedTuple):
    """A line that a later version wrote, as it is there."""

    line: str


Item = LogEntry | Change | DaysDecided | ExamDecided | Unknown


def header_line(header: Header) -> str:
    """The first line of a file."""
    return _text_of({"fasti": "log", "version": VERSION, **header._asdict()})


def line_of(item: Item) -> str:
    """An entry, a change of name, or a plan as a line; the learner is in the header."""
    match item:
        case Unknown():
            return item.line
        case Change():
            return _text_of({"at": item.at_ms, "name": item.key, "card": item.card})
        case DaysDecided():
            return _text_of({"at": item.at_ms, "days": [item.first_day, item.last_day], "off": item.off})
        case ExamDecided():
            return _text_of({"at": item.at_ms, "exam": item.exam._asdict(), "removed": item.removed})
        case LogEntry():
            return _entry_line(item)


def _entry_line(item: LogEntry) -> str:
    values: dict[str, Any] = {
        "at": item.answered_at_ms,
        "device": item.device,
        "seq": item.seq,
        "kind": item.kind.value,
        "card": item.card,
        "day": item.study_day,
        "offset": item.utc_offset_min,
        "grade": item.grade,
        "scale": item.scale,
        "thinking": item.thinking_ms,
        "answer": item.answer,
        "spread": item.due_offset or None,
        "target": None if item.target_device is None else [item.target_device, item.target_seq],
        "profile": item.profile,
        "adopted": None if item.adopted is None else list(item.adopted),
    }
    return _text_of({key: value for key, value in values.items() if value is not None})


def order_of(item: Item) -> tuple[int, str, int, str]:
    """What the lines of a file are sorted by."""
    match item:
        case Unknown():
            return _MOMENTS.stop, "", 0, item.line
        case LogEntry():
            return item.answered_at_ms, item.device, item.seq, item.card
        case Change():
            return item.at_ms, "", 0, item.key
        case DaysDecided():
            return item.at_ms, "", 1, f"{item.first_day} {item.last_day} {item.off}"
        case ExamDecided():
            return item.at_ms, "", 2, f"{item.exam.name} {item.removed}"


def read_header(line: str) -> Header:
    """The header that a line is. Raises LineError, or FutureError for that of a later version."""
    values = _object(line)
    version = values.get("version")
    if values.get("fasti") != "log" or type(version) is not int:
        raise LineError("it does not begin as a log of fasti does")
    if version > VERSION:
        raise FutureError("it is of a newer fasti")
    return Header(_name(values, "device"), _name(values, "learner"), _name(values, "machine"))


def read_line(line: str, learner: str) -> Item:
    """What a line after the header says, `Unknown` where only a later version can know.

    Raises LineError for anything that `line_of` does not write.
    """
    values = _object(line)
    if "name" in values:
        return Change(_name(values, "name"), _whole(values, "at", _MOMENTS), _name(values, "card"))
    if "days" in values:
        return _days(values)
    if "exam" in values:
        return _exam(values)
    if "kind" not in values or (
        values["kind"] != "" and isinstance(values["kind"], str) and values["kind"] not in _KINDS
    ):
        _whole(values, "at", _MOMENTS)
        return Unknown(line)
    try:
        return _entry(values, learner)
    except ValueError as error:
        raise LineError(str(error)) from error


def _entry(values: Mapping[str, Any], learner: str) -> LogEntry:
    kind = EntryKind(_name(values, "kind"))
    target = values.get("target")
    target_device = target_seq = None
    if target is not None:
        if not isinstance(target, list) or len(target) != 2:
            raise LineError("`target` is no device and number")
        pair = dict(zip(("device", "seq"), target, strict=True))
        target_device, target_seq = _name(pair, "device"), _whole(pair, "seq", _SEQS)
    graded = kind in ANSWERS
    return LogEntry(
        device=_name(values, "device"),
        seq=_whole(values, "seq", _SEQS),
        learner=learner,
        card=_name(values, "card"),
        kind=kind,
        grade=_whole(values, "grade", range(6)) if graded else None,
        scale=_maybe(values, "scale", range(2, 101)),
        answered_at_ms=_whole(values, "at", _MOMENTS),
        utc_offset_min=_whole(values, "offset", range(-26 * 60, 26 * 60 + 1)),
        study_day=_whole(values, "day", _DAYS),
        thinking_ms=_maybe(values, "thinking", _NUMBERS),
        answer=_answer(values.get("answer")),
        due_offset=_maybe(values, "spread", range(-40_000, 40_001)) or 0,
        target_device=target_device,
        target_seq=target_seq,
        profile=None if values.get("profile") is None else _name(values, "profile"),
        adopted=_adopted(values.get("adopted")),
    )


def _days(values: Mapping[str, Any]) -> DaysDecided:
    raw = values["days"]
    if not isinstance(raw, list) or len(raw) != 2:
        raise LineError("`days` is not a first and a last day")
    pair = dict(zip(("first", "last"), raw, strict=True))
    first, last = _whole(pair, "first", _DAYS), _whole(pair, "last", _DAYS)
    if last < first:
        raise LineError("`days` end before they begin")
    return DaysDecided(first, last, _whole(values, "at", _MOMENTS), _truth(values, "off"))


def _exam(values: Mapping[str, Any]) -> ExamDecided:
    raw = values["exam"]
    if not isinstance(raw, dict):
        raise LineError("`exam` is no exam")
    unit, tag = (_name(raw, key) if raw.get(key) else "" for key in ("unit", "tag"))
    exam = Exam(
        _name(raw, "name"),
        _whole(raw, "day", _DAYS),
        _name(raw, "deck"),
        unit,
        tag,
        _whole(raw, "days", _LAST_DAYS),
    )
    return ExamDecided(exam, _whole(values, "at", _MOMENTS), _truth(values, "removed"))


_KINDS = frozenset(kind.value for kind in EntryKind)
_MOMENTS = range(-(2**53), 2**53)
_LAST_DAYS = range(1, 1_000)
_NUMBERS = range(2**53)
_SEQS = range(2**63)  # those of entries that were taken over from Anki begin at 2^62
_DAYS = range(-4_000_000, 4_000_001)
_LONGEST_NAME = 4_000


def _adopted(raw: object) -> Adopted | None:
    if raw is None:
        return None
    if not isinstance(raw, list) or len(raw) != 5:
        raise LineError("`adopted` is no place in a schedule")
    values = dict(zip(Adopted._fields, raw, strict=True))
    return Adopted(
        _whole(values, "repetitions", range(100_000)),
        _whole(values, "interval", range(100_000)),
        _whole(values, "ease", range(130, 100_000)),
        _whole(values, "lapses", range(100_000)),
        _maybe(values, "due_day", _DAYS),
    )


def _object(line: str) -> dict[str, Any]:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LineError("it is no JSON") from error
    if not isinstance(values, dict):
        raise LineError("it is no JSON object")
    return values


def _name(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_NAME or unsafe_character(value):
        raise LineError(f"`{key}` is no name")
    return value


def _answer(raw: object) -> str | None:
    if raw is not None and not isinstance(raw, str):
        raise LineError("`answer` is no text")
    return printable(raw) if raw else raw


def _whole(values: Mapping[str, Any], key: str, allowed: range) -> int:
    value = values.get(key)
    # A bool is an int to Python.
    if type(value) is not int or value not in allowed:
        raise LineError(f"`{key}` is no number that it can be")
    return value


def _truth(values: Mapping[str, Any], key: str) -> bool:
    value = values.get(key)
    if not isinstance(value, bool):
        raise LineError(f"`{key}` is neither true nor false")
    return value


def _maybe(values: Mapping[str, Any], key: str, allowed: range) -> int | None:
    return None if values.get(key) is None else _whole(values, key, allowed)


def _text_of(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
