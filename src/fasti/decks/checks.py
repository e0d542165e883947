"""What the value of a field must be: one rule, one function."""

import re
from pathlib import PurePosixPath, PureWindowsPath

from fasti.core.cloze import ClozeError, spans_of
from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, DateError
from fasti.core.facts import Place
from fasti.core.kinds import Field, Kind
from fasti.core.text import normalised
from fasti.decks.codes import Code
from fasti.decks.names import bad_name
from fasti.decks.values import Findings
from fasti.decks.wording import listed, respelt, shown

Texts = tuple[tuple[str, Place], ...]
"""The texts of a field, each with its place."""


def check_id(text: str, place: Place, found: Findings) -> None:
    """An id has only letters, digits and a few signs."""
    if reason := bad_name(text):
        found.error(place, Code.BAD_ID, f"the id {shown(text)} {reason}")


def check_image(text: str, place: Place, found: Findings) -> None:
    """A picture stands beside the deck file or in a folder there, on every system."""
    if "://" in text:
        message = "a picture is a file beside the deck, not an address; save it there and write its name"
    elif PureWindowsPath(text).drive or PurePosixPath(text).is_absolute() or text.startswith("\\"):
        message = (
            f"{shown(text)} is a place on one computer; put the picture beside the deck and write its name"
        )
    elif ".." in PureWindowsPath(text).parts:
        message = f"{shown(text)} leads out of the deck's folder; put the picture beside the deck"
    elif "\\" in text:
        slashed = text.replace("\\", "/")
        message = f"write `/` between folders, as every system understands it: {shown(slashed)}"
    else:
        return
    found.error(place, Code.BAD_IMAGE, message)


def check_cloze(text: str, place: Place, found: Findings) -> None:
    """A cloze text hides something, and its braces match."""
    try:
        spans_of(text)
    except ClozeError as error:
        found.error(place, Code.BAD_CLOZE, str(error))


_CALENDARS = tuple(calendar.value for calendar in Calendar)


def calendar_of(text: str, place: Place, found: Findings) -> Calendar:
    """The calendar that a word names; the Gregorian one where there is no such calendar, which is told."""
    if not text:
        return Calendar.GREGORIAN
    if text in _CALENDARS:
        return Calendar(text)
    guess = found.meant(text, _CALENDARS)
    advice = f"did you mean `{guess}`?" if guess else f"write {listed(_CALENDARS)}"
    message = f"{shown(text)} is not a calendar fasti knows; {advice}"
    found.error(place, Code.UNKNOWN_CALENDAR, message, respelt(text, guess, place))
    return Calendar.GREGORIAN


def check_date(text: str, place: Place, calendar: Calendar, found: Findings) -> None:
    """A date can be read in one way, and can be."""
    try:
        read_date(text, calendar)
    except DateError as error:
        found.error(place, Code.BAD_DATE, str(error))


def check_parts(texts: Texts, place: Place, declared: Field, found: Findings) -> None:
    """A sequence has as many parts as its kind needs."""
    if len(texts) >= declared.least:
        return
    message = f"{shown(declared.name)} needs {declared.least} parts or more, and has {len(texts)}"
    if len(texts) == 1 and "," in texts[0][0]:
        message += f"; a list stands in brackets: {shown(f'[{texts[0][0]}]')}"
    found.error(place, Code.TOO_FEW_ITEMS, message)


def check_repeated(texts: Texts, found: Findings, *, severe: bool) -> None:
    """A list has nothing twice: `severe` where its order is asked for."""
    seen: dict[str, Place] = {}
    for text, place in texts:
        first = seen.setdefault(normalised(text), place)
        if first is not place:
            message = f"{shown(text)} stands in this list already, on line {first.line}"
            (found.error if severe else found.warn)(place, Code.REPEATED_ITEM, message)


QUESTION = re.compile("[\\s?？؟\u037e]")
"""What a question has and the name of a card has not: a space, or a question mark of some script."""


def is_question(text: str, kind: Kind) -> bool:
    """Whether what stands alone in `ask` is the author's own question and no name of a card."""
    return not kind.card(text) and QUESTION.search(text) is not None


def check_ask(texts: Texts, kind: Kind, found: Findings) -> None:
    """`ask` names cards that the kind has."""
    cards = [card.name for card in kind.cards]
    for text, place in texts:
        if text in cards:
            continue
        guess = None
        if is_question(text, kind):
            advice = "a question of your own stands alone: `ask: Why did it matter?`"
        elif guess := found.meant(text, cards):
            advice = f"did you mean `{guess}`?"
        else:
            advice = f"{shown(kind.name)} has {listed(cards, 'and')}"
        message = f"{shown(text)} is not a card of {shown(kind.name)}; {advice}"
        found.error(place, Code.UNKNOWN_CARD, message, respelt(text, guess, place))
