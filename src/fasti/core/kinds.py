"""The kinds of facts: their fields and the cards they make. Adding a kind is adding a declaration here.

The deck reader, the JSON Schema, the checks, the cards and the exports are all driven by these
declarations, and a deck's own `kinds:` become the same values.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fasti.core.card import Judge


class Form(StrEnum):
    """What an author may write in a field."""

    TEXT = "text"
    TEXTS = "list"
    DATE = "date"
    LINKS = "links"  # ids of facts, or plain words
    CLOZE = "cloze"  # text with {hidden} or {hidden|hint} spans


@dataclass(frozen=True, slots=True)
class Field:
    """A key that a kind takes; `about` is the help that authors read.

    A list needs `least` entries. Of a field of links, `inverse` is the field of the other fact that says
    the same thing from its side.
    """

    name: str
    form: Form = Form.TEXT
    required: bool = False
    about: str = ""
    least: int = 1
    inverse: str = ""


@dataclass(frozen=True, slots=True)
class CardForm:
    """One thing that a kind of fact can ask.

    `ask` and `answer` are texts in which `{field}` stands for that field's value. With `each`, there is
    one card for every value of that field (of a cloze: for every hidden text), named by a slug of it.
    """

    name: str
    word: str
    ask: str
    answer: str
    judge: Judge = Judge.SELF
    default: bool = True
    each: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact. Its first field is the key that an entry begins with.

    `identity` names the fields whose text tells one fact of the kind from another.
    """

    name: str
    about: str
    fields: tuple[Field, ...]
    cards: tuple[CardForm, ...]
    identity: tuple[str, ...]

    def field(self, name: str) -> Field | None:
        """The declaration of a field, or None where the kind has no such field."""
        return next((field for field in self.fields if field.name == name), None)

    def card(self, name: str) -> CardForm | None:
        """The declaration of a card, or None where the kind asks no such thing."""
        return next((card for card in self.cards if card.name == name), None)


_LINKS_ABOUT = "ids of facts in this deck, or plain words"

_KINDS = (
    Kind(
        "event",
        "something that happened, and when",
        (
            Field("event", required=True, about="what happened, in a few words"),
            Field(
                "date", Form.DATE, required=True, about="when: 1962-10-22, October 1962, c. 1450, 44 BC, …"
            ),
            Field("what", about="one sentence on what happened, shown with the answer"),
            Field("caused by", Form.LINKS, about=_LINKS_ABOUT, inverse="leads to"),
            Field("leads to", Form.LINKS, about=_LINKS_ABOUT, inverse="caused by"),
        ),
        (
            CardForm("when", "When?", "{event}", "{date}", Judge.DATE),
            CardForm("what", "What happened?", "{date}", "{event}", default=False),
            CardForm("causes", "What caused it?", "{event}", "{caused by}", Judge.LIST, default=False),
            CardForm("effects", "What did it lead to?", "{event}", "{leads to}", Judge.LIST, default=False),
        ),
        ("event",),
    ),
    Kind(
        "person",
        "someone, and who they were",
        (
            Field("person", required=True, about="the name"),
            Field("who", required=True, about="who this was, in one sentence"),
            Field("lived", Form.DATE, about="years of life: 1902-1991"),
        ),
        (
            CardForm("who", "Who?", "{person}", "{who}"),
            CardForm("name", "Who is this?", "{who}", "{person}", Judge.TEXT, default=False),
            CardForm("lived", "Lived when?", "{person}", "{lived}", Judge.DATE, default=False),
        ),
        ("person",),
    ),
    Kind(
        "effect",
        "something that had several causes",
        (
            Field("effect", required=True, about="what came about"),
            Field("causes", Form.LINKS, required=True, about="its causes: " + _LINKS_ABOUT),
            Field("why", about="how the causes brought it about, shown with the answer"),
        ),
        (
            CardForm("causes", "What caused it?", "{effect}", "{causes}", Judge.LIST),
            CardForm("each", "What did it lead to?", "{causes}", "{effect}", default=False, each="causes"),
        ),
        ("effect",),
    ),
    Kind(
        "cause",
        "one cause and its effect",
        (
            Field("cause", required=True, about="what came first"),
            Field("effect", required=True, about="what it led to"),
            Field("why", about="how the one led to the other, shown with the answer"),
        ),
        (
            CardForm("effect", "What did it lead to?", "{cause}", "{effect}"),
            CardForm("cause", "What caused it?", "{effect}", "{cause}", default=False),
        ),
        ("cause", "effect"),
    ),
    Kind(
        "term",
        "a word and what it means",
        (
            Field("term", required=True, about="the word or name"),
            Field("means", required=True, about="what it means"),
        ),
        (
            CardForm("meaning", "Meaning?", "{term}", "{means}"),
            CardForm("term", "What is the word?", "{means}", "{term}", Judge.TEXT, default=False),
        ),
        ("term",),
    ),
    Kind(
        "q",
        "a question and its answer",
        (
            Field("q", required=True, about="the question, with its question mark"),
            Field("a", required=True, about="the answer"),
        ),
        (CardForm("answer", "", "{q}", "{a}"),),
        ("q",),
    ),
    Kind(
        "cloze",
        "a sentence with words to fill in",
        (Field("cloze", Form.CLOZE, required=True, about="a sentence with {hidden} or {hidden|hint} words"),),
        (CardForm("cloze", "Fill in", "{cloze}", "{cloze}", Judge.TEXT, each="cloze"),),
        ("cloze",),
    ),
    Kind(
        "order",
        "things to put in order",
        (
            Field("order", required=True, about="what the sequence is"),
            Field("items", Form.TEXTS, required=True, about="its parts, first to last", least=2),
        ),
        (CardForm("order", "In what order?", "{order}", "{items}", Judge.ORDER),),
        ("order",),
    ),
)

BUILT_IN: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}

COMMON = (
    Field("id", about="a short name that never changes; lets every other line be reworded"),
    Field("hint", Form.TEXTS, about="one or more hints, shown step by step"),
    Field("accept", Form.TEXTS, about="further right answers"),
    Field("source", Form.TEXTS, about="where this is from: a name under `sources`, or a citation"),
    Field("note", about="shown with the answer"),
    Field("tags", Form.TEXTS, about="words to choose facts by"),
    Field("ask", Form.TEXTS, about="which cards to make, or your own full question"),
    Field("unit", about="the unit or lesson this belongs to"),
    Field("image", about="a picture beside the deck file"),
    Field("calendar", about="gregorian, or julian for Old Style dates"),
)
"""The keys that every kind of fact takes besides its own."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(template: str) -> tuple[str, ...]:
    """The field names that a card's `ask` or `answer` text names in braces, in order."""
    return tuple(_PLACEHOLDER.findall(template))


def filled(template: str, values: Mapping[str, str]) -> str:
    """`template` with each `{field}` replaced by its value; deck text inside the values stays text."""
    return _PLACEHOLDER.sub(lambda found: values.get(found.group(1), ""), template)
