"""Entries of a list that lack their place or their dash, and so look like part of the entry above."""

from fasti.decks.pieces import Heads, dash_of, indent, is_block_header, says


class Misplaced:
    """Finds, line by line, where inside an entry of a list another begins that lacks its place or its dash."""

    def __init__(self, heads: Heads, base: int) -> None:
        self._heads = heads
        self._base = base
        self._keys: list[str] = []
        self._open: list[int] = []
        self._first = True

    def begins_entry(self, line: str) -> bool:
        """Whether an entry begins with this line; to be asked of every line in turn."""
        starts = self._first or self._starts(line)
        self._first = False
        if starts:
            self._keys, self._open = [], []
        self._note(line)
        return starts

    def _starts(self, line: str) -> bool:
        at = indent(line)
        nested = any(at >= place for place in self._open)
        if dash_of(line) is not None and (at < self._base or (at == self._base + 1 and not nested)):
            return True
        if self._heads.item_of_kind(line):
            return not nested
        if at > self._base + 1:
            return False
        if self._heads.garbled_item(line) is not None:
            return True
        head = self._heads.known(line)
        if not head or head.word not in self._heads.words.kinds:
            return False
        kind = self._keys[0] if self._keys else ""
        return head.word in self._keys or not self._heads.words.belongs(kind, head.word)

    def _note(self, line: str) -> None:
        """Remember the line's key, and whether other lines may stand below it."""
        text = line
        if (garbled := self._heads.garbled_item(line)) is not None:
            text = " " * garbled + line[garbled:]
        elif self._heads.begins_item(line):
            text = " " * (indent(line) + 1) + line.lstrip()[1:]
        head = self._heads.head(text)
        if head is None:
            return
        self._keys.append(head.word)
        self._open = [place for place in self._open if place < head.column - 1]
        rest = text[head.end :]
        if not says(rest) or is_block_header(rest):
            self._open.append(head.column - 1)
