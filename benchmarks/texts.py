"""The facts that both programs are given: questions of a dozen words, the same in every run."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

DECKS = 20
MARK = "What happened in case"
"""With this every question begins; nothing else on a screen has it."""

WORDS = """
    river stone treaty war crisis king queen letter army fleet council peace revolt march siege bishop crown
    harbour famine border minister colony republic emperor missile summit speech reform senate plague
""".split()  # noqa: SIM905 - thirty words as one can read them


class Text(NamedTuple):
    """A question with its answer and tags; `id` is unique in all decks."""

    id: str
    question: str
    answer: str
    tags: tuple[str, str]


def texts(count: int, first: int = 0) -> Iterator[Text]:
    """So many of them, from the number `first` on."""
    for number in range(first, first + count):
        words = Random(number).choices(WORDS, k=9)
        yield Text(
            f"f{number}",
            f"{MARK} {number}, after the {words[0]} of the {words[1]}?",
            f"The {words[2]} and the {words[3]} of {number}: a {words[4]} of the {words[5]} and the {words[6]}",
            (words[7], words[8]),
        )


def as_deck(title: str, deck_id: str, facts: Iterator[Text]) -> str:
    """A deck file as a teacher would write it."""
    lines = [f"deck: {title}", f"id: {deck_id}", "facts:"]
    for fact in facts:
        lines += [
            f"  - q: {fact.question}",
            f"    id: {fact.id}",
            f'    a: "{fact.answer}"',
            f"    tags: [{', '.join(fact.tags)}]",
        ]
    return "\n".join(lines) + "\n"


def as_table(facts: Iterator[Text]) -> str:
    """The same as the anki package imports it."""
    lines = ["#separator:tab", "#html:false", "#notetype:Basic", "#deck:Default", "#tags column:3"]
    lines += ["\t".join((fact.question, fact.answer, " ".join(fact.tags))) for fact in facts]
    return "\n".join(lines) + "\n"


def write_decks(folder: Path, cards: int) -> list[Path]:
    """Twenty deck files of as many facts each."""
    folder.mkdir(parents=True, exist_ok=True)
    each = cards // DECKS
    paths = [folder / f"{deck}.yaml" for deck in range(DECKS)]
    for deck, path in enumerate(paths):
        facts = texts(each, deck * each)
        path.write_text(as_deck(f"Facts, part {deck + 1}", f"d{deck}", facts), encoding="utf-8")
    return paths
