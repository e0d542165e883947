"""The entries under `facts` as facts: which kind each is of, and what its keys hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath, PureWindowsPath

from fasti.core.cloze import ClozeError, spans_of
from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, DateError
from fasti.core.facts import Fact, Place
from fasti.core.kinds import Field, Form
from fasti.core.text import normalised
from fasti.decks.codes import Code
from fasti.decks.items import Item, Kinds
from fasti.decks.names import bad_name
from fasti.decks.nodes import BROKEN, MappingNode, Node, ScalarNode, SequenceNode, place_of
from fasti.decks.shape import COMMON_KEYS
from fasti.decks.values import (
    Findings,
    is_cut,
    tell_cut,
    tell_duplicate,
    text_of,
    texts_of,
)
from fasti.decks.wording import listed, meant, shown


@dataclass(slots=True)
class Entry:
    """What could be read of one entry; `begin` is where its lines begin in the file.

    `unusable` says that it is no fact although no problem of its own says why.
    """

    begin: Place
    place: Place
    kind: str | None = None
    text: str = ""
    id: str | None = None
    fact: Fact | None = None
    links: list[tuple[str, Place]] = field(default_factory=list)
    sources: list[tuple[str, Place]] = field(default_factory=list)
    ask_place: Place | None = None
    unusable: bool = False


def read_entry(item: Item, kinds: Kinds, found: Findings) -> Entry:
    """The entry that an item is; its fact has whatever could be read, problems or not."""
    entry = Entry(item.begin, place_of(item.node))
    if not isinstance(item.node, MappingNode):
        _tell_no_fact(item.node, kinds, entry, found)
        return entry
    if not item.pairs:
        found.error(
            entry.place, Code.NOT_A_FACT, "this entry is empty; a fact begins with its kind: `event: …`"
        )
        return entry
    entry.place = place_of(item.pairs[0][0])
    kind = _kind_of(item, kinds, found)
    if kind is None:
        _note_unknown(item, kinds, entry)
        return entry
    entry.kind = kind
    if kinds.by_name.get(kind) is None:
        entry.unusable = True
        _note_unknown(item, kinds, entry)
        return entry
    _Reader(kind, kinds, entry, item, found).read()
    return entry


def _tell_no_fact(node: Node, kinds: Kinds, entry: Entry, found: Findings) -> None:
    if isinstance(node, SequenceNode):
        message = (
            "a fact is keys and values and this is a list; one dash is enough, then the kind: `- event: …`"
        )
        found.error(entry.place, Code.NOT_A_FACT, message)
        return
    if not isinstance(node, ScalarNode) or node.broken:
        entry.text = node.text if isinstance(node, ScalarNode) else ""
        entry.unusable = True
        return
    word, colon, rest = node.text.partition(":")
    if colon and word in kinds.by_name:
        entry.kind, entry.text = word, rest.strip()
        message = f"a space is missing after the colon; write {shown(f'{word}: {rest.strip()}')}"
        found.error(Place(node.line, node.column + len(word) + 1), Code.MISSING_SPACE, message)
        return
    entry.text = node.text
    message = (
        f"a fact begins with its kind, a colon and a space, such as {shown('event: ' + (node.text or '…'))}"
    )
    found.error(entry.place, Code.NOT_A_FACT, message)


def _kind_of(item: Item, kinds: Kinds, found: Findings) -> str | None:
    """The kind that an entry's keys say it is of, or None where that is told of as a problem."""
    names = [key.text for key, _ in item.pairs]
    present = [name for name in names if name in kinds.by_name]
    if len(present) == 1:
        return present[0]
    if present:
        complete = [name for name in present if set(kinds.required(name)) <= set(names)]
        first = present[0]
        if first in complete or not complete:
            return first
        return next((name for name in complete if first in kinds.own_keys(name)), first)
    key = item.pairs[0][0]
    if key.broken:
        return None
    owners = _owners(names, kinds)
    guess = None if owners else meant(key.text, kinds.by_name)
    if len(owners) == 1:
        advice = f"begin it with `{owners[0]}:`, whose key {shown(key.text)} is"
    elif guess:
        advice = f"did you mean `{guess}`?"
    else:
        advice = f"a fact begins with {listed(kinds.by_name)}"
    found.error(place_of(key), Code.UNKNOWN_KIND, f"{shown(key.text)} is not a kind of fact; {advice}")
    return guess


def _owners(names: list[str], kinds: Kinds) -> list[str]:
    """The kinds to which all of an entry's own keys belong."""
    own = [name for name in names if name not in COMMON_KEYS]
    return [kind for kind in kinds.by_name if own and set(own) <= set(kinds.own_keys(kind))]


def _note_unknown(item: Item, kinds: Kinds, entry: Entry) -> None:
    """Of an entry whose kind is not known: its id, and the text that it begins with."""
    for number, (key, value) in enumerate(item.pairs):
        if not isinstance(value, ScalarNode):
            continue
        if key.text == "id":
            entry.id = value.text.strip()
        elif number == 0 or key.text in kinds.by_name:
            entry.text = value.text.strip()
    entry.unusable = entry.unusable or item.pairs[0][0].broken


class _Reader:
    """Reads the keys of one entry of a known kind."""

    def __init__(self, kind: str, kinds: Kinds, entry: Entry, item: Item, found: Findings) -> None:
        declared = kinds.by_name[kind]
        assert declared is not None
        self._kind = declared
        self._kinds = kinds
        self._entry = entry
        self._item = item
        self._found = found
        self._own: dict[str, tuple[str, ...]] = {}
        self._common: dict[str, tuple[str, ...]] = {}
        self._places: dict[str, Place] = {}
        self._dates: list[tuple[str, Place]] = []
        self._question = ""

    def read(self) -> None:
        """Fill the entry."""
        given = self._given()
        declared = self._kinds.fields(self._kind.name)
        for name, (key, value) in given.items():
            self._read_key(declared[name], key, value)
        self._check_dates()
        self._tell_missing(given)
        common = self._common
        entry = self._entry
        entry.text = self._own.get(self._kind.fields[0].name, ("",))[0]
        entry.id = _first(common, "id") or None
        entry.fact = Fact(
            kind=self._kind.name,
            fields=self._own,
            id=entry.id,
            hints=common.get("hint", ()),
            accept=common.get("accept", ()),
            sources=common.get("source", ()),
            note=_first(common, "note"),
            tags=common.get("tags", ()),
            ask=common.get("ask", ()),
            question=self._question,
            unit=_first(common, "unit"),
            image=_first(common, "image"),
            calendar=_first(common, "calendar"),
            place=entry.place,
            places=self._places,
        )

    def _given(self) -> dict[str, tuple[ScalarNode, Node]]:
        """The values by the key that each is for; a key that is not known, or given twice, is told of."""
        declared = self._kinds.fields(self._kind.name)
        given: dict[str, tuple[ScalarNode, Node]] = {}
        unknown: list[tuple[ScalarNode, Node]] = []
        for key, value in self._item.pairs:
            if key.text in declared and not key.broken:
                if key.text in given:
                    tell_duplicate(key, given[key.text][0], self._found)
                else:
                    given[key.text] = (key, value)
            elif not key.broken:
                unknown.append((key, value))
        if unknown:
            self._guess(unknown, given, declared)
        return given

    def _guess(
        self,
        unknown: list[tuple[ScalarNode, Node]],
        given: dict[str, tuple[ScalarNode, Node]],
        declared: Mapping[str, Field],
    ) -> None:
        node = self._item.node
        first = self._kind.fields[0].name
        cut = -2
        for number, (key, value) in enumerate(unknown):
            if isinstance(node, MappingNode) and is_cut(node, value):
                if cut != number - 1 and (word := tell_cut(node, key, tuple(declared), self._found)):
                    given.setdefault(word, (key, ScalarNode("", *place_of(key), BROKEN)))
                cut = number
                continue
            if first not in given and key is self._item.pairs[0][0]:
                # Told of already: a kind that was misspelt.
                given[first] = (key, value)
                continue
            guess = self._meant(key.text, given, declared, len(unknown))
            if guess:
                given[guess] = (key, value)
            self._tell_unknown(key, guess)

    def _meant(
        self, word: str, given: Mapping[str, object], declared: Mapping[str, Field], unknown: int
    ) -> str | None:
        guess = meant(word, [name for name in declared if name not in given])
        missing = [name for name in self._kinds.required(self._kind.name) if name not in given]
        if guess or self._kinds.with_key(word) or unknown > 1 or len(missing) != 1:
            return guess
        return missing[0]

    def _tell_unknown(self, key: ScalarNode, guess: str | None) -> None:
        owners = self._kinds.with_key(key.text)
        name = self._kind.name
        if owners:
            message = f"{shown(key.text)} is a key of {listed(owners)}, not of `{name}`"
            message += f"; did you mean `{guess}`?" if guess else f", whose keys are {self._keys()}"
            self._found.error(place_of(key), Code.OTHER_KINDS_KEY, message)
            return
        advice = (
            f"did you mean `{guess}`?" if guess else f"its keys are {self._keys()}, and those of every fact"
        )
        message = f"{shown(key.text)} is not a key of `{name}`; {advice}"
        self._found.error(place_of(key), Code.UNKNOWN_KEY, message)

    def _keys(self) -> str:
        return listed(self._kinds.own_keys(self._kind.name), "and")

    def _read_key(self, declared: Field, key: ScalarNode, value: Node) -> None:
        name = declared.name
        form = declared.form
        self._places[name] = Place(value.line, value.column)
        into = self._common if name in COMMON_KEYS else self._own
        if form is Form.TEXTS or form is Form.LINKS:
            texts = texts_of(value, key, self._found, declared)
            if texts:
                into[name] = tuple(text for text, _ in texts)
                self._check_list(declared, value, texts)
            return
        text = text_of(value, key, self._found, required=declared.required)
        if not text:
            return
        into[name] = (text,)
        if isinstance(value, ScalarNode) and value.broken:
            return
        if form is Form.DATE:
            self._dates.append((text, place_of(value)))
        elif form is Form.CLOZE:
            self._check_cloze(text, place_of(value))
        elif into is self._common and name in _CHECKS:
            _CHECKS[name](text, place_of(value), self._found)

    def _check_list(self, declared: Field, value: Node, texts: tuple[tuple[str, Place], ...]) -> None:
        name = declared.name
        if name == "source":
            self._entry.sources = list(texts)
        elif name == "ask":
            self._check_ask(value, texts)
        elif declared.form is Form.LINKS:
            self._entry.links += texts
            self._check_repeated(texts, error=False)
        elif name not in COMMON_KEYS:
            self._check_repeated(texts, error=True)
            if len(texts) < declared.least and not _broken_inside(value):
                parts = "parts" if declared.least > 1 else "part"
                message = f"{shown(name)} needs {declared.least} {parts} or more, and has {len(texts)}"
                self._found.error(place_of(value), Code.TOO_FEW_ITEMS, message)

    def _check_repeated(self, texts: tuple[tuple[str, Place], ...], *, error: bool) -> None:
        seen: dict[str, Place] = {}
        for text, place in texts:
            first = seen.setdefault(normalised(text), place)
            if first is place:
                continue
            tell = self._found.error if error else self._found.warn
            tell(
                place, Code.REPEATED_ITEM, f"{shown(text)} stands in this list already, on line {first.line}"
            )

    def _check_ask(self, value: Node, texts: tuple[tuple[str, Place], ...]) -> None:
        self._entry.ask_place = texts[0][1]
        cards = [card.name for card in self._kind.cards]
        if isinstance(value, ScalarNode):
            if value.broken:
                self._common.pop("ask")
                return
            text = texts[0][0]
            if text not in cards and (any(map(str.isspace, text)) or text.endswith(("?", "？", "؟", ";"))):
                self._question = text
                self._common.pop("ask")
                return
        for text, place in texts:
            if text in cards:
                continue
            guess = meant(text, cards)
            advice = (
                f"did you mean `{guess}`?" if guess else f"`{self._kind.name}` has {listed(cards, 'and')}"
            )
            if " " in text or text.endswith("?"):
                advice = "a question of your own stands alone: `ask: Why did it matter?`"
            self._found.error(
                place, Code.UNKNOWN_CARD, f"{shown(text)} is not a card of `{self._kind.name}`; {advice}"
            )

    def _check_cloze(self, text: str, place: Place) -> None:
        try:
            spans_of(text)
        except ClozeError as error:
            self._found.error(place, Code.BAD_CLOZE, str(error))

    def _check_dates(self) -> None:
        word = _first(self._common, "calendar")
        calendar = Calendar.GREGORIAN
        if word and word not in _CALENDARS:
            guess = meant(word, _CALENDARS)
            advice = f"did you mean `{guess}`?" if guess else f"write {listed(_CALENDARS)}"
            message = f"{shown(word)} is not a calendar fasti knows; {advice}"
            self._found.error(self._places["calendar"], Code.UNKNOWN_CALENDAR, message)
        elif word:
            calendar = Calendar(word)
        for text, place in self._dates:
            try:
                read_date(text, calendar)
            except DateError as error:
                self._found.error(place, Code.BAD_DATE, str(error))

    def _tell_missing(self, given: Mapping[str, object]) -> None:
        missing = [name for name in self._kinds.required(self._kind.name) if name not in given]
        if not missing or any(key.broken for key, _ in self._item.pairs):
            return
        lines = listed((f"{name}: …" for name in missing), "and")
        message = f"this `{self._kind.name}` has no {listed(missing, 'and no')}; add {lines}"
        self._found.error(self._entry.place, Code.MISSING_FIELD, message)


def _first(values: Mapping[str, tuple[str, ...]], name: str) -> str:
    texts = values.get(name)
    return texts[0] if texts else ""


def _broken_inside(node: Node) -> bool:
    nodes = node.items if isinstance(node, SequenceNode) else [node]
    return any(isinstance(each, ScalarNode) and each.broken for each in nodes)


_CALENDARS = tuple(calendar.value for calendar in Calendar)


def _check_id(text: str, place: Place, found: Findings) -> None:
    if reason := bad_name(text):
        found.error(place, Code.BAD_ID, f"the id {shown(text)} {reason}")


def _check_image(text: str, place: Place, found: Findings) -> None:
    """A picture stands beside the deck file or in a folder there, on every system."""
    if "://" in text:
        message = "a picture is a file beside the deck, not an address; save it there and write its name"
    elif PureWindowsPath(text).drive or PurePosixPath(text).is_absolute() or text.startswith("\\"):
        message = (
            f"{shown(text)} is a place on one computer; put the picture beside the deck and write its name"
        )
    elif ".." in PureWindowsPath(text).parts:
        message = f"{shown(text)} leads out of the deck's folder; put the picture beside the deck"
    elif "\\" in text:
        message = f"folders are parted by `/` on every system: {shown(text.replace(chr(92), '/'))}"
    else:
        return
    found.error(place, Code.BAD_IMAGE, message)


_CHECKS = {"id": _check_id, "image": _check_image}
