"""The pictures of a foreign collection beside the deck that is made of it."""

import re
import unicodedata
from collections.abc import Container
from urllib.parse import unquote

from fasti.core.text import fingerprint, printable, slug


class Pictures:
    """Finds the files that addresses in notes mean, and names them beside the deck.

    `files` gives the collection's name of each file by its path beside the deck file, with `/`.
    """

    def __init__(self, names: Container[str], deck: str) -> None:
        self.files: dict[str, str] = {}
        self._names = names
        self._folder = f"{deck}-media"
        self._paths: dict[str, str] = {}
        self._taken: set[str] = set()

    def found(self, address: str) -> str | None:
        """The collection's name of the file that an address means, or None where there is none."""
        for name in (address, unquote(address)):
            for form in (name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)):
                if form and form in self._names:
                    return form
        return None

    def path(self, name: str, answer: str) -> str:
        """The path of a file beside the deck: under its own name, unless that gives the answer away."""
        if name not in self._paths:
            own = _safe(name)
            path = f"{self._folder}/{_unsaid(own, answer)}"
            if path.casefold() in self._taken:
                path = f"{self._folder}/{fingerprint(name)}-{own}"
            self._taken.add(path.casefold())
            self._paths[name] = path
            self.files[path] = name
        return self._paths[name]


def is_on_the_web(address: str) -> bool:
    """Whether an address leads out of the collection, or holds the picture itself."""
    return re.match(r"(?:[a-z][a-z0-9+.-]+:)?//|data:", address, re.IGNORECASE) is not None


_LONGEST = 100
_UNUSABLE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\N{REPLACEMENT CHARACTER}]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)


def _safe(name: str) -> str:
    """A file's name as every system takes it."""
    plain = _UNUSABLE.sub("_", printable(unicodedata.normalize("NFC", name))).strip(" .")
    if len(plain) > _LONGEST:
        plain = f"{fingerprint(name)}{plain[-_LONGEST:]}"
    return f"_{plain}" if not plain or _RESERVED.match(plain) else plain


def _unsaid(name: str, answer: str) -> str:
    """The name, or another where it has a word of the answer: it is shown together with the question."""
    stem, dot, ending = name.rpartition(".")
    words = set(slug(stem or ending, longest=200).split("-"))
    said = any(len(word) > 3 and word in words for word in slug(answer, longest=200).split("-"))
    return f"picture-{fingerprint(name)}{dot}{ending}" if said and stem else name
