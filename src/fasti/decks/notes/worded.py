"""Lines without a date: terms and people with their meaning, questions with their answer, causes, cloze texts."""

import re

from fasti.core.cloze import ClozeError, spans_of
from fasti.decks.notes.findings import Finding, Reason, fact
from fasti.decks.notes.words import is_a_label, looks_like_a_name, names_a_thing, tells_who

_ARROW = re.compile(r"\s*(?:→|⇒|➔|➜|-{1,2}>|=>)\s*")
_CAUSES = re.compile(r"(?:the\s+)?(?:main\s+|chief\s+|key\s+)?causes\s+(?:of|for)\s+(.+)", re.IGNORECASE)
_ASKED = re.compile(r"([^\W\d_][^?]{7,}[?？])\s+([^\W_].*)")
_COLUMNS = re.compile(r"\s*\t\s*|\s+\|\s+")
_SIGN = re.compile(r":\s+|\s+[-–—]{1,3}\s+|\s+=\s+")

_LONGEST_TERM = 60
_WORDS_OF_A_TERM = 6
_WORDS_BEFORE_A_DASH = 4
_QUOTES = '"“‘«„'
_SAYS = re.compile(r"\b(?:said|says|say|wrote|writes|asks|asked|declared|told)$", re.IGNORECASE)


def worded(text: str, *, of_people: bool = False, in_list: bool = False) -> Finding:
    """The fact of a line that has no date; `in_list` says that its neighbours are parted alike."""
    return (
        _cloze(text)
        or _cause(text)
        or _question(text)
        or _columns(text, of_people=of_people)
        or _parted(text, of_people=of_people, in_list=in_list)
    )


def causes_of(heading: str) -> str:
    """What a line such as `Causes of the First World War` gives the causes of, else the empty string."""
    found = _CAUSES.fullmatch(heading.rstrip(": "))
    return _capital(found[1].strip()) if found else ""


def sign_of(text: str) -> str:
    """The sign that parts a line in two: by it, neighbours are seen to be one list."""
    if _COLUMNS.search(text):
        return "\t"
    found = _SIGN.search(text)
    return found.group().strip() if found else ""


def _cloze(text: str) -> Finding:
    if "{" not in text:
        return None
    try:
        spans_of(text)
    except ClozeError as error:
        return Reason(str(error))
    if "{{" in text:
        return Reason("hidden words stand in one pair of braces, like `{1947}`")
    return fact("cloze", cloze=text)


def _cause(text: str) -> Finding:
    parts = [part for part in _ARROW.split(text) if part]
    if len(parts) < 2:
        return None
    if len(parts) > 2:
        return Reason("a chain of causes is several facts; write each `cause -> effect` on a line of its own")
    return fact("cause", cause=parts[0], effect=parts[1])


def _question(text: str) -> Finding:
    found = _ASKED.fullmatch(text)
    if found is None or "?" in found[2] or not found[1][0].isupper() or len(found[1].split()) < 3:
        return None
    return fact("q", q=found[1], a=found[2])


def _columns(text: str, *, of_people: bool) -> Finding:
    columns = [column.strip() for column in _COLUMNS.split(text.strip("|"))]
    if len(columns) < 2 or not all(columns):
        return None
    if len(columns) > 2:
        return Reason("a table of more than two columns; `fasti import csv` reads those")
    return _meaning(*columns, of_people=of_people)


def _parted(text: str, *, of_people: bool, in_list: bool) -> Finding:
    sign = _SIGN.search(text)
    if sign is None:
        return None
    name, about = text[: sign.start()].strip(), text[sign.end() :].strip()
    if not name or not about:
        return None
    if name.endswith("?"):
        return fact("q", q=name, a=about)
    if effect := causes_of(name):
        return _effect(effect, about)
    if is_a_label(name):
        return Reason("a remark to yourself, as it seems; delete it, or write it as a fact")
    if _SAYS.search(name) or about[0] in _QUOTES or name[0] in _QUOTES:
        return Reason("words that someone said; to ask who, write `- q: Who said …?` and below it `a: …`")
    if any(map(str.isdigit, name)):
        return Reason("the date stands in the middle; put it first, and a colon behind it")
    most = _WORDS_OF_A_TERM if ":" in sign.group() or in_list else _WORDS_BEFORE_A_DASH
    if (
        len(name) > _LONGEST_TERM
        or len(name.split()) > most
        or (_SIGN.search(about, 0) and ":" not in sign.group())
    ):
        return None
    return _meaning(name, about, of_people=of_people)


def _effect(effect: str, causes: str) -> Finding:
    parts = (
        re.split(r"\s*;\s*", causes) if ";" in causes else re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", causes)
    )
    parts = [_capital(part.strip().rstrip(".")) for part in parts if part.strip(" .")]
    if len(parts) < 2:
        return Reason(
            "an effect has several causes; write them with commas between, or write `cause -> effect`"
        )
    return fact("effect", effect=effect, causes=tuple(parts))


def _meaning(name: str, about: str, *, of_people: bool) -> Finding:
    if name.endswith("?"):
        return fact("q", q=name, a=about)
    if of_people or (looks_like_a_name(name) and not names_a_thing(name) and tells_who(about)):
        return fact("person", person=name, who=about)
    return fact("term", term=name, means=about)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
