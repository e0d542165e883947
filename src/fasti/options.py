"""The settings that a student can choose: what each is called, what it may be, and what it is when nothing is said.

A value comes as text (from the environment or a command) or as TOML has it (from the file); both end as the
same value or as a refusal that says what is allowed.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from fasti.core.days import ROLLOVER_HOUR, ROLLOVER_HOURS
from fasti.core.leeches import THRESHOLD
from fasti.core.queue import LIMIT, NEW_A_DAY
from fasti.core.sm2 import HIGHEST_MAXIMUM_INTERVAL, MAXIMUM_INTERVAL

Value = int | bool | str | tuple[str, ...]
"""What a setting can be; keys are a tuple, in the order in which they are shown."""


class RefusedError(ValueError):
    """A value that a setting cannot have; its text says what is allowed."""


class Option(NamedTuple):
    """A setting: its key in the file, what it may be, its default, what it is for, and its variables.

    The first of `variables` that holds anything counts, before the file.
    """

    key: str
    kind: "Kind"
    default: Value
    about: str
    variables: tuple[str, ...] = ()


# The kinds are plain classes: each NamedTuple takes a third of a millisecond of every start.


class Whole:
    """A whole number within limits."""

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest = lowest
        self.highest = highest

    @property
    def allowed(self) -> str:
        """What may be given."""
        return f"a whole number from {self.lowest} to {self.highest}"

    def of_toml(self, raw: object) -> Value:
        """The value that the file gives. Raises RefusedError."""
        # A bool is an int to Python; `new = true` is a mistake of the student's.
        if type(raw) is not int or not self.lowest <= raw <= self.highest:
            raise RefusedError(self.allowed)
        return raw

    def of_text(self, text: str) -> Value:
        """The value that a variable or a command gives. Raises RefusedError."""
        plain = text.strip().replace("_", "").removeprefix("+")
        digits = plain.isascii() and plain.isdecimal() and len(plain) <= len(str(self.highest))
        return self.of_toml(int(plain) if digits else None)


class OneOf:
    """One of a few words."""

    def __init__(self, *words: str) -> None:
        self.words = words

    @property
    def allowed(self) -> str:
        """What may be given."""
        return either(f"`{word}`" for word in self.words)

    def of_toml(self, raw: object) -> Value:
        """The value that the file gives. Raises RefusedError."""
        if not isinstance(raw, str) or raw not in self.words:
            raise RefusedError(self.allowed)
        return raw

    def of_text(self, text: str) -> Value:
        """The value that a variable or a command gives. Raises RefusedError."""
        return self.of_toml(text.strip().casefold())


class YesOrNo:
    """On or off."""

    @property
    def allowed(self) -> str:
        """What may be given."""
        return "`true` or `false`"

    def of_toml(self, raw: object) -> Value:
        """The value that the file gives. Raises RefusedError."""
        if not isinstance(raw, bool):
            raise RefusedError(self.allowed)
        return raw

    def of_text(self, text: str) -> Value:
        """The value that a variable or a command gives. Raises RefusedError."""
        word = text.strip().casefold()
        if word not in _YES | _NO:
            raise RefusedError(self.allowed)
        return word in _YES


class Text:
    """A line of text."""

    @property
    def allowed(self) -> str:
        """What may be given."""
        return "one line of text"

    def of_toml(self, raw: object) -> Value:
        """The value that the file gives. Raises RefusedError."""
        if not isinstance(raw, str) or not raw.strip() or not raw.isprintable():
            raise RefusedError(self.allowed)
        return raw.strip()

    def of_text(self, text: str) -> Value:
        """The value that a variable or a command gives. Raises RefusedError."""
        return self.of_toml(text)


class KeysFor:
    """The keys of a command of the review.

    A `grades` command may have digits, Space and Enter too, and must have a key.
    """

    def __init__(self, *, grades: bool) -> None:
        self.grades = grades

    @property
    def allowed(self) -> str:
        """What may be given."""
        if self.grades:
            return "a key or a list of keys, each one character, `space` or `enter`"
        return "a key or a list of keys, each one character, but no digit from 0 to 5: those are grades"

    def of_toml(self, raw: object) -> Value:
        """The value that the file gives. Raises RefusedError."""
        given = [raw] if isinstance(raw, str) else raw
        if not isinstance(given, list) or (self.grades and not given):
            raise RefusedError(self.allowed)
        keys = [self._key(each) for each in given]
        return tuple(dict.fromkeys(keys))

    def of_text(self, text: str) -> Value:
        """The value that a variable or a command gives: keys apart by spaces. Raises RefusedError."""
        return self.of_toml(text.split())

    def _key(self, raw: object) -> str:
        """A key in the form in which it is compared: small, and plain where it can be typed wide."""
        if not isinstance(raw, str):
            raise RefusedError(self.allowed)
        plain = unicodedata.normalize("NFKC", raw).lower() if raw != " " else "space"
        if plain in _NAMED and self.grades:
            return plain
        is_key = len(plain) == 1 and plain.isprintable() and not plain.isspace()
        if not is_key or unicodedata.combining(plain) or (plain in _GRADES and not self.grades):
            raise RefusedError(self.allowed)
        return plain


Kind = Whole | OneOf | YesOrNo | Text | KeysFor
"""What the values of a setting are. `allowed` ends the sentence `new` is …."""


def either(words: Iterable[str]) -> str:
    """Words as a sentence gives a choice of them: `a`, `b` or `c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


def conflicts(keys: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str, str]]:
    """The keys that two commands claim: the key, and the two commands in the order of `keys`."""
    owners: dict[str, str] = {}
    found = []
    for command, own in keys.items():
        for key in own:
            first = owners.setdefault(key.casefold(), command)
            if first != command:
                found.append((key, first, command))
    return found


_YES = {"true", "yes", "on", "1", "y", "t"}
_NO = {"false", "no", "off", "0", "n", "f"}
_NAMED = {"space", "enter"}
_GRADES = "012345"

KEYS = "keys."
"""What the names of settings begin with that say which key does what."""

_REVIEW_KEYS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("reveal", ("space", "enter"), "shows the answer, then takes the grade that is marked"),
    ("again", ("1",), "grades again"),
    ("hard", ("2",), "grades hard"),
    ("good", ("3",), "grades good"),
    ("easy", ("4",), "grades easy"),
    ("undo", ("u",), "takes back the last grade"),
    ("hint", ("h",), "gives a hint"),
    ("edit", ("e",), "opens the card in your editor"),
    ("bury", ("b",), "leaves the card until tomorrow"),
    ("suspend", ("s",), "leaves the card until you resume it"),
    ("flag", ("!",), "says that the card is wrong"),
    ("info", ("i",), "tells what is known about the card"),
    ("siblings", ("c",), "asks now what waits for tomorrow"),
    ("help", ("?",), "shows all keys"),
    ("quit", ("q",), "stops, as do Esc, Ctrl-C and Ctrl-D"),
)
_GRADING = {"reveal", "again", "hard", "good", "easy"}


def _variable(key: str) -> str:
    return "FASTI_" + key.upper().replace("-", "_")


def _option(key: str, kind: Kind, default: Value, about: str, *variables: str) -> Option:
    return Option(key, kind, default, about, (_variable(key), *variables))


OPTIONS: tuple[Option, ...] = (
    _option("new", Whole(0, 9_999), NEW_A_DAY, "new cards a day"),
    _option("limit", Whole(1, 9_999), LIMIT, "cards of one sitting"),
    _option("minutes", Whole(0, 1_440), 20, "minutes of one sitting; 0 for no end"),
    _option("grades", OneOf("four", "six"), "four", "grades to choose from; six are those of SM-2, 0 to 5"),
    _option(
        "profile",
        OneOf("text", "reference"),
        "text",
        "the reading of SM-2; with reference a lapse lowers the ease",
    ),
    _option(
        "maximum-interval",
        Whole(1, HIGHEST_MAXIMUM_INTERVAL),
        MAXIMUM_INTERVAL,
        "days after which a card comes back at the latest",
    ),
    _option("spread", YesOrNo(), False, "due days moved a little, so that cards learnt together part"),
    _option("leech-threshold", Whole(1, 999), THRESHOLD, "lapses at which a card is called a leech"),
    _option(
        "rollover-hour",
        Whole(ROLLOVER_HOURS[0], ROLLOVER_HOURS[-1]),
        ROLLOVER_HOUR,
        "the hour at which your day begins; days that are past stay as they are",
    ),
    _option("learner", Text(), "", "whose progress it is"),
    _option("sync", Text(), "", "the folder that your machines share, for `fasti sync`"),
    _option("sync-after-review", YesOrNo(), False, "keep in step with that folder after every review"),
    # `VISUAL` and `EDITOR` are for every program: the file speaks for this one, so it comes before them.
    _option(
        "editor",
        Text(),
        "",
        "the command that opens a file to be edited",
    ),
    _option(
        "colour",
        OneOf("auto", "always", "never"),
        "auto",
        "colour on a terminal, everywhere or nowhere",
    ),
    _option(
        "images",
        OneOf("auto", "kitty", "iterm2", "sixel", "off"),
        "auto",
        "pictures in the terminal: as it can, by one of three protocols, or named only",
    ),
    _option("accessible", YesOrNo(), False, "sentences, no columns: for screen readers", "ACCESSIBLE"),
    *(
        Option(KEYS + command, KeysFor(grades=command in _GRADING), keys, about)
        for command, keys, about in _REVIEW_KEYS
    ),
)
"""Every setting, in the order in which they are shown."""

BY_KEY: Mapping[str, Option] = {option.key: option for option in OPTIONS}


def meant(key: str) -> str | None:
    """The setting that someone who wrote `key` probably meant, or None."""
    form = key.casefold().replace("_", "-")[:80]
    for known in (form, KEYS + form, form.removeprefix(KEYS)):
        if known in BY_KEY:
            return known
    # Imported here: only a mistake needs it.
    from difflib import get_close_matches

    words = {
        **{each.removeprefix(KEYS): each for each in BY_KEY},
        **{each: each for each in BY_KEY},
        **_OTHER,
    }
    near = get_close_matches(form, words, n=1, cutoff=0.6)
    return words[near[0]] if near else None


_OTHER = {
    "color": "colour",
    "new-per-day": "new",
    "new-cards": "new",
    "cards": "limit",
    "day-start": "rollover-hour",
    "day-begins": "rollover-hour",
    "max-interval": "maximum-interval",
    "leech": "leech-threshold",
    "keys.show": "keys.reveal",
    "keys.stop": "keys.quit",
}
