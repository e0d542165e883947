"""The spell checker, where it is installed: `fasti[spelling]`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fasti.core.spelling import wording
from fasti.core.text import searchable
from fasti.errors import FastiError
from fasti.lints.lint import Speller

if TYPE_CHECKING:
    from spellchecker import SpellChecker


class NoSpellCheckerError(FastiError):
    """Spelling was asked for and no spell checker is installed."""

    def __init__(self) -> None:
        super().__init__(
            "spelling cannot be checked: the spell checker is not installed",
            "install it with `pip install 'fasti[spelling]'`",
        )


def speller() -> Speller:
    """Of a language and some words, those that are unknown, each with the word that was probably meant or empty.

    British spellings are known as American ones are, and words without their accents. A language without a
    dictionary knows every word. Raises NoSpellCheckerError.
    """
    try:
        from spellchecker import SpellChecker
    except ImportError as error:
        raise NoSpellCheckerError from error
    checkers: dict[str, SpellChecker | None] = {}

    def misspelt(language: str, words: frozenset[str]) -> Mapping[str, str]:
        if language not in checkers:
            try:
                checkers[language] = SpellChecker(language=language, distance=1)
            except ValueError:
                checkers[language] = None
        checker = checkers[language]
        return _misspelt(checker, words) if checker else {}

    return misspelt


def _misspelt(checker: "SpellChecker", words: frozenset[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in sorted(checker.unknown(words)):
        meant = checker.correction(word) or ""
        if not checker.known(wording(word).plain) and not _is_form(word, meant):
            found[word] = meant
    return found


def _is_form(word: str, meant: str) -> bool:
    """Whether a word is a known one without its accents, or in the plural."""
    return searchable(meant) == searchable(word) or word in (meant + "s", meant + "es")
