"""The facts of a deck by unit: what a reader reads, each with its sources."""

from collections.abc import Iterator

from fasti.core.cards import citation
from fasti.core.cloze import spans_of
from fasti.core.dates import Calendar, DateError, describe
from fasti.core.kinds import Field, Form
from fasti.page.contents import Contents, Entry, Unit
from fasti.page.markup import Markup, element, joined
from fasti.page.pictures import picture


def facts_section(contents: Contents) -> Markup:
    """The section of all units with their facts."""
    heading = element("h2", {"id": "facts-heading"}, contents.language.words("The facts"))
    units = [_unit(unit, contents) for unit in contents.units]
    return element(
        "section",
        {"id": "facts", "aria-labelledby": "facts-heading"},
        [heading, _list_of_units(contents), *units],
    )


def unit_name(unit: Unit, contents: Contents) -> Markup:
    """The name of a unit, or what stands for it where facts have none."""
    if unit.name:
        return contents.language.text(unit.name)
    return contents.language.words("All facts" if len(contents.units) == 1 else "Without a unit")


def shown_date(text: str, calendar: str) -> str:
    """A date in words, or as its author wrote it where it cannot be read."""
    from fasti.core.date_reading import read_date

    try:
        return describe(read_date(text, Calendar(calendar or Calendar.GREGORIAN)))
    except (DateError, ValueError):
        return text


def _list_of_units(contents: Contents) -> Markup:
    """Links to the units, where there are several."""
    if len(contents.units) < 2:
        return joined(())
    links = [
        element("li", None, element("a", {"href": f"#{unit.anchor}"}, unit_name(unit, contents)))
        for unit in contents.units
    ]
    return element("ul", {"class": "contents"}, links)


def _unit(unit: Unit, contents: Contents) -> Markup:
    heading = f"{unit.anchor}-heading"
    return element(
        "section",
        {"id": unit.anchor, "class": "unit", "aria-labelledby": heading},
        [
            element("h3", {"id": heading}, unit_name(unit, contents)),
            *(_fact(entry, contents) for entry in unit.entries),
        ],
    )


def _fact(entry: Entry, contents: Contents) -> Markup:
    matter = [
        element("h4", None, _title(entry, contents)),
        picture(contents, entry.fact.image, entry.title),
        *_fields(entry, contents),
        _note(entry, contents),
        _sources(entry, contents),
    ]
    margin = element("p", {"class": "margin"}, _margin(entry, contents))
    return element(
        "article",
        {"id": entry.anchor, "class": f"fact is-{entry.kind.name}" if entry.kind.name in _KINDS else "fact"},
        [margin, element("div", {"class": "matter"}, matter)],
    )


_KINDS = {
    "event": "Event",
    "person": "Person",
    "effect": "Effect",
    "cause": "Cause",
    "term": "Term",
    "q": "Question",
    "cloze": "In a sentence",
    "order": "In order",
}
_UNLABELLED = {("event", "what"), ("person", "who"), ("term", "means"), ("q", "a"), ("order", "items")}
_LABELS = {("cause", "effect"): "Led to", "leads to": "Led to", "causes": "Caused by"}


def _margin(entry: Entry, contents: Contents) -> Iterator[Markup]:
    """The date of what has one, else what kind of fact it is."""
    date = next((one for one in entry.kind.fields if one.form is Form.DATE and entry.values[one.name]), None)
    if date is None or entry.kind.name != "event":
        kind = _KINDS.get(entry.kind.name)
        said = contents.language.words(kind) if kind else contents.language.text(entry.kind.name.capitalize())
        yield element("span", {"class": "kind"}, said)
    if date:
        shown = shown_date(entry.values[date.name][0], entry.fact.calendar)
        yield element("span", {"class": "when"}, contents.language.text(shown))
        if entry.fact.calendar == Calendar.JULIAN:
            yield element("span", {"class": "kind"}, contents.language.words("Old Style"))


def _title(entry: Entry, contents: Contents) -> Markup:
    """The fact's own words; of a cloze, the words that its cards hide are marked."""
    first = entry.kind.fields[0]
    if first.form is not Form.CLOZE:
        return contents.language.text(entry.title)
    text, parts, end = entry.fact.text(first.name), [], 0
    for span in spans_of(text):
        hidden = element("strong", {"class": "hidden-word"}, contents.language.text(span.hidden))
        parts += [contents.language.text(text[end : span.start]), hidden]
        end = span.end
    return joined([*parts, contents.language.text(text[end:])])


def _fields(entry: Entry, contents: Contents) -> Iterator[Markup]:
    labelled: list[Markup] = []
    for field in entry.kind.fields[1:]:
        values = entry.values[field.name]
        if not values or (field.form is Form.DATE and entry.kind.name in _KINDS):
            continue
        if (entry.kind.name, field.name) in _UNLABELLED:
            yield _plain(field, values, contents)
        else:
            labelled.append(_labelled(entry, field, values, contents))
    if labelled:
        yield element("dl", None, labelled)


def _plain(field: Field, values: tuple[str, ...], contents: Contents) -> Markup:
    if field.form is Form.TEXTS:
        return element("ol", None, [element("li", None, contents.language.text(value)) for value in values])
    return element("p", None, contents.language.text(values[0]))


def _labelled(entry: Entry, field: Field, values: tuple[str, ...], contents: Contents) -> Markup:
    own = _LABELS.get((entry.kind.name, field.name)) or _LABELS.get(field.name)
    built_in = entry.kind.name in _KINDS
    label = own or field.name.capitalize()
    said = contents.language.words(label) if built_in else contents.language.text(label)
    described = [element("dd", None, _value(field, value, entry, contents)) for value in values]
    return element("div", None, [element("dt", None, said), *described])


def _value(field: Field, value: str, entry: Entry, contents: Contents) -> Markup:
    if field.form is Form.DATE:
        return contents.language.text(shown_date(value, entry.fact.calendar))
    text = contents.language.text(value)
    anchor = contents.anchors.get(value) if field.form is Form.LINKS else None
    return element("a", {"href": f"#{anchor}"}, text) if anchor else text


def _note(entry: Entry, contents: Contents) -> Markup:
    if not entry.fact.note:
        return joined(())
    return element("p", {"class": "note"}, contents.language.text(entry.fact.note))


def _sources(entry: Entry, contents: Contents) -> Markup:
    if not entry.fact.sources:
        return joined(())
    sources = contents.deck.sources
    cited: list[Markup] = []
    for text in entry.fact.sources:
        said = contents.language.text(citation(text, sources))
        name = text.partition(",")[0].strip()
        anchor = contents.sources.get(name)
        cited.append(element("a", {"href": f"#{anchor}"}, said) if anchor else said)
    label = element(
        "span", {"class": "label"}, contents.language.words("Source" if len(cited) == 1 else "Sources")
    )
    items = [element("li", None, each) for each in cited]
    return element("div", {"class": "cited"}, [label, element("ul", None, items)])
