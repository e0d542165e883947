"""When a file has settled after a save, and what is different then."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.differences import difference
from fasti.previewing import Preview, previews
from fasti.watching import News, Settling, Stamp, Watch

FILE = Path("d.yaml")
ONE, TWO, EMPTY, OTHER_INODE = Stamp(1, 10, 1), Stamp(2, 11, 1), Stamp(3, 0, 1), Stamp(1, 10, 2)
LOOKS = 14


def reads(*seen: Stamp | None) -> list[int]:
    """The looks, counted from 0, after which the file is read; the last state stays for some looks."""
    settling = Settling()
    return [
        number
        for number, stamp in enumerate([*seen, *[seen[-1]] * LOOKS])
        if FILE in settling.feed({FILE: stamp}).read
    ]


def absences(*seen: Stamp | None) -> int:
    settling = Settling()
    return sum(FILE in settling.feed({FILE: stamp}).gone for stamp in [*seen, *[seen[-1]] * LOOKS])


def test_a_file_is_read_once_it_was_the_same_twice_and_some_looks_more() -> None:
    assert reads(ONE) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("changed", [TWO, OTHER_INODE])
def test_a_save_in_place_or_by_rename_is_read_again(changed: Stamp) -> None:
    settled = [ONE] * 12

    assert [look for look in reads(*settled, changed) if look >= 12] == [13, 14, 15, 16, 17, 18, 19, 20]


def test_a_file_that_is_being_written_is_waited_for() -> None:
    growing = [Stamp(number, number, 1) for number in range(1, 8)]

    assert reads(*growing)[0] == 7


def test_an_empty_file_is_given_time_to_be_filled() -> None:
    assert all(look > 12 + 3 for look in reads(*[ONE] * 12, EMPTY, EMPTY, EMPTY, TWO) if look >= 12)
    assert next(look for look in reads(*[ONE] * 12, EMPTY) if look >= 12) == 12 + 5


def test_a_file_that_is_away_for_a_moment_is_not_gone() -> None:
    assert absences(*[ONE] * 12, None, None, None, OTHER_INODE) == 0


def test_a_file_that_stays_away_is_gone_once() -> None:
    assert absences(*[ONE] * 12, None) == 1


def test_a_file_that_is_not_listed_any_more_is_away() -> None:
    settling = Settling()
    settling.feed({FILE: ONE})

    assert [settling.feed({}).gone for _ in range(6)].count((FILE,)) == 1


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([ONE, TWO, EMPTY, OTHER_INODE, None]), min_size=1, max_size=30))
def test_however_it_changes_the_last_state_is_told(seen: list[Stamp | None]) -> None:
    if seen[-1] is None:
        assert absences(*seen) >= 1
    else:
        assert max(reads(*seen)) >= len(seen) - 1


HEAD = "deck: D\nfacts:\n"
A, B, C = (f"  - q: {letter}?\n    a: {letter.lower()}\n" for letter in "ABC")
BAD = "  - event: Bad\n    date: 28/10/1962\n"


def preview_of(tmp_path: Path, text: str) -> Preview:
    path = tmp_path / "d.yaml"
    path.write_text(text, encoding="utf-8")
    return previews([path])[0]


def told(tmp_path: Path, before: str, after: str) -> dict[str, list[str]]:
    """What is different, as names: solved, new problems, changed, new, gone, held."""
    found = difference(preview_of(tmp_path, HEAD + before), preview_of(tmp_path, HEAD + after))
    names = {
        "solved": [str(problem.code) for problem in found.solved],
        "problems": [str(problem.code) for problem in found.new_problems],
        "changed": [each.cards[0].prompt for each in found.changed],
        "new": [each.cards[0].prompt for each in found.new],
        "gone": list(found.gone),
        "held": list(found.held),
    }
    return {name: values for name, values in names.items() if values}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (A + B, A + B, {}),
        (A + B, "\n# a comment\n" + B + A, {}),
        (A + BAD, BAD + A, {}),
        (A, A + B, {"new": ["B?"]}),
        (A + B, B, {"gone": ["A?"]}),
        (A + B, A.replace("a: a", "a: other") + B, {"changed": ["A?"]}),
        (A, A.replace("A?", "Reworded?"), {"changed": ["Reworded?"]}),
        (A, A + "    hint: H\n", {"changed": ["A?"]}),
        (A, A + BAD, {"problems": ["bad-date"]}),
        (A + BAD, A + BAD + BAD.replace("Bad", "Worse"), {"problems": ["bad-date"]}),
        (A + BAD, A + BAD.replace("28/10/1962", "1962"), {"solved": ["bad-date"], "changed": ["Bad"]}),
        (A + BAD.replace("28/10/1962", "1962"), A + BAD, {"problems": ["bad-date"], "held": ["Bad"]}),
        (A + A, A, {"solved": ["same-fact"], "gone": ["A?"]}),
    ],
)
def test_what_is_different_is_told(
    tmp_path: Path, before: str, after: str, expected: dict[str, list[str]]
) -> None:
    assert told(tmp_path, before, after) == expected


def test_a_link_that_reads_otherwise_changes_the_fact_that_has_it(tmp_path: Path) -> None:
    linked = "  - event: E\n    date: 1962\n    caused by: [the-cause]\n    ask: [causes]\n"
    cause = "  - term: Old words\n    id: the-cause\n    means: m\n"

    assert told(tmp_path, cause + linked, cause.replace("Old", "New") + linked)["changed"] == [
        "New words",
        "E",
    ]


def looked(watch: Watch) -> list[News]:
    """Everything that some looks tell."""
    return [news for _ in range(LOOKS) for news in watch.look()]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "d.yaml"
    path.write_text(HEAD + A, encoding="utf-8")
    return path


def test_each_save_is_told_once(deck: Path) -> None:
    watch = Watch(deck)
    watch.begin()
    assert looked(watch) == []
    deck.write_text(HEAD + A + B, encoding="utf-8")

    assert [(news.what, len(news.difference.new)) for news in looked(watch)] == [("saved", 1)]
    assert looked(watch) == []


def test_a_save_by_rename_is_told(deck: Path) -> None:
    watch = Watch(deck)
    watch.begin()
    aside = deck.with_suffix(".tmp")
    aside.write_text(HEAD + B, encoding="utf-8")
    aside.replace(deck)

    assert [news.what for news in looked(watch)] == ["saved"]


def test_a_save_that_leaves_the_same_stamp_is_told(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that counts whole seconds, and two saves of one length within one."""
    monkeypatch.setattr("fasti.watching._stamp", lambda path: Stamp(1, 1, 1))
    watch = Watch(deck)
    watch.begin()
    watch.look()
    deck.write_text(HEAD + B, encoding="utf-8")

    assert [news.what for news in looked(watch)] == ["saved"]


def test_a_file_that_goes_and_comes_back_is_compared_with_what_it_was(deck: Path) -> None:
    watch = Watch(deck)
    watch.begin()
    deck.unlink()
    assert [(news.what, news.difference.gone) for news in looked(watch)] == [("gone", ())]
    deck.write_text(HEAD + A + B, encoding="utf-8")

    (news,) = looked(watch)
    assert (news.what, len(news.difference.new)) == ("back", 1)


def test_in_a_folder_new_decks_are_found_and_old_ones_may_go(deck: Path) -> None:
    watch = Watch(deck.parent)
    watch.begin()
    other = deck.with_name("e.yaml")
    other.write_text("deck: E\n" + "facts:\n" + B, encoding="utf-8")
    assert [(news.path.name, news.what) for news in looked(watch)] == [("e.yaml", "new")]
    deck.unlink()
    other.unlink()

    assert sorted((news.path.name, news.what) for news in looked(watch)) == [
        ("d.yaml", "gone"),
        ("e.yaml", "gone"),
    ]


def test_a_problem_that_another_file_brings_is_told_with_its_own(deck: Path) -> None:
    deck.write_text(HEAD + "  - {q: A?, a: a, id: same}\n", encoding="utf-8")
    watch = Watch(deck.parent)
    watch.begin()
    deck.with_name("c.yaml").write_text(HEAD + "  - {q: B?, a: b, id: same}\n", encoding="utf-8")

    found = looked(watch)
    assert [(news.path.name, len(news.difference.new_problems)) for news in found] == [
        ("c.yaml", 0),
        ("d.yaml", 1),
    ]


def test_what_is_no_deck_for_a_moment_is_told_as_such(deck: Path) -> None:
    watch = Watch(deck)
    watch.begin()
    deck.write_bytes(b"\xff\x00nonsense")

    (news,) = looked(watch)
    assert [str(problem.code) for problem in news.difference.new_problems] == ["bad-encoding"]
    assert news.difference.gone == ("A?",)
