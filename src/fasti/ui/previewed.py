"""A deck before it is handed out: each card as its students will see it, front and back, and the count a kind."""

from typing import TYPE_CHECKING

from fasti.core.card import Card, Judge
from fasti.core.counting import counted
from fasti.core.review import Picture
from fasti.ui import faces, spoken
from fasti.ui.columns import columns, sentences
from fasti.ui.console import standard_output
from fasti.ui.lines import FAINT, ROOMY, STRONG, Line, Piece, apart, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.voice import Revealed, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fasti.previewing import Count, Preview, PreviewedFact

_HEADS = ("kind", "facts", "cards")


def show_preview(preview: "Preview", totals: "Mapping[str, Count] | None", *, accessible: bool) -> None:
    """Print every card of the facts that were chosen, then, where given, how many there are of each kind."""
    output = standard_output()
    with until_closed(output.file):
        for each in preview.facts:
            output.show(fact_lines(each, str(preview.path), output.look, accessible=accessible))
        if totals is not None:
            output.show(total_lines(preview.title, totals, output.look, accessible=accessible))


def fact_lines(
    each: "PreviewedFact", path: str, look: Look, *, accessible: bool, mark: str = ""
) -> list[Line]:
    """Where a fact stands and what it is, then its cards; `mark` is a word on it, such as `changed`."""
    voice: Voice = spoken if accessible else faces
    if accessible:
        lines = _spoken_heading(each, path, mark, look)
    else:
        lines = [line(), _heading(each, path, mark, look)]
    if not each.cards:
        lines += voice.remark_lines(["This fact makes no card."], look)
    for number, card in enumerate(each.cards):
        lines += ([line()] if number and not accessible else []) + card_lines(card, voice, look)
    return lines


def card_lines(card: Card, voice: Voice, look: Look) -> list[Line]:
    """The front with its hints, how it is answered, and the back."""
    lines = voice.front_lines(card, card.asks + card.prompt, look)
    if card.image:
        lines += voice.picture_lines(Picture(card.image), look)
    for number, hint in enumerate(card.hints, 1):
        lines += voice.hint_lines(hint, number, len(card.hints), look)
    lines += voice.remark_lines([_TURNING[card.judge]], look)
    return lines + voice.answer_lines(Revealed(card), look)


def total_lines(title: str, totals: "Mapping[str, Count]", look: Look, *, accessible: bool) -> list[Line]:
    """How many facts and cards there are, all in all and of each kind."""
    facts = sum(count.facts for count in totals.values())
    cards = sum(count.cards for count in totals.values())
    said = line(look.text(title, STRONG), f": {counted(facts, 'fact')}, {counted(cards, 'card')}")
    lines = [*([] if accessible else [line()]), *wrapped(said, look.measure)]
    rows = [(kind, f"{count.facts:,}", f"{count.cards:,}") for kind, count in totals.items()]
    return lines + (sentences if accessible else columns)(_HEADS, rows, look) if rows else lines


_TURNING = {
    Judge.SELF: "Thought, then shown:",
    Judge.TEXT: "Typed, then shown:",
    Judge.DATE: "Typed as a date, then shown:",
    Judge.LIST: "Typed one a line, then shown:",
    Judge.ORDER: "Put in order, then shown:",
}


def _heading(each: "PreviewedFact", path: str, mark: str, look: Look) -> Line:
    """The place in the file at the left edge, where editors and terminals can open it; the rest at the right."""
    fact = each.fact
    about = [word for word in (mark, fact.unit, each.kind.name) if word]
    dot = f" {look.dot} "
    choices = [look.text(dot.join(about[start:])).text for start in (0, len(about) - 1)]
    where = look.text(f"{path}:{fact.place.line}").text
    if look.width >= ROOMY:
        return line(Piece(f"{where}  {choices[0]}", FAINT))
    place, gap, right = apart(where, choices, look.measure, look.ellipsis)
    return line(Piece(place, FAINT), gap, Piece(right, FAINT))


def _spoken_heading(each: "PreviewedFact", path: str, mark: str, look: Look) -> list[Line]:
    fact = each.fact
    about: Sequence[str] = [
        f"Fact at line {fact.place.line} of {path}",
        f"kind {each.kind.name}",
        *([f"unit {fact.unit}"] if fact.unit else []),
        *([mark] if mark else []),
    ]
    return wrapped(line(look.text(f"{', '.join(about)}.")), look.measure)
