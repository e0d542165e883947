"""Sentences outside a screen of Rich's: a message, a line for a prompt."""

from typing import TextIO


def between_words(text: str, stream: TextIO) -> str:
    """The text as it goes to `stream`: on a terminal its lines end between words, elsewhere it is as it is.

    What is longer than a line, such as the name of a card, stays in one piece, so that it can be copied.
    """
    if not stream.isatty():
        return text
    # Imported here: most of what is said is read by a person, and none of it by a shell prompt.
    from shutil import get_terminal_size
    from textwrap import fill

    width = max(get_terminal_size().columns, 20)
    return "\n".join(
        fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )
