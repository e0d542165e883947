"""`fasti fact`: one fact more for a deck file, checked as its reader would, and put in as text."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from fasti.checking import missing_images
from fasti.core.facts import Deck, Fact, Problem, Source
from fasti.core.kinds import BUILT_IN, COMMON, Field, Kind
from fasti.decks.append import Appended, verify, with_fact
from fasti.decks.checks import is_question
from fasti.decks.find import deck_bytes
from fasti.decks.read import read_deck_bytes
from fasti.decks.scalars import cleaned
from fasti.decks.wording import listed, meant, shown
from fasti.errors import ExitCode, FastiError
from fasti.settings import BUNDLED, stored_path
from fasti.whole_file import writing

Values = Mapping[str, Sequence[str]]
"""What is given of a fact, by key; each value is a list, of one text for a key that takes one."""


class ChangedError(FastiError):
    """A deck file that another program changed while the fact was being written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"`{path}` was changed meanwhile, and the fact is not in it",
            "copy it from above into your editor, or run the command again",
        )


class NotYoursError(FastiError):
    """A deck file that may not be written to."""


class WrongValueError(FastiError):
    """A key or a value that the fact cannot have."""

    exit_code = ExitCode.USAGE


class Drafted(NamedTuple):
    """A fact as it will stand in its file; `problems` are those that the reader has with it, by key."""

    fact: Fact
    appended: Appended
    problems: tuple[tuple[str, Problem], ...]


@dataclass(frozen=True, slots=True)
class DeckFile:
    """A deck file as it was when it was opened."""

    path: Path
    data: bytes
    deck: Deck

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Every kind that a fact of the deck may be of."""
        return {**BUILT_IN, **self.deck.kinds}

    def keys(self, kind: Kind) -> tuple[Field, ...]:
        """Every key that a fact of a kind takes, the kind's own first."""
        return keys_of(kind)

    def known(self, key: str) -> tuple[str, ...]:
        """What other facts of the deck have in a key, or may be named there, the latest first."""
        facts = self.deck.facts[::-1]
        if key == "source":
            return tuple(self.deck.sources)
        if key == "unit":
            return tuple(dict.fromkeys(fact.unit for fact in facts if fact.unit))
        if key == "tags":
            return tuple(dict.fromkeys(tag for fact in facts for tag in fact.tags))
        return tuple(fact.id for fact in facts if fact.id) if key == "links" else ()

    def draft(self, kind: str, values: Values, sources: Sequence[Source] = ()) -> Drafted:
        """The fact that these values are, in its place in the file, and what is wrong with it.

        Raises BrokenDeckError where the file cannot be added to.
        """
        fact = fact_of(self.kinds[kind], values)
        appended = with_fact(self.data, fact, self.deck.kinds, sources)
        return Drafted(fact, appended, self._problems(appended, self.kinds[kind]))

    def save(self, drafted: Drafted, sources: Sequence[Source] = ()) -> None:
        """Write the file with the fact in it; no other byte of it is changed.

        Raises ChangedError where the file is no longer what it was, and then leaves it alone.
        """
        verify(self.data, drafted.appended.data, drafted.fact, sources)
        with writing(self.path) as new:
            new.write_bytes(drafted.appended.data)
            if deck_bytes(self.path) != self.data:
                raise ChangedError(self.path)

    def _problems(self, appended: Appended, kind: Kind) -> tuple[tuple[str, Problem], ...]:
        reading = read_deck_bytes(appended.data, self.path.stem)
        images = missing_images(self.path, reading.deck) if reading.deck else []
        last = appended.line + len(appended.lines)
        return tuple(
            (_key_at(problem, appended, kind), problem)
            for problem in (*reading.problems, *images)
            if appended.line <= problem.place.line < last
        )


def open_deck(path: Path) -> DeckFile:
    """The deck file at `path`, to which a fact is to be added.

    Raises NotYoursError where it may not be written, and BrokenDeckError where YAML cannot read it.
    """
    data = deck_bytes(path)
    if stored_path(path).startswith(BUNDLED):
        raise NotYoursError(
            f"`{path}` comes with fasti and is part of the program",
            "copy it to a place of your own, and add the fact there",
        )
    if not os.access(path, os.W_OK):
        raise NotYoursError(f"`{path}` may not be written to", "look at the permissions of the file")
    deck = read_deck_bytes(data, path.stem).deck or Deck(path.stem, path.stem, ())
    file = DeckFile(path, data, deck)
    with_fact(data, Fact("q", {"q": ("?",), "a": ("!",)}), {})
    return file


def keys_of(kind: Kind) -> tuple[Field, ...]:
    """Every key that a fact of a kind takes, the kind's own first."""
    own = {field.name for field in kind.fields}
    return (*kind.fields, *(field for field in COMMON if field.name not in own))


def fact_of(kind: Kind, values: Values) -> Fact:
    """The fact of a kind that these values are, trimmed as a reader would; empty ones are left out."""
    given = {name: tuple(text for text in map(cleaned, texts) if text) for name, texts in values.items()}
    own = {field.name: given[field.name] for field in kind.fields if given.get(field.name)}
    common = {field.name: given.get(field.name, ()) for field in COMMON if field.name not in own}
    ask = common.get("ask", ())
    question = ask[0] if len(ask) == 1 and is_question(ask[0], kind) else ""
    return Fact(
        kind=kind.name,
        fields=own,
        id=_one(common, "id") or None,
        hints=common.get("hint", ()),
        accept=common.get("accept", ()),
        sources=common.get("source", ()),
        note=_one(common, "note"),
        tags=common.get("tags", ()),
        ask=() if question else ask,
        question=question,
        unit=_one(common, "unit"),
        image=_one(common, "image"),
        calendar=_one(common, "calendar"),
    )


def kind_called(file: DeckFile, name: str) -> Kind:
    """The kind of this name. Raises WrongValueError."""
    if name not in file.kinds:
        guess = meant(name, file.kinds)
        raise WrongValueError(
            f"{shown(name)} is not a kind of fact",
            f"did you mean {shown(guess)}?" if guess else f"the kinds are {listed(file.kinds, 'and')}",
        )
    return file.kinds[name]


def values_from(kind: Kind, settings: Sequence[str]) -> dict[str, list[str]]:
    """The values that `key=value` texts give, those of one key in their order. Raises WrongValueError."""
    names = [field.name for field in keys_of(kind)]
    values: dict[str, list[str]] = {}
    for setting in settings:
        written, equals, text = setting.partition("=")
        name = written.strip().replace("-", " ") if written.strip() not in names else written.strip()
        if not equals or not text.strip():
            raise WrongValueError(f"{shown(setting)} sets nothing", "write `--set date=1962-10-22`")
        if name not in names:
            guess = meant(name, names)
            raise WrongValueError(
                f"{shown(written)} is not a key of {shown(kind.name)}",
                f"did you mean {shown(guess)}?" if guess else f"its keys are {listed(names, 'and')}",
            )
        values.setdefault(name, []).append(text)
    _refuse_several(kind, values)
    return values


def refuse_problems(drafted: Drafted) -> None:
    """Raise WrongValueError for the first thing that would keep the fact out of the deck."""
    for key, problem in drafted.problems:
        if problem.severity == "error":
            about = f"`{key}`: " if key else ""
            raise WrongValueError(f"{about}{problem.message}", "nothing was written")


def as_json(file: DeckFile, drafted: Drafted, *, is_written: bool) -> dict[str, Any]:
    """The values that `fasti fact --json` prints."""
    return {
        "version": 1,
        "path": str(file.path),
        "line": drafted.appended.line,
        "kind": drafted.fact.kind,
        "text": "\n".join(drafted.appended.lines),
        "written": is_written,
        "warnings": [
            {"key": key, "code": str(problem.code), "message": problem.message}
            for key, problem in drafted.problems
        ],
    }


def _one(values: Mapping[str, Sequence[str]], name: str) -> str:
    texts = values.get(name, ())
    return texts[0] if texts else ""


_SEVERAL = frozenset({"list", "links"})


def _refuse_several(kind: Kind, values: Mapping[str, Sequence[str]]) -> None:
    for field in keys_of(kind):
        if len(values.get(field.name, ())) > 1 and field.form not in _SEVERAL:
            raise WrongValueError(f"{shown(field.name)} takes one value", "set it once")


_KEY = re.compile(r"\s*(?:-\s+)?\"?([^\s:\"][^:\"]*?)\"?:(?:\s|$)")


def _key_at(problem: Problem, appended: Appended, kind: Kind) -> str:
    """The key of the fact that a problem is about: that of its line, or of the nearest line above that has one."""
    names = {field.name for field in keys_of(kind)}
    for line in range(problem.place.line - appended.line, -1, -1):
        found = _KEY.match(appended.lines[line])
        if found and found[1] in names:
            return found[1]
    return ""
