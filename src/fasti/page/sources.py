"""The works that the facts of a deck cite, and what each of them supports."""

from fasti.core.facts import Source
from fasti.page.contents import Contents
from fasti.page.markup import Markup, element, joined, link, web_address


def sources_section(contents: Contents) -> Markup:
    """The section of the sources, in the author's order; nothing where the deck names none."""
    sources = contents.deck.sources
    if not sources:
        return joined(())
    supported = _supported(contents)
    items = [
        element("li", {"id": contents.sources[name]}, _source(source, supported.get(name, 0), contents))
        for name, source in sources.items()
    ]
    heading = element("h2", {"id": "sources-heading"}, contents.language.words("Sources"))
    listed = element("ul", {"class": "works"}, items)
    return element("section", {"id": "sources", "aria-labelledby": "sources-heading"}, [heading, listed])


def _supported(contents: Contents) -> dict[str, int]:
    """How many facts cite each source."""
    counts: dict[str, int] = {}
    for entry in contents.entries:
        for name in {text.partition(",")[0].strip() for text in entry.fact.sources}:
            counts[name] = counts.get(name, 0) + 1
    return counts


def _source(source: Source, facts: int, contents: Contents) -> list[Markup]:
    text = contents.language.text
    address = source.url or (source.title if web_address(source.title) else "")
    title = element("cite", None, text(source.title or source.name))
    parts = [text(source.author)] if source.author else []
    parts.append(link(address, title) if address else title)
    parts += [text(part) for part in (source.publisher, source.year) if part]
    separated = [part for each in parts for part in (joined([", "]), each)][1:]
    lines = [joined(separated)]
    if address and web_address(address) is None:
        lines.append(element("span", {"class": "address"}, text(address)))
    elif address:
        lines.append(element("span", {"class": "address", "dir": "ltr"}, address))
    said = "1 fact" if facts == 1 else f"{facts} facts"
    lines.append(element("span", {"class": "count"}, contents.language.words(said)))
    return lines
