"""Cloze texts: sentences with `{hidden}` or `{hidden|hint}` spans."""

import re
from typing import NamedTuple

from fasti.core.text import slug

_SPAN = re.compile(r"\{([^{}|]*)(?:\|([^{}]*))?\}")


class Span(NamedTuple):
    """A hidden stretch of a cloze text; `start` and `end` are offsets of its braces."""

    hidden: str
    hint: str
    start: int
    end: int


class ClozeError(ValueError):
    """A cloze text that hides nothing, or whose braces do not match; the message says what to write."""


def spans_of(cloze: str) -> tuple[Span, ...]:
    """The hidden spans of a cloze text, in order.

    Raises ClozeError where nothing is hidden, a span is empty, or a brace stands alone.
    """
    spans = tuple(
        Span(found[1].strip(), (found[2] or "").strip(), found.start(), found.end())
        for found in _SPAN.finditer(cloze)
    )
    rest = _SPAN.sub("", cloze)
    if "{" in rest or "}" in rest:
        raise ClozeError("a brace has no partner; hidden words stand in one pair of braces, like `{1947}`")
    if not spans:
        raise ClozeError("nothing is hidden; put the words to be filled in in braces, like `{1947}`")
    if any(not slug(span.hidden) for span in spans):
        raise ClozeError("a pair of braces hides no words; write the hidden words inside it")
    return spans


def whole(cloze: str) -> str:
    """The sentence with nothing hidden and no hints."""
    return _SPAN.sub(lambda found: found[1].strip(), cloze)


def pieces(cloze: str, hidden: str) -> tuple[str, ...]:
    """The whole sentence cut where it hides `hidden`: shown, hidden, shown, and so on, ending with shown."""
    texts = [""]
    end = 0
    for found in _SPAN.finditer(cloze):
        texts[-1] += cloze[end : found.start()]
        end = found.end()
        if slug(found[1]) == hidden:
            texts += [found[1].strip(), ""]
        else:
            texts[-1] += found[1].strip()
    texts[-1] += cloze[end:]
    return tuple(texts)


def with_hidden(cloze: str, hidden: str) -> str:
    """The sentence with every span that hides `hidden` blanked, by its hint where it has one."""

    def shown(found: re.Match[str]) -> str:
        if slug(found[1]) != hidden:
            return found[1].strip()
        return f"[{(found[2] or '').strip() or '…'}]"

    return _SPAN.sub(shown, cloze)


def without_surroundings(typed: str, before: str, after: str) -> str:
    """What was typed for a gap, without the words of the sentence next to it that were typed as well.

    `before` and `after` are the texts on both sides of the gap. Something is always left.
    """
    words = typed.split()
    for number in range(len(words) - 1, 0, -1):
        if _plain(words[:number]) == _plain(before.split()[-number:]):
            words = words[number:]
            break
    for number in range(len(words) - 1, 0, -1):
        if _plain(words[-number:]) == _plain(after.split()[:number]):
            return " ".join(words[:-number])
    return " ".join(words)


def _plain(words: list[str]) -> list[str]:
    return [word.casefold().strip(".,;:!?") for word in words]
