"""Leeches: cards that are forgotten again and again."""

THRESHOLD = 8
"""Lapses at which a card is first called a leech (the number Anki uses)."""

EVERY = 4
"""Further lapses after which it is called one again: half the threshold, as in Anki's manual."""


def becomes_leech(lapses_before: int, lapses_after: int) -> bool:
    """Whether this lapse is one at which the student is told: the 8th, 12th, 16th and so on."""
    if lapses_after <= lapses_before or lapses_after < THRESHOLD:
        return False
    return (lapses_after - THRESHOLD) % EVERY == 0
