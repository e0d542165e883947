import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.page.drawing import LONGEST_PIECE, Drawing, settled
from fasti.page.language import Language

WANTED = st.lists(
    st.tuples(st.floats(0, 1000), st.floats(5, 60)), max_size=40
).map(lambda labels: sorted(labels, key=lambda label: label[0]))  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(WANTED, st.floats(0, 3000))
def test_labels_keep_their_order_do_not_cover_each_other_and_stay_within(
    wanted: list[tuple[float, float]], room: float
) -> None:
    room = max(room, sum(height for _, height in wanted))

    middles = settled(wanted, room)

    ends = [0.0]
    for middle, (_, height) in zip(middles, wanted, strict=True):
        assert middle - height / 2 >= ends[-1] - 1e-6
        ends.append(middle + height / 2)
    assert ends[-1] <= room + 1e-6


def test_a_label_with_room_stands_at_its_place() -> None:
    assert settled([(100, 20), (200, 20), (300, 20)], 400) == [100, 200, 300]


def test_labels_that_want_one_place_share_the_way() -> None:
    assert settled([(100, 20), (100, 20), (100, 20)], 400) == [80, 100, 120]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(1, 2000), max_size=60), st.floats(10, 2000))
def test_the_pieces_of_a_drawing_are_the_whole_of_it_cut_where_it_may_be(
    cuts: list[float], height: float
) -> None:
    drawing = Drawing(300, Language())

    html = drawing.pieces(height, cuts, "x", "Title", "About")

    boxes = [tuple(map(float, box)) for box in re.findall(r'viewBox="0 (\S+) 300 (\S+)"', html)]
    assert abs(sum(length for _, length in boxes) - height) < 0.1 * (len(boxes) + 1)
    for top, _ in boxes[1:]:
        assert any(abs(top - cut) < 0.06 for cut in cuts)
    for (_, one), (_, other) in pairwise(boxes):
        assert one + other > LONGEST_PIECE - 1  # else they would be one piece


def test_a_drawing_is_named_for_those_who_do_not_see_it_once() -> None:
    drawing = Drawing(300, Language())
    drawing.dot(10, 10, 3, "sure")

    html = drawing.pieces(900, [300, 600], "x", "Title <1>", "About")

    assert html.count('role="img"') == 1
    assert '<title id="x-title">Title &lt;1&gt;</title>' in html
    assert html.count('aria-hidden="true"') == html.count("<svg") - 1


def test_from_right_to_left_a_drawing_is_turned_round() -> None:
    drawing = Drawing(300, Language("ar", right_to_left=True))
    drawing.text(40, 20, "29 May 1453", "date")
    drawing.text(40, 40, "فتح", "name")

    html = drawing.pieces(60, (), "x", "t", "a")

    assert '<text x="260" y="20" class="date" text-anchor="end" direction="ltr">' in html
    assert '<text x="260" y="40" class="name" text-anchor="start">' in html
