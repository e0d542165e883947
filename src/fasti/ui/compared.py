"""What a new edition of a deck changes for those who learn it."""

from typing import TYPE_CHECKING

from fasti.ui.columns import ended
from fasti.ui.console import standard_output
from fasti.ui.lines import CLOSE, FAINT, LABEL, RIGHT, STRONG, Line, Piece, hanging, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.comparing import CardChange, Comparison, FactChange

# By the fate's own word: what a heading says of a number of facts, what it means for a student, its colour.
_FATES = {
    "answer changed": (
        ("fact with another answer", "facts with other answers"),
        "progress is kept; tell those who learnt the old one",
        CLOSE,
    ),
    "retired": (("retired fact",), "asked no more; history is kept for a return", CLOSE),
    "in error": (("fact in error", "facts in error"), "as before until that is mended", CLOSE),
    "reworded": (("reworded fact",), "progress is kept", LABEL),
    "details changed": (("fact with other details", "facts with other details"), "progress is kept", LABEL),
    "moved": (("moved fact",), "progress is kept", LABEL),
    "new": (("new fact",), "among the new cards of a day", RIGHT),
    "kept": (("as before", "as before"), "", ""),
}


def show_comparisons(found: "Sequence[Comparison]", *, accessible: bool) -> None:
    """Print each deck: what it comes to, then the facts that change, those first that matter most."""
    output = standard_output()
    with until_closed(output.file):
        for number, each in enumerate(found):
            between = [line()] if number and not accessible else []
            output.show([*between, *comparison_lines(each, output.look, accessible=accessible)])


def comparison_lines(found: "Comparison", look: Look, *, accessible: bool) -> list[Line]:
    """The lines that `show_comparisons` prints of a deck."""
    lines = wrapped(
        line(look.text(found.title, STRONG), f": {_facts(found)}."), look.measure, "", _in(accessible)
    )
    lines += wrapped(line(look.text(f"{_cards(found)}.")), look.measure, _in(accessible), _in(accessible))
    if found.id_changes:
        advice = (
            f"The deck's id changes from `{found.before}` to `{found.after}`: progress follows only where the"
            f" file keeps its name. Write `id: {found.before}` to be sure."
        )
        lines += wrapped(line(look.text(advice, CLOSE)), look.measure, _in(accessible), _in(accessible))
    several = len({change.path for change in found.changes}) > 1
    for fate, (words, meaning, style) in _FATES.items():
        changes = [change for change in found.changes if change.fate == fate]
        if changes and fate != "kept":
            heading = counted(len(changes), *words)
            if accessible:
                lines += wrapped(line(look.text(f"{heading}: {meaning}.")), look.measure)
            else:
                lines += [
                    (),
                    *wrapped(
                        line(Piece(heading, style), Piece(f"  {meaning}", FAINT)), look.measure, "", "  "
                    ),
                ]
            for change in changes:
                lines += (_spoken if accessible else _drawn)(change, look, several=several)
    return lines


def _in(accessible: bool) -> str:
    return "" if accessible else "  "


def _facts(found: "Comparison") -> str:
    if found.after is None:
        return "not in the new edition; its cards stay with those who have its file"
    if found.before is None:
        return f"a new deck of {counted(len(found.changes), 'fact')}"
    if found.same:
        return f"nothing changes in its {counted(len(found.changes), 'fact')}"
    counts = {fate: sum(change.fate == fate for change in found.changes) for fate in _FATES}
    return ", ".join(counted(counts[fate], *words) for fate, (words, _, _) in _FATES.items() if counts[fate])


def _cards(found: "Comparison") -> str:
    cards = {fate.value: number for fate, number in found.cards().items()}
    new, gone = cards.pop("new", 0), cards.pop("retired", 0)
    kept = sum(cards.values())
    parts = [
        f"{counted(kept, 'card')} {'keeps its' if kept == 1 else 'keep their'} progress" if kept else "",
        f"{counted(new, 'card')} {'is' if new == 1 else 'are'} new" if new else "",
        f"{counted(gone, 'card')} {'is' if gone == 1 else 'are'} asked no more" if gone else "",
    ]
    return ", ".join(part for part in parts if part) or "There are no cards"


def _drawn(change: "FactChange", look: Look, *, several: bool) -> list[Line]:
    place = _place(change, several=several)
    words = change.title
    if change.after is not None and change.before not in (None, change.after):
        words = f"{change.before} -> {change.after}"
    margin = line("  ", look.text(f"{place}  ", FAINT))
    lines = hanging(margin, line(look.text(words)), look.measure)
    for card in _told(change):
        lines += wrapped(line(look.text(_card(card, "->"), FAINT)), look.measure, "    ", "      ")
    return lines


def _spoken(change: "FactChange", look: Look, *, several: bool) -> list[Line]:
    place = f"Fact on {_place(change, several=several)}".replace("Fact on was", "Fact that was on")
    words = f"{place}: {ended(change.title)}"
    if change.after is not None and change.before not in (None, change.after):
        words = f"{place}: {ended(change.before or '')} It is now: {ended(change.after)}"
    lines = wrapped(line(look.text(words)), look.measure)
    for card in _told(change):
        lines += wrapped(line(look.text(ended(f"Card {_card(card, 'becomes')}"))), look.measure)
    return lines


def _place(change: "FactChange", *, several: bool) -> str:
    file = f"{change.path}:" if several else "line "
    return f"was {file}{change.line_before}" if change.line_after is None else f"{file}{change.line_after}"


def _told(change: "FactChange") -> "list[CardChange]":
    """The cards of a fact of which something is to be said that its heading does not say."""
    if change.fate in ("new", "retired", "in error"):
        return []
    return [card for card in change.cards if card.fate in ("answer changed", "new", "retired")]


def _card(card: "CardChange", arrow: str) -> str:
    if card.fate == "new":
        return f"{card.asks}: new, {card.after}"
    if card.fate == "retired":
        return f"{card.asks}: asked no more"
    return f"{card.asks}: {card.before} {arrow} {card.after}"
