"""The pictures of the cards that are asked: drawn where the terminal can, named where it cannot."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fasti.core.review import Picture, Question
from fasti.ui.console import Output
from fasti.ui.keyboard import Keyboard

if TYPE_CHECKING:
    from fasti.images.terminals import Protocol

_PATIENCE_SECONDS = 0.3
"""How long a terminal may take to say what it is; one on the other side of the world does not need more."""

_VECTORS = frozenset([".svg"])


def picturing(output: Output, keys: Keyboard, wish: str) -> Callable[[Question], Picture]:
    """Gives the picture of a card for this terminal; `wish` is what the setting `images` may be."""
    return _Pictures(output, keys, wish).of


class _Pictures:
    """Finds out how this terminal draws when the first picture is asked for, and remembers the last drawing."""

    def __init__(self, output: Output, keys: Keyboard, wish: str) -> None:
        self._output = output
        self._keys = keys
        self._wish = wish
        self._asked = False
        self._protocol: Protocol | None = None
        self._cell: tuple[int, int] | None = None
        self._remark = ""
        self._last: tuple[tuple[object, ...], str] | None = None

    def of(self, question: Question) -> Picture:
        """The picture of a card that has one."""
        from fasti.pictures import PictureError, picture_path

        image = question.card.image
        try:
            path = picture_path(question.path, image)
        except PictureError as error:
            return Picture(image, remarks=(_sentence(error),))
        self._look_around()
        if self._protocol is None or path.suffix.lower() in _VECTORS:
            return Picture(_shown(path), remarks=self._once())
        return self._drawn(path, image, self._protocol)

    def _drawn(self, path: Path, image: str, protocol: "Protocol") -> Picture:
        from fasti.images.frame import frame_of
        from fasti.pictures import PictureError, picture_bytes

        try:
            from fasti.images.drawing import drawing_of
            from fasti.images.reading import UnreadablePictureError
        except ImportError:
            self._protocol = None
            self._remark = 'This terminal can show pictures: `pip install "fasti[images]"` draws them here.'
            return Picture(_shown(path), remarks=self._once())
        frame = frame_of(self._output.look.measure, self._output.height, self._output.cell or self._cell)
        try:
            data = picture_bytes(path, image)
            this = (path, hash(data), frame, protocol)
            if self._last is None or self._last[0] != this:
                self._last = (this, drawing_of(data, protocol, frame))
        except PictureError as error:
            return Picture(_shown(path), remarks=(_sentence(error),))
        except UnreadablePictureError as error:
            return Picture(_shown(path), remarks=(f"`{image}` {error}.",))
        return Picture(_shown(path), self._last[1])

    def _look_around(self) -> None:
        """Find out how this terminal draws: by the student's wish, the environment, or asking it."""
        if self._asked:
            return
        self._asked = True
        from fasti.images.terminals import (
            ANSWERED,
            ASK,
            Protocol,
            answer_in,
            is_inside_another,
            known_protocol,
            may_be_asked,
        )

        if self._wish == "off" or not self._output.moves_cursor:
            return
        if self._wish == "auto":
            self._protocol = known_protocol(os.environ)
        elif is_inside_another(os.environ) and self._wish != Protocol.SIXEL:
            self._remark = (
                "tmux and screen let no such pictures through; tmux 3.4 draws `FASTI_IMAGES=sixel`."
            )
        else:
            self._protocol = Protocol(self._wish)
        knows_all = self._protocol is not None and self._output.cell is not None
        if not knows_all and may_be_asked(os.environ):
            answer = answer_in(self._keys.answer_to(ASK, ANSWERED, _PATIENCE_SECONDS))
            self._cell = answer.cell
            if self._protocol is None and answer.sixel:
                self._protocol = Protocol.SIXEL

    def _once(self) -> tuple[str, ...]:
        remarks, self._remark = (self._remark,) if self._remark else (), ""
        return remarks


def _shown(path: Path) -> str:
    """The shortest way to write a path that can be opened: from here, from home, or from the root."""
    ways = [str(path)]
    for folder, sign in ((Path.cwd, ""), (Path.home, "~")):
        # Either folder may be gone or nowhere.
        with suppress(ValueError, RuntimeError, OSError):
            ways.append(str(Path(sign) / path.relative_to(folder().resolve())))
    return min(ways, key=len)


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}."
