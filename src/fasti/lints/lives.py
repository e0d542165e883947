"""An event outside the life of a person who had a part in it."""

from collections.abc import Iterator

from fasti.core.dates import HistoricalDate, Precision, describe
from fasti.core.facts import Fact, Place
from fasti.core.kinds import Form
from fasti.lints.lint import Found, Subject, shown
from fasti.lints.mentions import Names
from fasti.lints.times import certainly_after, date_in, date_of, old_style_hint


def find(subject: Subject) -> Iterator[Found]:
    """Each event that a link joins to a person who was not alive, or that is said to be someone's doing before birth."""
    lives = {
        id(fact): lived
        for fact in subject.deck.facts
        if fact.kind == "person" and (lived := date_in(fact, "lived")) and _is_life(lived)
    }
    if not lives:
        return
    people = [fact for fact in subject.deck.facts if id(fact) in lives]
    by_id = {fact.id: fact for fact in people if fact.id}
    full_names = (
        (name, fact) for fact in people for name in (fact.text("person"), *fact.accept) if " " in name
    )
    names = Names(full_names, 2, subject.plain)
    dated = {
        name for name, kind in subject.kinds.items() if any(each.form is Form.DATE for each in kind.fields)
    }
    for event in subject.deck.facts:
        if event.kind == "person" or event.kind not in dated:
            continue
        linked = dict(_linked(subject, event, by_id))
        named = dict(_named(subject, event, names))
        if not linked and not named:
            continue
        date = date_of(event, subject.kinds[event.kind])
        if date is None:
            continue
        for person, place in linked.items():
            yield from _judged(
                subject, place, date, by_id[person], lives[id(by_id[person])], severity="warning"
            )
        for number, (person_fact, leads) in named.items():
            if person_fact.id not in linked:
                place = event.place_of(subject.kinds[event.kind].fields[0].name)
                yield from _judged(
                    subject, place, date, person_fact, lives[number], severity="advice" if leads else ""
                )


def _is_life(lived: HistoricalDate) -> bool:
    return lived.precision in (Precision.SPAN, Precision.OPEN)


def _linked(subject: Subject, event: Fact, by_id: dict[str, Fact]) -> Iterator[tuple[str, Place]]:
    for field in subject.kinds[event.kind].fields:
        if field.form is Form.LINKS:
            for number, value in enumerate(event.fields.get(field.name, ())):
                if value in by_id:
                    yield value, event.place_of(field.name, number)


def _named(subject: Subject, event: Fact, names: Names) -> Iterator[tuple[int, tuple[Fact, bool]]]:
    """The people whose full names an event's words have, and whether they begin with it: whose doing it is."""
    title = subject.title(event)
    for place, person in names.inside(title):
        begins = place == 0 and "'s" not in " ".join(title.replace("’", "'").split()[:4])
        yield id(person), (person, begins)


def _judged(
    subject: Subject, place: Place, date: HistoricalDate, person: Fact, lived: HistoricalDate, severity: str
) -> Iterator[Found]:
    """What is told of an event and a life; without a `severity` for one after death, only one before birth is."""
    name = shown(person.text("person"))
    advice = f"correct one of the dates{old_style_hint(date, lived)}"
    if certainly_after(lived, date):
        message = f"{describe(date)} is before the life of {name} ({describe(lived)}); {advice}"
        yield Found(subject, place, message, "warning")
    elif severity and certainly_after(date, lived):
        message = f"{describe(date)} is after the life of {name} ({describe(lived)}); {advice}"
        message += ", if this is no funeral or the like" if severity == "advice" else ""
        yield Found(subject, place, message, severity)
