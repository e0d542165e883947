"""Numbers, days and spans of time as one would say them.

Plain text, and nothing of Rich, so that a shell prompt can be told what is due without waiting for it.
"""

from fasti.core.days import date_text
from fasti.core.exams import Progress
from fasti.core.queue import LIMIT

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


def due_line(
    due: int, new: int, next_day: int | None, next_count: int, today: int, repeats: int = 0, exams: int = 0
) -> str:
    """What is to be done today, on one line, or what comes next: fit for a shell prompt."""
    parts = (
        due and f"{due:,} due",
        new and f"{new:,} new",
        exams and f"{exams:,} for exams",
        repeats and f"{repeats:,} to repeat",
    )
    if due or new or repeats or exams:
        return ", ".join(part for part in parts if part)
    return f"Nothing due. {next_sentence(next_day, next_count, today)}".strip()


def pile_sentences(portion: int, level_day: int | None, today: int, *, new_wait: bool) -> list[str]:
    """What is asked today of more than fits a sitting, and when a learner is level; never how much it is."""
    most = "one that matters" if portion == 1 else f"{portion:,} that matter"
    sentences = [f"Today: the {most} most."]
    if level_day is not None and level_day > today:
        sentences.append(f"At {portion:,} a day you are level by {day_name(level_day, today)}.")
        return [*sentences, "New cards wait until then."] if new_wait else sentences
    return [*sentences, "New cards wait until you are level."] if new_wait else sentences


def next_sentence(next_day: int | None, count: int, today: int) -> str:
    """When the next cards are due: `Next: 6 cards tomorrow.`; empty where nothing is to come."""
    if next_day is None:
        return ""
    return f"Next: {counted(count, 'card')} {on_day(next_day, today)}."


def on_break(until: int, today: int) -> list[str]:
    """That nothing is asked on a break, until when, and how to be asked all the same."""
    return [
        f"You are on a break until {date_name(until, today)}: nothing is due.",
        "`fasti review --anyway` asks all the same.",
    ]


def exam_sentence(progress: Progress, today: int) -> str:
    """How far along a learner is with an exam, what it takes a day, and whether that can work."""
    exam, total = progress.exam, counted(progress.total, "card")
    when = "today" if exam.day == today else f"on {date_name(exam.day, today)}"
    head = f"Exam {when} ({exam.name}):"
    if not progress.total:
        return f"{head} no card belongs to it now; `fasti exam remove {_quoted(exam.name)}` takes it back."
    if today >= exam.first_day:
        days = "day" if exam.days == 1 else f"{exam.days} days"
        said = f"{head} {progress.seen:,} of {total} seen in the last {days}"
        left = f"; {progress.today:,} more today." if progress.today else "."
        return said + left + _too_much(progress)
    start = date_name(exam.first_day, today)
    if not progress.new:
        return f"{head} all {total} begun; from {start} on each is asked again."
    until = date_name(progress.until, today)
    takes = f"{progress.a_day:,} a day until {until} for the rest"
    return f"{head} {progress.total - progress.new:,} of {total} begun; {takes}.{_too_much(progress)}"


def _too_much(progress: Progress) -> str:
    if progress.a_day <= LIMIT:
        return ""
    return (
        f" {progress.a_day:,} a day are more than one sitting's {LIMIT}: sit several times a day,"
        " or prepare for a unit only."
    )


def _quoted(name: str) -> str:
    """A name as a shell takes it as one word."""
    return name if name.isalnum() else f'"{name}"'


def on_day(day: int, today: int) -> str:
    """A study day as the end of a sentence: `tomorrow`, `on Thursday`, `on 12 June`."""
    name = day_name(day, today)
    return name if abs(day - today) <= 1 else f"on {name}"


def _parts(day: int) -> tuple[int, int, int]:
    year, month, number = date_text(day).rsplit("-", 2)
    return int(year), int(month), int(number)


def _one_decimal(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
