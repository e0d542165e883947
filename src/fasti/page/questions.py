"""A card as a question and an answer in HTML, wherever on the page it is asked."""

from collections.abc import Iterator

from fasti.core.card import Card, Judge
from fasti.core.cloze import spans_of, whole
from fasti.core.kinds import Form
from fasti.core.order_answers import shuffled
from fasti.core.right_answers import right_answers
from fasti.core.text import slug
from fasti.page.contents import Contents, Entry
from fasti.page.markup import Markup, element, joined
from fasti.page.pictures import picture


def question_of(entry: Entry, card: Card, contents: Contents) -> Markup:
    """What is asked: the question word, the fact's own words, its picture, the things to put in order."""
    word = [element("p", {"class": "word"}, contents.language.words(card.word))] if card.word else []
    asked = element("p", {"class": "prompt"}, _prompt(entry, card, contents))
    image = picture(contents, card.image, f"The picture of this card: {card.image}")
    return joined([*word, asked, image, _wanted(card, contents), _unordered(entry, card, contents)])


def answer_of(card: Card, contents: Contents) -> Markup:
    """What is right, numbered where it is an order."""
    text = contents.language.text
    answers = [text(answer) for answer in right_answers(card)]
    if len(answers) == 1:
        return element("p", {"class": "right"}, answers[0])
    listed = [element("li", None, answer) for answer in answers]
    return element("ol" if card.judge is Judge.ORDER else "ul", {"class": "right"}, listed)


def besides_of(card: Card, contents: Contents) -> Iterator[Markup]:
    """What is shown with the answer: further right answers, the fact's other fields, its note, its sources."""
    text = contents.language.text
    if card.accept:
        said = [contents.language.words("Also right:"), " ", text("; ".join(card.accept))]
        yield element("p", {"class": "also"}, said)
    for extra in card.extras:
        yield element("p", {"class": "extra"}, text(extra))
    if card.note:
        yield element("p", {"class": "note"}, text(card.note))
    if card.sources:
        yield element("p", {"class": "cited"}, text("; ".join(card.sources)))


def order_shown(entry: Entry, card: Card) -> tuple[str, ...]:
    """The things to put in order, in another order, always the same for this card; nothing for other cards."""
    if card.judge is not Judge.ORDER:
        return ()
    return tuple(card.answer[place] for place in shuffled(card.answer, f"{entry.anchor}#{card.asks}"))


def _prompt(entry: Entry, card: Card, contents: Contents) -> Markup:
    """The words of the question; a cloze has both its gaps and what fills them, one of them out of sight."""
    hides = card.sentence and card.prompt != entry.fact.question
    field = next((one.name for one in entry.kind.fields if one.form is Form.CLOZE), None)
    if not hides or field is None:
        return contents.language.text(card.prompt)
    text = contents.language.text
    sentence, hidden = entry.fact.text(field), slug(card.answer[0])
    parts: list[Markup] = []
    end = 0
    for span in spans_of(sentence):
        parts.append(text(sentence[end : span.start]))
        end = span.end
        if slug(span.hidden) != hidden:
            parts.append(text(span.hidden))
            continue
        parts.append(element("span", {"class": "gap"}, text(f"[{span.hint or '…'}]")))
        parts.append(element("mark", {"class": "filling"}, text(span.hidden)))
    return joined([*parts, text(whole(sentence[end:]))])


def _wanted(card: Card, contents: Contents) -> Markup:
    """How many answers a list has."""
    if card.judge is not Judge.LIST or len(card.answer) < 2:
        return joined(())
    return element("p", {"class": "wanted"}, contents.language.words(f"{len(card.answer)} answers"))


def _unordered(entry: Entry, card: Card, contents: Contents) -> Markup:
    things = order_shown(entry, card)
    if not things:
        return joined(())
    items = [element("li", None, contents.language.text(thing)) for thing in things]
    return element("ul", {"class": "unordered"}, items)
