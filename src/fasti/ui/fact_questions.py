"""The fields of one fact asked for in the terminal, or read one answer a line, and checked as they are given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from fasti.core.facts import Problem, Source
from fasti.core.kinds import Field, Form, Kind
from fasti.errors import FastiError
from fasti.ui.lines import CLOSE, FAINT, LABEL, STRONG, WRONG, Line, Piece, hanging, line, padded, wrapped
from fasti.ui.look import Look

if TYPE_CHECKING:
    from fasti.drafting import DeckFile, Drafted

_LISTS = frozenset({Form.TEXTS, Form.LINKS})
_ORDER = ("hint", "source", "note", "unit", "tags", "accept", "ask", "id", "image", "calendar")
_MOST_KNOWN = 6
_UNKNOWN_SOURCE, _MISSING = "unknown-source", "missing-field"
ENOUGH = "."
"""The answer that skips every question that is left."""


class UnfinishedError(FastiError):
    """Answers that end before all that is required was given."""

    def __init__(self, key: str) -> None:
        super().__init__(f"the answers end before `{key}`, and nothing was written")


class RefusedError(FastiError):
    """An answer that cannot be, where nobody is there to give another."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"`{key}`: {message}", "nothing was written")


class Answers(Protocol):
    """Where answers come from. `patient` says that a person gives them, who can give another."""

    @property
    def patient(self) -> bool:
        """Whether one is asked again."""

    @property
    def look(self) -> Look:
        """How wide what is told may be."""

    @property
    def accessible(self) -> bool:
        """Whether every line is to begin with a word."""

    def tell(self, lines: Iterable[Line]) -> None:
        """Say something before the next answer."""

    def next(self) -> str:
        """The next answer, trimmed. Raises EOFError where there is none."""


@dataclass(slots=True)
class Given:
    """A fact as far as it was given: its kind, its values by key, and works that are new to the deck."""

    kind: Kind
    values: dict[str, list[str]] = field(default_factory=dict)
    sources: list[Source] = field(default_factory=list)


def ask_fact(file: "DeckFile", answers: Answers, kind: Kind | None = None) -> Given:
    """Ask for a fact's kind, unless it is given, for what it needs and for what it may have.

    Raises UnfinishedError, and RefusedError where the answers are not patient.
    """
    asker = _Asker(file, answers)
    given = Given(kind or asker.kind())
    for declared in given.kind.fields:
        if declared.required:
            asker.required(given, declared)
    asker.optional(given)
    return given


def confirmed(file: "DeckFile", answers: Answers, given: Given) -> bool:
    """Show the fact as it will be written, let keys be given anew, and say whether it is wanted."""
    while True:
        drafted = file.draft(given.kind.name, given.values, given.sources)
        answers.tell(draft_lines(drafted, str(file.path), answers.look))
        answers.tell(wrapped(line(Piece(_CONFIRM, FAINT)), answers.look.measure))
        while True:
            try:
                answer = answers.next()
            except EOFError:
                return False
            if answer.casefold() in {"", "y", "yes"}:
                return True
            if answer.casefold() in {"n", "no", "q"}:
                return False
            if _ask_again(file, answers, given, answer):
                break
            answers.tell(wrapped(line(Piece(_CONFIRM, FAINT)), answers.look.measure))


_CONFIRM = "Enter writes it; n does not; the name of a key, such as `note`, asks for that again."


def _ask_again(file: "DeckFile", answers: Answers, given: Given, key: str) -> bool:
    """Ask for one key anew, if the fact has such a key; Enter alone leaves an optional one out."""
    declared = next((each for each in file.keys(given.kind) if each.name == key), None)
    if declared is None:
        return False
    before = given.values.pop(key, None)
    asker = _Asker(file, answers)
    try:
        if declared.required:
            asker.required(given, declared)
        else:
            asker.ask(given, declared)
    except (EOFError, UnfinishedError, _Enough):
        if before is not None:
            given.values[key] = before
    return True


def draft_lines(drafted: "Drafted", path: str, look: Look) -> list[Line]:
    """The fact as it will stand in its file."""
    heading = wrapped(line(look.text(f"{path}, line {drafted.appended.line}:", FAINT)), look.measure)
    return [line(), *heading, *(line(look.text(text)) for text in drafted.appended.lines)]


class _Asker:
    def __init__(self, file: "DeckFile", answers: Answers) -> None:
        self._file = file
        self._answers = answers

    def kind(self) -> Kind:
        """The kind that is chosen by its number or its name."""
        kinds = list(self._file.kinds.values())
        self._answers.tell(_kind_lines(kinds, self._answers))
        while True:
            try:
                answer = self._answers.next()
            except EOFError:
                raise UnfinishedError("the kind") from None
            if (kind := _chosen(answer, kinds)) is not None:
                return kind
            self._refuse("kind", "write its number or its name")

    def required(self, given: Given, declared: Field) -> None:
        """Ask until it is given."""
        while not self.ask(given, declared):
            self._refuse(declared.name, "an answer is needed here")

    def optional(self, given: Given) -> None:
        """Ask for what may be left out, until that is enough."""
        self._say("What follows may be left out: Enter skips a line, a full stop alone skips all the rest.")
        for declared in _optional(self._file.keys(given.kind), given):
            try:
                self.ask(given, declared)
            except (EOFError, _Enough):
                return

    def ask(self, given: Given, declared: Field) -> bool:
        """Ask for one key; whether anything was given."""
        self._answers.tell(_field_lines(declared, given.kind, self._known(declared), self._answers))
        several = declared.form in _LISTS
        while True:
            try:
                text = self._answers.next()
            except EOFError:
                if declared.required and len(given.values.get(declared.name, ())) < declared.least:
                    raise UnfinishedError(declared.name) from None
                if declared.required:
                    return True
                raise
            if text == ENOUGH and not declared.required:
                raise _Enough
            if not text and several and self._too_few(given, declared):
                continue
            if not text:
                return bool(given.values.get(declared.name))
            if self._accept(given, declared, text) and not several:
                return True

    def _too_few(self, given: Given, declared: Field) -> bool:
        texts = given.values.get(declared.name, [])
        if not texts or len(texts) >= declared.least:
            return False
        self._refuse(declared.name, f"at least {declared.least} are needed; write another")
        return True

    def _accept(self, given: Given, declared: Field, text: str) -> bool:
        """Take an answer, unless the deck's reader would refuse it; what it says is told."""
        before = given.values.get(declared.name, [])
        given.values[declared.name] = [*before, text] if declared.form in _LISTS else [text]
        problems = self._problems(given, declared, more_to_come=declared.form in _LISTS)
        unknown = next((each for each in problems if str(each.code) == _UNKNOWN_SOURCE), None)
        if unknown and self._answers.patient and self._add_source(given, text, unknown):
            problems = self._problems(given, declared, more_to_come=True)
        for problem in problems:
            if problem.severity == "error":
                given.values[declared.name] = before
                if not before:
                    del given.values[declared.name]
                self._refuse(declared.name, problem.message)
                return False
        self._warn(problems)
        return True

    def _problems(self, given: Given, declared: Field, *, more_to_come: bool) -> list[Problem]:
        drafted = self._file.draft(given.kind.name, given.values, given.sources)
        late = {_MISSING, "too-few-items"} if more_to_come else {_MISSING}
        return [
            problem
            for key, problem in drafted.problems
            if str(problem.code) not in late and key in {declared.name, "", given.kind.fields[0].name}
        ]

    def _add_source(self, given: Given, text: str, unknown: Problem) -> bool:
        """Ask what a work is that the deck does not have; whether it is one now."""
        name = text.partition(",")[0].strip()
        self._tell(_sentence(unknown.message), CLOSE)
        self._say(f"If `{name}` is a new work, write its author and title. Enter alone: no, it was mistyped.")
        title = self._answers.next()
        if not title:
            return False
        given.sources.append(Source(name, title))
        return True

    def _known(self, declared: Field) -> Sequence[str]:
        return self._file.known("links" if declared.form is Form.LINKS else declared.name)

    def _refuse(self, key: str, message: str) -> None:
        if not self._answers.patient:
            raise RefusedError(key, message)
        self._tell(_sentence(message), WRONG)

    def _warn(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._tell(_sentence(f"taken, but {problem.message}"), CLOSE)

    def _say(self, text: str) -> None:
        self._tell(text, FAINT)

    def _tell(self, text: str, style: str) -> None:
        look = self._answers.look
        self._answers.tell(wrapped(line(look.text(text, style)), look.measure))


class _Enough(Exception):  # noqa: N818 - no error: the answer that skips what is left
    pass


def _optional(keys: Iterable[Field], given: Given) -> list[Field]:
    own = [each for each in given.kind.fields if not each.required]
    common = {each.name: each for each in keys if each.name in _ORDER and each not in given.kind.fields}
    dated = any(each.form is Form.DATE for each in given.kind.fields)
    return own + [common[name] for name in _ORDER if name in common and (name != "calendar" or dated)]


def _chosen(answer: str, kinds: Sequence[Kind]) -> Kind | None:
    if answer.isdecimal() and answer.isascii():
        return kinds[int(answer) - 1] if 0 < int(answer) <= len(kinds) else None
    named = [kind for kind in kinds if kind.name.casefold() == answer.casefold()]
    begun = [kind for kind in kinds if answer and kind.name.casefold().startswith(answer.casefold())]
    return (named or begun)[0] if named or len(begun) == 1 else None


def _sentence(message: str) -> str:
    """A message as a sentence that stands alone."""
    return f"{message[:1].upper()}{message[1:]}{'' if message.endswith('?') else '.'}"


def _kind_lines(kinds: Sequence[Kind], answers: Answers) -> list[Line]:
    look = answers.look
    width = max(len(kind.name) for kind in kinds)
    digits = len(str(len(kinds)))
    lines = wrapped(line("What kind of fact? Its number or its name:"), look.measure)
    for number, kind in enumerate(kinds, 1):
        about = look.text(kind.about, FAINT)
        if answers.accessible:
            lines += wrapped(line(look.text(f"Kind {number}, {kind.name}: "), about), look.measure)
            continue
        label = line(
            f"  {padded(str(number), digits, right=True)} ", look.text(padded(kind.name, width), STRONG), "  "
        )
        lines += hanging(label, line(about), look.measure)
    return lines


def _field_lines(declared: Field, kind: Kind, known: Sequence[str], answers: Answers) -> list[Line]:
    look = answers.look
    about = declared.about
    if declared.name == "ask":
        about = f"{about}: {', '.join(card.name for card in kind.cards)}"
    if declared.form is Form.DATE and not answers.accessible:
        about = f"{about}: {', '.join(map(str, declared.examples))}, …"
    if declared.form in _LISTS:
        about = f"{about}; one a line, Enter alone ends".removeprefix("; ")
    between, indent = (": ", "") if answers.accessible else ("  ", "  ")
    label = line(look.text(declared.name, LABEL), between if about else "", look.text(about, FAINT))
    lines = [*([] if answers.accessible else [line()]), *wrapped(label, look.measure, "", indent)]
    if known:
        more = f", {look.ellipsis}" if len(known) > _MOST_KNOWN else ""
        said = f"so far: {', '.join(known[:_MOST_KNOWN])}{more}"
        lines += wrapped(line(look.text(said, FAINT)), look.measure, indent, indent)
    return lines
