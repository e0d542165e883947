"""Leeches: cards that are forgotten again and again."""

THRESHOLD = 8
"""Lapses at which a card is first called a leech (the number Anki uses)."""


def becomes_leech(lapses_before: int, lapses_after: int, threshold: int = THRESHOLD) -> bool:
    """Whether this lapse is one at which the student is told: the 8th, 12th, 16th and so on.

    After the first time it is every half `threshold`, as in Anki's manual.
    """
    if lapses_after <= lapses_before or lapses_after < threshold:
        return False
    return (lapses_after - threshold) % max(threshold // 2, 1) == 0
