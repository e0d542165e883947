"""The daily numbers counted from the log in the plainest way, to hold those that are kept against."""

from collections.abc import Iterable, Mapping

from fasti.core.entry_kinds import EntryKind
from fasti.core.log import LogEntry, effective, fold_card
from fasti.store.database import Database
from fasti.store.tables import daily

Numbers = dict[tuple[int, str], dict[str, int]]


def counted_by_hand(cards: Mapping[str, Iterable[LogEntry]]) -> Numbers:
    """By study day and deck, from the entries of each card by its present name."""
    found: Numbers = {}
    for key, entries in cards.items():
        in_effect = effective(entries)
        for place, entry in enumerate(in_effect):
            if entry.kind not in {EntryKind.REVIEW, EntryKind.DRILL, EntryKind.CRAM}:
                continue
            numbers = found.setdefault((entry.study_day, key.split("/")[0]), {})

            def add(name: str, number: int = 1, numbers: dict[str, int] = numbers) -> None:
                numbers[name] = numbers.get(name, 0) + number

            add("answers")
            add("thinking_ms", min(entry.thinking_ms or 0, 120_000))
            before = fold_card(in_effect[:place])
            if entry.kind is not EntryKind.REVIEW:
                continue
            if before.due_day is None:
                add("new")
            elif before.last_day is not None and before.last_day < entry.study_day:
                least = max(days for days in (0, 7, 21, 90, 365) if days <= before.interval)
                add(f"asked_{least}")
                add(f"kept_{least}", (entry.grade or 0) >= 3)
    return {place: _without_noughts(numbers) for place, numbers in found.items()}


def daily_numbers(database: Database, learner: str) -> Numbers:
    """By study day and deck, as they are kept."""
    with database.reading() as connection:
        rows = connection.execute(daily.select().where(daily.c.learner == learner)).all()
    found: Numbers = {}
    for row in rows:
        values = row._asdict()
        del values["learner"]
        place = values.pop("study_day"), values.pop("deck")
        found[place] = _without_noughts(values)
    return found


def _without_noughts(numbers: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in numbers.items() if number}
