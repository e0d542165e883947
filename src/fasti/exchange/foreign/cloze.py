"""Anki's cloze notes as facts: one sentence with its hidden words, or a question for each card."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from fasti.core.cloze import ClozeError, spans_of
from fasti.core.text import slug
from fasti.exchange.cloze_markup import Deletion, answers, deletions_in, told
from fasti.exchange.foreign.notes import ForeignNote, sides_of
from fasti.exchange.plain_text import plain, tidy
from fasti.exchange.templates import is_blank, parts_of, rendered


class Cloze(NamedTuple):
    """A cloze note in our words: the `text`, and what each card hides; `respelt` where signs of it had to change."""

    text: str
    asks: Mapping[int, str]
    respelt: bool = False


def cloze_fields(note: ForeignNote) -> tuple[str, ...]:
    """The names of the fields that the note's template shows with gaps."""
    template = note.type.templates[0] if note.type.templates else None
    parts = parts_of(template.question) if template else ()
    return tuple(
        dict.fromkeys(part.text for part in parts if "cloze" in part.filters and part.text in note.values)
    )


def cloze_of(note: ForeignNote) -> Cloze | None:
    """The note as one cloze fact with as many of its cards as ask the same there, or None where none does.

    Our cards hide what has the same words, Anki's what has the same number: a card can be carried where these
    are the same, and nothing hidden stands inside something hidden.
    """
    wanted = {card.ord + 1 for card in note.cards}
    if whole := _with_cards(note, wanted):
        return whole
    best: Cloze | None = None
    kept: set[int] = set()
    for number in sorted(wanted)[:_MOST_TRIED]:
        if cloze := _with_cards(note, kept | {number}):
            best, kept = cloze, kept | {number}
    return best


def question_of(note: ForeignNote, ord: int) -> tuple[str, str]:
    """One card of a cloze note as a question with a gap, and what is in it; either may be empty."""
    number = ord + 1
    sides = sides_of(note, ord)
    if sides is None:
        return "", ""
    hidden = [plain(text).text for name in cloze_fields(note) for text in answers(note.values[name], number)]
    answer = "; ".join(dict.fromkeys(text for text in hidden if text))
    return sides.question, answer


def beside_cloze(back: str, sentence: str) -> str:
    """What the text of a cloze card's back has besides the sentence."""
    known = set(sentence.split("\n"))
    return "\n".join(line for line in back.split("\n") if line not in known).strip()


def told_sentence(note: ForeignNote) -> str:
    """The front of a cloze note with nothing hidden."""
    fields = cloze_fields(note)
    values = {
        name: told(deletions_in(html)) if name in fields else html for name, html in note.values.items()
    }
    return _front(note, values)


_MOST_TRIED = 50
"""Cards of a note that are tried one by one."""

_OPEN, _THEN, _HINT, _CLOSE = "\ufdd3", "\ufdd4", "\ufdd5", "\ufdd6"
_SPAN = re.compile(f"{_OPEN}([0-9,]+){_THEN}([^{_HINT}{_CLOSE}]*)(?:{_HINT}([^{_CLOSE}]*))?{_CLOSE}")
_BRACES = str.maketrans("{}", "｛｝")
_BRACE = re.compile("[{}]")


def _with_cards(note: ForeignNote, wanted: set[int]) -> Cloze | None:
    """The note with these cards, all of them if they are none; None where ours would ask something else."""
    text = _marked_text(note, wanted)
    respelt = _BRACE.search(text) is not None
    # Formulas are full of braces, and are none without them.
    if respelt and note.formulas:
        return None
    hidden: dict[int, set[str]] = defaultdict(set)
    for found in _SPAN.finditer(text):
        for number in found[1].split(","):
            hidden[int(number)].add(slug(found[2]))
        respelt |= "|" in found[2]
        if _OPEN in found[2]:
            return None
    words = [next(iter(texts)) for texts in hidden.values()]
    if any(len(texts) > 1 for texts in hidden.values()) or len(set(words)) < len(words) or not all(words):
        return None
    ours = tidy(_SPAN.sub(_span, text.translate(_BRACES)))
    if _OPEN in ours or _CLOSE in ours:
        return None
    try:
        found_words = {slug(span.hidden) for span in spans_of(ours)}
    except ClozeError:
        return None
    if found_words != set(words):
        return None
    return Cloze(ours, {number - 1: f"cloze:{texts.pop()}" for number, texts in hidden.items()}, respelt)


def _marked_text(note: ForeignNote, wanted: set[int]) -> str:
    """The front with its gaps marked; what no card of the note asks for is not a gap."""
    fields = cloze_fields(note)
    values = {
        name: _marked(deletions_in(html), wanted) if name in fields else html
        for name, html in note.values.items()
    }
    return _front(note, values)


def _front(note: ForeignNote, values: Mapping[str, str]) -> str:
    """The text of the front with these values in place of the note's own, whatever the filters."""

    def show(name: str, filters: tuple[str, ...]) -> str:
        return "" if "type" in filters or "hint" in filters else values.get(name, "")

    if not note.type.templates:
        return ""
    template = note.type.templates[0].question
    return plain(rendered(template, show, lambda name: not is_blank(values.get(name, "")))).text


def _marked(parts: tuple[str | Deletion, ...], wanted: set[int]) -> str:
    out = []
    for part in parts:
        if isinstance(part, str):
            out.append(part)
            continue
        numbers = [number for number in part.numbers if number and (number in wanted or not wanted)]
        inside = _marked(part.parts, wanted)
        if not numbers:
            out.append(inside)
            continue
        hint = f"{_HINT}{part.hint}" if part.hint and part.hint.strip(" .…") else ""
        out.append(f"{_OPEN}{','.join(map(str, numbers))}{_THEN}{inside}{hint}{_CLOSE}")
    return "".join(out)


def _span(found: re.Match[str]) -> str:
    hidden = " ".join(found[2].replace("|", "｜").split())
    hint = " ".join((found[3] or "").split())
    return f"{{{hidden}|{hint}}}" if hint else f"{{{hidden}}}"
