from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.causal_web import Edge, Node, Web, causal_web, turning_back
from fasti.page.causes import causes_section
from fasti.page.contents import contents_of
from fasti.page.language import Language
from fasti.page.rails import in_rows, placed, rails_of
from tests.page.decks import bundled, deck

PAIRS = st.integers(1, 9).flatmap(
    lambda count: st.sets(
        st.tuples(st.integers(0, count), st.integers(0, count)).filter(lambda pair: pair[0] != pair[1]),
        min_size=1,
        max_size=20,
    )
)


def web_of(pairs: set[tuple[int, int]]) -> Web:
    count = max(max(pair) for pair in pairs) + 1
    edges = tuple(Edge(cause, effect, "", (0,)) for cause, effect in sorted(pairs))
    return Web(tuple(Node(f"N{number}") for number in range(count)), edges)


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_causes_stand_above_their_effects_but_where_the_web_turns_back(pairs: set[tuple[int, int]]) -> None:
    web = web_of(pairs)
    order = in_rows(web)
    row = {node: place for place, node in enumerate(order)}

    assert sorted(order) == list(range(len(web.nodes)))
    back = turning_back(web)
    for place, edge in enumerate(web.edges):
        assert row[edge.cause] < row[edge.effect] or place in back


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_every_link_is_on_a_rail_and_no_two_rails_share_a_place(pairs: set[tuple[int, int]]) -> None:
    web = web_of(pairs)
    order = in_rows(web)
    rails = rails_of(web, order)

    assert {(order[cause], order[rail.effect]) for rail in rails for cause in rail.causes} == pairs
    for (one, here), (other, there) in combinations(placed(rails), 2):
        if here == there:
            assert one.extent[1] < other.extent[0] or other.extent[1] < one.extent[0]


def test_a_chain_takes_one_place() -> None:
    web = web_of({(0, 1), (1, 2), (2, 3)})

    assert {place for _, place in placed(rails_of(web, in_rows(web)))} == {0}


def test_a_web_as_deep_as_a_thousand_causes_is_drawn() -> None:
    web = web_of({(number, number + 1) for number in range(3000)})

    assert in_rows(web) == tuple(range(3001))


@pytest.mark.parametrize("name", ["cuban-missile-crisis", "cold-war-origins"])
def test_the_list_has_every_link_of_the_drawing(name: str) -> None:
    contents = contents_of(bundled(name), Language(), {})

    listed = causes_section(contents).partition('class="effects"')[2]

    assert listed.count("<dd>") == len(causal_web(contents.deck).edges)


def test_what_no_eye_can_follow_is_listed_and_not_drawn() -> None:
    tangle = "".join(
        f"  - {{effect: E{effect}, causes: [{', '.join(f'C{cause}' for cause in range(40))}]}}\n"
        for effect in range(40)
    )

    html = causes_section(contents_of(deck(f"deck: D\nfacts:\n{tangle}"), Language(), {}))

    assert "<svg" not in html
    assert "80 causes and effects are too entangled to be drawn" in html
    assert html.count("<dd>") == 1600


def test_why_a_cause_had_its_effect_is_in_the_list() -> None:
    text = "deck: D\nfacts:\n  - {cause: Fear, effect: Arms, why: Nobody felt safe}\n"

    assert "Nobody felt safe" in causes_section(contents_of(deck(text), Language(), {}))
