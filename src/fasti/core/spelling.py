"""What two people may write differently and mean the same: case, accents, numbers, British and American."""

import re
import unicodedata
from typing import NamedTuple


class Wording(NamedTuple):
    """A text without what does not count: case, accents, punctuation, spacing, a leading article.

    `words` are all of it in order; `plain` are those that are no numbers, in one spelling; `numbers`
    are the numbers, whether written in figures, in words or as Roman numerals.
    """

    words: tuple[str, ...]
    plain: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def joined(self) -> str:
        """All letters and figures without spaces, but for one between two numbers."""
        return _BETWEEN_FIGURES.sub("", " ".join(self.words))

    @property
    def content(self) -> tuple[str, ...]:
        """The plain words without those that only join others."""
        return tuple(word for word in self.plain if word not in _JOINING) or self.plain


def wording(text: str, umlauts_spelt_out: bool = False) -> Wording:
    """The wording of a text; with `umlauts_spelt_out`, ü is ue, ö and ø oe, ä ae and å aa.

    An article of English, French, German, Spanish or Italian at the beginning never counts.
    """
    letters = _letters(text, umlauts_spelt_out)
    words = tuple(_WORD.findall(_ARTICLE.sub("", letters) or letters))
    if _NEGATIVE.match(letters):
        words = ("-" + words[0], *words[1:])
    plain: list[str] = []
    numbers: list[str] = []
    after_number = False
    for place, word in enumerate(words):
        number = _number(word, first=place == 0)
        scale = _SCALES.get(word)
        if scale and after_number:
            numbers[-1] = _times(numbers[-1], scale)
        elif scale:
            numbers.append(str(scale))
        elif number and place and words[place - 1] in _TENS and word in _IN_WORDS and len(number) == 1:
            numbers[-1] = str(int(numbers[-1]) + int(number))
        elif number:
            numbers.append(number)
        elif not (word in ("st", "nd", "rd", "th") and place and words[place - 1].isdigit()):
            plain.append(_UNITS.get(word, word) if after_number and word in _UNITS else _one_spelling(word))
        after_number = bool(number or scale)
    return Wording(words, tuple(plain), tuple(numbers))


_QUOTES = dict.fromkeys(map(ord, "‘’‚‛`´ʼ′ʻ＇"), "'") | dict.fromkeys(map(ord, "“”„‟«»″"), '"')
_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-")
_SIGNS = {**_QUOTES, **_DASHES, ord("&"): " and ", ord("%"): " percent "}

# Letters that Unicode does not take apart into a plain one and its mark.
_UNDIVIDED = str.maketrans(
    "łđðøıħŧŋĸɖəƀɨʉƶ" + "ґѣі" + "\u06a9\u06cc\u0649",
    "lddoihtnkdebiuz" + "геи" + "\u0643\u064a\u064a",  # Arabic for Persian kaf, yeh and alef maksura
    "\u0640",  # the stroke that lengthens an Arabic word
) | str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})
_SPELT_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
    | {"Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa", "Ø": "Oe"}
)
_VOICED = "\u3099\u309a"  # what tells か from が is no accent


def _letters(text: str, umlauts_spelt_out: bool) -> str:
    """Lower-case letters without accents, figures, spaces, and the signs that still matter: ' - . ,"""
    text = text.translate(_SIGNS)
    if umlauts_spelt_out:
        text = unicodedata.normalize("NFC", text).translate(_SPELT_OUT)
    if not text.isascii():
        text = _without_accents(_without_accents(text).casefold()).translate(_UNDIVIDED)
        text = unicodedata.normalize("NFC", "".join(map(_kept, text)))
    text = _THOUSANDS.sub("", _LETTER_FIGURE.sub(" ", text.casefold()))
    text = _ELISION.sub("l ", text.strip(" \"'.,;:!?([{"))
    return " ".join(_POINT.sub("", text.replace("'", "")).split()).replace("per cent", "percent")


def _without_accents(text: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if letter in _VOICED or not unicodedata.combining(letter)
    )


def _kept(letter: str) -> str:
    """A letter or the marks that belong to it as it is, a figure of any script as 0 to 9, else a space."""
    category = unicodedata.category(letter)
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category == "Cf":
        return ""
    return letter if category[0] in "LMN" or letter.isascii() else " "


_THOUSANDS = re.compile(r"(?<=[0-9])[, ](?=[0-9]{3}(?![0-9]))(?<![0-9]{4}.)")
_LETTER_FIGURE = re.compile(r"(?<=[^\W\d_])(?=[0-9])|(?<=[0-9])(?=[^\W\d_])")
_ELISION = re.compile(r"^l'(?=\w)")
_POINT = re.compile(r"(?<![0-9])\.|\.(?![0-9])")
_ARTICLE = re.compile(r"^(?:the|an?|le|la|les|l|der|die|das|den|el|los|las|il|lo|gli) (?=\S)")
# Not `\w`: the vowel signs of Indian scripts are marks, which it leaves out.
_WORD = re.compile(r"[0-9]+(?:\.[0-9]+)?|[^\x00-/:-@\[-`{-\x7f\s0-9]+")
_NEGATIVE = re.compile(r"-[0-9]")
_BETWEEN_FIGURES = re.compile(r"(?<![0-9]) | (?![0-9])")
_JOINING = frozenset(("the", "of", "a", "an", "and"))

_CARDINALS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth"),
    *("eighteenth", "nineteenth", "twentieth"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_IN_WORDS = {
    **{word: number for words in (_CARDINALS, _ORDINALS) for number, word in enumerate(words, 1)},
    **{word: tens for tens, word in zip(range(20, 100, 10), _TENS, strict=True)},
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_UNITS = {
    word: words.split()[0]
    for words in (
        *("km kms kilometre kilometres kilometer kilometers", "mile miles mi", "metre metres meter meters m"),
        *("kg kilo kilos kilogram kilograms kilogramme kilogrammes", "foot feet ft", "pound pounds lb lbs"),
        *("year years yr yrs", "hour hours hr hrs h", "minute minutes min mins", "day days"),
    )
    for word in words.split()
}
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


def _number(word: str, first: bool) -> str:
    """The number that a word is, or the empty string. Words such as `I` and `Xi` may begin a text."""
    if word[-1].isdigit() and word.isascii():
        return word.lstrip("0") or "0"
    if word in _IN_WORDS:
        return str(_IN_WORDS[word])
    roman = None if first else _ROMAN.fullmatch(word)
    return str(10 * len(roman[1]) + _ROMAN_UNITS.index(roman[2])) if roman else ""


def _times(number: str, scale: int) -> str:
    """A number in figures so many times; one that does not come out whole stays as it is."""
    whole, _, part = number.partition(".")
    value, rest = divmod(int(whole + part) * scale, 10 ** len(part))
    return number if rest else str(value)


def roman(number: str) -> str:
    """A number below 40 as the small Roman numeral that follows a name; others as they are."""
    value = int(number) if number.isdecimal() and len(number) < 3 else 0
    return "x" * (value // 10) + _ROMAN_UNITS[value % 10] if 0 < value < 40 else number


_SHORT = {"st": "saint", "mt": "mount", "ft": "fort", "dr": "doctor", "gen": "general", "pres": "president"}
_BRITISH = (
    (re.compile(r"is(e[ds]?|ing|ations?)$"), r"iz\1"),
    (re.compile(r"our(s|ed|ing|ers?)?$"), r"or\1"),
    (re.compile(r"(?<=[^aeiou])re$"), "er"),
    (re.compile(r"ence$"), "ense"),
    (re.compile(r"amme$"), "am"),
)


def _one_spelling(word: str) -> str:
    """British and American spellings, and a few abbreviations, as one."""
    if len(word) < 5:
        return _SHORT.get(word, word)
    for pattern, ending in _BRITISH:
        word = pattern.sub(ending, word)
    return word
