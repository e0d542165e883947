"""The web of causes and effects for the ear: a sentence for everything that led to something."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fasti.core.causal_tree import trees_of
from fasti.core.causal_web import Edge
from fasti.core.counting import counted
from fasti.ui.lines import Line, line, wrapped
from fasti.ui.look import Look

if TYPE_CHECKING:
    from fasti.causality import Causality


def causes_sentences(causality: "Causality", look: Look) -> list[Line]:
    """The title, then, for the whole deck, what led to what; for one fact, first what led to it."""
    said = _whole(causality) if causality.fact is None else _of_fact(causality, causality.fact)
    return [row for sentence in said for row in wrapped(line(look.text(sentence)), look.measure)]


def _whole(causality: "Causality") -> list[str]:
    web = causality.web
    things = counted(len(web.nodes), "cause and effect", "causes and effects")
    said = [f"Causes and effects in {causality.title}: {things}, {counted(len(web.edges), 'link')}."]
    for node in range(len(web.nodes)):
        if edges := web.effects(node):
            said += _sentences(causality, f"{_name(causality, node)} led to", edges, upward=False)
    return said


def _of_fact(causality: "Causality", fact: int) -> list[str]:
    web, name = causality.web, _name(causality, fact)
    said = [f"Causes of {name}."] if web.causes(fact) else [f"Nothing here is told to have led to {name}."]
    for node in _order(causality, fact, upward=True):
        if edges := web.causes(node):
            said += _sentences(causality, f"{_name(causality, node)} was caused by", edges, upward=True)
    said += (
        [f"Effects of {name}."] if web.effects(fact) else [f"Nothing here is told to have come of {name}."]
    )
    for node in _order(causality, fact, upward=False):
        if edges := web.effects(node):
            said += _sentences(causality, f"{_name(causality, node)} led to", edges, upward=False)
    return said


def _order(causality: "Causality", fact: int, *, upward: bool) -> list[int]:
    """A fact and all that leads to it or from it, in the order in which a tree names them."""
    trees = trees_of(causality.web, fact, upward=upward)
    return list(dict.fromkeys(row.node for tree in trees for row in tree))


def _sentences(causality: "Causality", opening: str, edges: Sequence[Edge], *, upward: bool) -> list[str]:
    others = [_name(causality, edge.cause if upward else edge.effect) for edge in edges]
    said = [f"{opening}{':' if len(others) > 1 else ''} {'; '.join(others)}."]
    whys = dict.fromkeys(edge.why.rstrip(".") for edge in edges if edge.why)
    return said + [f"Why: {why}." for why in whys]


def _name(causality: "Causality", node: int) -> str:
    title, date = causality.web.nodes[node].title.rstrip("."), causality.dates[node]
    return f"{title} ({date})" if date else title
