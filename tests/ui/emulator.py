"""As much of a terminal as a typed line needs: what is on its screen after all that was written to it."""

import re

from rich.cells import cell_len

_STEP = re.compile(r"\x1b\[(\d*)([A-Za-z])|([\r\n\b])|([^\x1b])", re.DOTALL)


class Emulator:
    """A screen of cells; a wide character fills two, a combining one joins the cell before it."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.row = 0
        self.column = 0
        self.cells: dict[tuple[int, int], str] = {}

    def write(self, text: str) -> None:
        for number, command, control, letter in _STEP.findall(text):
            if command == "A":
                self.row = max(0, self.row - int(number or 1))
            elif command == "J":
                here = (self.row, self.column)
                self.cells = {place: cell for place, cell in self.cells.items() if place < here}
            elif control == "\r":
                self.column = 0
            elif control == "\n":
                self.row, self.column = self.row + 1, 0
            elif control == "\b":
                self.column = max(0, self.column - 1)
            elif letter:
                self._put(letter)
            else:
                raise AssertionError(f"the terminal does not know {number}{command}")

    @property
    def lines(self) -> list[str]:
        last = max((row for row, _ in self.cells), default=0)
        return [self._line(row) for row in range(last + 1)]

    @property
    def cursor(self) -> tuple[int, int]:
        return self.row, self.column

    def _put(self, letter: str) -> None:
        width = cell_len(letter)
        if not width:
            before = max(place for place in self.cells if place[0] == self.row and place[1] < self.column)
            self.cells[before] += letter
            return
        assert self.column + width <= self.width, "the edge was reached"
        for column in range(self.column, self.column + width):
            self.cells.pop((self.row, column), None)
        self.cells[self.row, self.column] = letter
        self.column += width

    def _line(self, row: int) -> str:
        shown = ""
        for place in sorted(place for place in self.cells if place[0] == row):
            shown += " " * (place[1] - cell_len(shown)) + self.cells[place]
        return shown.rstrip()
