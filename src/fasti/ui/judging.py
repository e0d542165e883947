"""What is made of a typed answer: a suggestion, by the card's own way of being judged."""

from fasti.core.answers import Outcome, Verdict, judge_date, judge_text
from fasti.core.card import Card, Judge
from fasti.core.cloze import without_surroundings
from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, DateError
from fasti.ui.voice import Judgement


def judgement_of(card: Card, typed: str) -> Judgement:
    """The judgement of what was typed; the card's own answers are right, and those it accepts."""
    verdict = _verdict(card, typed)
    return Judgement(_sentence(verdict), verdict.grade)


def _verdict(card: Card, typed: str) -> Verdict:
    if card.judge is Judge.DATE:
        try:
            date = read_date(card.answer[0], Calendar(card.calendar or "gregorian"))
        except DateError:
            pass
        else:
            return judge_date(typed, date, card.accept)
    verdict = judge_text(typed, card.answer[0], card.accept)
    for at in range(1, len(card.sentence), 2):
        # Whoever fills a gap may say the words around it too.
        shorter = without_surroundings(typed, card.sentence[at - 1], "".join(card.sentence[at + 1 : at + 2]))
        if shorter != typed:
            verdict = max(verdict, judge_text(shorter, card.answer[0], card.accept), key=_grade)
    return verdict


def _grade(verdict: Verdict) -> int:
    return verdict.grade


def _sentence(verdict: Verdict) -> str:
    """What was right, as a sentence that says first how near it is."""
    said = verdict.sentence
    if verdict.outcome is Outcome.CLOSE and not said.startswith("nearly"):
        return f"Close: {said}."
    return f"{said[:1].upper()}{said[1:]}."
