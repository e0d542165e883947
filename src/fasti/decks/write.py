"""A deck as a new file, laid out as a teacher would have written it: for decks that come from elsewhere.

A teacher's own file is never written by this.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from fasti.core.card import Judge
from fasti.core.facts import Deck, Fact, Source
from fasti.core.kinds import BUILT_IN, CardForm, Field, Form, Kind
from fasti.decks.checks import is_question
from fasti.decks.scalars import WIDTH, cleaned, in_flow, safe, scalar, sequence
from fasti.decks.shape import DECK, FORMS, SOURCE


def deck_text(deck: Deck, *, heading: Sequence[str] = ()) -> str:
    """The text of a deck file that is read back as `deck`; `heading` are lines of comment for its top.

    Texts are trimmed, and characters that no deck may hold are left out. What is wrong with the deck
    itself (a date that cannot be read, a text of more than 10,000 characters) is written as it is, for
    the reader to tell of. Of a fact with both `ask` and `question`, which no file can say, `ask` is
    written; a question that would be taken for the name of a card gets a question mark.
    """
    return "\n\n".join([header_text(deck, heading=heading), "\n\n".join(_facts(deck))]) + "\n"


def header_text(deck: Deck, *, heading: Sequence[str] = ()) -> str:
    """The text of a deck file before its facts, without a line end: comments, the deck's keys, sources, kinds."""
    sections = [
        *_comments(heading),
        "\n".join(_header(deck)),
        *_part("sources", {name: _source(source) for name, source in deck.sources.items()}),
        *_part("kinds", {name: _kind(kind) for name, kind in deck.kinds.items()}),
    ]
    return "\n\n".join(sections)


def entry_lines(fact: Fact, kind: Kind, dash: int = 2, keys: int = 4) -> list[str]:
    """The lines of a fact as an entry under `facts`: its dash behind `dash` spaces, its keys behind `keys`."""
    before = " " * dash + "-" + " " * (keys - dash - 1)
    written = [" " * keys + entry for entry in _fact(fact, kind, keys)]
    return "\n".join([before + written[0].lstrip(" "), *written[1:]]).split("\n")


def entry_in_braces(fact: Fact, kind: Kind) -> str:
    """A fact as an entry of a list in brackets, on one line."""
    tree: dict[str, _Tree] = {}
    for key, value in _pairs(fact, kind):
        texts = [text for text in map(cleaned, [value] if isinstance(value, str) else value) if text]
        if texts:
            tree[key] = texts[0] if len(texts) == 1 else texts
    return _flow(tree)


def source_in_braces(source: Source) -> str:
    """A work as an entry of `sources` in braces, on one line."""
    return _flow({source.name: _source(source)})[1:-1]


def source_lines(source: Source, indent: int = 2) -> list[str]:
    """The lines of a work as an entry under `sources`, its name behind `indent` spaces."""
    return _lines(source.name, _source(source), indent).split("\n")


def _comments(heading: Sequence[str]) -> Iterator[str]:
    lines = [safe(line).replace("\t", " ").strip() for text in heading for line in text.splitlines() or [""]]
    if lines:
        yield "\n".join(line if line.startswith("#") else f"# {line}".rstrip() for line in lines)


def _header(deck: Deck) -> Iterator[str]:
    texts = {
        "deck": " ".join(cleaned(deck.title).split()) or deck.id,
        "id": deck.id,
        "author": deck.author,
        "language": deck.language,
        "description": deck.description,
        "licence": deck.licence,
        "tags": deck.tags,
    }
    for declared in DECK:
        yield from _entry(declared.name, texts[declared.name], 0)


_Tree = str | Sequence["_Tree"] | Mapping[str, "_Tree"]
"""A text, a list or keys and values, as deep as a kind's declaration."""


def _part(name: str, entries: Mapping[str, _Tree]) -> Iterator[str]:
    """`sources` or `kinds`, each entry on lines of its own."""
    if entries:
        yield "\n".join([f"{name}:", *(_lines(key, value, 2) for key, value in entries.items())])


def _source(source: Source) -> _Tree:
    texts = {each.name: cleaned(getattr(source, each.name)) for each in SOURCE}
    given = {name: text for name, text in texts.items() if text}
    return given["title"] if list(given) == ["title"] else given


def _kind(kind: Kind) -> _Tree:
    """A deck's own kind as it is declared in a file, without what goes without saying."""
    about = {"about": cleaned(kind.about)} if kind.about != _ABOUT else {}
    fields = [
        field.name if field.form is Form.TEXT else {field.name: _WORDS[field.form]} for field in kind.fields
    ]
    return {**about, "fields": fields, "cards": {card.name: _card(card, kind) for card in kind.cards}}


# What the reader says of a kind whose author says nothing.
_ABOUT = "a kind of this deck's own"
_WORDS = {form: word for word, form in FORMS.items()}


def _card(card: CardForm, kind: Kind) -> _Tree:
    texts = {
        "ask": cleaned(card.ask),
        "answer": cleaned(card.answer),
        "word": cleaned(card.word),
        "judge": "" if card.judge is _usual_judge(card, kind) else card.judge.value,
        "default": "" if card.default else "no",
    }
    return {name: text for name, text in texts.items() if text}


def _usual_judge(card: CardForm, kind: Kind) -> Judge:
    """How the reader has an answer judged where the card does not say."""
    alone = next((field.form for field in kind.fields if card.answer == f"{{{field.name}}}"), Form.TEXT)
    return {Form.DATE: Judge.DATE, Form.TEXTS: Judge.LIST}.get(alone, Judge.SELF)


def _lines(key: str, value: _Tree, indent: int) -> str:
    """A key and its value: on one line where it fits, else each part on lines of its own."""
    before = " " * indent
    name = in_flow(safe(key))
    # YAML finds the colon of a longer key only behind a question mark.
    head = f"{before}{name}:" if len(name) < 1000 else f"{before}? {name}\n{before}:"
    if isinstance(value, str):
        return head + scalar(value, indent, len(head))
    line = f"{head} {_flow(value)}"
    if len(line) <= WIDTH:
        return line
    if isinstance(value, Mapping):
        return "\n".join([head, *(_lines(each, part, indent + 2) for each, part in value.items())])
    return "\n".join([head, *(f"{before}  - {_flow(part)}" for part in value)])


def _flow(value: _Tree) -> str:
    if isinstance(value, str):
        return in_flow(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{in_flow(safe(key))}: {_flow(part)}" for key, part in value.items()) + "}"
    return "[" + ", ".join(map(_flow, value)) + "]"


def _facts(deck: Deck) -> Iterator[str]:
    kinds = {**BUILT_IN, **deck.kinds}
    if not deck.facts:
        yield "facts: []"
    for number, fact in enumerate(deck.facts):
        entry = "\n".join(entry_lines(fact, kinds[fact.kind]))
        yield entry if number else f"facts:\n{entry}"


def _fact(fact: Fact, kind: Kind, indent: int) -> Iterator[str]:
    for key, value in _pairs(fact, kind):
        yield from _entry(in_flow(key), value, indent)


def _pairs(fact: Fact, kind: Kind) -> Iterator[tuple[str, str | Sequence[str]]]:
    """The keys of a fact in the order in which they are written, and what each has, if only nothing."""
    yield from _own(fact, kind.fields[:1])
    yield "id", fact.id or ""
    yield from _own(fact, kind.fields[1:])
    yield "ask", fact.ask or _asked(fact, kind)
    yield "accept", fact.accept
    yield "hint", fact.hints
    yield "source", fact.sources
    yield "note", fact.note
    yield "tags", fact.tags
    yield "unit", fact.unit
    yield "image", fact.image
    yield "calendar", fact.calendar


def _own(fact: Fact, fields: Iterable[Field]) -> Iterator[tuple[str, str | Sequence[str]]]:
    for field in fields:
        several = field.form is Form.TEXTS or field.form is Form.LINKS
        yield field.name, fact.fields.get(field.name, ()) if several else fact.text(field.name)


def _asked(fact: Fact, kind: Kind) -> str:
    question = cleaned(fact.question)
    return question if not question or is_question(question, kind) else f"{question}?"


def _entry(key: str, value: str | Sequence[str], indent: int) -> Iterator[str]:
    """A key and its value, the key without what indents it; nothing where there is nothing to say."""
    if not value:
        return
    column = indent + len(key) + 1
    if isinstance(value, str):
        if text := cleaned(value):
            yield f"{key}:{scalar(text, indent, column)}"
    elif texts := [text for text in map(cleaned, value) if text]:
        yield f"{key}:{sequence(texts, indent, column)}"
