"""A fact by the keys of its entry: what each holds, and what is wrong with it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from fasti.core.facts import Fact, Place
from fasti.core.kinds import Field, Form, Kind
from fasti.decks.checks import (
    Texts,
    calendar_of,
    check_ask,
    check_cloze,
    check_date,
    check_id,
    check_image,
    check_parts,
    check_repeated,
    is_question,
)
from fasti.decks.codes import Code
from fasti.decks.items import Item, Kinds
from fasti.decks.keys import given_keys, missing_keys
from fasti.decks.nodes import BROKEN, Node, ScalarNode, SequenceNode, place_of
from fasti.decks.shape import COMMON_KEYS
from fasti.decks.values import Findings, text_of, texts_of
from fasti.decks.wording import listed, shown

# What an enumeration has is looked up slowly, and these are asked of every key of every fact.
_TEXTS, _LINKS, _DATE, _CLOZE = Form.TEXTS, Form.LINKS, Form.DATE, Form.CLOZE

_PARTS = {name: name for name in COMMON_KEYS} | {"hint": "hints", "source": "sources"}
"""Of the keys that every fact may have, what a `Fact` calls them."""

_CHECKS = {"id": check_id, "image": check_image}


class Written(NamedTuple):
    """A fact as it could be read, and the places of what the deck as a whole is asked about."""

    fact: Fact
    links: Sequence[tuple[str, Place]]
    sources: Sequence[tuple[str, Place]]
    ask: Place | None


def read_fields(item: Item, kind: Kind, kinds: Kinds, found: Findings) -> Written:
    """The fact that an entry of a known kind is, with whatever could be read."""
    return _Reader(item, kind, kinds, found).read()


class _Reader:
    def __init__(self, item: Item, kind: Kind, kinds: Kinds, found: Findings) -> None:
        self._item = item
        self._kind = kind
        self._kinds = kinds
        self._found = found
        self._own: dict[str, tuple[str, ...]] = {}
        self._common: dict[str, Any] = {}
        self._places: dict[str, Place] = {}
        self._entries: dict[str, tuple[Place, ...]] = {}
        self._dates: Texts = ()
        self._links: Texts = ()
        self._sources: Texts = ()
        self._ask: Place | None = None

    def read(self) -> Written:
        item, kind, found = self._item, self._kind, self._found
        given = given_keys(item, kind, self._kinds, found)
        declared = self._kinds.fields(kind.name)
        places = self._places
        for name, (key, value) in given.items():
            field = declared[name]
            form = field.form
            place = places[name] = place_of(value)
            if form is _TEXTS or form is _LINKS:
                self._read_list(field, key, value)
            elif text := text_of(value, key, found, required=field.required):
                if name in _PARTS:
                    self._common[_PARTS[name]] = text
                else:
                    self._own[name] = (text,)
                if form is _DATE or form is _CLOZE or name in _CHECKS:
                    self._check_text(field, value, text, place)
        if self._dates or "calendar" in self._common:
            self._check_dates()
        place = place_of(item.pairs[0][0])
        if missing := missing_keys(given, item, kind, self._kinds):
            lines = listed((f"{name}: …" for name in missing), "and")
            message = f"this {shown(kind.name)} has no {listed(missing, 'and no')}; add {lines}"
            found.error(place, Code.MISSING_FIELD, message)
        fact = Fact(kind.name, self._own, place=place, places=places, entries=self._entries, **self._common)
        return Written(fact, self._links, self._sources, self._ask)

    def _read_list(self, declared: Field, key: ScalarNode, value: Node) -> None:
        texts = texts_of(value, key, self._found, declared)
        if not texts:
            return
        name = declared.name
        words, self._entries[name] = zip(*texts, strict=True)
        if name in _PARTS:
            self._common[_PARTS[name]] = words
        else:
            self._own[name] = words
        self._check_list(declared, value, texts)

    def _check_text(self, declared: Field, value: Node, text: str, place: Place) -> None:
        if value.__class__ is ScalarNode and value.style == BROKEN:
            return
        if declared.form is _DATE:
            self._dates += ((text, place),)
        elif declared.form is _CLOZE:
            check_cloze(text, place, self._found)
        else:
            _CHECKS[declared.name](text, place, self._found)

    def _check_list(self, declared: Field, value: Node, texts: Texts) -> None:
        if declared.name == "source":
            self._sources += texts
        elif declared.name == "ask":
            self._read_ask(value, texts)
        elif declared.form is _LINKS:
            self._links += texts
            check_repeated(texts, self._found, severe=False)
        elif declared.name not in _PARTS:
            check_repeated(texts, self._found, severe=True)
            if not _broken_inside(value):
                check_parts(texts, place_of(value), declared, self._found)

    def _read_ask(self, value: Node, texts: Texts) -> None:
        """The names of cards, or the author's own question."""
        alone = isinstance(value, ScalarNode)
        if alone and (_broken_inside(value) or is_question(texts[0][0], self._kind)):
            self._common.pop("ask")
            self._common["question"] = "" if _broken_inside(value) else texts[0][0]
            return
        self._ask = texts[0][1]
        check_ask(texts, self._kind, self._found)

    def _check_dates(self) -> None:
        word = self._common.get("calendar", "")
        calendar = calendar_of(word, self._places.get("calendar", Place(1, 1)), self._found)
        for text, place in self._dates:
            check_date(text, place, calendar, self._found)


def _broken_inside(node: Node) -> bool:
    nodes = node.items if isinstance(node, SequenceNode) else [node]
    return any(isinstance(each, ScalarNode) and each.broken for each in nodes)
