"""The backups, and what going back to one would change."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.core.days import Moment
from fasti.ui.console import standard_output
from fasti.ui.lines import FAINT, Line, Piece, cells, line, padded, plain, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import date_name

if TYPE_CHECKING:
    from fasti.backups import Backup
    from fasti.restoring import Preview
    from fasti.store.comparison import Amount

MomentOf = Callable[[int], Moment]
"""The learner's moment at a time in milliseconds."""

_HEADS = ("", "made", "why", "answers", "size")
_NUMBERS = (0, 3, 4)
_UNITS = ("bytes", "kB", "MB", "GB")


def show_backups(found: "Sequence[Backup]", today: int, moment_of: MomentOf, *, accessible: bool) -> None:
    """Print every backup: its number, when and why it was made, the answers in it, its size."""
    output = standard_output()
    with until_closed(output.file):
        output.show(backup_lines(found, today, moment_of, output.look, accessible=accessible))


def backup_lines(
    found: "Sequence[Backup]", today: int, moment_of: MomentOf, look: Look, *, accessible: bool
) -> list[Line]:
    """The lines that `show_backups` prints."""
    table = _table([_HEADS, *(_cells(each, today, moment_of) for each in found)], look)
    if not accessible and all(cells(plain(row)) <= look.measure for row in table):
        return table
    told = (_sentence(each, today, moment_of) for each in found)
    return [row for text in told for row in wrapped(line(look.text(text)), look.measure, "", "  ")]


def show_preview(preview: "Preview", today: int, moment_of: MomentOf) -> None:
    """Print what going back to a backup would change."""
    output = standard_output()
    with until_closed(output.file):
        for sentence in preview_sentences(preview, today, moment_of):
            output.show(wrapped(line(output.look.text(sentence)), output.look.measure))


def preview_sentences(preview: "Preview", today: int, moment_of: MomentOf) -> list[str]:
    """What going back to a backup would change, in sentences."""
    made = when(preview.copy.made_ms, today, moment_of)
    if preview.difference is None:
        return [f"This puts the backup of {made} where no database can be read."]
    lost, gained, decks_lost, decks_gained = preview.difference
    sentences = [f"This goes back to the backup of {made}."]
    if not preview.difference:
        return [*sentences, "It has every answer and every deck that is here now."]
    if any(lost):
        sentences.append(f"It takes away {_entries(lost)}.")
    if any(gained):
        sentences.append(f"It brings back {_entries(gained)}.")
    if decks_lost:
        sentences.append(f"Decks that it does not have: {_named(decks_lost)}.")
    if decks_gained:
        sentences.append(f"Decks that would come back: {_named(decks_gained)}.")
    return sentences


def when(utc_ms: int, today: int, moment_of: MomentOf) -> str:
    """A moment as the student's clock and calendar had it: `1 June 09:00`."""
    local_min = utc_ms // 60_000 + moment_of(utc_ms).offset_min
    day, minute = divmod(local_min, 1440)
    return f"{date_name(day, today)} {minute // 60:02}:{minute % 60:02}"


def why(reason: str) -> str:
    """Why a backup was made, in words."""
    # Which version of the tables it has is in the file's name, and nobody's business here.
    return "before an upgrade" if reason.startswith("before-migration") else reason.replace("-", " ")


def size(number: int) -> str:
    """A number of bytes: `64 kB`, `1.2 MB`."""
    amount = float(number)
    for unit in _UNITS:
        if amount < 1000 or unit == _UNITS[-1]:
            break
        amount /= 1000
    return f"{amount:.1f} {unit}" if amount < 10 and unit not in _UNITS[:2] else f"{amount:.0f} {unit}"


def _entries(amount: "Amount") -> str:
    answers = counted(amount.answers, "answer") if amount.answers else ""
    others = counted(amount.others, "other note", "other notes") if amount.others else ""
    what = f"{others} (an undo, a suspension, a flag)" if others else ""
    return " and ".join(part for part in (answers, what) if part)


def _cells(backup: "Backup", today: int, moment_of: MomentOf) -> tuple[str, ...]:
    copy = backup.copy
    made = when(copy.made_ms, today, moment_of)
    return str(backup.number), made, why(copy.why), _answers(backup.answers), size(copy.size)


def _table(rows: Sequence[tuple[str, ...]], look: Look) -> list[Line]:
    """Rows under their heads: when and why stand left, numbers right."""
    widths = [max(cells(row[place]) for row in rows) for place in range(len(_HEADS))]
    return [
        line(
            *(
                Piece(
                    padded(look.text(cell).text, width, right=place in _NUMBERS) + "  ",
                    FAINT if not number else "",
                )
                for place, (cell, width) in enumerate(zip(row[:-1], widths[:-1], strict=True))
            ),
            Piece(padded(look.text(row[-1]).text, widths[-1], right=True), FAINT if not number else ""),
        )
        for number, row in enumerate(rows)
    ]


def _sentence(backup: "Backup", today: int, moment_of: MomentOf) -> str:
    moment = when(backup.copy.made_ms, today, moment_of)
    held = "cannot be read" if backup.answers is None else counted(backup.answers, "answer")
    return f"Backup {backup.number}, {moment}, {why(backup.copy.why)}: {held}, {size(backup.copy.size)}."


def _answers(number: int | None) -> str:
    return "unreadable" if number is None else f"{number:,}"


def _named(titles: Sequence[str]) -> str:
    shown = ", ".join(f"“{title}”" for title in titles[:5])
    return f"{shown} and {len(titles) - 5} more" if len(titles) > 5 else shown
