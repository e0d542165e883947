"""docs/language.md: its tables are made from the declarations, its dates are read, its decks are good.

`pytest tests/decks/test_language.py --update-language` writes the tables anew.
"""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from fasti.core.card import Judge
from fasti.core.date_reading import read_date
from fasti.core.dates import DateError, Day
from fasti.core.kinds import BUILT_IN, COMMON, CardForm, Field, Form, Kind
from fasti.decks.read import read_deck
from fasti.decks.scalars import in_flow
from fasti.decks.schema import either
from fasti.decks.shape import CARD, DECK, KIND, PARTS, SOURCE

PAGE = Path(__file__).parent.parent.parent / "docs" / "language.md"

_HOLDS = {
    Form.TEXT: "text",
    Form.TEXTS: "text or list",
    Form.DATE: "date",
    Form.LINKS: "links",
    Form.CLOZE: "text with `{…}`",
}
_JUDGED = {
    Judge.SELF: "by you",
    Judge.TEXT: "typed",
    Judge.DATE: "typed, as a date",
    Judge.LIST: "typed, one item a line",
    Judge.ORDER: "typed, as an order",
}
_REFUSED = (
    "28/10/1962",
    "1911-12",
    "1914-18",
    "1900s",
    "23",
    "1450 or 1451",
    "29 February 2023",
    "Tuesday 22 October 1962",
    "1918-1914",
    "1962-13-01",
    "0",
)


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [f"| {' | '.join(line)} |" for line in (heads, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(heads), *lines[1:]])


def fields(declared: Iterable[Field]) -> str:
    return table(("key", "holds", "what it is for", "example"), map(_field, declared))


def _field(field: Field) -> list[str]:
    name = f"**`{field.name}`**" if field.required else f"`{field.name}`"
    holds = f"list of {field.least} or more" if field.least > 1 else _HOLDS[field.form]
    return [
        name,
        holds,
        _cell(field.about),
        either([f"`{_cell(_written(each))}`" for each in field.examples]),
    ]


def _written(example: str | tuple[str, ...]) -> str:
    return f"[{', '.join(map(in_flow, example))}]" if isinstance(example, tuple) else example


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def kind(declared: Kind) -> str:
    cards = table(
        ("card", "asks", "shows", "answer", "judged"), [_card(card, declared) for card in declared.cards]
    )
    return f"### `{declared.name}`: {declared.about}\n\n{fields(declared.fields)}\n\n{cards}"


def _card(card: CardForm, declared: Kind) -> list[str]:
    name = f"`{card.name}`" if card.default else f"`{card.name}`, on request"
    if card.each and card.ask == card.answer:
        return [
            name,
            card.word,
            "the sentence with a gap, one card a gap",
            "what is hidden",
            _JUDGED[card.judge],
        ]
    each = f", one card for each of `{card.each}`" if card.each else ""
    return [name, card.word, _fields_of(card.ask) + each, _fields_of(card.answer), _JUDGED[card.judge]]


def _fields_of(template: str) -> str:
    return re.sub(r"\{([^}]*)\}", r"`\1`", template)


def parts(declared: dict[str, tuple[str, str]]) -> str:
    rows = [(f"`{name}`", _cell(about), f"`{_cell(example)}`") for name, (about, example) in declared.items()]
    return table(("key", "what it is for", "example"), rows)


def refused() -> str:
    return table(("you write", "what is said"), [(f"`{text}`", _cell(refusal(text))) for text in _REFUSED])


def refusal(text: str) -> str:
    with pytest.raises(DateError) as error:
        read_date(text)
    return str(error.value)


TABLES = {
    "deck": f"{fields(DECK)}\n\n{parts(PARTS)}",
    "source": fields(SOURCE),
    "kinds": "\n\n".join(map(kind, BUILT_IN.values())),
    "common": fields(COMMON),
    "kind": parts(KIND),
    "card": fields(CARD),
    "refused": refused(),
}


def section(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- begin {name} -->\n)(.*?)(\n?<!-- end {name} -->)", re.DOTALL)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_what_the_declarations_say(request: pytest.FixtureRequest, name: str) -> None:
    if request.config.getoption("--update-language", default=False):
        text = PAGE.read_text(encoding="utf-8")
        new = section(name).sub(lambda found: f"{found[1]}{TABLES[name]}\n<!-- end {name} -->", text)
        PAGE.write_text(new, encoding="utf-8", newline="\n")
    found = section(name).search(PAGE.read_text(encoding="utf-8"))

    assert found
    assert found[2] == TABLES[name]


def rows(name: str) -> list[list[str]]:
    found = section(name).search(PAGE.read_text(encoding="utf-8"))
    assert found
    return [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))]
        for line in found[2].splitlines()[2:]
    ]


MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def said(day: Day | None, *, about: bool) -> str:
    if day is None:
        return "open"
    year = f"{day.year}" if day.year > 0 else f"{1 - day.year} BC"
    return f"{'about ' if about else ''}{day.day} {MONTHS[day.month - 1]} {year}"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [(row[0].strip("`"), *row[1:]) for name in ("dates", "edtf") for row in rows(name)],
)
def test_a_date_of_the_page_is_read_as_it_says(text: str, first: str, last: str) -> None:
    date = read_date(text)

    assert said(date.earliest, about=date.approximate) == first
    assert said(date.latest, about=date.approximate) == last


@pytest.mark.parametrize(
    "deck", re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
)
def test_a_deck_of_the_page_has_no_problems(deck: str) -> None:
    assert read_deck(deck).problems == ()


def test_every_key_is_on_the_page() -> None:
    declared = [
        *DECK,
        *SOURCE,
        *CARD,
        *COMMON,
        *(field for kind in BUILT_IN.values() for field in kind.fields),
    ]

    text = PAGE.read_text(encoding="utf-8")
    assert all(f"`{name}`" in text for name in (*(field.name for field in declared), *PARTS, *KIND))
