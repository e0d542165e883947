"""Dates in German, French and Spanish words, as the English ones that decks hold."""

import re

_MONTHS = {
    1: "januar jänner janvier enero",
    2: "februar feber février fevrier febrero",
    3: "märz maerz mars marzo",
    4: "avril abril",
    5: "mai mayo",
    6: "juni juin junio",
    7: "juli juillet julio",
    8: "août aout agosto",
    9: "septembre septiembre setiembre",
    10: "oktober octobre octubre",
    11: "novembre noviembre",
    12: "dezember décembre decembre diciembre",
}
_ENGLISH = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WORDS = {
    **{word: _ENGLISH[number - 1] for number, words in _MONTHS.items() for word in words.split()},
    **dict.fromkeys(("um", "ca", "etwa", "circa", "vers", "env", "environ", "hacia", "alrededor"), "c."),
    **dict.fromkeys(("bis", "à", "au", "hasta"), "to"),
    **dict.fromkeys(("vor", "avant", "antes"), "before"),
    **dict.fromkeys(("nach", "après", "después"), "after"),
    **dict.fromkeys(("frühling", "frühjahr", "printemps", "primavera"), "spring"),
    **dict.fromkeys(("sommer", "été", "verano"), "summer"),
    **dict.fromkeys(("herbst", "automne", "otoño"), "autumn"),
    **dict.fromkeys(("hiver", "invierno"), "winter"),
}
_PASSED_OVER = frozenset({"de", "del", "le", "el", "la", "im", "am", "en", "der", "den", "dem", "von", "du"})
_BEFORE_CHRIST = re.compile(
    r"\b(?:v\. ?(?:chr\.?|u\. ?z\.?)|av(?:\.|ant) ?j\.?-? ?c\.?|a\. ?(?:de ?)?c\.?)(?!\w)", re.IGNORECASE
)
_AFTER_CHRIST = re.compile(
    r"\b(?:n\. ?(?:chr\.?|u\. ?z\.?)|ap(?:\.|rès) ?j\.?-? ?c\.?|d\. ?(?:de ?)?c\.?)(?!\w)", re.IGNORECASE
)
_DAY = re.compile(r"\b([0-9]{1,2})(?:\.|er|º|°)(?= ?[^\W\d])")
_DAYS = re.compile(r"\b([0-9]{1,2})\. ?(?:[-–]|bis) ?(?=[0-9]{1,2}\.? ?[^\W\d])", re.IGNORECASE)
_CENTURY = re.compile(r"\b([0-9]{1,2})\.? ?(?:jh|jhd|jhdt|jahrhundert)\b\.?", re.IGNORECASE)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def in_english(text: str) -> str:
    """A date's words in English, as far as they are known; the rest stays as it is."""
    text = _CENTURY.sub(lambda found: f"{_ordinal(int(found[1]))} century", text)
    text = _AFTER_CHRIST.sub("AD", _BEFORE_CHRIST.sub("BC", text))
    words = _DAY.sub(r"\1 ", _DAYS.sub(r"\1–", text)).split()
    kept = [word for word in words if word.casefold() not in _PASSED_OVER]
    return " ".join(_WORDS.get(word.casefold().rstrip(".,"), word) for word in kept)


def _ordinal(number: int) -> str:
    return f"{number}{'th' if 10 < number < 20 else _ENDINGS.get(number % 10, 'th')}"
