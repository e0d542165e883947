"""How much room a text takes before any browser has seen it: in em, on the generous side.

The widths are those of DejaVu Sans, which is among the widest fonts that a system may take for text.
"""

import unicodedata

_NARROW = 0.35
_WIDTHS = {
    **dict.fromkeys("ijl.,:;'|!’‘", _NARROW),
    **dict.fromkeys('ftrIJ()[]-/ "“”', 0.42),
    **dict.fromkeys("mw%@—", 0.98),
    **dict.fromkeys("MW", 1.0),
    **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ", 0.76),
}
_USUAL = 0.64
_WIDE = 1.02


def width(text: str) -> float:
    """The width of a text on one line, in em."""
    return sum(map(_width, text))


def wrapped(text: str, most: float) -> list[str]:
    """`text` in lines of at most `most` em, broken between words, and within one that fills a line alone."""
    lines = [""]
    for paragraph in text.strip().split("\n"):
        if lines != [""]:
            lines.append("")
        for word in paragraph.split():
            _put(word, lines, most)
    return lines


def lines_of(text: str, most: float) -> int:
    """How many lines of `most` em a text takes; none where there is none."""
    return len(wrapped(text, most)) if text.strip() else 0


def _put(word: str, lines: list[str], most: float) -> None:
    together = f"{lines[-1]} {word}" if lines[-1] else word
    if width(together) <= most:
        lines[-1] = together
        return
    if lines[-1] and (width(word) <= most or not _breaks_anywhere(word) or width(lines[-1] + " ") > most):
        lines.append("")
    elif lines[-1]:
        lines[-1] += " "
    for sign in word:
        if lines[-1] and width(lines[-1] + sign) > most:
            lines.append("")
        lines[-1] += sign


def _breaks_anywhere(word: str) -> bool:
    """Whether it is of a script without spaces, such as Chinese."""
    return any(unicodedata.east_asian_width(sign) in {"W", "F"} for sign in word)


def _width(sign: str) -> float:
    if sign in _WIDTHS:
        return _WIDTHS[sign]
    if sign.isascii():
        return _USUAL
    if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
        return 0.0
    return _WIDE if unicodedata.east_asian_width(sign) in {"W", "F"} else 0.7
