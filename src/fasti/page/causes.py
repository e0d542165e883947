"""The causes and effects of a deck as a drawing, and as a list."""

from collections.abc import Sequence

from fasti.core.causal_web import Node, Web, causal_web, components
from fasti.page.contents import Contents
from fasti.page.markup import Markup, element, joined
from fasti.page.rails import drawn_web, in_rows, is_tangled
from fasti.page.stretch import NARROW, ROOMS

SMALL = 6
"""Webs of at most so many nodes stand two beside each other where there is room."""


def causes_section(contents: Contents) -> Markup:
    """The section of causes and effects; nothing where the deck tells of none."""
    web = causal_web(contents.deck)
    if not web.edges:
        return joined(())
    words = contents.language.words
    heading = element("h2", {"id": "causes-heading"}, words("Causes and effects"))
    key = words(
        "Causes stand above what they led to: follow a line down to its arrow. Where lines meet in a dot, several"
        " causes had one effect. A full circle has a fact of its own; a broken line leads back up."
    )
    parts = sorted((web.part(nodes) for nodes in components(web)), key=lambda part: -len(part.nodes))
    figures = [_figure(number, part, contents) for number, part in enumerate(parts, 1)]
    large = [figure for figure, part in zip(figures, parts, strict=True) if len(part.nodes) > SMALL]
    drawn = joined([*large, element("div", {"class": "small-webs"}, figures[len(large) :])])
    return element(
        "section",
        {"id": "causes", "aria-labelledby": "causes-heading"},
        [heading, element("p", {"class": "key"}, key), drawn, _list(web, contents)],
    )


def _figure(number: int, web: Web, contents: Contents) -> Markup:
    """A part of the web that nothing joins to the others, in every room; a small one needs no other than the least."""
    if is_tangled(web):
        said = f"{len(web.nodes)} causes and effects are too entangled to be drawn; the list below has them."
        return element("p", {"class": "key"}, contents.language.words(said))
    last = web.nodes[in_rows(web)[-1]].title
    title = f"What led to: {last}"
    about = f"{len(web.nodes)} causes and effects, {len(web.edges)} links. The list below says the same."
    drawings = []
    for room in ROOMS if len(web.nodes) > SMALL else (NARROW,):
        drawing, height, cuts = drawn_web(web, room, contents.language)
        pieces = drawing.pieces(height, cuts, f"web-{number}-{room.name}", title, about)
        drawings.append(
            element("div", {"class": f"drawing {room.name if len(web.nodes) > SMALL else 'small'}"}, pieces)
        )
    return element("figure", {"class": "web"}, drawings)


def _list(web: Web, contents: Contents) -> Markup:
    """Every effect with its causes."""
    words = contents.language.words
    effects = [place for place in _in_parts(web) if web.causes(place)]
    terms = [_effect(web, place, contents) for place in effects]
    summary = element("summary", None, words("Causes and effects as a list"))
    return element("details", {"class": "alternative"}, [summary, element("dl", {"class": "effects"}, terms)])


def _in_parts(web: Web) -> Sequence[int]:
    """The nodes part by part, each part in the order of its rows."""
    return [nodes[place] for nodes in components(web) for place in in_rows(web.part(nodes))]


def _effect(web: Web, place: int, contents: Contents) -> Markup:
    causes = []
    for edge in web.causes(place):
        said = [_named(web.nodes[edge.cause], contents)]
        if edge.why:
            said.append(element("span", {"class": "why"}, contents.language.text(edge.why)))
        causes.append(element("dd", None, joined(said)))
    return element("div", None, [element("dt", None, _named(web.nodes[place], contents)), *causes])


def _named(node: Node, contents: Contents) -> Markup:
    title = contents.language.text(node.title)
    if node.position is None:
        return title
    return element("a", {"href": f"#{contents.entries[node.position].anchor}"}, title)
