"""The kinds of facts: their fields and the cards they make. Adding a kind is adding a declaration here.

The deck reader, the JSON Schema, the checks, the cards and the exports are all driven by these
declarations, and a deck's own `kinds:` become the same values.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

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
    """A key that a kind takes; `about` is the help that authors read, `examples` show what one may write.

    An example of a list is a tuple, and one text alone may stand for a list of one. A list needs `least` entries. Of a field of links, `inverse` is the field of the other fact that says
    the same thing from its side.
    """

    name: str
    form: Form = Form.TEXT
    required: bool = False
    about: str = ""
    least: int = 1
    inverse: str = ""
    examples: tuple[str | tuple[str, ...], ...] = field(default=(), compare=False)


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


_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@lru_cache(maxsize=1000)
def placeholders(template: str) -> tuple[str, ...]:
    """The field names that a card's `ask` or `answer` text names in braces, in order."""
    return tuple(_PLACEHOLDER.findall(template))


@lru_cache(maxsize=1000)
def sole_field(template: str) -> str:
    """The field of which a template is nothing but the value, or the empty string."""
    names = placeholders(template)
    return names[0] if len(names) == 1 and template == f"{{{names[0]}}}" else ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fact. Its first field is the key that an entry begins with.

    `identity` names the fields whose text tells one fact of the kind from another. What follows from the
    declaration is found out once: `asked_for` are the fields that are the answers of its default cards,
    which are `default_cards`; `worded` are those that are shown in other words than they are written in.
    """

    name: str
    about: str
    fields: tuple[Field, ...]
    cards: tuple[CardForm, ...]
    identity: tuple[str, ...]
    asked_for: tuple[str, ...] = field(init=False, repr=False, compare=False)
    default_cards: tuple[CardForm, ...] = field(init=False, repr=False, compare=False)
    worded: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    _besides: Mapping[str, tuple[Field, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Wanted for every key of every fact; of two fields with one name the first counts.
        by_name = {field.name: field for field in reversed(self.fields)}
        object.__setattr__(self, "_by_name", by_name)
        object.__setattr__(self, "default_cards", tuple(card for card in self.cards if card.default))
        worded = tuple(field for field in self.fields if field.form in (Form.DATE, Form.LINKS))
        object.__setattr__(self, "worded", worded)
        object.__setattr__(self, "_besides", {card.name: self._shown_with(card) for card in self.cards})
        names = (name for card in self.cards if card.default for name in placeholders(card.answer))
        object.__setattr__(self, "asked_for", tuple(dict.fromkeys(names)))

    def field(self, name: str) -> Field | None:
        """The declaration of a field, or None where the kind has no such field."""
        return self._by_name.get(name)

    def besides(self, card: CardForm) -> tuple[Field, ...]:
        """The fields that are shown with the answer of a card of this kind: what it neither asks nor answers."""
        return self._besides[card.name]

    def _shown_with(self, card: CardForm) -> tuple[Field, ...]:
        used = (*placeholders(card.ask), *placeholders(card.answer))
        shown = (Form.TEXT, Form.DATE)
        return tuple(field for field in self.fields if field.form in shown and field.name not in used)

    def card(self, name: str) -> CardForm | None:
        """The declaration of a card, or None where the kind asks no such thing."""
        return next((card for card in self.cards if card.name == name), None)


_LINKS_ABOUT = "ids of facts in this deck, or plain words"

_KINDS = (
    Kind(
        "event",
        "something that happened, and when",
        (
            Field(
                "event",
                required=True,
                about="what happened, in a few words",
                examples=("Kennedy announces the quarantine",),
            ),
            Field(
                "date",
                Form.DATE,
                required=True,
                about="when it happened, as a historian writes it",
                examples=("1962-10-22", "October 1962", "c. 1450", "15 March 44 BC", "1914-1918"),
            ),
            Field(
                "what",
                about="one sentence on what happened, shown with the answer",
                examples=("He speaks to the country on television.",),
            ),
            Field(
                "caused by",
                Form.LINKS,
                about=f"what caused it: {_LINKS_ABOUT}",
                inverse="leads to",
                examples=("u2-photographs", ("u2-photographs", "Fear of a second Munich")),
            ),
            Field(
                "leads to",
                Form.LINKS,
                about=f"what it led to: {_LINKS_ABOUT}",
                inverse="caused by",
                examples=("quarantine-in-force",),
            ),
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
            Field("person", required=True, about="the name", examples=("John McCone",)),
            Field(
                "who",
                required=True,
                about="who this was, in one sentence",
                examples=("Director of Central Intelligence who warned of missiles in August 1962",),
            ),
            Field("lived", Form.DATE, about="years of life", examples=("1902-1991", "c. 100 BC to 44 BC")),
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
            Field(
                "effect",
                required=True,
                about="what came about",
                examples=("Khrushchev sends missiles to Cuba",),
            ),
            Field(
                "causes",
                Form.LINKS,
                required=True,
                about=f"its causes: {_LINKS_ABOUT}",
                examples=(("To defend Cuba against invasion", "To redress the missile balance"),),
            ),
            Field(
                "why",
                about="how the causes brought it about, shown with the answer",
                examples=("From Cuba, missiles of shorter range reach the United States.",),
            ),
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
            Field("cause", required=True, about="what came first", examples=("Bay of Pigs invasion",)),
            Field(
                "effect",
                required=True,
                about="what it led to",
                examples=("Castro turns to Moscow for protection",),
            ),
            Field(
                "why",
                about="how the one led to the other, shown with the answer",
                examples=("He expected a second, stronger attack",),
            ),
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
            Field("term", required=True, about="the word or name", examples=("quarantine",)),
            Field(
                "means",
                required=True,
                about="what it means",
                examples=("Kennedy's name for the blockade",),
            ),
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
            Field(
                "q",
                required=True,
                about="the question, with its question mark",
                examples=("Why was the quarantine not called a blockade?",),
            ),
            Field(
                "a",
                required=True,
                about="the answer",
                examples=("A blockade is an act of war in international law.",),
            ),
        ),
        (CardForm("answer", "", "{q}", "{a}"),),
        ("q",),
    ),
    Kind(
        "cloze",
        "a sentence with words to fill in",
        (
            Field(
                "cloze",
                Form.CLOZE,
                required=True,
                about="a sentence with {hidden} or {hidden|hint} words",
                examples=("The {Truman Doctrine|policy} was announced in {March 1947}.",),
            ),
        ),
        (CardForm("cloze", "Fill in", "{cloze}", "{cloze}", Judge.TEXT, each="cloze"),),
        ("cloze",),
    ),
    Kind(
        "order",
        "things to put in order",
        (
            Field("order", required=True, about="what the sequence is", examples=("The end of the crisis",)),
            Field(
                "items",
                Form.TEXTS,
                required=True,
                about="its parts, first to last",
                least=2,
                examples=(
                    (
                        "Anderson's U-2 is shot down",
                        "Robert Kennedy meets Dobrynin",
                        "Khrushchev's broadcast",
                    ),
                ),
            ),
        ),
        (CardForm("order", "In what order?", "{order}", "{items}", Judge.ORDER),),
        ("order",),
    ),
)

BUILT_IN: Mapping[str, Kind] = {kind.name: kind for kind in _KINDS}

COMMON = (
    Field(
        "id",
        about="a short name that never changes; lets every other line be reworded",
        examples=("quarantine-speech",),
    ),
    Field(
        "hint",
        Form.TEXTS,
        about="one or more hints, shown step by step",
        examples=("A Monday", ("Autumn", "The month of the crisis")),
    ),
    Field(
        "accept",
        Form.TEXTS,
        about="further right answers",
        examples=("McCone", ("25 October 1917", "November 1917")),
    ),
    Field(
        "source",
        Form.TEXTS,
        about="where this is from: a name under `sources` and the place there, or a citation",
        examples=(
            "frus11, doc. 44",
            ("gaddis, pp. 75-78", "Fursenko and Naftali, One Hell of a Gamble (1997)"),
        ),
    ),
    Field("note", about="shown with the answer", examples=("The quarantine took effect on 24 October.",)),
    Field("tags", Form.TEXTS, about="words to choose facts by", examples=(("navy", "exam"),)),
    Field(
        "ask",
        Form.TEXTS,
        about="which cards to make, by their names, or your own full question",
        examples=("When did Kennedy speak on television?",),
    ),
    Field("unit", about="the unit or lesson this belongs to", examples=("2. The thirteen days",)),
    Field("image", about="a picture, by its path beside the deck file", examples=("images/u2.jpg",)),
    Field(
        "calendar",
        about="the calendar of the fact's dates: gregorian, or julian for Old Style",
        examples=("julian",),
    ),
)
"""The keys that every kind of fact takes besides its own."""


def filled(template: str, values: Mapping[str, str]) -> str:
    """`template` with each `{field}` replaced by its value; deck text inside the values stays text."""
    return _PLACEHOLDER.sub(lambda found: values.get(found.group(1), ""), template)
