"""A deck of ten thousand facts read, every scalar with its line and column, against PyYAML's C loader.

`yaml.load` with `CSafeLoader` gives values without places. Beside them is what `read_deck` makes of the same
text, facts and problems, and that is what both are for.
"""

import random

from benchmarks.kit import Measured, Run, Side, apart, measured, timed
from benchmarks.texts import WORDS


def parse(run: Run) -> Measured:
    """The text of one deck, in memory."""
    text = deck(run.sizes.facts)
    sides = {
        "fasti": apart(our_nodes, text),
        "CSafeLoader": apart(yaml_load, text),
        "fasti, read_deck": apart(our_facts, text, run.sizes.facts),
    }
    return Measured(f"{run.sizes.facts:,}", "s", measured(sides, run.rounds(7)))


def our_nodes(text: str) -> Side:
    """Nodes with places."""
    from fasti.decks.nodes import parse

    while True:
        yield timed(lambda: parse(text))


def our_facts(text: str, facts: int) -> Side:
    """Facts, and what is wrong with them: nothing, here."""
    from fasti.decks.read import read_deck

    reading = read_deck(text)
    assert reading.deck is not None
    assert (len(reading.deck.facts), reading.problems) == (facts, ())
    while True:
        yield timed(lambda: read_deck(text))


def yaml_load(text: str) -> Side:
    """Dictionaries, lists and scalars without places."""
    import yaml

    while True:
        yield timed(lambda: yaml.load(text, Loader=yaml.CSafeLoader))


def deck(facts: int) -> str:
    """A deck of plain, realistic facts: events, people, effects and questions in turn."""
    chance = random.Random(1962)
    lines = ["deck: A long deck", "sources:", "  gaddis: Gaddis, The Cold War (2005)", "facts:"]
    for number in range(facts):
        words = " ".join(chance.choices(WORDS, k=6))
        lines += FORMS[number % len(FORMS)](number, words, chance)
    return "\n".join(lines) + "\n"


def event(number: int, words: str, chance: random.Random) -> list[str]:
    day = f"{1513 + number % 87}-{1 + number % 12:02}-{1 + number % 28:02}"
    return [
        f"  - event: The {words}, number {number}",
        f"    id: event-{number}",
        f"    date: {chance.choice([day, day[:7], day[:4]])}",
        f"    hint: In the year of the {words[:12]}",
        f"    source: gaddis, p. {number % 300}",
    ]


def person(number: int, words: str, chance: random.Random) -> list[str]:
    born = 1700 + number % 150
    return [
        f"  - person: {words.title()} {number}",
        f"    who: Leader of the {words} who wrote to the council",
        f"    lived: {born}-{born + 40 + number % 40}",
        f"    accept: [{chance.choice(WORDS)}, {chance.choice(WORDS)}]",
    ]


def effect(number: int, words: str, chance: random.Random) -> list[str]:
    causes = ", ".join(f"The {one} of {number}" for one in chance.sample(WORDS, 3))
    return [
        f"  - effect: The {words} {number}",
        f"    causes: [{causes}]",
        f"    note: Think of the {words}.",
    ]


def question(number: int, words: str, chance: random.Random) -> list[str]:
    return [
        f"  - q: Why was there a {words} in {number}?",
        f'    a: "Because of the {words}: it had to come"',
        f"    tags: [{chance.choice(WORDS)}]",
    ]


FORMS = (event, person, effect, question)
