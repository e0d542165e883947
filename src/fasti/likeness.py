"""How alike two texts are."""

from collections.abc import Iterable, Sequence


def similar(text: str, choices: Sequence[str], least: int) -> Iterable[tuple[int, float]]:
    """The choices whose similarity to `text` is at least `least` (0-100), by index."""
    if not choices:
        return []
    # Imported here: only a deck in which texts are not the same, yet may be alike, needs it.
    from rapidfuzz import fuzz, process

    return [
        (index, score)
        for _, score, index in process.extract(
            text, choices, scorer=fuzz.ratio, score_cutoff=least, limit=None
        )
    ]
