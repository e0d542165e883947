"""The language of a page: how its deck's texts and its own English words are marked."""

import re
import unicodedata
from dataclasses import dataclass

from fasti.page.markup import Markup, element, escaped, joined


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its BCP 47 `tag`; `right_to_left` is how it is written."""

    tag: str = "en"
    right_to_left: bool = False

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`, as HTML and SVG call it."""
        return "rtl" if self.right_to_left else "ltr"

    def words(self, english: str) -> Markup:
        """The program's own words, marked as English where the page is in another language."""
        if self.tag.partition("-")[0].lower() == "en":
            return escaped(english)
        return element("span", {"lang": "en", "dir": "ltr"}, english)

    def text(self, text: str) -> Markup:
        """A deck's text with its line breaks; each line that is written both ways is kept to itself."""
        first, *others = text.strip("\n").split("\n")
        return joined([self._line(first), *(joined([element("br"), self._line(line)]) for line in others)])

    def _line(self, line: str) -> Markup:
        return element("bdi", None, line) if self.right_to_left or _goes_left(line) else escaped(line)


def language_of(tag: str) -> Language | None:
    """The language that a deck says it is in, or None where it says nothing that is a language's tag."""
    tag = tag.strip().replace("_", "-")
    if not _TAG.fullmatch(tag):
        return None
    parts = tag.lower().split("-")
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    return Language(tag, script in _SCRIPTS if script else parts[0] in _LANGUAGES)


def runs_left(text: str, language: Language) -> bool:
    """Whether a line of text begins with letters that are written from right to left; without any, the page's way."""
    ways = (unicodedata.bidirectional(sign) for sign in text)
    first = next((way for way in ways if way in {"L", "R", "AL"}), None)
    return language.right_to_left if first is None else first != "L"


# RFC 5646: a language of two or three letters, then script, region and variants.
_TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z]{4})?(?:-(?:[a-zA-Z]{2}|[0-9]{3}))?(?:-[a-zA-Z0-9]{5,8})*")

# Unicode's script metadata: what is written from right to left, and the languages that use it by default.
_SCRIPTS = frozenset({"arab", "aran", "hebr", "syrc", "thaa", "nkoo", "adlm", "rohg", "samr", "mand", "mend"})
_LANGUAGES = frozenset(
    [
        "ar",
        "arc",
        "ary",
        "arz",
        "apc",
        "ckb",
        "dv",
        "fa",
        "glk",
        "he",
        "iw",
        "ji",
        "khw",
        "ks",
        "lrc",
        "mzn",
        "nqo",
        "pnb",
        "prs",
        "ps",
        "sd",
        "syr",
        "ug",
        "ur",
        "yi",
    ]
)


def _goes_left(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)
