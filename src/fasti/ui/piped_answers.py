"""An answer that comes through a pipe, line by line, before its grade."""

from typing import TYPE_CHECKING

from fasti.core.card import Judge
from fasti.ui.card_text import is_typed
from fasti.ui.grades import Choice, Scale, choice_of

if TYPE_CHECKING:
    from fasti.core.review import Question
    from fasti.ui.attempts import ListAttempt
    from fasti.ui.voice import Attempt, Part, Tick


class TypedAnswer:
    """What was typed for a card so far; nothing is taken for one that cannot be typed, or when it is judged."""

    def __init__(self, question: "Question | None", scale: Scale) -> None:
        self._question = question if question is not None and is_typed(question.card) else None
        self._scale = scale
        self._items: ListAttempt | None = None
        self._attempt: Attempt | None = None

    @property
    def suggested(self) -> Choice | None:
        """The grade that an empty line gives; None where nothing was judged yet."""
        if self._attempt is None:
            return None
        judgement = self._attempt.judgement
        return choice_of(judgement.grade, self._scale) if judgement else self._scale[0]

    @property
    def typed(self) -> str | None:
        """What was typed, items of a list with `;` between them; None where nothing was."""
        if self._attempt is not None:
            return self._attempt.typed
        return self._items.attempt().typed if self._items is not None else None

    def takes(self, text: str) -> bool:
        """Whether a line is an answer or a part of one."""
        if self._question is None or self._attempt is not None:
            return False
        if self._question.card.judge is not Judge.ORDER or text in {"", "?"}:
            return True
        from fasti.ui.attempts import order_attempt

        return order_attempt(self._question.card, self._question.seed, text) is not None

    def take(self, text: str) -> list[str]:
        """Take a line; what is to be told of it."""
        from fasti.ui.attempts import ListAttempt, order_attempt, text_attempt
        from fasti.ui.voice import Attempt

        assert self._question is not None
        card = self._question.card
        text = "" if text == "?" else text
        if card.judge is Judge.LIST:
            self._items = self._items or ListAttempt(card)
            ticks = self._items.add(text) if text else []
            if not text or self._items.complete:
                self._attempt = self._items.attempt()
            return [*map(_ticked, ticks), *self._judged()]
        if card.judge is Judge.ORDER:
            self._attempt = order_attempt(card, self._question.seed, text) if text else Attempt("", None)
        else:
            self._attempt = text_attempt(card, text)
        return self._judged()

    def _judged(self) -> list[str]:
        """What is made of the whole answer, the right one, and the grade that an empty line gives."""
        if self._attempt is None or self._question is None or self.suggested is None:
            return []
        judgement, parts = self._attempt.judgement, self._attempt.parts
        right = "; ".join(map(_part, parts) if parts else self._question.card.answer)
        said = f"{judgement.sentence}  " if judgement else ""
        return [f"  {said}{right}  (an empty line grades it {self.suggested.key})"]


def _ticked(tick: "Tick") -> str:
    said = " ".join(text for text in (tick.answer, tick.sentence) if text)
    return f"  {said}  ({tick.left} left)"


def _part(part: "Part") -> str:
    note = part.note or ("" if part.state == "right" else part.state)
    return f"{part.text} ({note})" if note else part.text
