"""The cards of a fact: what each asks, and what its answer shows."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from fasti.core.card import Card
from fasti.core.cloze import pieces, spans_of, with_hidden
from fasti.core.facts import Fact, Source
from fasti.core.kinds import CardForm, Field, Form, Kind, filled, placeholders, sole_field
from fasti.core.links import Links
from fasti.core.text import slug

# What an enumeration has is looked up slowly, and these are asked of every field of every fact.
_DATE, _LINKS = Form.DATE, Form.LINKS


def cards_of(fact: Fact, kind: Kind, links: Links, sources: Mapping[str, Source]) -> tuple[Card, ...]:
    """The cards that a fact makes, in the order of its kind's declaration.

    Those that `ask` names, else the kind's default ones. A card whose answer would be empty (causes
    of an event that has no links) is not made.
    """
    wanted = _wanted(fact, kind)
    cited = tuple([citation(text, sources) for text in fact.sources])
    values = _shown(fact, kind, links)
    cards: list[Card] = []
    for form in wanted:
        own = fact.question if form is wanted[0] else ""
        for asks, prompt, answer in _questions(fact, form, values):
            if not answer:
                continue
            card = Card(
                asks,
                "" if own else form.word,
                own or prompt,
                answer,
                form.judge,
                fact.accept,
                fact.calendar,
                fact.hints,
                _extras(kind.besides(form), values),
                fact.note,
                cited,
                fact.unit,
                fact.image,
                _sentence(fact, form, answer),
            )
            cards.append(card)
    if len(cards) == 1:
        return (cards[0],)
    return tuple({card.asks: card for card in reversed(cards)}.values())[::-1]


class Asked(NamedTuple):
    """A card in its author's words, dates as they are written: what it asks, and what it has for an answer."""

    asks: str
    form: CardForm
    prompt: str
    answer: tuple[str, ...]


def asked_of(fact: Fact, kind: Kind, links: Links) -> tuple[Asked, ...]:
    """The cards of a fact as `cards_of` makes them, without what they show: a third of the time."""
    linked = {
        field.name: links.values(fact, kind, field.name) for field in kind.worded if field.form is _LINKS
    }
    values = {**fact.fields, **linked} if linked else fact.fields
    wanted = _wanted(fact, kind)
    asked: dict[str, Asked] = {}
    for form in wanted:
        own = fact.question if form is wanted[0] else ""
        for asks, prompt, answer in _questions(fact, form, values):
            if answer:
                asked.setdefault(asks, Asked(asks, form, own or prompt, answer))
    return tuple(asked.values())


def card_names(fact: Fact, kind: Kind, links: Links) -> tuple[str, ...]:
    """What the cards of a fact ask (`asks`)."""
    return tuple(each.asks for each in asked_of(fact, kind, links))


def citation(text: str, sources: Mapping[str, Source]) -> str:
    """A fact's `source` as a student reads it: author and title of the work, then the place in it."""
    name, comma, place = text.partition(",")
    source = sources.get(name.strip())
    if source is None:
        return text
    return ", ".join(part for part in (source.author, source.title) if part) + comma + place


def _wanted(fact: Fact, kind: Kind) -> Sequence[CardForm]:
    if not fact.ask:
        return kind.default_cards
    return [form for form in kind.cards if form.name in fact.ask]


def _shown(fact: Fact, kind: Kind, links: Links) -> Mapping[str, tuple[str, ...]]:
    """What the fields of a fact say to a student."""
    if not kind.worded:
        return fact.fields
    return {**fact.fields, **{field.name: _in_words(fact, kind, links, field) for field in kind.worded}}


def _in_words(fact: Fact, kind: Kind, links: Links, field: Field) -> tuple[str, ...]:
    if field.form is _LINKS:
        return links.values(fact, kind, field.name)
    return tuple([_dated(value, fact.calendar) for value in fact.fields.get(field.name, ())])


def _dated(text: str, calendar: str) -> str:
    # Imported here: a card that is only shown again has its dates in words already.
    from fasti.core.date_reading import read_date
    from fasti.core.dates import Calendar, DateError, describe

    try:
        return describe(read_date(text, Calendar(calendar or "gregorian")))
    except DateError:
        return text


def _questions(
    fact: Fact, form: CardForm, values: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, str, tuple[str, ...]]]:
    """Name, prompt and answer of each card that one form makes of a fact."""
    if not form.each:
        return [(form.name, _filled(form.ask, values), _answer(form.answer, values))]
    if form.ask == form.answer:
        return _cloze_questions(fact, form)
    return [
        (f"{form.name}:{slug(value)}", _filled(form.ask, own), _answer(form.answer, own))
        for value in values.get(form.each, ())
        for own in [{**values, form.each: (value,)}]
    ]


def _cloze_questions(fact: Fact, form: CardForm) -> list[tuple[str, str, tuple[str, ...]]]:
    text = fact.text(form.each)
    return [
        (f"{form.name}:{slug(span.hidden)}", with_hidden(text, slug(span.hidden)), (span.hidden,))
        for span in spans_of(text)
    ]


def _sentence(fact: Fact, form: CardForm, answer: tuple[str, ...]) -> tuple[str, ...]:
    is_cloze = form.each and form.ask == form.answer
    return pieces(fact.text(form.each), slug(answer[0])) if is_cloze else ()


def _filled(template: str, values: Mapping[str, tuple[str, ...]]) -> str:
    if name := sole_field(template):
        return "; ".join(values.get(name, ())).strip()
    texts = {name: "; ".join(values.get(name, ())) for name in placeholders(template)}
    return filled(template, texts).strip()


def _answer(template: str, values: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if name := sole_field(template):
        return values.get(name, ())
    text = _filled(template, values)
    return (text,) if text else ()


def _extras(fields: Sequence[Field], values: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    texts: list[str] = []
    for field in fields:
        if shown := values.get(field.name):
            texts += [f"{field.name} {shown[0]}"] if field.form is _DATE else shown
    return tuple(texts)
