"""Judging a list ("name three causes"): items in any order, each ticked off once.

Every item given is marked against every item wanted, and the marks are matched one to one, so that one
answer never ticks two items and as many as possible are ticked.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from fasti.core.answers import Outcome, Verdict, judge_text
from fasti.core.item_marks import in_short, owners
from fasti.core.marks import MISSPELT
from fasti.core.slips import distance
from fasti.core.text import normalised

TICKED_FROM = 3
"""The lowest mark that ticks an item off; one lower is part of an item."""

_RIGHT = 4
_PART = 2


class Given(NamedTuple):
    """One item as it was typed, with its verdict against each item that is wanted."""

    text: str
    verdicts: tuple[Verdict, ...]

    @property
    def best(self) -> int:
        """The highest mark."""
        return max((verdict.grade for verdict in self.verdicts), default=0)


class Found(NamedTuple):
    """What of the given items belongs to a wanted one, and with which verdict."""

    text: str
    verdict: Verdict

    @property
    def ticked(self) -> bool:
        """Whether it is the item, and not a part of it."""
        return self.verdict.grade >= TICKED_FROM


def given_items(line: str, answers: Sequence[str], accept: Sequence[str] = ()) -> list[Given]:
    """The items on a typed line, marked.

    Several stand on one line with `;` between them, or numbered; with commas too, where every part is then
    an item, and with nothing between them where every word is one. A line that is itself an item is never
    taken apart.
    """
    whole = " ".join(line.split())
    if normalised(whole) in map(normalised, (*answers, *accept)):
        return [given_item(whole, answers, accept)]
    parts = _parted(line)
    if len(parts) > 1:
        return [given_item(part, answers, accept) for part in parts]
    items = [given_item(part, answers, accept) for part in parts]
    if items and items[0].best < TICKED_FROM and _COMMA.search(whole):
        apart = [given_item(part, answers, accept) for part in _COMMA.split(whole) if part.strip()]
        if len(apart) > 1 and _ticked(judge_items(apart, len(answers))) == len(apart):
            return apart
    if items and items[0].best < TICKED_FROM:
        apart = [given_item(part, answers, accept) for part in whole.split()]
        fitting = 1 < len(apart) <= len(answers) and all(item.best == _RIGHT for item in apart)
        if fitting and _ticked(judge_items(apart, len(answers))) == len(apart):
            return apart
    return items


def given_item(text: str, answers: Sequence[str], accept: Sequence[str] = ()) -> Given:
    """One item as it was typed, marked against each of `answers`.

    A further right answer of the fact (`accept`) stands for the item with which it shares the most words,
    and for any of them where it shares none.
    """
    texts = [*dict.fromkeys(accept)]
    owned = [owners(other, answers) for other in texts]
    verdicts = []
    for place, answer in enumerate(answers):
        others = [other for other, own in zip(texts, owned, strict=True) if place in own]
        verdict = judge_text(text, answer, others)
        short = in_short(text, place, answers) if verdict.grade < TICKED_FROM else None
        if short is not None and short.grade > verdict.grade:
            outcome = Outcome.RIGHT if short.grade == 4 else Outcome.CLOSE
            verdict = Verdict(outcome, short.grade, short.sentence)
        verdicts.append(verdict)
    return Given(text, _of_one_item(text, verdicts, answers))


def judge_items(given: Sequence[Given], wanted: int) -> tuple[Found | None, ...]:
    """For each of the `wanted` items what was given for it, or None: the best assignment, one to one."""
    taken: dict[int, int] = {}
    for least in (4, TICKED_FROM):
        for place in range(wanted):
            if place not in taken:
                _assign(place, given, least, taken, set())
    rest = [number for number in range(len(given)) if number not in taken.values()]
    for place in range(wanted):
        part = next((number for number in rest if given[number].verdicts[place].grade == _PART), None)
        if place not in taken and part is not None:
            taken[place] = part
            rest.remove(part)
    return tuple(_found(given, taken, place) for place in range(wanted))


def list_verdict(found: Sequence[Found | None], *, tried: bool) -> Verdict:
    """What a list comes to; `tried` says that anything was typed.

    All of it suggests 4, or 3 where more than half of the items were only nearly right; more than half of
    it 3; some of it 2; none of it 1; nothing typed 0. Part of an item counts half. What does not belong
    to the list counts nothing.
    """
    total = len(found)
    ticked = _ticked(found)
    parts = sum(item is not None and not item.ticked for item in found)
    if not tried:
        return Verdict(Outcome.BLANK, 0, "no answer")
    if ticked == total:
        near = sum(item is not None and item.verdict.grade < 4 for item in found)
        sentence = "right" if total == 1 else f"all {total}"
        if 2 * near > total:
            return Verdict(Outcome.CLOSE, 3, f"{sentence}, nearly")
        return Verdict(Outcome.RIGHT, 4, sentence)
    if not ticked and not parts:
        return Verdict(Outcome.WRONG, 1, f"none of the {total}" if total > 1 else "not the answer")
    grade = 3 if 2 * ticked + parts > total else 2
    counted = [f"{ticked} of {total}"] if ticked else []
    counted += [f"{parts}{'' if ticked else f' of {total}'} in part"] if parts else []
    return Verdict(Outcome.CLOSE, grade, ", ".join(counted))


def _of_one_item(text: str, verdicts: Sequence[Verdict], answers: Sequence[str]) -> tuple[Verdict, ...]:
    """What is right for one item is no slip of another; a slip is of the item that is nearest, or of none."""
    best = max((verdict.grade for verdict in verdicts), default=0)
    slips = {
        place: distance(normalised(text), normalised(answer), len(answer))
        for place, (verdict, answer) in enumerate(zip(verdicts, answers, strict=True))
        if verdict.sentence == MISSPELT
    }
    nearest = min(slips.values(), default=0)
    tied = sum(number == nearest for number in slips.values()) > 1
    told = []
    for place, verdict in enumerate(verdicts):
        if verdict.grade < best == _RIGHT or (place in slips and slips[place] > nearest):
            told.append(_OTHER)
        elif place in slips and tied:
            told.append(Verdict(Outcome.CLOSE, _PART, "which one? check the spelling"))
        else:
            told.append(verdict)
    return tuple(told)


_OTHER = Verdict(Outcome.WRONG, 1, "not the answer")
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|\s)\(?([0-9]{1,2})[.):]\s*(?=\S)")
_BULLET = re.compile(r"^\s*[-–•*]\s+")


def _parted(line: str) -> list[str]:
    """The parts of a line that `;`, line feeds or numbers from 1 on divide."""
    parts = re.split(r"[;\n；]", line)
    if len(parts) == 1:
        parts = _numbered(line)
    bare = (" ".join(_BULLET.sub("", part).split()) for part in parts)
    return [_NUMBER.sub("", part, count=1) if _NUMBER.match(part) else part for part in bare if part]


def _numbered(line: str) -> list[str]:
    places: list[re.Match[str]] = []
    for found in _NUMBER.finditer(line):
        if int(found[1]) == len(places) + 1:
            places.append(found)
    if not places or line[: places[0].start()].strip():
        return [line]
    ends = [place.start() for place in places[1:]] + [len(line)]
    return [line[place.end() : end] for place, end in zip(places, ends, strict=True)]


def _assign(place: int, given: Sequence[Given], least: int, taken: dict[int, int], seen: set[int]) -> bool:
    """Find an item for this place, moving others to where they fit as well (Kuhn's augmenting paths)."""
    for number, item in enumerate(given):
        if item.verdicts[place].grade < least or number in seen:
            continue
        seen.add(number)
        holder = next((other for other, own in taken.items() if own == number), None)
        if holder is None or _assign(holder, given, least, taken, seen):
            taken[place] = number
            return True
    return False


def _found(given: Sequence[Given], taken: dict[int, int], place: int) -> Found | None:
    if place not in taken:
        return None
    item = given[taken[place]]
    return Found(item.text, item.verdicts[place])


def _ticked(found: Sequence[Found | None]) -> int:
    return sum(item is not None and item.ticked for item in found)
