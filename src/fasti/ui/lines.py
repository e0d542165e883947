"""Lines of styled text, and how they fit a width counted in the cells of a terminal.

Nothing here draws. A line is a tuple of pieces, each a text and the name of a style, so that what a
screen says can be read by a test, an ear or a pipe as well as by a terminal.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

STRONG = "bold"
FAINT = "dim"
LABEL = "cyan"
RIGHT = "green"
CLOSE = "yellow"
WRONG = "red"

NO_BREAK = "\u00a0"
"""A space that holds words together; `with_plain_spaces` takes it out again."""

ROOMY = 10_000
"""The width of what is not a terminal: nothing is wrapped or cut."""


class Piece(NamedTuple):
    """Text in one style; the empty style is the terminal's own."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]


def line(*parts: str | Piece) -> Line:
    """A line of these parts; plain texts have no style."""
    return tuple(part if isinstance(part, Piece) else Piece(part) for part in parts)


def plain(pieces: Line) -> str:
    """What a line says, without its styles."""
    return "".join(piece.text for piece in pieces)


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes: wide characters two, combining ones none."""
    if text.isascii() or text.translate(_DRAWN).isascii():
        return len(text)
    # Imported here: a command that prints plain words needs nothing of Rich.
    from rich.cells import cell_len

    # Each for itself: Rich lets a joiner swallow the space after it, which no terminal does.
    return sum(cell_len(cluster) for cluster in clusters(text))


def clusters(text: str) -> list[str]:
    """`text` in what a reader sees as single characters: a letter with its accents, a joined emoji."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for letter in text:
        if found and _joins(found[-1], letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def wrapped(pieces: Line, width: int, first: str = "", rest: str = "") -> list[Line]:
    """A line broken between words to fit `width` cells, behind `first` and, from the second on, `rest`.

    Line feeds in it begin new lines; empty ones are left out. A word that is too long is cut; what stands
    between backquotes, a command to be copied, is one word. Text without spaces between words (Chinese,
    Japanese) breaks at any character where its rules allow it.
    """
    rows: list[list[_Atom]] = []
    for paragraph in _paragraphs(pieces):
        room = width - cells(first if not rows else rest)
        rows.extend(_filled(paragraph, max(room, 1), max(width - cells(rest), 1)))
    return [
        line(first if number == 0 else rest, *_merged(row)) if first or rest else _merged(row)
        for number, row in enumerate(rows or [[]])
    ]


def with_plain_spaces(lines: Iterable[Line]) -> list[Line]:
    """Lines that are broken already, with plain spaces for those that held their words together."""
    return [tuple(Piece(piece.text.replace("\u00a0", " "), piece.style) for piece in row) for row in lines]


def hanging(label: Line, body: Line, width: int) -> list[Line]:
    """A label and a text beside it, whose later lines begin where its first one does."""
    margin = cells(plain(label))
    rows = wrapped(body, width - margin)
    return [(*(label if number == 0 else line(" " * margin)), *row) for number, row in enumerate(rows)]


def fitted(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` on one line of at most `width` cells, its end replaced by `ellipsis` where it is cut."""
    return clipped(" ".join(text.split()), width, ellipsis)


def clipped(text: str, width: int, ellipsis: str = "…") -> str:
    """A line of at most `width` cells, as `fitted`, with its spaces as they are."""
    if cells(text) <= width:
        return text
    room = width - cells(ellipsis)
    if room <= 0:
        return ellipsis[: max(width, 0)]
    kept = ""
    for cluster in clusters(text):
        if cells(kept + cluster) > room:
            break
        kept += cluster
    return kept.rstrip() + ellipsis


def cut(pieces: Line, width: int) -> Line:
    """The pieces of a line that `width` cells have room for."""
    if cells(plain(pieces)) <= width:
        return pieces
    kept: list[Piece] = []
    for piece in pieces:
        text = clipped(piece.text, width, "")
        kept.append(Piece(text, piece.style))
        width -= cells(text)
        if text != piece.text:
            break
    return tuple(kept)


def padded(text: str, width: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `width` cells, before it if it is to stand at the `right`."""
    gap = " " * (width - cells(text))
    return gap + text if right else text + gap


def apart(left: str, rights: Sequence[str], width: int, ellipsis: str = "…") -> tuple[str, str, str]:
    """A text at the left edge, the gap, and the first of `rights` that fits at the right edge.

    The left text is cut before a shorter right one is taken, but never below half of `width`.
    """
    if width >= ROOMY // 2:
        # Nothing is at an edge of what has none.
        right = next(filter(None, rights), "")
        return fitted(left, width, ellipsis), "  " if right else "", right
    least = min(cells(left), width // 2)
    for right in rights:
        room = width - cells(right) - 2
        if right and room >= least:
            shown = fitted(left, room, ellipsis)
            return shown, " " * (width - cells(shown) - cells(right)), right
    return fitted(left, width, ellipsis), "", ""


# What drawings are made of takes one cell each; Rich need not be loaded to know.
_DRAWN = dict.fromkeys(map(ord, "\u00a0·–…▲░▒▓▁▂▃▄▅▆▇█▉▊▋▌▍▎▏"), "x")


class _Atom(NamedTuple):
    """What is never cut: a cluster, its style, and the cells it takes."""

    text: str
    style: str
    width: int


# What may not begin a line, and what may not end one, in Chinese and Japanese.
_CLOSING = frozenset(
    "、。，．・：；？！）］｝」』】〉》〕ー々…‥’”ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョ!),.:;?]}"
)
_OPENING = frozenset("（［｛「『【〈《〔‘“([{")
_GLUE = "\u00a0\u202f\u2007"


def _joins(cluster: str, letter: str) -> bool:
    if letter.isspace() or cluster in {"\n", "\t"}:
        return False
    if cluster.endswith("\u200d") or unicodedata.category(letter) in {"Mn", "Me", "Mc"}:
        return True
    if letter == "\u200d" or "\U0001f3fb" <= letter <= "\U0001f3ff":
        return not cluster.isspace()
    return _is_flag_half(letter) and len(cluster) == 1 and _is_flag_half(cluster)


def _is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _paragraphs(pieces: Line) -> Iterator[list[_Atom]]:
    atoms: list[_Atom] = []
    for piece in pieces:
        for cluster in clusters(piece.text.expandtabs(4)):
            if cluster != "\n":
                atoms.append(_Atom(cluster, piece.style, cells(cluster)))
            elif atoms:
                yield atoms
                atoms = []
    if atoms:
        yield atoms


def _filled(atoms: list[_Atom], room: int, later_room: int) -> Iterator[list[_Atom]]:
    row: list[_Atom] = []
    used = 0
    space: list[_Atom] = []
    for word in _words(atoms):
        if _is_space(word[0]):
            space = word
            continue
        if row and used + _width(space) + _width(word) <= room:
            row += space
            used += _width(space)
        elif row:
            yield row
            row, used, room = [], 0, later_room
        for atom in word:
            if row and used + atom.width > room:
                yield row
                row, used, room = [], 0, later_room
            row.append(atom)
            used += atom.width
        space = []
    if row:
        yield row


def _words(atoms: list[_Atom]) -> Iterator[list[_Atom]]:
    """Runs of atoms between which a line may break; spaces are runs of their own."""
    word: list[_Atom] = []
    backquotes = [index for index, atom in enumerate(atoms) if atom.text == "`"]
    commands = [
        range(start + 1, end + 1) for start, end in zip(backquotes[::2], backquotes[1::2], strict=False)
    ]
    for index, atom in enumerate(atoms):
        if word and _may_break(word[-1], atom) and not any(index in command for command in commands):
            yield word
            word = []
        word.append(atom)
    if word:
        yield word


def _may_break(before: _Atom, after: _Atom) -> bool:
    if _is_space(before) != _is_space(after):
        return True
    if _is_space(after) or after.text in _CLOSING or before.text in _OPENING:
        return False
    return before.width == 2 or after.width == 2


def _is_space(atom: _Atom) -> bool:
    return atom.text == "\u200b" or (atom.text.isspace() and atom.text not in _GLUE)


def _width(atoms: Iterable[_Atom]) -> int:
    return sum(atom.width for atom in atoms)


def _merged(atoms: list[_Atom]) -> Line:
    return tuple(
        Piece("".join(atom.text for atom in run), style)
        for style, run in groupby(atoms, key=lambda atom: atom.style)
    )
