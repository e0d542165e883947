"""Ways to write a date that authors have no need of and students use, put as `read_date` reads them."""

import re

from fasti.core.date_words import MONTHS

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {
    **{word: number for number, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{
        f"{ten} {one}": 10 * number + at
        for number, ten in enumerate(_TENS, 2)
        for at, one in enumerate(_ONES, 1)
    },
}
_FEASTS = {
    "christmas": "25 December",
    "christmas day": "25 December",
    "christmas eve": "24 December",
    "boxing day": "26 December",
    "new years day": "1 January",
    "new years eve": "31 December",
    "ides of march": "15 March",
}


def spelt_out(text: str) -> list[str]:
    """Other texts for a date as it was typed; none where it is written as authors write.

    Years in words (`nineteen sixty-two`) and in Roman numerals, months in Roman numerals (`22.X.1962`),
    figures without anything between them (`19621022`), days of a month in front (`16-28/10/1962`), feasts
    (`Christmas 1066`), `XVth century`, `-44` for a year before Christ, two years with `and` between them.
    """
    plain = " ".join(text.casefold().replace("’", "'").split())
    return [way for rewrite in _REWRITES if (way := rewrite(text, plain)) and way != text]


def _year_in_words(text: str, plain: str) -> str:
    sides = re.split(r"( to | until )", plain)
    years = [_worded_year(side) or side for side in sides]
    return "".join(years) if years != sides else ""


def _worded_year(plain: str) -> str:
    found = _WORDED.fullmatch(plain.replace("-", " ").replace(" and ", " "))
    if not found:
        return ""
    century, rest = _NUMBERS[found["century"]], found["rest"] or ""
    within = re.sub(r"^(?:hundred|oh|o) ", "", rest)
    number = 0 if rest in ("hundred", "") else _NUMBERS.get(within, -1)
    return f"{found['before']}{100 * century + number}" if number >= 0 and (rest or number) else ""


_CENTURIES = "|".join((*_TEENS, "twenty"))
_WORDED = re.compile(
    rf"(?P<before>(?:.*?[a-z0-9,] )??)(?P<century>{_CENTURIES})(?: (?P<rest>[a-z]+(?: [a-z]+)*))?"
)


def _roman_year(text: str, plain: str) -> str:
    return str(_value(text)) if len(text) > 3 and _ROMAN_YEAR.fullmatch(text) else ""


_ROMAN_YEAR = re.compile(r"M{0,3}(?:CM|CD|D?C{0,4})(?:XC|XL|L?X{0,4})(?:IX|IV|V?I{0,4})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def _value(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral.upper()]
    return sum(-here if here < after else here for here, after in zip(values, [*values[1:], 0], strict=True))


def _roman_month(text: str, plain: str) -> str:
    found = _ROMAN_MONTH.fullmatch(plain)
    month = _ROMAN_MONTHS.index(found[2]) if found and found[2] in _ROMAN_MONTHS else -1
    return f"{found[1]} {MONTHS[month]} {found[3]}" if found and month >= 0 else ""


_ROMAN_MONTH = re.compile(r"([0-9]{1,2})[. /-]{1,2}([ivx]{1,4})[. /-]{1,2}'?([0-9]{2,4})")
_ROMAN_MONTHS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _figures_alone(text: str, plain: str) -> str:
    if not re.fullmatch(r"[0-9]{8}", plain):
        return ""
    ways = ((plain[:4], plain[4:6], plain[6:]), (plain[4:], plain[2:4], plain[:2]))
    fitting = [way for way in ways if 1 <= int(way[1]) <= 12 and 1 <= int(way[2]) <= 31 and way[0] > "0999"]
    return "-".join(fitting[0]) if fitting else ""


def _days_first(text: str, plain: str) -> str:
    found = _DAYS_FIRST.fullmatch(plain)
    if not found or not 1 <= int(found[3]) <= 12:
        return ""
    return f"{int(found[1])} to {int(found[2])} {MONTHS[int(found[3]) - 1]} {found[4]}"


_DAYS_FIRST = re.compile(r"([0-9]{1,2}) ?- ?([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{3,4})")


def _short_year_after_day(text: str, plain: str) -> str:
    found = _MONTH_DAY_YEAR.fullmatch(plain)
    return f"{found['days']} {found['month']} {found['year']}" if found else ""


_MONTH_DAY_YEAR = re.compile(
    r"(?P<month>[a-z]{3,9})\.? (?P<days>[0-9]{1,2}(?: ?(?:-|to) ?[0-9]{1,2})?)(?:st|nd|rd|th)?,? '?(?P<year>[0-9]{2})"
)


def _feast(text: str, plain: str) -> str:
    found = _FEAST.fullmatch(plain.replace("'", ""))
    return f"{_FEASTS[found[1]]}{found[2] or ''}" if found else ""


_FEAST = re.compile(rf"(?:the )?({'|'.join(sorted(_FEASTS, key=len, reverse=True))})( .*)?")


def _roman_century(text: str, plain: str) -> str:
    found = _ROMAN_CENTURY.fullmatch(plain)
    return f"{_value(found[1])}th century{found[2] or ''}" if found else ""


_ROMAN_CENTURY = re.compile(r"([ivx]{1,5})(?:th|st|nd|rd)? c(?:ent(?:ury)?)?\.?( .*)?")


def _minus(text: str, plain: str) -> str:
    found = re.fullmatch(r"-([0-9]{1,3})", plain)
    return f"{int(found[1])} BC" if found and int(found[1]) else ""


def _before_christ(text: str, plain: str) -> str:
    found = re.fullmatch(r"(.*[0-9a-z]) before christ", plain)
    return f"{found[1]} BC" if found else ""


def _about(text: str, plain: str) -> str:
    found = re.fullmatch(r"(?:c\.? ?)?([0-9]{2,4})(?:-| )?ish", plain)
    return f"c. {found[1]}" if found else ""


def _two_years(text: str, plain: str) -> str:
    found = re.fullmatch(r"([0-9]{3,4}) ?(?:&|and|,|\+|;) ?([0-9]{3,4})", plain)
    return f"{found[1]} to {found[2]}" if found else ""


def _part_of_decade(text: str, plain: str) -> str:
    found = re.fullmatch(
        rf"(?:the )?(early|mid|late)[ -](?:the )?({'|'.join(t[:-1] for t in _TENS)})ies", plain
    )
    return f"{found[2]}ies" if found else ""


_REWRITES = (
    *(_year_in_words, _roman_year, _roman_month, _figures_alone, _days_first, _short_year_after_day, _feast),
    *(_roman_century, _minus, _before_christ, _about, _two_years, _part_of_decade),
)
