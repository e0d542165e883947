"""What the facts of a deck say of each other: causes and effects, told from either side."""

from collections.abc import Iterable, Mapping

from fasti.core.cloze import whole
from fasti.core.facts import Fact
from fasti.core.kinds import Form, Kind


def title_of(fact: Fact, kind: Kind) -> str:
    """The fact's own words: what a list of facts, or a link to this one, shows."""
    first = kind.fields[0]
    text = fact.text(first.name)
    return whole(text) if first.form is Form.CLOZE else text


class Links:
    """The titles of a deck's facts by id, and the links that other facts make to each."""

    def __init__(self, facts: Iterable[Fact], kinds: Mapping[str, Kind]) -> None:
        facts = [fact for fact in facts if fact.id or _links(fact, kinds[fact.kind])]
        self._titles = {fact.id: title_of(fact, kinds[fact.kind]) for fact in facts if fact.id}
        self._received: dict[tuple[str, str], list[str]] = {}
        for fact in facts:
            for inverse, target in _links(fact, kinds[fact.kind]):
                title = title_of(fact, kinds[fact.kind])
                self._received.setdefault((target, inverse), []).append(title)

    def values(self, fact: Fact, kind: Kind, name: str) -> tuple[str, ...]:
        """What a field of links says in words, in the author's order, then what other facts add to it."""
        own = [self._titles.get(value, value) for value in fact.fields.get(name, ())]
        received = self._received.get((fact.id, name), []) if fact.id else []
        return tuple(dict.fromkeys([*own, *received]))


def _links(fact: Fact, kind: Kind) -> list[tuple[str, str]]:
    return [
        (field.inverse, target)
        for field in kind.fields
        if field.inverse
        for target in fact.fields.get(field.name, ())
    ]
