"""A cause dated after its effect."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from fasti.core.dates import HistoricalDate, describe
from fasti.core.facts import Fact, Place
from fasti.core.kinds import Form
from fasti.lints.lint import Found, Subject, shown
from fasti.lints.mentions import Names
from fasti.lints.times import certainly_after, date_of, old_style_hint

MOST_STEPS = 100
"""How many facts without a date are followed back from one effect: a bound on time."""


class _Link(NamedTuple):
    cause: Fact
    effect: Fact
    place: Place


def find(subject: Subject) -> Iterator[Found]:
    """Each link whose cause can only have come after its effect, facts without a date between them or not."""
    links = _links(subject)
    if not links:
        return
    dates = {
        id(fact): date_of(fact, subject.kinds[fact.kind])
        for link in links
        for fact in (link.cause, link.effect)
    }
    into: dict[int, list[_Link]] = defaultdict(list)
    for link in links:
        into[id(link.effect)].append(link)
    for link in links:
        effect = dates[id(link.effect)]
        if effect is None:
            continue
        for cause in _dated_causes(link, dates, into):
            date = dates[id(cause)]
            if date and certainly_after(date, effect):
                yield _found(subject, link, cause, date, effect)
                break


def _links(subject: Subject) -> list[_Link]:
    """Every link between two facts of the deck, once, whichever of them tells of it."""
    by_id = {fact.id: fact for fact in subject.deck.facts if fact.id}
    links = {(id(link.cause), id(link.effect)): link for link in _named(subject)}
    for fact in subject.deck.facts if by_id else ():
        for field in subject.kinds[fact.kind].fields:
            if field.form is not Form.LINKS:
                continue
            for number, value in enumerate(fact.fields.get(field.name, ())):
                other = by_id.get(value)
                if other is None or other is fact:
                    continue
                cause, effect = (fact, other) if field.name == "leads to" else (other, fact)
                link = _Link(cause, effect, fact.place_of(field.name, number))
                links.setdefault((id(cause), id(effect)), link)
    return list(links.values())


def _named(subject: Subject) -> Iterator[_Link]:
    """The links that `cause` facts make between two events, by naming both."""
    pairs = [fact for fact in subject.deck.facts if fact.kind == "cause"]
    if not pairs:
        return
    events = ((subject.title(fact), fact) for fact in subject.deck.facts if fact.kind == "event")
    names = Names(events, 1, subject.plain)
    for pair in pairs:
        cause, effect = names.named(pair.text("cause")), names.named(pair.text("effect"))
        if cause and effect and cause is not effect:
            yield _Link(cause, effect, pair.place)


def _dated_causes(
    link: _Link, dates: dict[int, HistoricalDate | None], into: dict[int, list[_Link]]
) -> Iterator[Fact]:
    """The cause of a link, or, where it has no date, the causes behind it that have one."""
    seen = {id(link.cause)}
    ahead = [link.cause]
    while ahead and len(seen) <= MOST_STEPS:
        fact = ahead.pop()
        if dates[id(fact)]:
            yield fact
            continue
        for other in into[id(fact)]:
            if id(other.cause) not in seen:
                seen.add(id(other.cause))
                ahead.append(other.cause)


def _found(subject: Subject, link: _Link, cause: Fact, date: HistoricalDate, effect: HistoricalDate) -> Found:
    by_way = "" if cause is link.cause else f", by way of {shown(subject.title(link.cause))}"
    message = (
        f"{shown(subject.title(cause))} ({describe(date)}) comes after its effect "
        f"{shown(subject.title(link.effect))} ({describe(effect)}){by_way}; "
        f"correct a date{old_style_hint(date, effect)}, or turn the link round"
    )
    return Found(subject, link.place, message, "warning")
