"""The union of logs: every entry once, and none lost where two machines gave one number to different entries.

That happens where two machines go on under one id: a home folder that was copied, a disk that was put back.
Of such entries the earliest keeps the number; each other one is told apart by a mark of what it says, put
after the device's id. So the union is the same, whatever the order in which logs are united.
"""

from collections.abc import Iterable
from dataclasses import replace

from fasti.core.entry_kinds import IMPORTED
from fasti.core.log import LogEntry, original_device
from fasti.core.text import fingerprint


def united(entries: Iterable[LogEntry]) -> list[LogEntry]:
    """The entries of several logs as one, in no order.

    An entry that came from another program is known by its number alone: what was made of it on two machines
    may differ, and one of them is kept.
    """
    groups: dict[tuple[str, int], set[LogEntry]] = {}
    for entry in entries:
        device = original_device(entry.device)
        groups.setdefault((device, entry.seq), set()).add(
            entry if device == entry.device else replace(entry, device=device)
        )
    return [entry for group in groups.values() for entry in _told_apart(group)]


def _told_apart(group: set[LogEntry]) -> list[LogEntry]:
    if len(group) == 1:
        return list(group)
    first, *others = sorted(group, key=_time_then_content)
    kept = [first]
    imported = first.profile == IMPORTED
    for other in others:
        if other.profile == IMPORTED and imported:
            continue
        imported = imported or other.profile == IMPORTED
        kept.append(replace(other, device=f"{other.device}~{fingerprint(repr(other), length=8)}"))
    return kept


def _time_then_content(entry: LogEntry) -> tuple[int, str]:
    return entry.answered_at_ms, repr(entry)
