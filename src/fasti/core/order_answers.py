"""Things to put in order: how they are shuffled, how a typed order is read, and what it comes to."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from fasti.core.answers import Outcome, Verdict
from fasti.core.list_answers import TICKED_FROM, given_items, judge_items
from fasti.core.text import fingerprint, normalised

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ATTEMPTS = 40


class Ordered(NamedTuple):
    """A typed order against the right one.

    `places` says for each thing, in the right order, where it was put (from 0), and `kept` whether it is
    in the longest run that was kept in order, which one thing alone is not.
    """

    places: tuple[int, ...]
    kept: tuple[bool, ...]
    verdict: Verdict


def shuffled(things: Sequence[str], seed: str) -> tuple[int, ...]:
    """The places of `things` in an order that only `seed` and their words decide.

    Never the right order itself, unless there is no other.
    """
    right = [normalised(thing) for thing in things]
    places = range(len(things))
    for attempt in range(_ATTEMPTS):
        order = sorted(places, key=lambda place: (fingerprint(seed, str(attempt), right[place]), place))
        if [right[place] for place in order] != right:
            return tuple(order)
    return tuple(places[1:]) + tuple(places[:1])


def labels(count: int) -> tuple[str, ...]:
    """What the things shown are called: figures up to nine, then letters, so that one sign is enough."""
    if count <= 9:
        return tuple(str(number) for number in range(1, count + 1))
    return tuple(LETTERS[:count]) if count <= len(LETTERS) else tuple(str(n) for n in range(1, count + 1))


def read_order(typed: str, shown: Sequence[str]) -> tuple[int, ...] | None:
    """The places (from 0) in `shown` that a typed order names, first to last; None where it is not one.

    `3 1 2`, `3,1,2`, `312` and `3 > 1 > 2` are the same; so are letters, `c a b`; and the things
    themselves, with `;` between them.
    """
    count = len(shown)
    signs = _SIGN.findall(typed.casefold())
    if _ONLY_SIGNS.fullmatch(typed.casefold()):
        for texts in (signs, list("".join(signs))):
            named = [_place(text) for text in texts]
            if sorted(named) == list(range(count)):
                return tuple(named)
    return _read_words(typed, shown)


def judge_order(placed: Sequence[str], right: Sequence[str]) -> Ordered:
    """What an order of all the things comes to.

    All right suggests 4, the longest run kept in order being three quarters of it 3, half of it 2, else 1.
    """
    pairs = _longest_run([normalised(thing) for thing in placed], [normalised(thing) for thing in right])
    places = _places(placed, right, pairs)
    kept = tuple(len(pairs) > 1 and place in pairs for place in range(len(right)))
    return Ordered(places, kept, _verdict(len(pairs), len(right)))


_SIGN = re.compile(r"[0-9]+|[a-z]")
_ONLY_SIGNS = re.compile(r"(?:[0-9]+|[a-z]|[\s,;.)>/→-])+")


def _place(sign: str) -> int:
    return int(sign) - 1 if sign.isdigit() else LETTERS.index(sign)


def _read_words(typed: str, shown: Sequence[str]) -> tuple[int, ...] | None:
    given = given_items(re.sub("[>→]", ";", typed), shown)
    found = judge_items(given, len(shown))
    if len(given) != len(shown) or not all(item and item.verdict.grade >= TICKED_FROM for item in found):
        return None
    texts = [item.text for item in given]
    named = [texts.index(item.text) for item in found if item]
    if sorted(named) != list(range(len(shown))):
        return None
    return tuple(named.index(place) for place in range(len(shown)))


def _verdict(kept: int, total: int) -> Verdict:
    if kept == total:
        return Verdict(Outcome.RIGHT, 4, "right")
    if kept < 2:
        return Verdict(Outcome.WRONG, 1, "the other way round" if total == 2 else "not in order")
    grade = 3 if 4 * kept >= 3 * total else 2 if 2 * kept >= total else 1
    outcome = Outcome.WRONG if grade == 1 else Outcome.CLOSE
    return Verdict(outcome, grade, f"{kept} of {total} in order")


def _longest_run(placed: Sequence[str], right: Sequence[str]) -> dict[int, int]:
    """The longest common subsequence: for each place of `right` in it, the place in `placed`."""
    lengths = [[0] * (len(right) + 1) for _ in range(len(placed) + 1)]
    for i in range(len(placed) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            same = placed[i] == right[j]
            lengths[i][j] = lengths[i + 1][j + 1] + 1 if same else max(lengths[i + 1][j], lengths[i][j + 1])
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(placed) and j < len(right):
        if placed[i] == right[j]:
            pairs[j] = i
            i, j = i + 1, j + 1
        elif lengths[i + 1][j] >= lengths[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _places(placed: Sequence[str], right: Sequence[str], pairs: dict[int, int]) -> tuple[int, ...]:
    free = [place for place in range(len(placed)) if place not in pairs.values()]
    places: list[int] = []
    for at, thing in enumerate(right):
        place = pairs.get(at)
        if place is None:
            place = next(other for other in free if normalised(placed[other]) == normalised(thing))
            free.remove(place)
        places.append(place)
    return tuple(places)
