"""Numbers, days and spans of time as one would say them.

Plain text, and nothing of Rich, so that a shell prompt can be told what is due without waiting for it.
"""

from fasti.core.days import date_text

_MONTH_DAYS = 30.44
_YEAR_DAYS = 365.25


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with its noun: `1 card`, `1,200 cards`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def short_interval(days: int) -> str:
    """An interval as it stands beside a grade: `today`, `6d`, `2mo`, `1.3y`."""
    if days <= 0:
        return "today"
    if days < 60:
        return f"{days}d"
    if days < 365:
        return f"{round(days / _MONTH_DAYS)}mo"
    return f"{_one_decimal(days / _YEAR_DAYS)}y"


def long_interval(days: int) -> str:
    """An interval in words: `today`, `6 days`, `2 months`, `1.3 years`."""
    if days <= 0:
        return "today"
    if days < 60:
        return counted(days, "day")
    if days < 365:
        return counted(round(days / _MONTH_DAYS), "month")
    years = _one_decimal(days / _YEAR_DAYS)
    return f"{years} year" if years == "1" else f"{years} years"


def duration(seconds: int) -> str:
    """How long something took: `40 seconds`, `12 minutes`."""
    if seconds < 90:
        return counted(seconds, "second")
    return counted(round(seconds / 60), "minute")


def day_name(day: int, today: int) -> str:
    """A study day as one would say it today: `tomorrow`, `Thursday`, `12 June`, `12 June 2027`."""
    ahead = day - today
    if -1 <= ahead <= 1:
        return ("yesterday", "today", "tomorrow")[ahead + 1]
    if 1 < ahead < 7:
        return weekday(day)
    return date_name(day, today)


def date_name(day: int, today: int) -> str:
    """A study day as a date, with its year where that is not the present one: `12 June`."""
    # Imported here: it also reads dates, and most days have no name but today and tomorrow.
    from fasti.core.date_words import MONTHS

    year, month, number = _parts(day)
    name = f"{number} {MONTHS[month - 1]}"
    return name if year == _parts(today)[0] else f"{name} {year}"


def weekday(day: int) -> str:
    """The day of the week of a study day."""
    from fasti.core.date_words import WEEKDAYS

    return WEEKDAYS[(day + 3) % 7]  # 1970-01-01 was a Thursday


def due_line(due: int, new: int, next_day: int | None, next_count: int, today: int, repeats: int = 0) -> str:
    """What is to be done today, on one line, or what comes next: fit for a shell prompt."""
    parts = (due and f"{due:,} due", new and f"{new:,} new", repeats and f"{repeats:,} to repeat")
    if due or new or repeats:
        return ", ".join(part for part in parts if part)
    return f"Nothing due. {next_sentence(next_day, next_count, today)}".strip()


def next_sentence(next_day: int | None, count: int, today: int) -> str:
    """When the next cards are due: `Next: 6 cards tomorrow.`; empty where nothing is to come."""
    if next_day is None:
        return ""
    return f"Next: {counted(count, 'card')} {on_day(next_day, today)}."


def on_day(day: int, today: int) -> str:
    """A study day as the end of a sentence: `tomorrow`, `on Thursday`, `on 12 June`."""
    name = day_name(day, today)
    return name if abs(day - today) <= 1 else f"on {name}"


def _parts(day: int) -> tuple[int, int, int]:
    year, month, number = date_text(day).rsplit("-", 2)
    return int(year), int(month), int(number)


def _one_decimal(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
