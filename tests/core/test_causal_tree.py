"""Trees of a web: every node named once, every edge drawn once, circles and long chains included."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as some

from fasti.core.causal_tree import Role, Row, Tree, Way, effect_trees, numbers, trees_of
from fasti.core.causal_web import Web, leading_to, led_to_by
from tests.core.test_causal_web import web_of, webs

DEPTHS = some.integers(0, 5)


def shape(trees: tuple[Tree, ...]) -> list[str]:
    """The rows as text: a sign for the way, the node, and the role where it is not named."""
    signs = {Way.ROOT: "", Way.BRANCH: "-", Way.STEP: "v", Way.SOURCE: "<"}
    return [
        f"{len(row.rails) * '.'}{signs[row.way]}{row.node}{'' if row.role is Role.NAMED else f' {row.role}'}"
        for tree in trees
        for row in tree
    ]


def rows(trees: tuple[Tree, ...]) -> list[Row]:
    return [row for tree in trees for row in tree]


def test_a_chain_stays_on_one_level() -> None:
    assert shape(effect_trees(web_of(3, {(0, 1), (1, 2)}))) == ["0", "v1", "v2"]


def test_several_effects_branch() -> None:
    trees = effect_trees(web_of(4, {(0, 1), (0, 2), (1, 3)}))

    assert shape(trees) == ["0", ".-1", ".v3", ".-2"]
    assert [row.rails for row in trees[0]] == [(), (True,), (True,), (False,)]


def test_a_cause_of_one_thing_among_others_stands_under_it() -> None:
    assert shape(effect_trees(web_of(4, {(0, 3), (1, 3), (2, 3)}))) == ["3", "<0", "<1", "<2"]


def test_a_shared_effect_is_named_where_it_is_met_first() -> None:
    trees = effect_trees(web_of(4, {(0, 1), (0, 2), (1, 3), (2, 3)}))

    assert shape(trees) == ["0", ".-1", ".v3", ".-2", ".v3 again"]
    assert numbers(trees) == {3: 1}


def test_a_circle_ends_where_it_closes() -> None:
    trees = effect_trees(web_of(3, {(0, 1), (1, 2), (2, 0)}))

    assert shape(trees) == ["0", "v1", "v2", "v0 back"]


def test_what_would_stand_too_deep_gets_a_tree_of_its_own() -> None:
    trees = effect_trees(web_of(6, {(0, 1), (0, 2), (1, 3), (1, 4), (3, 5)}), deepest=1)

    assert shape(trees) == ["0", ".-1 later", ".-2", "1", ".-3", ".v5", ".-4"]
    assert numbers(trees) == {1: 1}


def test_causes_are_followed_upward() -> None:
    found = web_of(4, {(0, 2), (1, 2), (2, 3)})

    assert shape(trees_of(found, 3, upward=True)) == ["3", "v2", ".-0", ".-1"]
    assert shape(trees_of(found, 1)) == ["1", "v2", "v3"]


def test_a_web_may_be_deeper_than_calls_go() -> None:
    long = web_of(5_000, {(node, node + 1) for node in range(4_999)})

    assert len(rows(effect_trees(long))) == 5_000


@settings(deadline=None, max_examples=300)
@given(webs(), DEPTHS)
def test_every_edge_is_drawn_once_and_every_node_named_once(found: Web, deepest: int) -> None:
    drawn = rows(effect_trees(found, deepest))

    named = Counter(row.node for row in drawn if row.role is Role.NAMED)
    assert named == Counter(range(len(found.nodes)))
    edges = Counter(row.edge for row in drawn if row.edge is not None)
    assert edges == Counter(range(len(found.edges)))
    assert all(len(row.rails) <= deepest + 1 for row in drawn)


@settings(deadline=None, max_examples=300)
@given(webs(), DEPTHS)
def test_a_mention_refers_to_where_the_node_is_named(found: Web, deepest: int) -> None:
    drawn = rows(effect_trees(found, deepest))
    place = {row.node: at for at, row in enumerate(drawn) if row.role is Role.NAMED}

    for at, row in enumerate(drawn):
        if row.role in (Role.AGAIN, Role.BACK):
            assert place[row.node] < at
        elif row.role is Role.LATER:
            assert place[row.node] > at
        if row.role is Role.BACK:
            assert row.node in led_to_by(found, row.node)


@settings(deadline=None, max_examples=300)
@given(webs(), DEPTHS, some.data())
def test_a_facts_trees_name_all_that_led_to_it_and_from_it(
    found: Web, deepest: int, data: some.DataObject
) -> None:
    if not found.nodes:
        return
    node = data.draw(some.integers(0, len(found.nodes) - 1))

    for upward, reached in ((True, leading_to(found, node)), (False, led_to_by(found, node))):
        drawn = rows(trees_of(found, node, upward=upward, deepest=deepest))
        named = Counter(row.node for row in drawn if row.role is Role.NAMED)
        assert named == Counter(reached | {node})
        edges = Counter(row.edge for row in drawn if row.edge is not None)
        assert set(edges.values()) <= {1}


@settings(deadline=None, max_examples=100)
@given(webs())
def test_numbers_count_what_is_mentioned_in_the_order_of_its_naming(found: Web) -> None:
    trees = effect_trees(found, 2)
    given_numbers = numbers(trees)

    assert set(given_numbers) == {row.node for row in rows(trees) if row.role is not Role.NAMED}
    assert sorted(given_numbers.values()) == list(range(1, len(given_numbers) + 1))
    named = [row.node for row in rows(trees) if row.role is Role.NAMED and row.node in given_numbers]
    assert [given_numbers[node] for node in named] == sorted(given_numbers.values())
