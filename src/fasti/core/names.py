"""Whether what was typed is a person's name, or enough of it."""

import re

from fasti.core.marks import MISSPELT, Mark, close, half, right, wrong
from fasti.core.name_forms import same_name
from fasti.core.slips import alike
from fasti.core.spelling import wording


def is_name(text: str) -> bool:
    """Whether a text looks like the name of a person, of two words or more.

    A guess from its capitals (`John F. Kennedy`, `Otto von Bismarck`) and from words that no name begins
    or ends with (`Cuban Missile Crisis`, `New York`); a script without capitals gives no name.
    """
    words = text.split()
    if not 2 <= len(words) <= 6 or any(map(str.isdigit, text)) or not words[0][0].isupper():
        return False
    if any(not word[0].isupper() and word.casefold() not in _PARTICLES for word in _apart(words)):
        return False
    plain, _, numbers = wording(text)
    return len(plain) > 1 and not numbers and plain[0] not in _NO_FIRST_NAME and not is_common(plain[-1])


def _apart(words: list[str]) -> list[str]:
    """Words with an Arabic article as one of its own: `al-Rashid`, `ad-Din`."""
    return [part for word in words for part in _ARABIC.sub(r"\1 ", word).split()]


_ARABIC = re.compile(r"^([ae][lrsdntzh]|ash|ul|ud)-(?=\w)")


def without_title(text: str) -> str | None:
    """`Henry VIII` for `King Henry VIII`; None where there is no title, or more than a title with it."""
    words = text.split()
    start = next((place for place, word in enumerate(words) if _plain(word) not in _TITLES), len(words))
    if (
        start in (0, len(words))
        or is_common(_plain(words[-1]))
        or _plain(words[start]) in ("of", "the", "and")
    ):
        return None
    return " ".join(words[start:])


def _plain(word: str) -> str:
    return word.casefold().strip(".,")


def mark_name(given: str, name: str) -> Mark | None:
    """The mark of `given` where the answer is a person's `name`; None where it is no part or form of it.

    Middle names and initials may be left out, written out or added, titles too, and the surname may
    stand first. The surname alone is close; so is a forename, of which a strict teacher would ask more.
    """
    typed, words = _untitled(wording(given).words), _untitled(wording(name).words)
    if not typed or len(words) < 2 or len(typed) > 12:
        return None
    surname = _surname(words)
    if typed in (surname, surname[-1:], words[-1:]):
        return close("surname only")
    if len(typed) == 1:
        return _one_word(typed[0], words, surname)
    if sorted(typed) == sorted(words):
        return right()
    if not alike(typed[-1], words[-1]) and not same_name(typed[-1], words[-1]):
        return None
    mark = _mark_forenames(typed[: -len(_surname(typed))], words[: -len(surname)])
    return mark if typed[-1] == words[-1] or mark.grade < 3 else close(MISSPELT)


_TITLES = frozenset(
    (
        *("president", "king", "queen", "emperor", "empress", "tsar", "czar", "tsarina", "kaiser", "pope"),
        *("sir", "lord", "lady", "general", "marshal", "field", "admiral", "colonel", "captain", "major"),
        *("dr", "doctor", "mr", "mrs", "ms", "miss", "saint", "st", "prime", "minister", "premier"),
        *("chancellor", "chairman", "senator", "secretary", "prince", "princess", "duke", "duchess"),
        *("count", "archduke", "cardinal", "archbishop", "bishop", "father", "rev", "reverend", "comrade"),
    )
)
_PARTICLES = frozenset(
    (
        *("de", "du", "des", "del", "della", "der", "di", "da", "dos", "van", "von", "zu", "ten", "ter"),
        *("la", "le", "el", "al", "bin", "ibn", "ben", "af", "av", "y"),
        # The article of Arabic before letters that take it over.
        *("ar", "as", "ad", "an", "ash", "at", "az", "ul", "ud"),
    )
)
_NO_FIRST_NAME = frozenset(
    (
        *("new", "north", "south", "east", "west", "great", "united", "soviet", "cold", "first", "second"),
        *("third", "world", "the", "old", "holy", "black", "red", "white", "grand", "western", "eastern"),
        *("northern", "southern", "central", "nazi", "vichy", "san", "santa", "los", "las", "puerto"),
        *("buenos", "rio", "sierra", "costa", "sri", "hong", "saudi", "west", "peoples", "treaty"),
    )
)
_NO_SURNAME = frozenset(
    (
        *("war", "crisis", "treaty", "pact", "act", "plan", "doctrine", "revolution", "empire", "union"),
        *("party", "bay", "sea", "ocean", "gulf", "river", "island", "street", "house", "palace", "wall"),
        *("curtain", "speech", "address", "letter", "telegram", "conference", "congress", "parliament"),
        *("battle", "siege", "peace", "league", "nation", "state", "organisation", "organization"),
        *("agreement", "accord", "charter", "declaration", "proclamation", "constitution", "republic"),
        *("kingdom", "city", "church", "army", "navy", "force", "airlift", "blockade", "quarantine"),
        *("invasion", "coup", "rebellion", "revolt", "uprising", "riot", "massacre", "movement"),
        *("strike", "famine", "plague", "purge", "trial", "affair", "incident", "scandal", "depression"),
        *("crash", "deal", "age", "era", "dynasty", "renaissance", "reformation", "enlightenment"),
        *("exchange", "trade", "route", "road", "canal", "railway", "bank", "bomb", "missile", "code"),
        *("law", "bill", "line", "front", "offensive", "operation", "project", "programme", "program"),
        *("policy", "theory", "system", "rights", "right", "court", "case", "council", "committee"),
        *("commission", "ministry", "office", "agency", "service", "press", "tribe", "people", "class"),
        *("day", "night", "week", "year", "spring", "summer", "autumn", "winter", "minister", "death"),
        *("ages", "crusade", "partition", "question", "compromise", "summit", "zone", "region", "coast"),
        *("great", "terrible", "conqueror", "bold", "confessor", "lionheart", "magnificent", "elder"),
        *("younger", "fair", "bald", "pious", "germany", "korea", "vietnam", "africa", "america", "europe"),
        *("china", "asia", "britain", "england", "france", "russia", "rome", "greece", "egypt", "india"),
    )
)

# Families whose name stands first.
_FAMILY_FIRST = frozenset(
    (
        *("mao", "zhou", "deng", "chiang", "jiang", "sun", "hu", "xi", "lin", "liu", "zhu", "kim", "park"),
        *("syngman", "ho", "ngo", "vo", "nguyen", "le", "oda", "tokugawa", "toyotomi", "minamoto", "pol"),
    )
)


def is_common(word: str) -> bool:
    """Whether a word says what a thing is and not which: `treaty`, `republic`."""
    return word in _NO_SURNAME or word.removesuffix("s") in _NO_SURNAME


def _untitled(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the titles before it, unless nothing else is left."""
    start = next((place for place, word in enumerate(words) if word not in _TITLES), 0)
    return words[start:]


def _surname(words: tuple[str, ...]) -> tuple[str, ...]:
    """The last word with the particles before it: `von bismarck`, `de gaulle`."""
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    return words[start:]


def _one_word(word: str, words: tuple[str, ...], surname: tuple[str, ...]) -> Mark | None:
    if same_name(word, words[-1]):
        return close("surname only")
    if word == words[0]:
        return close("surname only") if word in _FAMILY_FIRST else half("first name only")
    if word == "".join(surname):
        return close("surname only")
    if alike(word, words[-1]) or alike(word, "".join(surname)):
        return half("surname only, nearly: check the spelling")
    return None


def _mark_forenames(typed: tuple[str, ...], forenames: tuple[str, ...]) -> Mark:
    """The first forename must agree, in full or by its initial; middle initials may come and go."""
    if not typed or not forenames:
        return close("surname only")
    if len(typed[0]) > 1 and "".join(word[0] for word in forenames).startswith(typed[0]):
        return right()
    if not _agree(typed[0], forenames[0]):
        if same_name(typed[0], forenames[0]):
            return close("right, in another form of the name")
        if alike(typed[0], forenames[0]):
            return close(MISSPELT)
        rest = iter(typed)
        if all(name in rest for name in forenames):
            return close("right, with more names than asked for")
        return wrong("surname right, first name wrong")
    shorter, longer = sorted((typed[1:], forenames[1:]), key=len)
    same = len(shorter) == len(longer) and all(map(_agree, shorter, longer))
    only_initials = not shorter and all(len(word) == 1 for word in longer)
    return right() if same or only_initials else close("check the middle name")


def _agree(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


_COMMA = re.compile(r"\s*,\s*")


def surname_last(given: str) -> str:
    """A name written `Kennedy, John F.` as `John F. Kennedy`; other texts as they are."""
    parts = _COMMA.split(given.strip())
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else given
