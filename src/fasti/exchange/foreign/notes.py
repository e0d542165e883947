"""Notes of other people's note types, and what each of their cards says in words."""

import re
from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from fasti.exchange.collection import AnkiCard, AnkiNote, Collection, NoteType, Template
from fasti.exchange.plain_text import Plain, plain, tidy
from fasti.exchange.templates import Act, Values, answer_html, parts_of, presence, question_html, rendered


@dataclass(slots=True)
class ForeignNote:
    """A note, its type and its cards; `values` are its fields' HTML by their names, without sounds."""

    note: AnkiNote
    type: NoteType
    cards: tuple[AnkiCard, ...]
    values: Mapping[str, str]
    sounds: int = 0
    formulas: int = 0
    _plain: dict[int, Plain] = field(default_factory=dict)

    def plain(self, place: int) -> Plain:
        """What the field at a place says."""
        if place not in self._plain:
            self._plain[place] = plain(self.values[self.type.fields[place].name])
        return self._plain[place]

    def text(self, place: int) -> str:
        """The text of the field at a place."""
        return self.plain(place).text

    @property
    def name(self) -> str:
        """The note's first words, by which a person recognises it."""
        text = next((text for place in range(len(self.type.fields)) if (text := self.text(place))), "")
        line = " ".join((text or self.note.guid).replace("`", "'").split())
        return line if len(line) <= _LONGEST_NAME else line[: _LONGEST_NAME - 1].rstrip() + "…"


class Sides(NamedTuple):
    """What a card says. `aside` are the places of fields that its back shows beside the answer.

    `front_pictures` and `back_pictures` are the addresses of the pictures of the note's own fields, `links` those of
    the pages that it leads to.
    """

    question: str
    answer: str
    aside: tuple[int, ...]
    front_pictures: tuple[str, ...]
    back_pictures: tuple[str, ...]
    links: tuple[str, ...]


def notes_of(collection: Collection) -> list[ForeignNote]:
    """The notes that have a note type, in the collection's order, each with its cards by their place."""
    cards: dict[int, list[AnkiCard]] = defaultdict(list)
    for card in collection.cards:
        cards[card.note].append(card)
    return [
        _note(note, collection.note_types[note.note_type], cards[note.id])
        for note in collection.notes
        if note.note_type in collection.note_types
    ]


def template_of(kind: NoteType, ord: int) -> Template | None:
    """The template of the card at this place; all cards of a cloze note type have one."""
    if kind.cloze:
        return kind.templates[0] if kind.templates else None
    return kind.templates[ord] if 0 <= ord < len(kind.templates) else None


def sides_of(note: ForeignNote, ord: int, aside: Some[int] = ()) -> Sides | None:
    """What a card says, or None where its note type has no such card.

    The back is told without the front that it repeats. Of the fields `aside`, those that have a line of the back to
    themselves, with a label or without, are taken out of the answer and named.
    """
    template = template_of(note.type, ord)
    if template is None:
        return None
    front = plain(question_html(template.question, Values(note.values, ord + 1)))
    marks = {note.type.fields[place].name: mark(place) for place in aside}
    back = plain(answer_html(with_line(template.answer), Values(note.values, ord + 1, marks=marks), ""))
    answer, found = _apart(without_front(back.text, front.text), note)
    of_aside = [note.plain(place) for place in dict.fromkeys(marks_in(back.text))]
    fixed = _fixed_pictures(template)
    shown = (*back.pictures, *(each for one in of_aside for each in one.pictures))
    return Sides(
        front.text,
        answer,
        found,
        tuple(each for each in front.pictures if each not in fixed),
        tuple(each for each in shown if each not in fixed),
        (*front.links, *back.links, *(each for one in of_aside for each in one.links)),
    )


def same_words(kind: NoteType, ord: int) -> str:
    """What the front of a card says on every note."""
    template = template_of(kind, ord)
    return plain(rendered(template.question, lambda *_: "", lambda _: True)).text if template else ""


def mark(place: int) -> str:
    """What stands in a text for the field at a place."""
    return f"{_OPEN}{place}{_CLOSE}"


def marks_in(text: str) -> list[int]:
    """The places of the fields whose marks are in a text, in order."""
    return [int(number) for number in _MARK.findall(text)]


def with_marks_replaced(text: str, texts: Mapping[int, str]) -> str:
    """A text with each mark replaced by what `texts` gives for its place."""
    return _MARK.sub(lambda found: texts.get(int(found[1]), ""), text)


def without_marks(text: str) -> str:
    """A text without its marks."""
    return _MARK.sub("", text)


@lru_cache(maxsize=512)
def with_line(template: str) -> str:
    """The template of a back in which a sign stands for the line that Anki draws above the answer."""
    return _ANSWER_LINE.sub(f"<hr>{_LINE}<hr>", template)


def without_front(back: str, front: str) -> str:
    """The text of a back without the front that it repeats, cut at the line above the answer where it has one."""
    above, line, answer = back.partition(_LINE)
    answer = tidy(answer.replace(_LINE, ""))
    if line:
        repeated = front.split("\n")
        more = [text for text in tidy(above).split("\n") if text and text not in repeated]
        return "\n".join([*more, answer]).strip()
    if front and above != front and above.startswith(front) and above[len(front)] in "\n ":
        return above[len(front) :].strip()
    return above


def without_sounds(text: str) -> tuple[str, int]:
    """A text without Anki's marks for sounds and for speech, and how many there were."""
    return _SOUND.subn("", text)


def shown_on(note: ForeignNote, ord: int) -> Some[int]:
    """The places of the fields that a card of the note shows on one of its sides."""
    template = template_of(note.type, ord)
    if template is None:
        return ()
    fixed = _always_shown(template)
    names = _shown_names(note, ord, template) if fixed is None else fixed
    return [place for place, field in enumerate(note.type.fields) if field.name in names]


@lru_cache(maxsize=512)
def switches_of(kind: NoteType) -> frozenset[int]:
    """The places of the fields that only decide what a card shows, as `Add Reverse` does."""
    parts = [
        part for each in kind.templates for side in (each.question, each.answer) for part in parts_of(side)
    ]
    shown = {part.text for part in parts if part.act is Act.FIELD}
    asked = {part.text for part in parts if part.act in (Act.IF, Act.UNLESS)} - shown
    return frozenset(place for place, field in enumerate(kind.fields) if field.name in asked)


def is_label(text: str) -> bool:
    """Whether what stands beside a field only says what the field is: `Source:`, `→`."""
    return not any(map(str.isalnum, text)) or (
        len(text) <= _LONGEST_LABEL and text.endswith((":", "：", "?"))
    )


_LONGEST_NAME = 40
_LONGEST_LABEL = 40
_OPEN, _CLOSE, _LINE = "\ufdd1", "\ufdd2", "\ufdd0"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_OURS = re.compile("[\ufdd0-\ufdef]")
_ANSWER_LINE = re.compile(r"<hr\b[^<>]*\bid\s*=\s*[\"']?answer\b[^<>]*>", re.IGNORECASE)
_SOUND = re.compile(r"\[(?:sound:|anki:play:)[^\[\]]*\]|\[anki:tts[^\[\]]*\][^\[]*\[/anki:tts\]")
_TEX = re.compile(r"\[(?:latex|\$\$?)\]", re.IGNORECASE)
_MATH = re.compile(r"\\[(\[]")


@lru_cache(maxsize=512)
def _fixed_pictures(template: Template) -> frozenset[str]:
    """The pictures that a template itself shows on every card: an emblem, a line of decoration."""
    sides = (rendered(text, lambda *_: "", lambda _: True) for text in (template.question, template.answer))
    return frozenset(address for side in sides for address in plain(side).pictures if address)


@lru_cache(maxsize=512)
def _always_shown(template: Template) -> frozenset[str] | None:
    """The names that a card shows whatever is in its note, or None where that hangs on its sections."""
    parts = [part for side in (template.question, template.answer) for part in parts_of(side)]
    if any(part.act in (Act.IF, Act.UNLESS) for part in parts):
        return None
    return frozenset(part.text for part in parts if part.act is Act.FIELD)


def _shown_names(note: ForeignNote, ord: int, template: Template) -> frozenset[str]:
    names: set[str] = set()

    def show(name: str, _: tuple[str, ...]) -> str:
        names.add(name)
        return ""

    present = presence(Values(note.values, ord + 1))
    for side in (template.question, template.answer):
        rendered(side, show, present)
    return frozenset(names)


def _note(note: AnkiNote, kind: NoteType, cards: list[AnkiCard]) -> ForeignNote:
    values: dict[str, str] = {}
    sounds = formulas = 0
    given = (*note.fields, *("" for _ in kind.fields))
    for each, html in zip(kind.fields, given, strict=False):
        value = _OURS.sub("", html)
        if "[" in value or "\\" in value:
            value, number = without_sounds(value)
            sounds += number
            formulas += len(_TEX.findall(value)) + len(_MATH.findall(value))
        values[each.name] = value
    return ForeignNote(
        note, kind, tuple(sorted(cards, key=lambda card: (card.ord, card.id))), values, sounds, formulas
    )


def _apart(answer: str, note: ForeignNote) -> tuple[str, tuple[int, ...]]:
    """The answer without the lines of fields set aside, and these fields; one at least stays if nothing else does."""
    if _OPEN not in answer:
        return answer, ()
    kept: list[str] = []
    found: list[int] = []
    for line in answer.split("\n"):
        places = marks_in(line)
        if places and is_label(without_marks(line).strip()):
            found += places
        else:
            kept.append(_told(line, places, note))
    text = tidy("\n".join(kept))
    if not text and found:
        first = next((place for place in found if note.text(place)), found[0])
        found = [place for place in found if place != first]
        text = note.text(first)
    return text, tuple(dict.fromkeys(found))


def _told(line: str, places: list[int], note: ForeignNote) -> str:
    return with_marks_replaced(line, {place: note.text(place) for place in places})
