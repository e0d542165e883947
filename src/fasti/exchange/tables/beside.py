"""What a row of a table says of its fact besides the fields of its kind: id, hints, sources, picture, cards."""

import re
from collections.abc import Sequence

from fasti.core.dates import Calendar
from fasti.core.facts import Fact
from fasti.core.kinds import BUILT_IN
from fasti.exchange.foreign.names import name_of_guid
from fasti.exchange.foreign.sources import citations
from fasti.exchange.plain_text import tidy
from fasti.exchange.tables.cells import LINES, SPACES, WORDS, as_id, as_picture, listed
from fasti.exchange.tables.columns import Columns
from fasti.exchange.tables.rows import Row, Sheet

_HINTS = re.compile(r"\s*(?:\n|\|)\s*")
_CALENDARS = frozenset(calendar.value for calendar in Calendar)
_QUESTION = re.compile(r"\s|[?？؟]")


class Beside:
    """Reads it row by row; `ids` are the rows by the ids that were given."""

    def __init__(self, sheet: Sheet, columns: Columns) -> None:
        self.ids: dict[str, int] = {}
        self._columns = columns
        self._tags = SPACES if sheet.settings else WORDS

    def fact(
        self, kind: str, row: Row, cells: Sequence[str], pictures: Sequence[str], told: list[str]
    ) -> Fact:
        """A fact of a kind without its fields; `pictures` are those in the row's HTML. What is wrong is told."""
        texts = {
            role: tuple(text for place in places if (text := cells[place]))
            for role, places in self._columns.beside.items()
        }
        ask = self._ask(kind, cells, texts.get("ask", ()), told)
        question = " ".join(texts.get("question", ()))
        return Fact(
            kind,
            {},
            id=self._id(row, cells, texts.get("id", ()), told),
            hints=listed(texts.get("hint", ()), _HINTS),
            accept=listed(texts.get("accept", ()), LINES),
            sources=citations(texts.get("source", ())),
            note="\n".join(texts.get("note", ())),
            tags=listed(texts.get("tags", ()), self._tags),
            ask=ask,
            question=question if not ask and _QUESTION.search(question) else "",
            unit=" ".join(texts.get("unit", ())),
            image=_image([*pictures, *texts.get("image", ())], told),
            calendar=_calendar(" ".join(texts.get("calendar", ())).casefold(), told),
        )

    def _id(self, row: Row, cells: Sequence[str], given: Sequence[str], told: list[str]) -> str | None:
        """The fact's id: its own, else one made of the guid that the table has for Anki."""
        guid = cells[self._columns.guid] if self._columns.guid is not None else ""
        text = given[0] if given else ""
        name = as_id(text)
        if name != text:
            told.append(
                f"has the id `{text}`, which no fact can have" + (f"; it is `{name}` here" if name else "")
            )
        name = name or (name_of_guid(guid) if guid else "")
        if name in self.ids:
            told.append(f"has the id of row {self.ids[name]}, `{text or guid}`; it comes in without one")
            return None
        if name:
            self.ids[name] = row.number
        return name or None

    def _ask(self, kind: str, cells: Sequence[str], given: Sequence[str], told: list[str]) -> tuple[str, ...]:
        """The cards that the row wants, of those that its kind has; nothing where they are the default ones."""
        forms = BUILT_IN[kind].cards
        names = [form.name for form in forms]
        wanted = [*listed(given, SPACES), *(card for card, at in self._columns.asking.items() if cells[at])]
        if unknown := [card for card in wanted if card not in names]:
            told.append(
                f"asks for `{unknown[0]}`, which is not a card of `{kind}`; it has {', '.join(names)}"
            )
        known = tuple(name for name in names if name in wanted)
        return () if known == tuple(form.name for form in forms if form.default) else known


def _image(given: Sequence[str], told: list[str]) -> str:
    paths = [as_picture(text) for text in given]
    told += [
        f"names a picture that is not beside the table, `{tidy(text)}`; it is left out"
        for text, path in zip(given, paths, strict=True)
        if path is None
    ]
    found = [path for path in paths if path]
    told += [f"has a second picture, `{path}`; it is left out" for path in found[1:]]
    return found[0] if found else ""


def _calendar(word: str, told: list[str]) -> str:
    if not word or word in _CALENDARS:
        return word
    told.append(f"names a calendar that fasti does not know, `{word}`; write gregorian or julian")
    return ""
