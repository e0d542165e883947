"""What the cell of a table says: as text, as a list, as a cloze, as the name of a picture."""

import re
from collections.abc import Callable, Container, Sequence

from fasti.core.cloze import ClozeError, spans_of
from fasti.core.text import slug
from fasti.exchange import cloze_markup
from fasti.exchange.cloze_markup import Deletion, deletions_in
from fasti.exchange.plain_text import tidy

LINES = re.compile(r"\s*(?:\n|;|\|)\s*")
"""What parts the entries of a list whose entries may be sentences."""

WORDS = re.compile(r"\s*(?:\n|;|,|\|)\s*")
"""What parts the entries of a list of words."""

SPACES = re.compile(r"[\s,;|]+")
"""What parts names that have no spaces."""


LONGEST = 9_900
"""How many characters of a cell are taken: a deck's text may have 10,000, with its question word."""


def fitting(text: str, told: list[str]) -> str:
    """A text cut at what is taken; that it was cut is told."""
    if len(text) <= LONGEST:
        return text
    told.append(f"has a text of {len(text):,} characters; it is cut at {LONGEST:,}")
    return text[: LONGEST - 1] + "…"


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from reckoning with it: `'=1+1`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def listed(texts: Sequence[str], separator: re.Pattern[str]) -> tuple[str, ...]:
    """The entries of cells, each once."""
    parts = (part.strip() for text in texts for part in separator.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))


def parts_of_order(text: str) -> tuple[str, ...]:
    """The parts of a sequence: by lines, semicolons or bars, else by arrows or commas; their numbers are left out."""
    parts = listed((text,), LINES)
    if len(parts) == 1:
        parts = listed((text,), _STEPS)
    return tuple(_BULLET.sub("", part) for part in parts)


def cloze_text(text: str, told: list[str]) -> str:
    """A cloze as a deck has it, from `{hidden}` or from Anki's `{{c1::hidden}}`; raises ClozeError.

    That other signs had to stand for braces and bars is told.
    """
    if "{{c" not in text:
        spans_of(text)
        return text
    parts = deletions_in(text)
    try:
        cloze = _checked(_with_spans(parts, str))
    except ClozeError:
        cloze = _checked(_with_spans(parts, _without_braces))
    if any(sign in cloze and sign not in text for sign in "｛｝｜"):
        told.append("has braces or bars that hide nothing; they are `｛`, `｝` and `｜` here")
    return cloze


def as_id(text: str) -> str:
    """A text as a fact's id, changed where it cannot be one; empty where nothing is left."""
    return text if _ID.fullmatch(text) else slug(text)


def as_link(text: str, ids: Container[str]) -> str:
    """A link in words: a capital keeps a deck from taking one word with a hyphen for the id of another fact."""
    is_name = ("-" in text or "_" in text) and _ID.fullmatch(text) and text == text.lower()
    return text[0].upper() + text[1:] if is_name and text not in ids else text


def as_picture(text: str) -> str | None:
    """The path of a picture beside the deck, or None where a text is none."""
    path = text.replace("\\", "/").strip()
    parts = path.split("/")
    return None if ":" in path or not parts[0] or ".." in parts or tidy(path) != path else path


_GUARDED = re.compile(r"'[=+\-@\t\r]")
_STEPS = re.compile(r"\s*(?:→|->|,)\s*")
_BULLET = re.compile(r"(?:[-•*]|[0-9]{1,2}[.)])\s+")
_ID = re.compile(r"[\w.-]{1,100}")
_BRACES = str.maketrans("{}|", "｛｝｜")


def _without_braces(text: str) -> str:
    return text.translate(_BRACES)


def _with_spans(parts: Sequence[str | Deletion], as_text: Callable[[str], str]) -> str:
    """Anki's deletions as ours; what stands inside one belongs to it. `as_text` gives the rest."""
    return "".join(as_text(part) if isinstance(part, str) else _span(part) for part in parts)


def _span(deletion: Deletion) -> str:
    hidden, hint = (
        _without_braces(text).strip() for text in (cloze_markup.told(deletion.parts), deletion.hint or "")
    )
    return f"{{{hidden}|{hint}}}" if hint else f"{{{hidden}}}"


def _checked(text: str) -> str:
    spans_of(text)
    return text
