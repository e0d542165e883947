"""The web of causes and effects that the facts of a deck tell of, from whichever side they tell it.

What is a cause or an effect is a node, once: a fact, or plain words that no fact has as its own. An edge
leads from a cause to its effect, once, however many facts say so. The web may have circles (fear arms,
arms frighten); nothing here goes round in them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fasti.core.facts import Deck, Fact
from fasti.core.kinds import BUILT_IN, Form, Kind
from fasti.core.links import title_of
from fasti.core.text import normalised


class Node(NamedTuple):
    """A cause or an effect: a fact, or the plain words of other facts.

    `position` is the fact's place among the facts of its deck, from 0; None where it is only words. So is
    `id`, and also where the author gave none.
    """

    title: str
    position: int | None = None
    id: str | None = None


class Edge(NamedTuple):
    """A cause and its effect as places in the web's nodes; `why` is how the one led to the other, or empty.

    `said_by` are the positions of the facts that say so, in the author's order.
    """

    cause: int
    effect: int
    why: str
    said_by: tuple[int, ...]


class Web(NamedTuple):
    """Nodes in the author's order, and the edges between them; no node is without an edge."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def effects(self, node: int) -> tuple[Edge, ...]:
        """The edges to what a node led to, in the author's order."""
        return tuple(edge for edge in self.edges if edge.cause == node)

    def causes(self, node: int) -> tuple[Edge, ...]:
        """The edges from what led to a node, in the author's order."""
        return tuple(edge for edge in self.edges if edge.effect == node)

    def part(self, nodes: Iterable[int]) -> "Web":
        """The web of some of the nodes, with the edges between them."""
        kept = sorted(set(nodes))
        places = {old: new for new, old in enumerate(kept)}
        edges = (
            edge._replace(cause=places[edge.cause], effect=places[edge.effect])
            for edge in self.edges
            if edge.cause in places and edge.effect in places
        )
        return Web(tuple(self.nodes[old] for old in kept), tuple(edges))


def causal_web(deck: Deck) -> Web:
    """The web of a deck: from fields of links, and from facts that are a cause and its effect.

    Plain words that are the own words of a fact (an event, an effect) stand for it; case, spacing and the
    like do not count. A fact that names itself as its cause makes no edge.
    """
    return _Loom(deck).web()


def components(web: Web) -> tuple[tuple[int, ...], ...]:
    """The nodes in groups that no edge joins, each in the author's order, in the order of their first nodes."""
    group = list(range(len(web.nodes)))

    def leader(node: int) -> int:
        while group[node] != node:
            group[node] = group[group[node]]
            node = group[node]
        return node

    for edge in web.edges:
        one, other = sorted((leader(edge.cause), leader(edge.effect)))
        group[other] = one
    found: dict[int, list[int]] = {}
    for node in range(len(web.nodes)):
        found.setdefault(leader(node), []).append(node)
    return tuple(map(tuple, found.values()))


def turning_back(web: Web) -> frozenset[int]:
    """The places of edges without which there is no circle: of each circle, one that leads back into it."""
    outgoing = _outgoing(web)
    caused = {edge.effect for edge in web.edges}
    roots = sorted(range(len(web.nodes)), key=lambda node: (node in caused, node))
    back: set[int] = set()
    done: set[int] = set()
    open_nodes: set[int] = set()
    for root in roots:
        # A walk with its own stack: a chain of causes may be longer than Python's calls go deep.
        walk = [(root, iter(outgoing[root]))] if root not in done else []
        open_nodes |= {root} if walk else set()
        while walk:
            node, edges = walk[-1]
            place = next(edges, None)
            if place is None:
                walk.pop()
                open_nodes.discard(node)
                done.add(node)
                continue
            effect = web.edges[place].effect
            if effect in open_nodes:
                back.add(place)
            elif effect not in done:
                open_nodes.add(effect)
                walk.append((effect, iter(outgoing[effect])))
    return frozenset(back)


def leading_to(web: Web, node: int) -> frozenset[int]:
    """All that led to a node, near and far; the node itself only where it stands in a circle."""
    return _reached(node, [(edge.effect, edge.cause) for edge in web.edges])


def led_to_by(web: Web, node: int) -> frozenset[int]:
    """All that a node led to, near and far; the node itself only where it stands in a circle."""
    return _reached(node, [(edge.cause, edge.effect) for edge in web.edges])


_ONWARD = "leads to"
"""The field of links that names effects; every other one names causes."""

_NAMING = ("event", "effect", "person", "term")
"""Kinds whose facts plain words may stand for, the likeliest first."""

_Key = int | str
"""What a node is known as while the web is made: the position of its fact, or its words."""


class _Loom:
    """A deck's web in the making: nodes by what they are known as, edges by their two ends."""

    def __init__(self, deck: Deck) -> None:
        self._kinds: Mapping[str, Kind] = {**BUILT_IN, **deck.kinds}
        self._facts = deck.facts
        self._by_id = {fact.id: place for place, fact in enumerate(deck.facts) if fact.id}
        self._by_words: dict[str, int] = {}
        for name in _NAMING:
            for place, fact in enumerate(deck.facts):
                if fact.kind == name:
                    self._by_words.setdefault(normalised(fact.text(name)), place)
        self._spelt: dict[str, str] = {}
        self._nodes: dict[_Key, tuple[int, int]] = {}
        self._edges: dict[tuple[_Key, _Key], tuple[list[str], list[int]]] = {}

    def web(self) -> Web:
        """The web of all that the facts tell."""
        for place, fact in enumerate(self._facts):
            for cause, effect in self._told_by(place, fact):
                self._join(cause, effect, fact.text("why"), place)
        keys = sorted(self._nodes, key=self._nodes.__getitem__)
        at = {key: place for place, key in enumerate(keys)}
        edges = (
            Edge(at[cause], at[effect], " ".join(dict.fromkeys(why)), tuple(dict.fromkeys(said)))
            for (cause, effect), (why, said) in self._edges.items()
        )
        return Web(tuple(map(self._node, keys)), tuple(edges))

    def _told_by(self, place: int, fact: Fact) -> Iterator[tuple[_Key, _Key]]:
        kind = self._kinds.get(fact.kind)
        if kind is None:
            return
        if kind is BUILT_IN["cause"]:
            yield self._words(fact.text("cause")), self._words(fact.text("effect"))
        for field in kind.fields:
            for link in fact.fields.get(field.name, ()) if field.form is Form.LINKS else ():
                there, here = self._linked(link), self._fact(place)
                yield (here, there) if field.name == _ONWARD else (there, here)

    def _linked(self, link: str) -> _Key:
        return self._fact(self._by_id[link]) if link in self._by_id else self._words(link)

    def _fact(self, place: int) -> _Key:
        """A fact's node; one that is no more than its words shares that of these words."""
        fact = self._facts[place]
        return self._words(fact.text(fact.kind)) if fact.kind in ("cause", "effect") else place

    def _words(self, words: str) -> _Key:
        plain = normalised(words)
        self._spelt.setdefault(plain, " ".join(words.split()))
        return self._by_words.get(plain, plain)

    def _join(self, cause: _Key, effect: _Key, why: str, place: int) -> None:
        if cause == effect:
            return
        for key in (cause, effect):
            if key not in self._nodes:
                self._nodes[key] = (key if isinstance(key, int) else place, len(self._nodes))
        reasons, said = self._edges.setdefault((cause, effect), ([], []))
        reasons += [why] if why else []
        said.append(place)

    def _node(self, key: _Key) -> Node:
        if isinstance(key, int):
            fact = self._facts[key]
            return Node(title_of(fact, self._kinds[fact.kind]), key, fact.id)
        return Node(self._spelt[key])


def _outgoing(web: Web) -> list[list[int]]:
    """Of each node, the places of the edges that leave it."""
    found: list[list[int]] = [[] for _ in web.nodes]
    for place, edge in enumerate(web.edges):
        found[edge.cause].append(place)
    return found


def _reached(start: int, steps: Sequence[tuple[int, int]]) -> frozenset[int]:
    following: dict[int, list[int]] = {}
    for one, other in steps:
        following.setdefault(one, []).append(other)
    found: set[int] = set()
    ahead = list(following.get(start, ()))
    while ahead:
        node = ahead.pop()
        if node not in found:
            found.add(node)
            ahead += following.get(node, ())
    return frozenset(found)
