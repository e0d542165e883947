"""The dated facts of a deck as timelines to scale, and as a table."""

from collections.abc import Sequence

from fasti.core.date_words import day_words
from fasti.core.dates import Calendar, day_at
from fasti.core.stretches import Stretch
from fasti.core.timeline import Dated, calendar_of, dated_facts, lives
from fasti.page.contents import Contents
from fasti.page.markup import Markup, element, joined
from fasti.page.overview import HEIGHT, overview
from fasti.page.parts import parts_of
from fasti.page.stretch import ROOMS, drawn_stretch


def timeline_section(contents: Contents) -> Markup:
    """The section of the timeline; nothing where no fact has a date."""
    dated, people = dated_facts(contents.deck), lives(contents.deck)
    if not dated and not people:
        return joined(())
    heading = element("h2", {"id": "timeline-heading"}, contents.language.words("Timeline"))
    parts = [heading]
    if dated:
        parts += [_key(contents), *_events(dated, contents)]
    if people:
        parts += _lives(people, contents)
    parts.append(_table([*dated, *people], contents))
    return element("section", {"id": "timeline", "aria-labelledby": "timeline-heading"}, parts)


def _events(dated: Sequence[Dated], contents: Contents) -> list[Markup]:
    calendar = calendar_of(dated)
    found = parts_of(dated)
    drawn = [_overview(found, calendar, contents)] if len(found) > 1 else []
    for number, stretch in enumerate(found, 1):
        said = _days(stretch.first, stretch.last, calendar)
        if len(found) > 1:
            said = f"{number}. {said}"
            if number > 1:
                drawn.append(_between(found[number - 2], stretch, contents))
        drawn.append(_stretch(f"stretch-{number}", said, stretch, calendar, contents))
    return drawn


def _lives(people: Sequence[Dated], contents: Contents) -> list[Markup]:
    calendar = calendar_of(people)
    stretch = Stretch(tuple(people), min(one.start for one in people), max(one.end for one in people))
    heading = element("h3", {"id": "lives-heading"}, contents.language.words("Lives"))
    said = f"Lives, {_days(stretch.first, stretch.last, calendar)}"
    return [heading, _stretch("lives", said, stretch, calendar, contents, caption=False)]


def _stretch(
    name: str, said: str, stretch: Stretch, calendar: Calendar, contents: Contents, *, caption: bool = True
) -> Markup:
    """A stretch in every room, of which the style sheet shows one."""
    about = f"{_counted(len(stretch.items))} in the order of time, to scale. The table below says the same."
    drawings = []
    for room in ROOMS:
        drawing, height, cuts = drawn_stretch(
            stretch.items, stretch.first, stretch.last, calendar, room, contents.language
        )
        pieces = drawing.pieces(height, cuts, f"{name}-{room.name}", f"Timeline: {said}", about)
        drawings.append(element("div", {"class": f"drawing {room.name}"}, pieces))
    captions = [element("figcaption", None, contents.language.words(said))] if caption else []
    return element("figure", {"class": "timeline"}, [*captions, *drawings])


def _overview(found: Sequence[Stretch], calendar: Calendar, contents: Contents) -> Markup:
    said = "The whole time to scale"
    about = "; ".join(
        f"part {number}: {_days(part.first, part.last, calendar)}, {_counted(len(part.items))}"
        for number, part in enumerate(found, 1)
    )
    drawings = [
        element(
            "div",
            {"class": f"drawing {room.name}"},
            overview(found, calendar, room, contents.language).pieces(
                HEIGHT, (), f"overview-{room.name}", said, about
            ),
        )
        for room in ROOMS
    ]
    caption = f"{said}; below, each part on a scale of its own"
    return element(
        "figure",
        {"class": "timeline whole"},
        [element("figcaption", None, contents.language.words(caption)), *drawings],
    )


def _between(before: Stretch, after: Stretch, contents: Contents) -> Markup:
    """What a reader is told where one scale ends and another begins."""
    days = after.first - max(before.last, *(item.end for item in before.items)) - 1
    said = (
        f"{_long(days)} without a date in this deck; the scale changes" if days > 0 else "The scale changes"
    )
    return element("p", {"class": "between"}, contents.language.words(said))


def _key(contents: Contents) -> Markup:
    """What the signs mean."""
    return element(
        "p",
        {"class": "key"},
        contents.language.words(
            "A dot is a day, a filled bar lasted that long, an empty bar is some time within it;"
            " a broken outline is approximate, an arrow goes on."
        ),
    )


def _table(items: Sequence[Dated], contents: Contents) -> Markup:
    words, text = contents.language.words, contents.language.text
    has_units = any(item.unit for item in items)
    rows = []
    for item in items:
        link = element("a", {"href": f"#{contents.entries[item.position].anchor}"}, text(item.title))
        cells = [element("th", {"scope": "row"}, text(item.when)), element("td", None, link)]
        if has_units:
            cells.append(element("td", None, text(item.unit)))
        rows.append(element("tr", None, cells))
    names = ["When", "What", *(["Unit"] if has_units else [])]
    head = element("tr", None, [element("th", {"scope": "col"}, words(name)) for name in names])
    body = [element("thead", None, head), element("tbody", None, rows)]
    summary = element("summary", None, words("The timeline as a table"))
    table = element("table", None, body)
    return element(
        "details", {"class": "alternative"}, [summary, element("div", {"class": "wide-table"}, table)]
    )


def _days(first: int, last: int, calendar: Calendar) -> str:
    """From which day to which, in words."""
    begin, end = day_words(*day_at(first, calendar)), day_words(*day_at(last, calendar))
    return begin if first == last else f"{begin} to {end}"


def _long(days: int) -> str:
    """How long a gap is, in the unit that says it best."""
    for unit, length in (("year", 365.2425), ("month", 30.44), ("day", 1)):
        if days >= 2 * length or unit == "day":
            count = round(days / length)
            return f"{count:,} {unit}{'' if count == 1 else 's'}"
    return ""


def _counted(number: int) -> str:
    return "1 date" if number == 1 else f"{number:,} dates"
