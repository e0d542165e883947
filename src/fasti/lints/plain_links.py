"""A cause or effect in plain words that has a fact of its own."""

from collections.abc import Iterator

from fasti.core.facts import Change, Fact, Place
from fasti.core.kinds import Form
from fasti.lints.lint import Found, Subject, shown
from fasti.lints.mentions import Names

LEAST_WORDS = 3
"""How many words the name of an event has that is looked for inside other words: `the war` is in many."""


def find(subject: Subject) -> Iterator[Found]:
    """Each link, cause or effect that names a fact without linking to it."""
    plain = list(_plain(subject))
    if not plain:
        return
    events = [fact for fact in subject.deck.facts if fact.kind in _NAMED]
    names = ((name, fact) for fact in events for name in _names(subject, fact))
    titles = Names(names, LEAST_WORDS, subject.plain)
    for fact, text, place, is_link in plain:
        target = titles.named(text)
        if target is not None and target is not fact:
            yield _same(subject, text, place, target) if is_link else _related(subject, text, place, target)
        elif target is None and is_link:
            for _, other in titles.inside(text):
                if other is not fact and other.kind == "event":
                    yield _inside(subject, text, place, other)
                    break


_NAMED = frozenset(("event", "person", "effect"))


def _names(subject: Subject, fact: Fact) -> tuple[str, ...]:
    return (subject.title(fact), *fact.accept) if fact.kind == "person" else (subject.title(fact),)


def _plain(subject: Subject) -> Iterator[tuple[Fact, str, Place, bool]]:
    """The links that are no ids, and the texts of `cause` facts, where they stand, and whether each is a link."""
    ids = {fact.id for fact in subject.deck.facts if fact.id}
    for fact in subject.deck.facts:
        if fact.kind == "cause":
            for name in ("cause", "effect"):
                yield fact, fact.text(name), fact.place_of(name), False
            continue
        for field in subject.kinds[fact.kind].fields:
            if field.form is Form.LINKS:
                for number, text in enumerate(fact.fields.get(field.name, ())):
                    if text not in ids:
                        yield fact, text, fact.place_of(field.name, number), True


def _same(subject: Subject, text: str, place: Place, target: Fact) -> Found:
    line = target.place.line
    if target.id is None:
        message = (
            f"{shown(text)} is the fact on line {line}; give that an `id`, and write the id here to link them"
        )
        return Found(subject, place, message, "advice")
    message = f"{shown(text)} is the fact on line {line}; write its id, `{target.id}`, to link them"
    certain = subject.plain(text) == subject.plain(subject.title(target))
    return Found(subject, place, message, "advice", (Change(place, text, target.id),) if certain else ())


def _related(subject: Subject, text: str, place: Place, target: Fact) -> Found:
    key = "`leads to` or `caused by`" if target.kind == "event" else "its id in `caused by` or `causes`"
    message = f"{shown(text)} is the fact on line {target.place.line} too; {key} there would link them"
    return Found(subject, place, message, "advice")


def _inside(subject: Subject, text: str, place: Place, target: Fact) -> Found:
    named = f"`{target.id}`" if target.id else "an `id` that you give it"
    message = (
        f"{shown(text)} names the event on line {target.place.line}; "
        f"if it is that event, link them: write {named} here"
    )
    return Found(subject, place, message, "advice")
