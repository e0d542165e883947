"""Slips of the pen: how many lie between two words, and whether that makes one a misspelling."""

import unicodedata

from fasti.core.sounds import begins_alike, sound, sounds_alike

_SHORT = 5
"""The letters that a word has at least to be misspelt and still be itself: `Iran` is not `Iraq`."""


def alike(given: str, word: str) -> bool:
    """Whether `given` is a misspelling of `word`, and not another word of its own.

    One slip from five letters on, two from eight, three from twelve; a letter moved (`Ghandi`) is one. The
    first letter is right, or sounds so; so is a single letter of five. A plural is a slip, and so is what is
    written otherwise and sounds the same (`Yeltsin`, `Jelzin`). Chinese, Japanese and Korean have no slips.
    """
    if given == word:
        return True
    if frozenset((given, word)) in _DIFFERENT:
        return False
    if _is_plural(given, word) or _is_plural(word, given):
        return True
    if min(len(given), len(word)) < _SHORT or any(map(_is_wide, word)):
        return False
    return _few_slips(given, word) or sound(given) == sound(word)


def _few_slips(given: str, word: str) -> bool:
    if not begins_alike(given[0], word[0]):
        return False
    allowed = min(len(word) // 4, 3)
    if len(word) == len(given) == _SHORT and sorted(given) != sorted(word):
        differing = [pair for pair in zip(given, word, strict=True) if pair[0] != pair[1]]
        return len(differing) == 1 and sounds_alike(*differing[0])
    moved = len(word) > _SHORT and sorted(given) == sorted(word)
    allowed = max(allowed, 2) if moved else allowed
    return distance(given, word, allowed) <= allowed


def _is_plural(many: str, one: str) -> bool:
    if len(one) < 3:
        return False
    return many in (one + "s", one + "es") or (one[-1] == "y" and many == one[:-1] + "ies")


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) == "W"


# Different things whose names are a slip or two apart.
_DIFFERENT = frozenset(
    frozenset(pair.split())
    for pair in (
        *("austria australia", "slovakia slovenia", "iceland ireland", "mauritania mauritius", "sudan sedan"),
        *("guinea guyana", "prussia russia", "sicily cecily", "alexandria alexandra", "syria styria"),
        *("manet monet", "trojan trajan", "marat murat", "cyrus cyprus", "alexander alexandra"),
        *("augustus augustine", "constantine constantius", "maximian maximilian", "antonius antoninus"),
        *("theodora theodore", "charles charlie", "johnson johnston", "francis frances", "julius julian"),
        *(
            "capital capitol",
            "calvary cavalry",
            "feudal federal",
            "moral morale",
            "martial marital",
            "causal casual",
        ),
        *("rhine rhone", "volga volta", "marne maine", "bevan bevin", "franco france", "grenada granada"),
        *("colombia columbia", "tanzania tasmania", "harold harald", "khomeini khamenei", "arian aryan"),
        *("parma palma", "tudor tutor", "lao laos", "mar mars", "han hans", "tour tours", "goth gotha"),
        *("revolution resolution", "partition petition", "conquest contest", "protest protect"),
        *("confession concession", "repression regression", "coalition collision", "cession session"),
        *(
            "declaration decoration",
            "intervention invention",
            "convention convection",
            "coronation corporation",
        ),
        *("prison poison", "battle bottle", "peace piece", "world word", "guild guilt", "tithe title"),
        *("court count", "slave slav", "slaves slavs", "plague plaque", "canon cannon", "statue statute"),
        *("villain villein", "minster minister", "corps corpse", "ethnic ethic", "ordnance ordinance"),
        *("emigration immigration", "emigrant immigrant", "emigrants immigrants", "eminent imminent"),
        *("proscribe prescribe", "principal principle", "communism communion", "annexation annotation"),
        *(
            "reichstag reichsrat",
            "council counsel",
            "crown crow",
            "border broader",
            "leinster leicester",
            "commission commotion",
        ),
        *("secession succession", "persecution prosecution", "imperial imperious", "perpetrate perpetuate"),
    )
)


def distance(one: str, other: str, limit: int) -> int:
    """Letters to add, drop, change or swap with their neighbour to make one text the other.

    The optimal string alignment distance, worked out no further than `limit`: beyond it the result is
    `limit + 1`. Its cost is the length of the texts times `limit`.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        current = [i] + [limit + 1] * len(other)
        for j in range(max(1, i - limit), min(len(other), i + limit) + 1):
            same = letter == other[j - 1]
            cost = min(row[j] + 1, current[j - 1] + 1, row[j - 1] + (not same))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other[j - 1]:
                cost = min(cost, before[j - 2] + 1)
            current[j] = cost
        if min(current) > limit:
            return limit + 1
        before, row = row, current
    return min(row[-1], limit + 1)
