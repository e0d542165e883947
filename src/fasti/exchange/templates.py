"""Anki's card templates: `{{Field}}`, `{{#Field}}…{{/Field}}`, filters, and the two sides of a card made of them."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from html import escape
from typing import NamedTuple

from fasti.exchange.cloze_markup import answers, blanked, prompts, revealed
from fasti.exchange.plain_text import plain_text

MOST_SHOWN = 8_000_000
"""Characters of a side of a card: a note with pictures written into it has some millions, shown once or twice."""


class Act(StrEnum):
    """What a part of a template does."""

    TEXT = "text"
    FIELD = "field"
    IF = "#"
    UNLESS = "^"
    END = "/"


class Part(NamedTuple):
    """A piece of HTML, or a field's name with its filters in the order in which they work."""

    act: Act
    text: str
    filters: tuple[str, ...] = ()


class Values(NamedTuple):
    """What a card fills its templates with: the HTML of the fields, and texts such as `Tags` and `Deck`.

    `number` is the card's, from 1: of a cloze, the number that it asks. `marks` stand for fields in place of their
    HTML, by which it is still decided which sections a card has.
    """

    fields: Mapping[str, str]
    number: int
    special: Mapping[str, str] = {}
    marks: Mapping[str, str] = {}


def question_html(template: str, values: Values) -> str:
    """The HTML of a card's front. Boxes to type in, hints that must be clicked and speech show nothing."""
    return rendered(template, _showing(values, None), presence(values))


def answer_html(template: str, values: Values, front: str) -> str:
    """The HTML of a card's back; `front` stands in for `{{FrontSide}}`."""
    return rendered(template, _showing(values, front), presence(values))


def rendered(
    template: str, show: Callable[[str, tuple[str, ...]], str], present: Callable[[str], bool]
) -> str:
    """A template with `show(name, filters)` for each field, and the sections of what is `present`. Never raises.

    A section that is not closed goes on to the end; an end without a beginning is passed over. What is longer
    than MOST_SHOWN characters is cut.
    """
    out: list[str] = []
    room = MOST_SHOWN
    sections: list[tuple[str, bool]] = []
    visible = True
    for part in parts_of(template):
        if part.act is Act.IF or part.act is Act.UNLESS:
            sections.append((part.text, visible))
            visible = visible and present(part.text) is (part.act is Act.IF)
        elif part.act is Act.END:
            if sections and sections[-1][0] == part.text:
                visible = sections.pop()[1]
        elif visible:
            piece = part.text if part.act is Act.TEXT else show(part.text, part.filters)
            out.append(piece[:room])
            room -= len(piece)
            if room <= 0:
                break
    return "".join(out)


def presence(values: Values) -> Callable[[str], bool]:
    """Whether sections of a name are shown, as a function: of a field that is not blank, of `c2` on the second card."""

    def present(name: str) -> bool:
        if name in values.fields:
            return not is_blank(values.fields[name])
        if number := _CARD_NUMBER.fullmatch(name):
            return int(number[1]) == values.number
        return bool(values.special.get(name))

    return present


@lru_cache(maxsize=512)
def parts_of(template: str) -> tuple[Part, ...]:
    """The parts of a template; what stands in an HTML comment is no field."""
    start = template.lstrip()
    tokens = _TOKEN
    if start.startswith(_OTHER_BRACES):
        template, tokens = start.removeprefix(_OTHER_BRACES), _OTHER_TOKEN
    parts: list[Part] = []
    at = 0
    while found := tokens.search(template, at):
        opening, closing = found[0], _CLOSING[found[0]]
        end = template.find(closing, found.end())
        if end < 0:
            break
        parts.append(Part(Act.TEXT, template[at : found.start()]))
        after = end + len(closing)
        if opening == "<!--":
            parts.append(Part(Act.TEXT, template[found.start() : after]))
        else:
            parts.append(_part(template[found.end() : end].strip()))
        at = after
    return (*parts, Part(Act.TEXT, template[at:]))


def is_blank(html: str) -> bool:
    """Whether Anki takes a field for empty: nothing in it but spaces, `<br>` and `<div>`."""
    return _BLANK.fullmatch(html) is not None


def filtered(value: str, name: str) -> str:
    """A field's HTML after a filter that needs nothing else; one that is not known changes nothing."""
    match name:
        case "text":
            return escape(plain_text(value).replace("\n", " "), quote=False)
        case "furigana":
            return _READING.sub(r"<ruby>\1<rt>\2</rt></ruby>", value.replace("&nbsp;", " "))
        case "kanji":
            return _READING.sub(r"\1", value.replace("&nbsp;", " "))
        case "kana":
            return _READING.sub(r"\2", value.replace("&nbsp;", " "))
    return value


_OTHER_BRACES = "{{=<% %>=}}"
_TOKEN = re.compile("{{|<!--")
_OTHER_TOKEN = re.compile("<%|<!--")
_CLOSING = {"{{": "}}", "<%": "%>", "<!--": "-->"}
_BLANK = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)
_READING = re.compile(r" ?([^ >\[\]]+)\[(?!sound:)([^\[\]]*)\]")
_CARD_NUMBER = re.compile("c([0-9]{1,3})")


def _part(key: str) -> Part:
    sign, name = key[:1], key[1:].strip()
    if sign in (Act.IF, Act.UNLESS, Act.END):
        return Part(Act(sign), name)
    *filters, name = key.split(":")
    return Part(Act.FIELD, name.strip(), tuple(word.strip() for word in reversed(filters)))


def _showing(values: Values, front: str | None) -> Callable[[str, tuple[str, ...]], str]:
    """What stands for fields on one side, each worked out once, and nothing when filters had enough work."""
    known: dict[tuple[str, tuple[str, ...]], str] = {}
    work = MOST_SHOWN

    def show(name: str, filters: tuple[str, ...]) -> str:
        nonlocal work
        shown = known.get((name, filters))
        if shown is None:
            work -= len(filters) * (len(values.fields.get(name, front or "")) + _EACH_FILTER)
            shown = _shown(name, filters, values, front) if work >= 0 else ""
            known[name, filters] = shown
        return shown

    return show


_EACH_FILTER = 100
"""What a filter costs beside the characters that it goes through."""


def _shown(name: str, filters: tuple[str, ...], values: Values, front: str | None) -> str:
    """What stands for a field; on the front `front` is None."""
    if name == "FrontSide" and front is not None:
        value = front
    else:
        value = values.marks.get(name, values.fields.get(name, values.special.get(name, "")))
    for word in filters:
        match word:
            case "cloze":
                value = blanked(value, values.number) if front is None else revealed(value, values.number)
            case "cloze-only":
                only = prompts if front is None else answers
                value = ", ".join(only(value, values.number))
            case "type" | "hint":
                value = "" if front is None else value
            case _ if word.startswith("tts"):
                value = ""
            case _:
                value = filtered(value, word)
    return value
