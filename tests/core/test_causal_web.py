"""The web of causes and effects: what makes a node, what makes an edge, and circles that end."""

from graphlib import TopologicalSorter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from fasti.core.causal_web import (
    Edge,
    Node,
    Web,
    causal_web,
    components,
    leading_to,
    led_to_by,
    turning_back,
)
from fasti.core.facts import Deck, Fact

FLAT = {"caused_by": "caused by", "leads_to": "leads to"}


def event(title: str, id: str | None = None, **links: tuple[str, ...]) -> Fact:
    fields = {"event": (title,), "date": ("1962",), **{FLAT[name]: value for name, value in links.items()}}
    return Fact("event", fields, id=id)


def cause(cause: str, effect: str, why: str = "") -> Fact:
    return Fact("cause", {"cause": (cause,), "effect": (effect,), **({"why": (why,)} if why else {})})


def effect(title: str, *causes: str, id: str | None = None) -> Fact:
    return Fact("effect", {"effect": (title,), "causes": causes}, id=id)


def web(*facts: Fact) -> Web:
    return causal_web(Deck("d", "D", facts))


def told(web: Web) -> set[tuple[str, str]]:
    return {(web.nodes[edge.cause].title, web.nodes[edge.effect].title) for edge in web.edges}


def web_of(number: int, edges: set[tuple[int, int]]) -> Web:
    nodes = tuple(Node(str(node)) for node in range(number))
    return Web(nodes, tuple(Edge(one, other, "", ()) for one, other in sorted(edges)))


@some.composite
def webs(draw: some.DrawFn) -> Web:
    number = draw(some.integers(1, 12))
    pairs = some.tuples(some.integers(0, number - 1), some.integers(0, number - 1))
    edges = draw(some.sets(pairs.filter(lambda pair: pair[0] != pair[1]), max_size=30))
    used = sorted({node for edge in edges for node in edge})
    places = {node: place for place, node in enumerate(used)}
    return web_of(len(used), {(places[one], places[other]) for one, other in edges})


def test_links_are_told_from_either_side_and_count_once() -> None:
    found = web(event("U-2", "u2", leads_to=("speech",)), event("Speech", "speech", caused_by=("u2", "Fear")))

    assert told(found) == {("U-2", "Speech"), ("Fear", "Speech")}
    assert [node.title for node in found.nodes] == ["U-2", "Speech", "Fear"]
    assert next(edge.said_by for edge in found.edges if edge.cause == 0) == (0, 1)


def test_every_kind_that_tells_of_causes_is_heard() -> None:
    found = web(
        effect("Missiles go to Cuba", "To defend Cuba", "To answer the Jupiters"),
        cause("The landing fails", "Castro turns to Moscow", "He expected a second one"),
    )

    assert told(found) == {
        ("To defend Cuba", "Missiles go to Cuba"),
        ("To answer the Jupiters", "Missiles go to Cuba"),
        ("The landing fails", "Castro turns to Moscow"),
    }
    assert [edge.why for edge in found.edges] == ["", "", "He expected a second one"]


def test_words_that_a_fact_has_as_its_own_stand_for_it() -> None:
    found = web(
        event("Bay of Pigs invasion", "bop"),
        cause("bay of pigs  invasion", "Castro turns to Moscow"),
        effect("Castro turns to Moscow", "Fear", id="turn"),
    )

    assert told(found) == {
        ("Bay of Pigs invasion", "Castro turns to Moscow"),
        ("Fear", "Castro turns to Moscow"),
    }
    assert {node.id for node in found.nodes} == {"bop", "turn", None}


def test_a_link_to_a_fact_that_is_a_cause_or_an_effect_is_one_to_its_words() -> None:
    found = web(
        event("War", "war", caused_by=("debt", "fear")),
        effect("Debt", "Spending", id="debt"),
        Fact("cause", {"cause": ("Fear",), "effect": ("Arms",)}, id="fear"),
    )

    assert told(found) == {("Debt", "War"), ("Spending", "Debt"), ("Fear", "War"), ("Fear", "Arms")}


def test_plain_words_that_look_like_an_id_of_nothing_are_words() -> None:
    assert told(web(event("A", leads_to=("nowhere",)))) == {("A", "nowhere")}


def test_two_events_of_the_same_words_are_two_nodes() -> None:
    found = web(event("Election", "e1", leads_to=("Joy",)), event("Election", "e2", leads_to=("Joy",)))

    assert len(found.nodes) == 3
    assert len(found.edges) == 2


@pytest.mark.parametrize("facts", [[], [event("A", "a")], [event("A", "a", caused_by=("a",))]])
def test_without_links_there_is_nothing(facts: list[Fact]) -> None:
    assert web(*facts) == Web((), ())


def test_a_part_keeps_the_edges_between_its_nodes() -> None:
    whole = web_of(4, {(0, 1), (1, 2), (2, 3), (0, 3)})

    assert whole.part([0, 2, 3]) == Web(
        (Node("0"), Node("2"), Node("3")), (Edge(0, 2, "", ()), Edge(1, 2, "", ()))
    )


def test_what_led_to_a_node_and_what_it_led_to() -> None:
    chain = web_of(5, {(0, 1), (1, 2), (2, 3), (4, 2)})

    assert leading_to(chain, 2) == {0, 1, 4}
    assert led_to_by(chain, 1) == {2, 3}


def test_in_a_circle_everything_leads_to_itself() -> None:
    circle = web_of(3, {(0, 1), (1, 2), (2, 0)})

    assert leading_to(circle, 1) == led_to_by(circle, 1) == {0, 1, 2}
    assert len(turning_back(circle)) == 1


def test_a_chain_may_be_longer_than_calls_go_deep() -> None:
    long = web_of(5_000, {(node, node + 1) for node in range(4_999)})

    assert len(leading_to(long, 4_999)) == 4_999
    assert not turning_back(long)


@settings(deadline=None, max_examples=200)
@given(webs())
def test_without_the_edges_that_turn_back_there_is_no_circle(found: Web) -> None:
    back = turning_back(found)
    onward = TopologicalSorter[int]()
    for place, edge in enumerate(found.edges):
        if place not in back:
            onward.add(edge.effect, edge.cause)

    onward.prepare()  # raises where a circle is left
    for place in back:
        edge = found.edges[place]
        assert edge.cause in led_to_by(found, edge.effect)


@settings(deadline=None, max_examples=200)
@given(webs())
def test_components_part_the_nodes_and_no_edge_joins_two(found: Web) -> None:
    parts = components(found)

    assert sorted(node for part in parts for node in part) == list(range(len(found.nodes)))
    home = {node: place for place, part in enumerate(parts) for node in part}
    assert all(home[edge.cause] == home[edge.effect] for edge in found.edges)
