"""Facts that do not say where they are from."""

from collections.abc import Iterator

from fasti.lints.lint import Found, Subject, shown

_LISTED = 5


def find(subject: Subject) -> Iterator[Found]:
    """Each fact without a source; one sentence for all of them where less than half of the deck has any."""
    facts = subject.deck.facts
    without = [fact for fact in facts if not fact.sources]
    if not without:
        return
    if 2 * len(without) <= len(facts):
        for fact in without:
            message = f"{shown(subject.title(fact))} has no `source`; say where it is from"
            yield Found(subject, fact.place, message, "advice")
        return
    if len(without) == len(facts):
        message = "no fact says where it is from; give each a `source`, so that it can be looked up"
    else:
        lines = ", ".join(str(fact.place.line) for fact in without[:_LISTED])
        more = ", …" if len(without) > _LISTED else ""
        message = f"{len(without):,} of {len(facts):,} facts have no `source`: lines {lines}{more}"
    yield Found(subject, without[0].place, message, "advice")
