"""What the facts of a deck say of each other: causes and effects, told from either side."""

from collections.abc import Mapping, Sequence
from functools import cached_property

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

    def __init__(self, facts: Sequence[Fact], kinds: Mapping[str, Kind]) -> None:
        self._facts = facts
        self._kinds = kinds
        self._received: dict[tuple[str, str], list[str]] = {}
        telling = {
            name: tuple(field for field in kind.fields if field.inverse) for name, kind in kinds.items()
        }
        for fact in facts:
            for field in telling[fact.kind]:
                for target in fact.fields.get(field.name, ()):
                    title = title_of(fact, kinds[fact.kind])
                    self._received.setdefault((target, field.inverse), []).append(title)

    @cached_property
    def _titles(self) -> dict[str, str]:
        # Found out where the first link is: many a deck has none.
        return {fact.id: title_of(fact, self._kinds[fact.kind]) for fact in self._facts if fact.id}

    def values(self, fact: Fact, kind: Kind, name: str) -> tuple[str, ...]:
        """What a field of links says in words, in the author's order, then what other facts add to it."""
        own = [self._titles.get(value, value) for value in fact.fields.get(name, ())]
        received = self._received.get((fact.id, name), []) if fact.id else []
        return tuple(dict.fromkeys([*own, *received]))
