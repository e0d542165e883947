"""What the columns of a table hold, guessed by their names."""

import re
from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fasti.core.kinds import BUILT_IN
from fasti.core.text import normalised
from fasti.exchange.foreign.field_words import WORDS, assigned, means, only_numbers, plain_name

BESIDE = ("id", "unit", "hint", "accept", "source", "note", "tags", "ask", "image", "calendar", "question")
"""What every fact may have besides its own fields, by the word in `field_words`."""

_OWN: Mapping[str, tuple[str, ...]] = {
    "event": ("event", "date", "caused by", "leads to", "what"),
    "person": ("person", "born", "died", "who", "lived"),
    "effect": ("effect", "causes", "why"),
    "cause": ("cause", "effect", "why"),
    "term": ("term", "means"),
    "order": ("order", "items"),
    "q": ("q", "a"),
    "cloze": ("cloze",),
}
_KIND_NAMES = {
    "event": "event, date, ereignis, événement, evento",
    "person": "person, people, biography, personne, persona",
    "effect": "effect, causes",
    "cause": "cause",
    "term": "term, definition, vocabulary, begriff, terme, término",
    "q": "q, question, basic, q a, qa, frage, pregunta",
    "cloze": "cloze, gap, fill in, lückentext",
    "order": "order, sequence, reihenfolge",
}
_KIND_WORDS = {word: kind for kind, words in _KIND_NAMES.items() for word in words.split(", ")}
_ASK = re.compile(r"ask ([a-z]+)")


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of columns: of each kind's fields, of what every fact may have, and of the kind's own name.

    `asking` are columns that are filled where a card is wanted. `numbering` only number the rows. `taken` says what
    each column was taken for, empty where that is nothing.
    """

    kinds: Mapping[str, Mapping[str, int]]
    beside: Mapping[str, tuple[int, ...]]
    kind: int | None = None
    guid: int | None = None
    asking: Mapping[str, int] = field(default_factory=dict)
    numbering: frozenset[int] = frozenset()
    taken: tuple[str, ...] = ()

    def others(self, kind: str) -> list[int]:
        """The places of the columns of which a fact of a kind has nothing yet."""
        used = {*self.kinds[kind].values(), *self.asking.values(), *self.numbering, self.kind, self.guid}
        used |= {place for places in self.beside.values() for place in places}
        return [place for place in range(len(self.taken)) if place not in used]


def kind_column(names: Sequence[str]) -> int | None:
    """The place of the column that names the kind of each row."""
    return next((at for at, name in enumerate(names) if means(name, "kind")), None)


def columns_of(names: Sequence[str], texts: Sequence[Sequence[str]], named: Some[str] = ()) -> Columns:
    """What columns of these names and texts hold; `named` are the kinds that rows name themselves.

    `kinds` has only those that have a column for all they need; those that are named may have it in columns such as
    front and back.
    """
    plain = [plain_name(name) for name in names]
    guid = plain.index("guid") if "guid" in plain else None
    kind = kind_column(names)
    rest = ["" if at in (guid, kind) else name for at, name in enumerate(names)]
    kinds = {each: _needed(each, assigned(rest, roles)) for each, roles in _OWN.items()}
    found = {each: roles or _general(each, rest, named) for each, roles in kinds.items()}
    found = {each: roles for each, roles in found.items() if roles}
    used = {place for roles in found.values() for place in roles.values()}
    left = ["" if at in used else name for at, name in enumerate(rest)]
    beside = _beside(left)
    asking = {match[1]: at for at, name in enumerate(left) if (match := _ASK.fullmatch(normalised(name)))}
    numbering = frozenset(at for at, name in enumerate(names) if _numbers_rows(name, texts[at]))
    columns = Columns(found, beside, kind, guid, asking, numbering)
    taken = (_taken(columns, at) or _in_note(columns, at, texts[at]) for at in range(len(names)))
    return replace(columns, taken=tuple(taken))


def kind_named(text: str) -> str | None:
    """The kind that a word in a column of kinds names, or None."""
    word = plain_name(text)
    for part in (word, word.removeprefix("fasti "), word.removesuffix("s")):
        if part in _KIND_WORDS:
            return _KIND_WORDS[part]
    return "cloze" if "cloze" in word else None


def missing(names: Sequence[str]) -> str:
    """What a table lacks whose columns make no kind of fact, as the end of a sentence."""
    for each, roles in _OWN.items():
        found = assigned(names, roles)
        if roles[0] in found:
            lacking = [role for role in _required(each) if role not in found]
            words = " and ".join(f"`{_WORDS.get(role, role)}`" for role in lacking)
            return f"has a column `{names[found[roles[0]]]}`, but none for {words}"
    return "has no column whose name says what it holds"


_WORDS = {"q": "question", "a": "answer", "means": "meaning"}


def _required(kind: str) -> tuple[str, ...]:
    return tuple(each.name for each in BUILT_IN[kind].fields if each.required)


def _needed(kind: str, roles: dict[str, int]) -> dict[str, int]:
    """The places of a kind's fields, or nothing where one that it needs has no column."""
    return roles if all(role in roles for role in _required(kind)) else {}


def _general(kind: str, names: Sequence[str], named: Some[str]) -> dict[str, int]:
    """A kind's fields in columns of general names, such as front and back, where rows name the kind."""
    if kind not in named:
        return {}
    found = assigned(names, ("q", "a"))
    return (
        dict(zip(_required(kind), found.values(), strict=False)) if len(found) >= len(_required(kind)) else {}
    )


def _beside(names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    return {
        role: places
        for role in BESIDE
        if (
            places := tuple(
                at
                for at, name in enumerate(names)
                if plain_name(name) in WORDS[role]
                and not any(plain_name(name) in WORDS[other] for other in BESIDE[: BESIDE.index(role)])
            )
        )
    }


def _numbers_rows(name: str, texts: Sequence[str]) -> bool:
    """Whether a column counts the rows, or holds nothing but what tells them apart."""
    counted = [str(number) for number in range(1, len(texts) + 1)]
    return only_numbers(name, texts) or list(texts) == counted


def _in_note(columns: Columns, place: int, texts: Sequence[str]) -> str:
    return "a line of the note" if any(texts) and place not in columns.numbering else ""


def _taken(columns: Columns, place: int) -> str:
    if place == columns.kind:
        return "kind"
    if place == columns.guid:
        return "id"
    roles = [role for kind in columns.kinds.values() for role, at in kind.items() if at == place]
    roles += [role for role, places in columns.beside.items() if place in places]
    roles += [f"ask {card}" for card, at in columns.asking.items() if at == place]
    return " or ".join(dict.fromkeys(roles))
