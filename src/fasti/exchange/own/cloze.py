"""Cloze texts as Anki writes them, with numbers that stay, and back."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fasti.core.card import Card
from fasti.core.cloze import spans_of
from fasti.core.text import slug
from fasti.exchange.own.markup import html_of, text_of


class Numbered(NamedTuple):
    """A cloze text as HTML, the same as plain text, and its cards as (`ord`, `asks`)."""

    html: str
    text: str
    cards: tuple[tuple[int, str], ...]


def numbered(cloze: str, cards: Sequence[Card], known: Mapping[str, int]) -> Numbered:
    """A cloze text with Anki's numbers; what no card asks for is shown.

    `known` has the `ord` of cards that were there before; new ones get those after all of them.
    """
    asks_of = {card.answer[0]: card.asks for card in cards}
    by_slug: dict[str, str] = {}
    ords: dict[str, int] = {}
    free = max(known.values(), default=-1) + 1
    html, text, shown, end = [], [], "", 0
    for span in spans_of(cloze):
        shown += cloze[end : span.start]
        end = span.end
        asks = asks_of.get(span.hidden)
        if asks is None:
            by_slug = by_slug or {slug(hidden): name for hidden, name in asks_of.items()}
            asks = by_slug.get(slug(span.hidden))
        if asks is None:
            shown += span.hidden
            continue
        if asks not in ords:
            ords[asks] = known.get(asks, free)
            free += asks not in known
        hint = f"::{_inside(span.hint)}" if span.hint else ""
        html += [html_of(shown), f"{{{{c{ords[asks] + 1}::{_inside(span.hidden)}{hint}}}}}"]
        text += [shown, f"{{{{c{ords[asks] + 1}::{span.hidden}{f'::{span.hint}' if hint else ''}}}}}"]
        shown = ""
    shown += cloze[end:]
    return Numbered(
        "".join([*html, html_of(shown)]),
        "".join([*text, shown]),
        tuple((ords[card.asks], card.asks) for card in cards if card.asks in ords),
    )


def _inside(text: str) -> str:
    """A text inside a cloze, where two colons would begin its hint."""
    html = html_of(text)
    if "::" in html or html.startswith(":") or html.endswith(":"):
        return html.replace(":", "&#58;")
    return html


class Span(NamedTuple):
    """A hidden stretch, with the numbers of its cards in Anki."""

    numbers: tuple[int, ...]
    hidden: str


_TOKEN = re.compile(r"(\{\{c\d{1,4}(?:,\d{1,4}){0,20}::|\}\})")
_OPEN, _BAR, _SHUT = "\ue0f0", "\ue0f1", "\ue0f2"
_MARKED = re.compile(f"{_OPEN}([^{_SHUT}]*){_SHUT}")
_PLAIN = str.maketrans({"{": "(", "}": ")"})
_BRACES = str.maketrans({_OPEN: "{", _BAR: "|", _SHUT: "}"})


def cloze_of(html: str) -> tuple[str, tuple[Span, ...]]:
    """The cloze text that an Anki field holds, as decks write it, and its spans.

    Of spans within spans the outer ones are kept. The text may hide nothing or nothing that has a letter.
    """
    for private in (_OPEN, _BAR, _SHUT):
        html = html.replace(private, "")
    stack: list[list[str]] = [[]]
    numbers: list[tuple[int, ...]] = []
    for token in _TOKEN.split(html):
        if token.startswith("{{c") and token.endswith("::") and _TOKEN.fullmatch(token):
            stack.append([token])
        elif token == "}}" and len(stack) > 1:
            first, *rest = stack.pop()
            hidden, _, hint = "".join(rest).partition("::")
            if len(stack) == 1:
                numbers.append(tuple(int(number) for number in re.findall(r"\d+", first)))
                hidden = (
                    f"{_OPEN}{_no_bar(hidden)}{_BAR}{_no_bar(hint)}{_SHUT}"
                    if hint
                    else f"{_OPEN}{_no_bar(hidden)}{_SHUT}"
                )
            stack[-1].append(hidden)
        else:
            stack[-1].append(token)
    text = text_of("".join("".join(level) for level in stack)).translate(_PLAIN)
    hidden_texts = (found[1].partition(_BAR)[0].strip() for found in _MARKED.finditer(text))
    spans = tuple(Span(number, hidden) for number, hidden in zip(numbers, hidden_texts, strict=False))
    return text.translate(_BRACES), spans


def _no_bar(html: str) -> str:
    return html.replace("|", "/")
