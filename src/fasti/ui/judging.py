"""What is made of a typed answer: a suggestion, by the card's own way of being judged."""

from fasti.core.answers import judge_date, judge_text
from fasti.core.cards import Card
from fasti.core.date_reading import read_date
from fasti.core.dates import Calendar, DateError
from fasti.core.kinds import Judge
from fasti.ui.voice import Judgement


def judgement_of(card: Card, typed: str) -> Judgement:
    """The judgement of what was typed; the card's own answers are right, and those it accepts."""
    if card.judge is Judge.DATE:
        try:
            date = read_date(card.answer[0], Calendar(card.calendar or "gregorian"))
        except DateError:
            pass
        else:
            verdict = judge_date(typed, date, card.accept)
            return Judgement(verdict.sentence, verdict.grade)
    verdict = judge_text(typed, card.answer[0], card.accept)
    return Judgement(verdict.sentence, verdict.grade)
