"""The texts and lists that nodes hold, and what is wrong with them."""

import re
from collections.abc import Collection
from functools import cached_property

from fasti.core.facts import Change, Place, Problem
from fasti.core.kinds import Field
from fasti.core.text import unsafe_character
from fasti.decks.codes import Code
from fasti.decks.nodes import BROKEN, MappingNode, Node, ScalarNode, SequenceNode, place_of
from fasti.decks.page import Page, unsafe_sentence
from fasti.decks.wording import in_quotes, listed, meant, respelt, shown

LONGEST = 10_000
"""How many characters a text may have."""

MOST_GUESSES = 200_000
"""With how many words unknown ones are compared, all in all: a bound on time."""


class Findings:
    """The problems of one deck file, as they are found; the lines of its page are told apart when one is wanted."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.problems: list[Problem] = []
        self._guesses = MOST_GUESSES

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file; line 1 is at 0."""
        return self._page.lines

    def error(self, place: Place, code: Code, message: str, fix: tuple[Change, ...] = ()) -> None:
        """Tell of something that keeps what it is about out of the library, and of what would mend it."""
        self.problems.append(Problem(place, code, message, fix=fix))

    def meant(self, word: str, known: Collection[str]) -> str | None:
        """The known word that was probably meant, or None; None too once guessing has taken long."""
        self._guesses -= len(known)
        return meant(word, known) if self._guesses > 0 else None

    def warn(self, place: Place, code: Code, message: str) -> None:
        """Tell of something that is likely not what the author meant."""
        self.problems.append(Problem(place, code, message, "warning"))


def text_of(node: Node, key: ScalarNode, found: Findings, *, required: bool = False) -> str:
    """The one text that a key has, or the empty string; what is wrong with it is told."""
    if node.__class__ is ScalarNode:
        written, _, _, style = node
        # Only an escape in double quotes can stand for what no deck may hold, and none of that is printable.
        if 0 < len(written) <= LONGEST and (
            not style or (style != BROKEN and (style != '"' or written.isprintable()))
        ):
            text = written.strip()
            if text:
                return text
        return _odd_text(node, key, found, required=required)
    if isinstance(node, SequenceNode):
        found.error(place_of(node), Code.LIST_FOR_TEXT, _list_sentence(node, key))
    elif isinstance(node, MappingNode):
        found.error(place_of(node), Code.MAPPING_FOR_TEXT, _mapping_sentence(node, found))
    return ""


def texts_of(node: Node, key: ScalarNode, found: Findings, field: Field) -> tuple[tuple[str, Place], ...]:
    """The texts of a key that takes one or several, each with its place; what is wrong with them is told."""
    if not isinstance(node, SequenceNode):
        text = text_of(node, key, found, required=field.required)
        if isinstance(node, ScalarNode):
            _tell_swallowed(node, found)
        return ((text, place_of(node)),) if text else ()
    if not node.items:
        _tell_empty(key, found, required=field.required)
    texts = []
    for item in node.items:
        plain = item.text.strip() if item.__class__ is ScalarNode and not item.style else ""
        if 0 < len(plain) <= LONGEST and " - " not in plain:  # as nearly every entry is
            texts.append((plain, place_of(item)))
            continue
        if isinstance(item, SequenceNode):
            message = f"an entry of {shown(key.text)} is one text and this is a list{_bracket_hint(item)}"
            found.error(place_of(item), Code.LIST_IN_LIST, message)
            continue
        if isinstance(item, ScalarNode) and not item.text.strip() and not item.broken:
            message = f"an entry of {shown(key.text)} is empty; write something or take it out"
            found.error(place_of(item), Code.EMPTY_VALUE, message)
            continue
        text = text_of(item, key, found)
        if isinstance(item, ScalarNode):
            _tell_swallowed(item, found)
        if text:
            texts.append((text, place_of(item)))
    return tuple(texts)


def given_once(node: MappingNode, found: Findings) -> dict[str, tuple[ScalarNode, Node]]:
    """The keys of a mapping with their values; of a key that is given again, only a problem is told."""
    given: dict[str, tuple[ScalarNode, Node]] = {}
    for key, value in node.pairs:
        if key.broken:
            continue
        if key.text in given:
            tell_duplicate(key, given[key.text][0], found)
        else:
            given[key.text] = (key, value)
    return given


def tell_duplicate(key: ScalarNode, first: ScalarNode, found: Findings) -> None:
    """Tell of a key that is given a second time."""
    message = f"{shown(key.text)} is given already on line {first.line}; a key stands once"
    found.error(place_of(key), Code.DUPLICATE_KEY, message)


def understood(
    node: MappingNode, known: tuple[str, ...], what: str, found: Findings
) -> dict[str, tuple[ScalarNode, Node]]:
    """The values by the known key that each is for; a key that is not known is told of.

    `what` says in the sentence what has these keys: `a deck`. A key that was probably meant counts as given,
    so that nothing is said of its absence.
    """
    given = given_once(node, found)
    values = {name: given[name] for name in given if name in known}
    cut = False
    for name, (key, value) in given.items():
        if name in known:
            cut = False
            continue
        if is_cut(node, value):
            if not cut and (word := tell_cut(key, known, found)):
                values.setdefault(word, (key, ScalarNode(key.text, *place_of(key), BROKEN)))
            cut = True
            continue
        guess = found.meant(name, [other for other in known if other not in given])
        tell_unknown(key, what, guess, known, found)
        if guess:
            values.setdefault(guess, (key, value))
    return values


def tell_unknown(
    key: ScalarNode, what: str, guess: str | None, known: tuple[str, ...], found: Findings
) -> None:
    """Tell of a key that nothing here takes."""
    advice = f"did you mean `{guess}`?" if guess else f"its keys are {listed(known, 'and')}"
    message = f"{shown(key.text)} is not a key of {what}; {advice}"
    found.error(place_of(key), Code.UNKNOWN_KEY, message, respelt(key.text, guess, place_of(key)))


def is_cut(node: MappingNode, value: Node) -> bool:
    """Whether a key in braces has no value: most often it is the text behind a comma."""
    return node.flow and isinstance(value, ScalarNode) and not value.text and not value.style


def tell_cut(key: ScalarNode, known: tuple[str, ...], found: Findings) -> str | None:
    """Tell of a key in braces that has no value; the key that lacks its colon, where that is the reason."""
    word = next((other for other in known if key.text.startswith(other + " ")), "")
    if word:
        written = shown(f"{word}: {key.text[len(word) :].strip()}")
        found.error(place_of(key), Code.MISSING_COLON, f"a colon is missing after the key; write {written}")
        return word
    before = found.lines[key.line - 1][max(0, key.column - 80) : key.column - 1].rstrip().removesuffix(",")
    text = re.split(r":\s+|[{}\[\]\"]", before)[-1]
    message = (
        "in `{…}` the comma before this ends the text; "
        f"{in_quotes(f'{text}, {key.text}' if text.strip() else '')}"
    )
    found.error(place_of(key), Code.FLOW_COMMA, message)
    return None


def mapping_of(node: Node, key: ScalarNode, form: str, found: Findings) -> MappingNode | None:
    """The keys and values that a key has; `form` shows in the sentence how they are written."""
    if isinstance(node, MappingNode):
        return node
    if isinstance(node, ScalarNode) and not node.text:
        if not node.broken:
            _tell_empty(key, found, required=True)
    elif not (isinstance(node, ScalarNode) and node.broken):
        message = f"{shown(key.text)} takes keys and values, each on a line of its own: `{form}`"
        found.error(place_of(node), Code.TEXT_FOR_MAPPING, message)
    return None


def _odd_text(node: ScalarNode, key: ScalarNode, found: Findings, *, required: bool) -> str:
    text = node.text.strip()
    if node.broken:
        return text
    if not text:
        _tell_empty(key, found, required=required)
    elif len(text) > LONGEST:
        message = (
            f"this text has {len(text):,} characters and may have {LONGEST:,}; cut it, or make several facts"
        )
        found.error(place_of(node), Code.TOO_LONG, message)
        return ""
    elif (character := unsafe_character(text)) is not None:
        found.error(place_of(node), Code.UNSAFE_CHARACTER, unsafe_sentence(character))
    return text


def _tell_empty(key: ScalarNode, found: Findings, *, required: bool) -> None:
    line = found.lines[key.line - 1] if key.line <= len(found.lines) else ""
    after = line[key.column - 1 :].partition(":")[2]
    if after.startswith(" #") and after[2:3].strip(" #"):
        message = f"{shown(key.text)} is empty, because `#` begins a comment; put quotes round the text"
        found.error(place_of(key), Code.EMPTY_VALUE, message)
        return
    message = f"{shown(key.text)} is empty; write something after the colon"
    if required:
        found.error(place_of(key), Code.EMPTY_VALUE, message)
    else:
        found.warn(place_of(key), Code.EMPTY_VALUE, f"{message}, or take the line out")


def _list_sentence(node: SequenceNode, key: ScalarNode) -> str:
    if node.flow:
        return (
            f"{shown(key.text)} takes one text and what begins with `[` is a list; "
            "take the brackets away, or put quotes round the whole text"
        )
    return f"{shown(key.text)} takes one text and this is a list; write the text behind the colon, without a dash"


def _bracket_hint(node: SequenceNode) -> str:
    return "; put quotes round a text that begins with `[`" if node.flow else "; take one of the dashes away"


def _mapping_sentence(node: MappingNode, found: Findings) -> str:
    if node.flow and found.lines[node.line - 1][node.column - 1 : node.column] == "{":
        return "what begins with `{` is taken for keys and values; put quotes round the whole text"
    key = node.pairs[0][0].text if node.pairs else ""
    line = found.lines[node.line - 1][node.column - 1 :].split(" #")[0].strip()
    return f"the colon makes {shown(key)} a key; {in_quotes('' if node.flow else line)}"


def _tell_swallowed(node: ScalarNode, found: Findings) -> None:
    """Tell of the lines with a dash that YAML has joined to the text above them."""
    if node.style or " - " not in node.text:
        return
    for number, line in enumerate(found.lines[node.line : node.line + 50], node.line + 1):
        words = line.strip()
        if words.startswith("- ") and f" - {words[2:].split(' #')[0].strip()}" in node.text:
            message = (
                "this line is read as part of the text above it; the dashes of a list stand under each other, "
                "and nothing stands behind the colon of its key"
            )
            found.error(Place(number, line.index("-") + 1), Code.SWALLOWED_ITEM, message)
            return
        if not words or words not in node.text:
            return
