"""Marking a typed name, term or phrase against its answer, as a history teacher would."""

import re

from fasti.core.marks import MISSPELT, Mark, best, close, half, right, wrong
from fasti.core.name_forms import one_form
from fasti.core.names import is_common, is_name, mark_name, surname_last, without_title
from fasti.core.slips import alike, distance
from fasti.core.spelling import Wording, roman, wording

LONGEST = 1000
"""The characters of an answer, typed or right, that are compared."""


def mark_text(given: str, answer: str) -> Mark:
    """The mark of `given`, which is not blank, where `answer` is right.

    Words of the answer in parentheses may be left out, and texts parted by ` / ` are alternatives.
    """
    if _bare(given) == _bare(answer):
        return right()
    given, answer = given[:LONGEST], answer[:LONGEST]
    texts = _ways_to_say(answer)
    typed = [wording(given), wording(given, umlauts_spelt_out=True), wording(surname_last(given))]
    meant = [wording(text, spelt_out) for text in texts for spelt_out in (False, True)]
    if any(_same(one, other) for one in typed for other in meant):
        return right()
    bare = without_title(given)
    if bare and not without_title(answer):
        typed.append(wording(bare))
    typed += [wording(text) for text in (_number_alone(given),) if text]
    if any(_same(one, other) for one in typed for other in meant) or _same_ruler(given, answer):
        return right()
    marks = [
        mark
        for text in texts
        if is_name(text)
        for one in (given, surname_last(given))
        if (mark := mark_name(one, text))
    ]
    marks += [mark for text in texts if (mark := _mark_initials(typed[0], text))]
    if any(_same_in_form(one, other) for one in typed for other in meant):
        marks.insert(0, close("right, in another form of the name"))
    marks += [_mark_wording(one, other) for one in (typed[0], *typed[3:]) for other in meant]
    marks += [half("part of it: words are missing") for text in texts if _leaves_the_epithet(typed[0], text)]
    top = best([*marks, wrong()])
    told = [mark for mark in marks if mark.grade == 1 and mark != wrong()]
    return told[0] if told and top.grade == 1 else top


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())


_RULER = r"(?P<ruler>[^,;]*\w [IVXLivxl]+|[^,;]*\w (?:the )?[0-9]+(?:st|nd|rd|th)?)"
_OF_REALM = re.compile(_RULER + r"(?: of (?:the )?\w+(?: \w+)?|, .+)")
_EPITHET = re.compile(r"(?P<name>[^\s,;()]+) (?:[IVX]+ )?(?P<epithet>\(?the [^,;()]+\)?)", re.IGNORECASE)


def _without_realm(text: str) -> str:
    """`Louis XIV` for `Louis XIV of France`; empty where a text is no ruler with a number and a realm."""
    found = _OF_REALM.fullmatch(text.strip())
    return found["ruler"] if found else ""


def _same_ruler(given: str, answer: str) -> bool:
    """Whether both are one ruler, of whom only one text says what was ruled: another realm is another ruler."""
    ours, theirs = _without_realm(given), _without_realm(answer)
    if bool(ours) == bool(theirs):
        return False
    one, other = (ours or given), (theirs or answer)
    return _same(wording(without_title(one) or one), wording(without_title(other) or other))


def _number_alone(given: str) -> str:
    """`90 miles` for `about 90 miles`; empty where nothing stands before a number that says as much."""
    found = _ABOUT.fullmatch(given.strip())
    return found["rest"] if found and wording(found["rest"]).numbers else ""


_ABOUT = re.compile(
    r"(?:(?:it was |it is )?(?:about|around|roughly|approximately|approx\.?|nearly|almost|some|circa|ca?\.|c))"
    r"\s*(?P<rest>\S.*)",
    re.IGNORECASE,
)


def _leaves_the_epithet(given: Wording, answer: str) -> bool:
    """Whether of `Suleiman the Magnificent` only the name was given."""
    found = _EPITHET.fullmatch(answer.strip())
    return found is not None and given.words == wording(found["name"]).words


_PARENTHESES = re.compile(r"\(([^()]*)\)")
_JUNIOR = re.compile(r"(?P<name>.*\w),? (?P<which>jr|junior|sr|senior)\.?", re.IGNORECASE)
_OF = re.compile(r"(?P<head>[^,;]+?) of (?:the )?(?P<rest>[^,;]+)", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s+(?:and|&)\s+|\s*,\s*", re.IGNORECASE)


def _ways_to_say(answer: str) -> list[str]:
    """The answer, and other ways to put it: `Treaty of Versailles` is `Versailles Treaty`, both are one."""
    texts: list[str] = []
    if found := _JUNIOR.fullmatch(answer.strip()):
        texts += [found["name"], f"{found['name']} {'Junior' if found['which'][0] in 'jJ' else 'Senior'}"]
    for text in [answer, *(answer.split(" / ") if " / " in answer else [])][:6]:
        within = _PARENTHESES.findall(text)
        texts += [text, _PARENTHESES.sub("", text), _PARENTHESES.sub(r"\1", text)]
        texts += [word for word in within if word.isupper() and len(word) > 1]
    ways = [text for text in dict.fromkeys(texts) if text.strip()]
    ways += [bare for text in ways if (bare := without_title(text))]
    if found := _EPITHET.fullmatch(answer.strip()):
        ways.append(f"{found['name']} {found['epithet'].strip('()')}")
    for text in list(ways):
        if found := _OF.fullmatch(text.strip()):
            ways.append(f"{found['rest']} {found['head']}")
        parts = _AND.split(text.strip())
        if len(parts) == 2 and all(parts):
            ways.append(f"{parts[1]} and {parts[0]}")
    return ways


def _same(given: Wording, answer: Wording) -> bool:
    if given.joined and given.joined == answer.joined:
        return True
    if not given.words or not answer.words or given.numbers != answer.numbers:
        return False
    return "".join(given.content) == "".join(answer.content)


def _same_in_form(given: Wording, answer: Wording) -> bool:
    return given.numbers == answer.numbers and one_form(given.plain) == one_form(answer.plain) != ""


def _mark_wording(given: Wording, answer: Wording) -> Mark:
    """The mark of a wording that is not the same: misspelt, too short, too long, or with another number."""
    if not given.words or not answer.words:
        return wrong()
    typed, words = given.content, answer.content
    if given.numbers != answer.numbers:
        return _mark_numbers(given, answer)
    if not words:
        return close("the number is right, with more words than asked for")
    if not typed:
        return close("the number is right, the words are missing")
    if _spelt_alike(typed, words):
        return close(MISSPELT)
    if _HEDGES & set(given.words) and not _HEDGES & set(answer.words):
        return wrong("give one answer, not a choice")
    missing = [word for word in words if word not in typed]
    if _runs_through(typed, words) and (
        2 * _letters(typed) >= _letters(words) or all(map(is_common, missing))
    ):
        return half("part of it: words are missing")
    more = [word for word in typed if word not in words]
    if _runs_through(words, typed) and 4 * _letters(words) >= _letters(typed) and not _DENIALS & set(more):
        return half("the answer is in it, with more words than asked for")
    return wrong()


_HEDGES = frozenset(("or", "either"))
_DENIALS = frozenset(("not", "no", "never", "without", "anti", "against", "non", "isnt", "wasnt", "except"))


def _mark_numbers(given: Wording, answer: Wording) -> Mark:
    """Numbers are right or wrong: R-12 is not R-14, and World War I not World War II."""
    if not _spelt_alike(given.content, answer.content):
        return wrong()
    if given.numbers:
        return wrong("the number is wrong" if answer.numbers else "there is a number too many")
    return half("the number is missing")


def _spelt_alike(given: tuple[str, ...], words: tuple[str, ...]) -> bool:
    if len(given) == len(words):
        return all(map(alike, given, words))
    one, other = "".join(given), "".join(words)
    allowed = min(2, len(other) // 5)
    return one[:1] == other[:1] and allowed > 0 and distance(one, other, allowed) <= allowed


def _runs_through(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether the words of `part` stand in `whole` in this order."""
    rest = iter(whole)
    return bool(part) and all(any(alike(other, word) for other in rest) for word in part)


def _letters(words: tuple[str, ...]) -> int:
    return sum(map(len, words))


def _mark_initials(given: Wording, answer: str) -> Mark | None:
    """`NATO` for the North Atlantic Treaty Organisation, `WWII` for World War II."""
    words = wording(answer)
    typed = given.joined
    if len(given.words) > 2 or not 2 <= len(typed) <= 8 or len(words.words) < 2:
        return None
    content = [word for word in words.words if word in words.numbers or word not in ("the", "of", "and")]
    readings = {
        "".join(word[0] for word in content),
        "".join(word[0] for word in words.words),
        "".join(word[0] for word in words.plain) + "".join(words.numbers),
        "".join(word[0] for word in words.plain) + "".join(map(roman, words.numbers)),
        "".join(word[0] for word in words.plain) + "".join(words.words[len(words.plain) :]),
    }
    return close("the initials only: write it in full") if typed in readings else None
