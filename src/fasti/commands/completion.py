"""What a shell offers at Tab: decks, units, tags, cards and exams of the library.

Deck text is data here too: it is written so that the shell takes it for one word and nothing else, and what a
shell cannot be trusted with is not offered. Whatever goes wrong, nothing is offered, and nothing is said.
"""

import os
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Self

import typer

if TYPE_CHECKING:
    from fasti.store.offers import Offers

_Offer = str | tuple[str, str]


def offered_decks(context: typer.Context, incomplete: str) -> list[_Offer]:
    """Ids of decks, with their titles where the shell shows them; not those that are there already."""

    def ask(offers: "Offers", _: str) -> list[tuple[str, str]]:
        named = _named_decks(offers, incomplete)
        return [(id, title) for id, title in offers.decks() if id not in named]

    return _offered(context, ask)


def offered_units(context: typer.Context, incomplete: str) -> list[_Offer]:
    """Units of the decks that are named, or of all."""
    return _offered(context, lambda offers, _: _alone(offers.units(_named_decks(offers, incomplete))))


def offered_tags(context: typer.Context, incomplete: str) -> list[_Offer]:
    """Tags of the decks that are named, or of all."""
    return _offered(context, lambda offers, _: _alone(offers.tags(_named_decks(offers, incomplete))))


def offered_cards(context: typer.Context, incomplete: str) -> list[_Offer]:
    """Names of cards, or as far as they are the same."""
    return _offered(context, lambda offers, _: _alone(offers.cards(incomplete)))


def offered_suspended(context: typer.Context, incomplete: str) -> list[_Offer]:
    """Names of the cards that are suspended."""
    return _offered(context, lambda offers, learner: _alone(offers.cards(incomplete, learner)))


def offered_exams(context: typer.Context, incomplete: str) -> list[_Offer]:
    """Names of the exams."""
    return _offered(context, lambda offers, learner: _alone(offers.exams(learner)))


class Word(str):
    """A value that a shell reads as one word.

    Typer compares the value with what was typed, as the shell understood that, and then writes it with
    `format`: it is there that it is quoted.
    """

    _written: str

    def __new__(cls, value: str, written: str) -> Self:
        """The value, and how it is written for the shell."""
        word = super().__new__(cls, value)
        word._written = written
        return word

    def __format__(self, _: str) -> str:
        """How it is written for the shell."""
        return self._written


def word_for(shell: str, text: str) -> Word | None:
    """A text as a word of this shell; None where it could be taken for anything else."""
    from fasti.core.text import unsafe_character

    if not text or text.startswith("-") or unsafe_character(text) or text.split() != text.split(" "):
        return None
    match shell:
        case "bash":
            # Colons and equals signs too: bash takes what stands on either side of them for words.
            return Word(text, _NOT_PLAIN.sub(r"\\\g<0>", text))
        case "fish":
            return Word(text, text)
        case "powershell" | "pwsh":
            quoted = "'" + text.replace("'", "''") + "'"
            return None if ":::" in text else Word(text, quoted if _NOT_PLAIN.search(text) else text)
    # In zsh, and who knows where else, the words are evaluated once more, within double quotes.
    return None if _ACTS_IN_QUOTES.search(text) else Word(text, text)


_NOT_PLAIN = re.compile(r"^#|[^\w./#%+,-]")
_ACTS_IN_QUOTES = re.compile("[\\\\\"'$`!]")
_MARKUP = re.compile(r"[\[\]\\\"'$`]")


def _named_decks(offers: "Offers", incomplete: str) -> list[str]:
    """The decks that are named on the command line already, before the word that is being typed."""
    # An option that has no value yet keeps Typer from reading the rest of the line.
    line = os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or ""
    words = line.split()[: -1 if incomplete else None]
    return [id for id, _ in offers.decks() if id in words]


def _alone(texts: Iterable[str]) -> list[tuple[str, str]]:
    return [(text, "") for text in texts]


def _offered(context: typer.Context, ask: "Callable[[Offers, str], list[tuple[str, str]]]") -> list[_Offer]:
    try:
        found = _found(context, ask)
    except Exception:  # noqa: BLE001 - between a person's keys there is no place for an error
        return []
    shell = os.environ.get("_FASTI_COMPLETE", "").rpartition("_")[2]
    words = [(word_for(shell, value), about) for value, about in found]
    # Typer takes what explains a word for Rich's markup.
    return [
        (word, _MARKUP.sub("", about)) if about and shell != "bash" else word
        for word, about in words
        if word is not None
    ]


def _found(
    context: typer.Context, ask: "Callable[[Offers, str], list[tuple[str, str]]]"
) -> list[tuple[str, str]]:
    from fasti.core.text import printable
    from fasti.settings import read_settings
    from fasti.store.offers import offers

    settings = read_settings(os.environ, context.find_root().params.get("database"))
    if settings.sqlite_file is None:
        return []
    with offers(settings.sqlite_file) as library:
        found = [] if library is None else ask(library, settings.learner)
    return [(value, " ".join(printable(about).split())) for value, about in found]
