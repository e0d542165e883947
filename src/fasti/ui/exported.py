"""What was taken to Anki, and what to do there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.ui.console import standard_output
from fasti.ui.lines import CLOSE, STRONG, Line, Piece, hanging, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed

if TYPE_CHECKING:
    from fasti.exporting import Exported

_IN_ANKI = "In Anki: File, Import, and choose the file."
_FIRST = (
    "The first time",
    "nothing needs to be ticked: your settings for imports can stay as they are.",
)
_FIRST_WITH_PROGRESS = (
    "The first time",
    (
        "tick “Import any learning progress”. Anki takes progress along only with cards that it does not have"
        " yet: if the deck is there already, delete it there first."
    ),
)
_UPDATE = (
    "An update",
    (
        "leave “Merge note types” unticked and both “Update” boxes at “If newer”. What changed here is changed"
        " there, what you edited there since stays, and your progress in Anki is left alone."
    ),
)
_NEW_NOTE_TYPES = (
    "If Anki says that notes could not be updated because the note type has changed",
    "import once more with “Merge note types” ticked and “Update notes” at “Always”.",
)
_UNASKED = (
    "Cards that are not asked any more",
    "they stay in Anki without a question until Tools, Empty Cards takes them away.",
)
_FROM_ANKI = (
    "This deck came from Anki",
    "in the collection where it came from, the notes arrive a second time, beside the old ones.",
)
_FIRST_TABLE = (
    "The first time",
    "import the deck's `.apkg` from `fasti export anki`: a table cannot bring its note types along.",
)
_UPDATE_TABLE = (
    "An update",
    (
        "choose the table. Your progress in Anki is left alone, but all notes become what the table says:"
        " what was edited in Anki is lost. A package (`fasti export anki`) keeps that."
    ),
)


def show_exported(done: "Sequence[Exported]", *, with_progress: bool) -> None:
    """Print what was written, and which boxes to tick in Anki."""
    first = _FIRST_WITH_PROGRESS if with_progress else _FIRST
    again = all(each.again for each in done)
    advice = [_UPDATE, first, _NEW_NOTE_TYPES] if again else [first, _UPDATE, _NEW_NOTE_TYPES]
    if any(each.unasked for each in done):
        advice.insert(0, _UNASKED)
    if any(each.from_anki for each in done):
        advice.append(_FROM_ANKI)
    _show(done, advice)


def show_table_exported(done: "Sequence[Exported]") -> None:
    """Print what was written, and how Anki takes it."""
    _show(done, [_FIRST_TABLE, _UPDATE_TABLE])


def _show(done: "Sequence[Exported]", advice: Sequence[tuple[str, str]]) -> None:
    output = standard_output()
    with until_closed(output.file):
        for each in done:
            output.show(exported_lines(each, output.look))
        output.show(advice_lines(advice, output.look))


def exported_lines(done: "Exported", look: Look) -> list[Line]:
    """The file and what is in it, then what could not go along."""
    parts = [
        counted(done.notes, "note"),
        counted(done.cards, "card"),
        counted(done.reviews, "review") if done.reviews else "",
        counted(done.pictures, "picture") if done.pictures else "",
    ]
    said = ", ".join(part for part in parts if part)
    lines = wrapped(line(look.text(str(done.path), STRONG), f"  {said}"), look.measure, "", "  ")
    if done.unasked:
        unasked = counted(done.unasked, "card")
        lines.append(
            line(f"  {unasked} exported before {'is' if done.unasked == 1 else 'are'} not asked any more")
        )
    for sentence in done.left_out:
        lines += hanging(line(Piece("  Left out: ", CLOSE)), line(look.text(sentence)), look.measure)
    return lines


def advice_lines(advice: Sequence[tuple[str, str]], look: Look) -> list[Line]:
    """What to do in Anki: each case in a line, and what to do then below it."""
    lines: list[Line] = [(), *wrapped(line(look.text(_IN_ANKI)), look.measure)]
    for case, what in advice:
        lines += wrapped(line(Piece(f"{case}:", STRONG)), look.measure)
        lines += wrapped(line(look.text(what)), look.measure, "  ", "  ")
    return lines
