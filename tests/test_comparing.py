"""What a new edition means: the same as bringing a library in step with it."""

from collections import Counter
from pathlib import Path

import pytest

from fasti.comparing import Comparison, FactChange, Fate, compared
from fasti.editions import DeckText, NotADeckError
from fasti.library import add, bring_in_step
from fasti.shelves import Clock
from fasti.store.database import Database

DECK = """deck: Crises
facts:
  - {event: Kennedy announces the quarantine, date: 1962-10-22}
  - {person: John McCone, who: Director of Central Intelligence, ask: [who, name]}
  - {cause: Bay of Pigs invasion, effect: Castro turns to Moscow}
  - {cloze: "The {Truman Doctrine} was announced in {March 1947}"}
  - {effect: Missiles on Cuba, causes: [To defend Cuba, To redress the balance]}
"""


def editions(*texts: str) -> list[DeckText]:
    return [DeckText(f"{number}.yaml", f"{number}.yaml", text.encode()) for number, text in enumerate(texts)]


def one(old: str, new: str) -> Comparison:
    (found,) = compared(editions(old), editions(new))
    return found


def only(old: str, new: str) -> FactChange:
    (change,) = [change for change in one(old, new).changes if change.fate is not Fate.KEPT]
    return change


def moved(*order: int) -> str:
    head, *facts = DECK.split("  - ")
    return head + "".join(f"  - {facts[number]}" for number in order)


@pytest.mark.parametrize(
    ("old", "new", "fate"),
    [
        ("announces the quarantine", "announced a naval quarantine", Fate.REWORDED),
        ("1962-10-22", "1962-10-23", Fate.ANSWER),
        ("1962-10-22", "22 October 1962", Fate.DETAILS),
        ("1962-10-22}", "1962-10-22, note: A Monday}", Fate.DETAILS),
        ("1962-10-22}", "1962-10-22, tags: [cold]}", Fate.DETAILS),
        ("1962-10-22}", "1962-10-22, id: speech}", Fate.KEPT),
        (
            "announces the quarantine, date: 1962-10-22",
            "announced a quarantine, date: 1962-10-22, id: x",
            Fate.REWORDED,
        ),
        ("ask: [who, name]", "ask: who", Fate.DETAILS),
        ("turns to Moscow", "looks to Moscow", Fate.ANSWER),
        ("in {March 1947}", "in March {1947}", Fate.ANSWER),
        (
            "[To defend Cuba, To redress the balance]",
            "[To redress the balance, To defend Cuba]",
            Fate.DETAILS,
        ),
        ("[To defend Cuba, To redress the balance]", "[To defend Cuba]", Fate.ANSWER),
        ("1962-10-22", "1962-13-22", Fate.BROKEN),
    ],
)
def test_what_becomes_of_a_fact(old: str, new: str, fate: Fate) -> None:
    found = one(DECK, DECK.replace(old, new))

    assert Counter(change.fate for change in found.changes) == Counter([fate, *[Fate.KEPT] * 4])


def test_the_cards_of_a_fact_are_told_one_by_one() -> None:
    change = only(DECK, DECK.replace("ask: [who, name]", "lived: 1902-1991, ask: [who, lived]"))

    assert {card.asks: (card.fate, card.before, card.after) for card in change.cards} == {
        "who": (Fate.DETAILS, "Director of Central Intelligence", "Director of Central Intelligence"),
        "lived": (Fate.NEW, "", "1902-1991"),
        "name": (Fate.RETIRED, "John McCone", ""),
    }


def test_facts_that_come_and_go() -> None:
    new = (
        DECK.replace("  - {cause: Bay of Pigs invasion, effect: Castro turns to Moscow}\n", "")
        + "  - {q: New?, a: Yes}\n"
    )
    found = one(DECK, new)

    assert [
        (change.title, change.line_before, change.line_after) for change in found.facts(Fate.RETIRED)
    ] == [("Bay of Pigs invasion", 5, None)]
    assert [(change.title, change.line_before, change.line_after) for change in found.facts(Fate.NEW)] == [
        ("New?", None, 7)
    ]
    assert found.cards() == {Fate.KEPT: 6, Fate.NEW: 1, Fate.RETIRED: 1}


@pytest.mark.parametrize(
    ("order", "count"),
    [
        ((0, 1, 2, 3, 4), 0),
        ((1, 2, 3, 4, 0), 1),
        ((4, 0, 1, 2, 3), 1),
        ((1, 0, 3, 2, 4), 2),
        ((4, 3, 2, 1, 0), 4),
    ],
)
def test_as_few_facts_as_can_be_have_moved(order: tuple[int, ...], count: int) -> None:
    assert len(one(DECK, moved(*order)).facts(Fate.MOVED)) == count


def test_a_fact_that_goes_to_another_deck_has_moved() -> None:
    head, first, *rest = DECK.split("  - ")
    other = "deck: People\nfacts:\n  - {q: Who?, a: Me}\n"
    old = editions(DECK, other)
    new = editions(head + "".join(f"  - {fact}" for fact in rest), f"{other}  - {first}")
    crises, people = compared(old, new)

    assert crises.same
    assert [(change.fate, change.path) for change in people.changes] == [
        (Fate.KEPT, "1.yaml"),
        (Fate.MOVED, "1.yaml"),
    ]


def test_a_deck_in_two_files_is_one_and_its_facts_may_change_files() -> None:
    head, first, *rest = DECK.split("  - ")
    old = editions(DECK, "deck: Crises\nfacts:\n  - {q: Who?, a: Me}\n")
    new = editions(
        head + "".join(f"  - {fact}" for fact in rest),
        f"deck: Crises\nfacts:\n  - {{q: Who?, a: Me}}\n  - {first}",
    )
    (found,) = compared(old, new)

    assert [change.title for change in found.facts(Fate.MOVED)] == ["Kennedy announces the quarantine"]


def test_a_file_under_another_name_is_no_move() -> None:
    (found,) = compared(
        [DeckText("a", "old.yaml", DECK.encode())], [DeckText("b", "new.yaml", DECK.encode())]
    )

    assert found.same


def test_a_deck_that_only_gets_another_title_is_the_same_deck_under_another_id() -> None:
    found = one(DECK, DECK.replace("deck: Crises", "deck: The Crises"))

    assert (found.before, found.after, found.id_changes, found.same) == ("crises", "the-crises", True, False)
    assert not [change for change in found.changes if change.fate is not Fate.KEPT]


def test_decks_that_come_and_go() -> None:
    other = "deck: People\nfacts:\n  - {q: Who?, a: Me}\n"
    third = "deck: Third\nfacts:\n  - {q: Where?, a: There}\n  - {q: When?, a: Then}\n"
    pairs = [
        (each.before, each.after)
        for each in compared(editions(DECK, other), editions(DECK, DECK, third, third))
    ]

    assert pairs == [("crises", "crises"), (None, "third"), ("people", None)] or pairs == [
        ("crises", "crises"),
        ("people", "third"),
    ]


def test_what_is_no_deck_is_refused() -> None:
    with pytest.raises(NotADeckError):
        compared(editions(DECK), editions("hello"))


EDITIONS = [
    DECK.replace("announces the", "announced a naval").replace("1962-10-22", "1962-10-23"),
    DECK.replace("Bay of Pigs invasion", "The landing in the Bay of Pigs").replace("turns", "looks"),
    DECK.replace("John McCone", "J. A. McCone").replace("Director of", "The director of")
    + "  - {q: New?, a: Yes}\n",
    moved(3, 1, 0).replace("{March 1947}", "March {1947}"),
    moved(2, 4).replace("To redress the balance", "To right the balance"),
    DECK.replace("1962-10-22", "1962-99-22").replace("cause: Bay", "cuase: Bay"),
    "deck: Crises\nfacts:\n  - {q: All new, a: Yes}\n",
]


@pytest.mark.parametrize("new", EDITIONS)
def test_the_comparison_is_what_bringing_in_step_does(tmp_path: Path, sqlite_blank: object, new: str) -> None:
    file = tmp_path / "crises.yaml"
    file.write_text(DECK, encoding="utf-8")
    with sqlite_blank() as database:  # type: ignore[operator]
        assert isinstance(database, Database)
        add(database, [file], "me", Clock(1, 10**19))
        file.write_text(new, encoding="utf-8")
        (report,) = bring_in_step(database, "me", Clock(2, 10**19))
    found = one(DECK, new)

    def titles(*fates: Fate) -> list[str]:
        return sorted(change.title for fate in fates for change in found.facts(fate))

    assert titles(Fate.NEW) == sorted(report.new)
    assert titles(Fate.RETIRED) == sorted(report.retired)
    assert titles(Fate.BROKEN) == sorted(report.kept)
    reworded = [
        change for change in found.changes if change.before not in (None, change.after) and change.after
    ]
    assert sorted((change.before, change.after) for change in reworded) == sorted(map(tuple, report.reworded))
