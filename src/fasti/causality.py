"""`fasti causes`: the web of a deck's causes and effects, or the part of it that belongs to one fact."""

from typing import Any, NamedTuple

from fasti.core.causal_web import Web, causal_web, components, leading_to, led_to_by
from fasti.core.facts import Deck
from fasti.core.meant import Named, did_you_mean, facts_named, listed, those_meant
from fasti.core.timeline import dated_facts
from fasti.errors import FastiError


class UnknownCauseError(FastiError):
    """Words that no cause or effect, or more than one, is meant by."""


class Causality(NamedTuple):
    """A web of causes, the date of each node as a reader is shown it, and the node that was asked for.

    A node without a date has an empty one. With `fact`, the web is what led to that node and what it led to.
    """

    deck: str
    title: str
    web: Web
    dates: tuple[str, ...]
    fact: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The values that `fasti causes --json` prints; edges name nodes by their numbers."""
        return {
            "version": 1,
            "deck": self.deck,
            "title": self.title,
            "fact": self.fact,
            "nodes": [
                {
                    "number": number,
                    "title": node.title,
                    "id": node.id,
                    "position": node.position,
                    "date": date or None,
                }
                for number, (node, date) in enumerate(zip(self.web.nodes, self.dates, strict=True))
            ],
            "edges": [
                {
                    "cause": edge.cause,
                    "effect": edge.effect,
                    "why": edge.why or None,
                    "said_by": list(edge.said_by),
                }
                for edge in self.web.edges
            ],
            "components": [list(part) for part in components(self.web)],
        }


def causality(deck: Deck, fact: str | None = None) -> Causality:
    """The web of a deck, which may be empty, or what led to and from one fact of it.

    `fact` is an id, a title or words that only one cause or effect has. Raises UnknownCauseError.
    """
    web = causal_web(deck)
    chosen = None if fact is None else _meant(deck, web, fact)
    if chosen is not None:
        kept = sorted(leading_to(web, chosen) | led_to_by(web, chosen) | {chosen})
        web, chosen = web.part(kept), kept.index(chosen)
    when = {item.position: item.when for item in reversed(dated_facts(deck))}
    dates = tuple("" if node.position is None else when.get(node.position, "") for node in web.nodes)
    return Causality(deck.id, deck.title, web, dates, chosen)


def _meant(deck: Deck, web: Web, words: str) -> int:
    nodes = [Named(node.id, node.title) for node in web.nodes]
    found = those_meant(nodes, words)
    if len(found) == 1:
        return found[0]
    if found:
        names = listed([nodes[place].name for place in found])
        raise UnknownCauseError(f"several causes and effects have `{words}`: {names}", "name one of these")
    facts = facts_named(deck)
    if alone := those_meant(facts, words):
        raise UnknownCauseError(
            f"no fact of `{deck.title}` tells of a cause or an effect of `{facts[alone[0]].name}`",
            "`caused by:` and `leads to:` do, and facts of the kinds `cause` and `effect`",
        )
    raise UnknownCauseError(
        f"no cause or effect in `{deck.title}` has `{words}`",
        did_you_mean(nodes, words, f"`fasti causes {deck.id}` shows them all"),
    )
