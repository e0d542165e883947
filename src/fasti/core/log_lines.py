"""The review log as lines of text, for files that machines share: a header, then an entry a line, each as JSON.

Lines are sorted by time, so that a file grows at its end. What comes back is checked: whoever can write into
the folder could have written anything.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from fasti.core.entry_kinds import ANSWERS, EntryKind
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


Item = LogEntry | Change


def header_line(header: Header) -> str:
    """The first line of a file."""
    return _text_of({"fasti": "log", "version": VERSION, **header._asdict()})


def line_of(item: Item) -> str:
    """An entry, or a change of name, as a line; the learner is in the header."""
    if isinstance(item, Change):
        return _text_of({"at": item.at_ms, "name": item.key, "card": item.card})
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
    if isinstance(item, Change):
        return item.at_ms, "", 0, item.key
    return item.answered_at_ms, item.device, item.seq, item.card


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
    """What a line after the header says. Raises LineError for anything that `line_of` does not write."""
    values = _object(line)
    if "name" in values:
        return Change(_name(values, "name"), _whole(values, "at", _MOMENTS), _name(values, "card"))
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
        target_device, target_seq = _name(pair, "device"), _whole(pair, "seq", _NUMBERS)
    graded = kind in ANSWERS
    return LogEntry(
        device=_name(values, "device"),
        seq=_whole(values, "seq", _NUMBERS),
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


_MOMENTS = range(-(2**53), 2**53)
_NUMBERS = range(2**53)
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


def _maybe(values: Mapping[str, Any], key: str, allowed: range) -> int | None:
    return None if values.get(key) is None else _whole(values, key, allowed)


def _text_of(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))
