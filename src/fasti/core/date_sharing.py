"""What one end of a span leaves to the other to say.

In `16–28 October 1962` the 16 is a day, in `218 to 201 BC` the 218 is before Christ; in `1914-18` and
`44 BC to 14` a reader would have to guess, and they are refused.
"""

from dataclasses import replace

from fasti.core import date_refusals as refuse
from fasti.core.date_parts import Parts


def sharing(first: Parts, last: Parts, text: str, dashed: bool) -> tuple[Parts, Parts]:
    """Both ends of a span, each with what only the other says; `text` is the whole span.

    A DateError where a year may have been cut short, as in `1911 to 12` and (`dashed`) `264-41 BC`.
    """
    first, last = _explained(first, last), _explained(last, first, after=True)
    if last.day and last.year and not last.month:
        last = replace(last, month=first.month)
    if (first.month or first.season) and not _has_year(first) and _has_year(last):
        first = replace(first, year=last.year, era=first.era or last.era)
    elif (last.month or last.season) and not _has_year(last) and _has_year(first):
        last = replace(last, year=first.year, era=last.era or first.era)
    _refuse_short_end(first, last, text, dashed)
    return replace(first, era=first.era or last.era), replace(
        last, era=last.era or _era_after(first, last, text)
    )


def _explained(parts: Parts, other: Parts, after: bool = False) -> Parts:
    """What a lone number is, by the other end of its span.

    Of `2 July 1911–12` it might be a year, of `1911 July 2–12` it is a day.
    """
    number = parts.lone
    if number is None:
        return parts
    if other.century and number.is_ordinal:
        return replace(parts, lone=None, century=number)
    if (
        other.month
        and other.day
        and len(number.digits) <= 2
        and not parts.era
        and (not after or not other.year or other.text[:3].isdigit())
    ):
        return replace(parts, lone=None, day=number, month=other.month)
    return parts


def _has_year(parts: Parts) -> bool:
    return bool(parts.year or parts.lone or parts.decade or parts.century)


def _refuse_short_end(first: Parts, last: Parts, text: str, dashed: bool) -> None:
    start, end = first.lone or first.year, last.lone
    if not start or not end or len(end.digits) > 2 or len(start.digits) < 3 or start.ending or end.ending:
        return
    if "BC" not in (first.era, last.era):
        raise refuse.short_end(text, start.value, end.value, len(end.digits))
    if dashed and not first.era and len(end.digits) == 2 and end.value < start.value % 100:
        raise refuse.short_end_bc(text, start.value, end.value)


def _era_after(first: Parts, last: Parts, text: str) -> str:
    """The era of a span's end that states none: after a year BC that must be certain."""
    if first.era != "BC":
        return first.era
    start, end = (parts.year or parts.lone or parts.century or parts.decade for parts in (first, last))
    if not start or not end or start is end:
        return first.era
    if end.value <= start.value:
        raise refuse.era_in_doubt(text, first.text, last.text)
    return "AD"
