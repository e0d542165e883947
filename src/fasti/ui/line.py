"""One line typed by a person: a small editor that draws nothing but that line."""

import re
from collections.abc import Callable
from typing import NamedTuple

from fasti.ui.console import Output
from fasti.ui.keys import STOPS, Key, Keys, Press, press_of
from fasti.ui.lines import cells, clusters

_SPACES = re.compile(r"\s+")
_LONGEST = 400
"""More than any answer needs, and still fewer rows than a small window has."""


class Typed(NamedTuple):
    """What was typed, and the key that ended it: Enter, one that stops a review, or a character at once."""

    text: str
    ended_by: Key


def read_line(
    keys: Keys,
    output: Output,
    prompt: str,
    at_once: str = "",
    resumed: Callable[[], None] = lambda: None,
) -> Typed:
    """Let one line be typed behind `prompt`; the cursor is at the beginning of the next line afterwards.

    A pasted text is one line, whatever it holds. Ctrl-D stops only where nothing is typed. The characters
    of `at_once`, where nothing is typed before them, end the line and are it. `resumed` is called before
    the line is drawn again, where the program was stopped and goes on.
    """
    editor = _Editor(output, prompt)
    editor.draw()
    while True:
        press = keys.read()
        ended = _ending(press.key, editor)
        if ended:
            editor.leave()
            return Typed(editor.text, ended)
        if press.key is Key.CHARACTER and press.text in at_once and not editor.text:
            editor.leave()
            return Typed(press.text, press.key)
        if press.key is Key.RESUMED:
            resumed()
        editor.edit(press)


def _ending(key: Key, editor: "_Editor") -> Key | None:
    if key is Key.END_OF_INPUT and editor.text:
        return None
    return key if key is Key.ENTER or key in STOPS else None


class _Editor:
    """The text before and after the cursor, and the row of the screen that the cursor is on.

    Rows end one cell before the edge, where terminals differ in when they go on to the next.
    """

    def __init__(self, output: Output, prompt: str) -> None:
        self._output = output
        self._prompt = prompt
        self._before: list[str] = []
        self._after: list[str] = []
        self._row = 0

    @property
    def text(self) -> str:
        return "".join(self._before + self._after)

    def edit(self, press: Press) -> None:
        if press.key is Key.CHARACTER:
            self._type(press.text)
        elif press.key is Key.RESUMED:
            self._row = 0
            self.draw()
        elif self._output.moves_cursor:
            lengths = len(self._before), len(self._after)
            self._change(press)
            if lengths != (len(self._before), len(self._after)):
                self.draw()
        else:
            self._change_without_moving(press)

    def leave(self) -> None:
        """Go to the line below."""
        if self._after:
            self._before, self._after = self._before + self._after, []
            self.draw()
        self._output.write("\n")

    def draw(self) -> None:
        """Draw the whole line again, where it is."""
        if not self._output.moves_cursor:
            self._output.write(self._prompt + self.text)
            return
        margin = " " * cells(self._prompt)
        rows = self._rows(self._before + self._after)
        up = f"\x1b[{self._row}A" if self._row else ""
        drawn = f"{up}\r\x1b[J{self._prompt}" + f"\n{margin}".join(rows)
        self._row = len(rows) - 1
        if self._after:
            # What stands before the cursor is written once more: the terminal knows best how wide it is.
            ahead = self._rows(self._before)
            back = f"\x1b[{len(rows) - len(ahead)}A" if len(rows) > len(ahead) else ""
            drawn += f"{back}\r{margin if len(ahead) > 1 else self._prompt}{ahead[-1]}"
            self._row = len(ahead) - 1
        self._output.write(drawn)

    def _type(self, character: str) -> None:
        if len(self._before) + len(self._after) >= _LONGEST:
            return
        joined = clusters((self._before[-1] if self._before else "") + character)
        extended = len(joined) > 1 or not self._before
        self._before[-1:] = joined
        if not self._output.moves_cursor or (extended and not self._after and self._fits_row()):
            self._output.write(character)
        else:
            self.draw()

    def _fits_row(self) -> bool:
        return len(self._rows(self._before)) - 1 == self._row

    def _change(self, press: Press) -> None:
        before, after = self._before, self._after
        match press.key:
            case Key.PASTE:
                self._paste(press.text)
            case Key.BACKSPACE if before:
                before.pop()
            case Key.DELETE | Key.END_OF_INPUT if after:
                after.pop(0)
            case Key.LEFT if before:
                after.insert(0, before.pop())
            case Key.RIGHT if after:
                before.append(after.pop(0))
            case Key.HOME:
                self._before, self._after = [], before + after
            case Key.END:
                self._before, self._after = before + after, []
            case Key.DELETE_LINE:
                before.clear()
            case Key.DELETE_WORD:
                self._before = _without_last_word(before)

    def _change_without_moving(self, press: Press) -> None:
        """On a terminal that can only go back a cell: type at the end, and take back from the end."""
        kept = {
            Key.BACKSPACE: self._before[:-1],
            Key.DELETE_WORD: _without_last_word(self._before),
            Key.DELETE_LINE: [],
        }.get(press.key)
        if kept is not None:
            gone = cells("".join(self._before[len(kept) :]))
            self._before = kept
            self._output.write("\b \b" * gone)
        elif press.key is Key.PASTE:
            length = len(self.text)
            self._paste(press.text)
            self._output.write(self.text[length:])

    def _paste(self, text: str) -> None:
        typed = "".join(letter for letter in _SPACES.sub(" ", text) if press_of(letter).key is Key.CHARACTER)
        room = _LONGEST - len(self._before) - len(self._after)
        self._before.extend(clusters(typed)[: max(room, 0)])

    def _rows(self, typed: list[str]) -> list[str]:
        """What is typed, cut into the rows it takes behind the prompt."""
        look = self._output.look
        room = max(look.width - 1 - cells(self._prompt), 2)
        rows, used = [""], 0
        for cluster in typed:
            shown = look.text(cluster).text
            width = cells(shown)
            if used + width > room:
                rows.append("")
                used = 0
            rows[-1] += shown
            used += width
        return rows


def _without_last_word(typed: list[str]) -> list[str]:
    end = len(typed)
    while end and typed[end - 1].isspace():
        end -= 1
    while end and not typed[end - 1].isspace():
        end -= 1
    return typed[:end]
