"""What a card shows as right, whatever it is shown on."""

from fasti.core.card import Card, Judge


def right_answers(card: Card) -> tuple[str, ...]:
    """What is right, several where a list is asked for; an exact day with its day of the week."""
    if card.judge is not Judge.DATE:
        return card.answer
    return tuple(
        f"{text}, a {day}" if (day := _weekday(text, card.calendar)) else text for text in card.answer
    )


def _weekday(text: str, calendar: str) -> str | None:
    # Imported here: the first question need not wait for what reads dates.
    from fasti.core.date_reading import read_date
    from fasti.core.dates import Calendar, DateError, weekday

    try:
        return weekday(read_date(text, Calendar(calendar or "gregorian")))
    except (DateError, ValueError):
        return None
