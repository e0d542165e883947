"""Numbers with their nouns."""


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with its noun: `1 card`, `1,200 cards`; `things` where the plural is not made with an s."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
