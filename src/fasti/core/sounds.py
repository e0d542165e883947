"""How a name sounds, so that one written by the rules of another language is known again."""

import re
from functools import lru_cache


def begins_alike(one: str, other: str) -> bool:
    """Whether a name that begins with one of these letters may be written with the other."""
    return one == other or frozenset((one, other)) in _BEGINNINGS


def sounds_alike(one: str, other: str) -> bool:
    """Whether two letters within a word stand for nearly the same sound; two that are not Latin may."""
    groups = [group for group in _NEAR if one in group or other in group]
    return not groups or any(one in group and other in group for group in groups)


@lru_cache(maxsize=1024)
def sound(word: str) -> str:
    """A word in small Latin letters as it sounds, roughly: `Jelzin` and `Yeltsin` are one.

    Vowels are kept apart as `a`, those of the front of the mouth and those of its back; the letters of
    Slavonic, Arabic and Greek names are one however German, French, Polish or English writes them. A word of
    other letters is itself.
    """
    if not word.isascii():
        return word
    for pattern, letter in _RULES:
        word = pattern.sub(letter, word)
    return word


_BEGINNINGS = frozenset(
    map(frozenset, ("ck", "kq", "cq", "sz", "cs", "ij", "jy", "iy", "vw", "gj", "fp", "кх"))
)
_NEAR = ("aeiouy", "ijy", "bp", "vwf", "pf", "dt", "ckqg", "csz", "gjz", "xs", "mn", "lr")

_RULES = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"(?:schtsch|shch|szcz|chtch|stch)", "SC"),
        (r"^ch(?=r)|kh", "k"),
        (r"tsch|tch|cz", "C"),
        (r"sch|sh|sz|zh", "S"),
        (r"ch", "C"),
        (r"ph", "f"),
        (r"(?<=.)(?:ow|ov|off|ew|ev|eff|yov|jow)$", "iv"),
        (r"c(?=[eiy])", "s"),
        (r"ck|[cq]", "k"),
        (r"x", "ks"),
        (r"tz|ts|z", "s"),
        (r"w", "v"),
        (r"(?<=[bdgkt])h|h$", ""),
        (r"[ou]+", "u"),
        (r"[eijy]+", "i"),
        (r"(.)\1+", r"\1"),
    )
)
