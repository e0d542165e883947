"""When a card is called a leech."""

from fasti.core.leeches import becomes_leech


def test_a_leech_is_told_of_at_the_eighth_lapse_and_at_every_fourth_after() -> None:
    told = [lapses for lapses in range(1, 22) if becomes_leech(lapses - 1, lapses)]

    assert told == [8, 12, 16, 20]


def test_an_answer_that_is_no_lapse_calls_nothing_a_leech() -> None:
    assert not becomes_leech(8, 8)
