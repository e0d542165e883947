"""What the facts of a deck say of each other, of its sources and of their cards, held against what there is."""

from collections.abc import Mapping

from fasti.core.facts import Fact, Place, Source
from fasti.core.identity import key_of
from fasti.core.kinds import Form, Kind, placeholders
from fasti.core.links import Links
from fasti.decks.codes import Code
from fasti.decks.entries import Entry
from fasti.decks.names import looks_like_id, looks_like_name_and_place, looks_like_short_name
from fasti.decks.values import Findings
from fasti.decks.wording import respelt, shown


def check_ids(entries: list[Entry], found: Findings) -> None:
    """Every id is one fact's."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.id and (other := first.setdefault(entry.id, entry)) is not entry:
            line = _place(other, "id").line
            message = f"the id {shown(entry.id)} is taken by the fact on line {line}; give this one another"
            found.error(_place(entry, "id"), Code.DUPLICATE_ID, message)


def check_links(entries: list[Entry], found: Findings) -> None:
    """A link that looks like an id is the id of a fact; other links are plain words."""
    # An entry of which nothing could be read may be the one that is meant.
    if any(entry.unusable and entry.id is None for entry in entries):
        return
    ids = {entry.id for entry in entries if entry.id}
    for entry in entries:
        for link, place in entry.links:
            if link in ids:
                if link == entry.id:
                    message = f"{shown(link)} is this fact itself, which cannot be its own cause or effect"
                    found.warn(place, Code.LINK_TO_ITSELF, message)
            elif looks_like_id(link):
                guess = found.meant(link, ids)
                advice = f"did you mean `{guess}`?" if guess else _PLAIN_WORDS
                message = f"no fact here has the id {shown(link)}; {advice}"
                found.error(place, Code.UNKNOWN_LINK, message, respelt(link, guess, place))


_PLAIN_WORDS = "give it to a fact, or, if this is no id, begin it with a capital or write more than one word"


def check_sources(
    entries: list[Entry],
    sources: Mapping[str, Source | None],
    places: Mapping[str, Place],
    found: Findings,
) -> None:
    """A citation's short name is one under `sources`, and each of those is cited."""
    used: set[str] = set()
    for entry in entries:
        for text, place in entry.sources:
            name = text.partition(",")[0].strip()
            if name in sources:
                used.add(name)
                continue
            guess = found.meant(name, sources) if len(name) < 100 else None
            if looks_like_short_name(name) or (guess and looks_like_name_and_place(text)):
                used |= {guess} if guess else set()
                advice = (
                    f"did you mean `{guess}`?"
                    if guess
                    else "add it there, or write the citation out: author, title"
                )
                message = f"{shown(name)} is not a name under `sources`; {advice}"
                found.error(place, Code.UNKNOWN_SOURCE, message, respelt(name, guess, place))
    for name, place in places.items():
        if name not in used:
            found.warn(place, Code.UNUSED_SOURCE, f"no fact cites {shown(name)}; cite it or take it out")


def check_same_facts(entries: list[Entry], kinds: Mapping[str, Kind | None], found: Findings) -> None:
    """No two facts of a kind have the words that tell one from another."""
    first: dict[tuple[str, str], int] = {}
    for entry in entries:
        kind = kinds.get(entry.kind or "")
        if entry.fact is None or kind is None or not entry.text:
            continue
        line = first.setdefault((kind.name, key_of(entry.fact, kind)), entry.place.line)
        if line != entry.place.line:
            message = f"the fact on line {line} says the same; join the two, or say how they differ"
            found.warn(entry.place, Code.SAME_FACT, message)


def check_cards(entries: list[Entry], kinds: Mapping[str, Kind | None], found: Findings) -> None:
    """Every card that `ask` names has an answer."""
    asking = [entry for entry in entries if entry.fact and entry.fact.ask and entry.ask]
    if not asking:
        return
    usable = {name: kind for name, kind in kinds.items() if kind}
    links = Links([entry.fact for entry in entries if entry.fact], usable)
    for entry in asking:
        if entry.fact and entry.ask:
            _check_asked(entry.fact, usable[entry.fact.kind], links, entry.ask, found)


def _check_asked(fact: Fact, kind: Kind, links: Links, place: Place, found: Findings) -> None:
    for name in fact.ask:
        card = kind.card(name)
        if card is None:
            continue
        fields = placeholders(card.answer)
        if any(_has(fact, kind, links, each) for each in fields):
            continue
        # A required field that is missing, or could not be read, is told of elsewhere.
        if any(declared.required for declared in kind.fields if declared.name in fields):
            continue
        needed = fields[0] if fields else ""
        message = f"the card {shown(name)} would have no answer, because this `{kind.name}` has no `{needed}`"
        found.warn(place, Code.EMPTY_CARD, f"{message}; add it, or take {shown(name)} out of `ask`")


def _has(fact: Fact, kind: Kind, links: Links, name: str) -> bool:
    declared = kind.field(name)
    if declared and declared.form is Form.LINKS:
        return bool(links.values(fact, kind, name))
    return bool(fact.fields.get(name)) or name in fact.places


def _place(entry: Entry, key: str) -> Place:
    return entry.fact.places.get(key, entry.place) if entry.fact else entry.place
