"""How problems speak of what an author wrote: quoted, cut, and with the word that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

from fasti.core.facts import Change, Place
from fasti.core.text import printable

_LONGEST = 60
_MOST = 20


def shown(text: str) -> str:
    """Deck text as part of a sentence: on one line, safe to print, in backticks, at most 60 characters."""
    line = " ".join(printable(text).split())
    return f"`{line if len(line) <= _LONGEST else line[: _LONGEST - 1] + '…'}`"


def quoted(text: str) -> str:
    """The text as it can be written in YAML: in the quotes that need least change, in backticks."""
    line = " ".join(printable(text).split())
    if '"' not in line and "\\" not in line:
        return f'`"{line}"`'
    return "`'" + line.replace("'", "''") + "'`"


def in_quotes(text: str) -> str:
    """The advice to put a text in quotes; shown where it is short."""
    line = " ".join(text.split())
    if 0 < len(line) <= _LONGEST and "\N{REPLACEMENT CHARACTER}" not in line:
        return f"put quotes round the whole text: {quoted(line)}"
    return "put quotes round the whole text"


def start_sentence(sign: str, text: str) -> str:
    """What is told of a text that begins with a sign of YAML's."""
    name = "a backtick" if sign == "`" else f"`{sign}`"
    return f"a text that begins with {name} means something else to YAML; {in_quotes(text)}"


def listed(words: Iterable[str], last: str = "or") -> str:
    """Words in backticks as a sentence lists them: `a`, `b` or `c`."""
    names = [shown(word) for word in islice(words, _MOST + 1)]
    if len(names) > _MOST:
        return ", ".join([*names[:_MOST], "…"])
    return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def meant(word: str, known: Iterable[str]) -> str | None:
    """The known word that an author who wrote `word` probably meant, or None."""
    by_form = {_form(name): name for name in known}
    form = _form(word)
    if form in by_form:
        return by_form[form]
    for other in _OTHER_WORDS.get(form, ()):
        if other in by_form:
            return by_form[other]
    near = get_close_matches(form[:100], by_form, n=1, cutoff=0.7)
    return by_form[near[0]] if near else None


def respelt(word: str, guess: str | None, place: Place) -> tuple[Change, ...]:
    """The change of a word at `place` into the one that was meant, where only case, spaces and hyphens differ."""
    return (Change(place, word, guess),) if guess and _form(word) == _form(guess) else ()


def _form(word: str) -> str:
    return word.casefold().replace("_", " ").replace("-", " ").strip()


# What other programs, and English, call the same thing.
_OTHER_WORDS = {
    "answer": ("a",),
    "back": ("a",),
    "born": ("lived",),
    "card": ("cards",),
    "cause": ("causes", "caused by"),
    "causes": ("caused by",),
    "citation": ("source",),
    "consequences": ("leads to",),
    "definition": ("means",),
    "description": ("who", "what", "means"),
    "died": ("lived",),
    "dates": ("date", "lived"),
    "effects": ("leads to", "effect"),
    "explanation": ("note", "why"),
    "front": ("q",),
    "language": ("language",),
    "lesson": ("unit",),
    "license": ("licence",),
    "life": ("lived",),
    "link": ("url",),
    "meaning": ("means",),
    "name": ("person", "deck", "title"),
    "picture": ("image",),
    "question": ("q",),
    "reference": ("source",),
    "sentence": ("cloze",),
    "sequence": ("order",),
    "steps": ("items",),
    "title": ("deck",),
    "topic": ("unit",),
    "when": ("date",),
    "word": ("term",),
    "year": ("date",),
    "years": ("lived", "date"),
}
