"""Answers given away, too long or too many; cards that are mistaken for each other; links and sources."""

import random

import pytest

from fasti.core.facts import Change, Place
from fasti.likeness import similar
from fasti.lints.interference import ALIKE, ALL_PAIRS, pairs_alike
from fasti.lints.registry import LINTS, MOST_ADVICE
from tests.lints.linting import problems, told

AWAY = "answer-in-question"


@pytest.mark.parametrize(
    "fact",
    [
        "{q: In which year was the 1962 crisis?, a: 1962}",
        '{q: "Kennedy\'s brother, Robert Kennedy, was called?", a: robert kennedy}',
        "{q: 'What did they call the \"iron curtain\"?', a: Iron curtain}",
        "{event: The crisis of 22 October 1962, date: 1962-10-22}",
        "{event: The 1968 uprisings, date: 1968}",
        "{term: blockade, means: A blockade by sea, ask: term}",
        "{effect: Rome falls and so does Carthage, causes: [Me, Rome]}",
        "{cloze: 'In 1947 it was announced: {1947}.'}",
        "{cloze: 'It was announced in {1947|1947}.'}",
        "{q: 1917年十月革命发生在哪一年, a: 1917年}",
        "{q: 十月革命是什么革命, a: 十月革命}",
    ],
)
def test_an_answer_that_stands_in_its_question_is_told(fact: str) -> None:
    assert len(told(f"  - {fact}\n", code=AWAY)) == 1


@pytest.mark.parametrize(
    "fact",
    [
        "{q: Was it Stalin or Churchill?, a: Stalin}",
        "{q: War es Stalin oder Churchill?, a: Stalin}",
        "{q: Which of the two is no capital?, a: 'No'}",
        "{q: Who led the Roman army?, a: Roma}",
        "{event: The crisis of October 1962, date: 1962-10-22}",
        "{event: 'Decree 19621', date: 1962}",
        "{term: blockade, means: A blockade by sea}",
        "{cloze: 'The {Truman Doctrine} and the {Marshall Plan}'}",
        "{q: x, a: y}",
    ],
)
def test_an_answer_that_does_not_is_not(fact: str) -> None:
    assert told(f"  - {fact}\n", code=AWAY) == []


def words(count: int) -> str:
    return " ".join(["word"] * count)


def test_an_answer_may_have_25_words() -> None:
    assert told(f"  - q: Why?\n    a: {words(25)}\n", code="long-answer") == []
    assert told(f"  - q: Why?\n    a: {words(26)}\n", code="long-answer") == ["4:8 advice"]
    assert told(f"  - q: Why?\n    a: so\n    note: {words(99)}\n", code="long-answer") == []


def test_each_entry_of_a_list_is_an_answer() -> None:
    facts = f"  - effect: War\n    causes:\n      - Fear\n      - {words(26)}\n"

    assert told(facts, code="long-answer") == ["6:9 advice"]


def test_a_list_may_have_seven_things() -> None:
    def order(count: int) -> str:
        return f"  - order: Kings\n    items: [{', '.join(f'King {n}' for n in range(count))}]\n"

    assert told(order(7), code="long-list") == []
    assert told(order(8), code="long-list") == ["4:12 advice"]


TWICE = "two-answers"


@pytest.mark.parametrize(
    "facts",
    [
        "  - {q: Who was consul?, a: Cicero}\n  - {term: x, means: y}\n  - {q: The consul, a: Caesar, ask: who was consul?}\n",
        "  - {cause: The murder, effect: A war}\n  - {cause: The murder, effect: A triumph}\n",
        "  - {event: One, date: 1962-10-22, ask: what}\n  - {event: Two, date: 22 October 1962, ask: what}\n",
        "  - {person: One, who: The king, ask: name}\n  - {person: Two, who: The king, ask: name}\n",
    ],
)
def test_one_question_with_two_answers_is_told(facts: str) -> None:
    assert [problem.severity for problem in problems(facts, code=TWICE)] == ["warning"]


@pytest.mark.parametrize(
    "facts",
    [
        "  - {q: Who was consul?, a: Cicero}\n  - {q: Who was consul?, a: Caesar}\n",  # same-fact tells it
        "  - {person: Caesar, who: A general}\n  - {term: Caesar, means: A title}\n",
        "  - {event: One, date: 1962, ask: what}\n  - {event: Two, date: 1962-10-22, ask: what}\n",
        "  - {cloze: 'The {one} and the {two}'}\n",
    ],
)
def test_what_is_told_elsewhere_or_asks_something_else_is_not(facts: str) -> None:
    assert problems(facts, code=TWICE) == []


def test_files_of_one_deck_are_one_deck() -> None:
    one, other = "  - {q: Who?, a: Cicero}\n", "  - {q: Who?, a: Caesar}\n"

    (problem,) = problems(one, other, code=TWICE)
    assert "line 3 of `0.yaml`" in problem.message


ALIKE_CODE = "interfering"


def test_questions_almost_alike_are_told_of_the_later() -> None:
    facts = (
        "  - {event: The first battle of Ypres begins in Flanders, date: 1914}\n"
        "  - {event: The third battle of Ypres begins in Flanders, date: 1917%s}\n"
    )
    assert told(facts % "", code=ALIKE_CODE) == ["4:6 advice"]
    assert told(facts % ", hint: The last of all", code=ALIKE_CODE) == []
    assert told(facts.replace("1917", "1914") % "", code=ALIKE_CODE) == []


def test_other_questions_are_not_held_against_each_other() -> None:
    facts = (
        "  - {person: The first battle of Ypres, who: x}\n  - {term: The third battle of Ypres, means: y}\n"
        "  - {event: a, date: 1962-10-22, ask: what}\n  - {event: b, date: 1962-10-23, ask: what}\n"
    )
    assert told(facts, code=ALIKE_CODE) == []


def test_an_answer_that_more_than_five_facts_have_is_told_once() -> None:
    def questions(count: int) -> str:
        texts = [
            "Who won?",
            "Which man?",
            "By whose hand?",
            "Whom did they fear?",
            "A name?",
            "Led by?",
            "And?",
        ]
        return "".join(f"  - {{q: '{text}', a: Stalin}}\n" for text in texts[:count])

    assert told(questions(5), code=ALIKE_CODE) == []
    assert told(questions(7), code=ALIKE_CODE) == ["8:6 advice"]


def test_among_many_questions_most_that_are_alike_are_found_with_few_comparisons() -> None:
    chance = random.Random(1962)
    vocabulary = [
        "treaty",
        "siege",
        "council",
        "empire",
        "harvest",
        "fleet",
        "charter",
        "revolt",
        "border",
        "crown",
    ]
    prompts = [" ".join(chance.choices(vocabulary, k=9)) + f" {number:04}" for number in range(3 * ALL_PAIRS)]
    twins = [prompt.replace("siege", "sieges", 1) for prompt in prompts[::10] if "siege" in prompt]
    compared = 0

    def counted(text: str, choices: list[str], least: int) -> list[tuple[int, float]]:
        nonlocal compared
        compared += len(choices)
        return list(similar(text, choices, least))

    found = {frozenset(pair) for pair in pairs_alike([*prompts, *twins], counted)}
    wanted = {
        frozenset((prompt, prompt.replace("siege", "sieges", 1)))
        for prompt in prompts[::10]
        if "siege" in prompt
    }

    assert wanted <= found
    assert compared < 20 * len(prompts)
    assert all(list(similar(one, [other], ALIKE)) for one, other in map(tuple, found))


LINK = "plain-link"
BAY = "  - {event: The Bay of Pigs invasion, id: bay-of-pigs, date: 1961-04}\n"


def test_plain_words_that_are_a_fact_are_replaced_by_its_id() -> None:
    (problem,) = problems(
        BAY + "  - effect: Missiles\n    causes: [Fear, The Bay of Pigs invasion]\n", code=LINK
    )

    assert problem.place == Place(5, 20)
    assert problem.fix == (Change(Place(5, 20), "The Bay of Pigs invasion", "bay-of-pigs"),)


@pytest.mark.parametrize(
    "fact",
    [
        "{effect: Missiles, causes: [Bay of Pigs invasion]}",
        "{effect: Missiles, causes: [Fear after the Bay of Pigs invasion of 1961]}",
        "{cause: The Bay of Pigs invasion, effect: Missiles}",
        "{event: Missiles, date: 1962, caused by: the Bay of Pigs invasion's failure}",
    ],
)
def test_other_ways_to_name_a_fact_are_told_without_a_fix(fact: str) -> None:
    (problem,) = problems(BAY + f"  - {fact}\n", code=LINK)

    assert (problem.severity, problem.fix) == ("advice", ())


@pytest.mark.parametrize(
    "facts",
    [
        BAY + "  - {effect: Missiles, causes: [bay-of-pigs, Fear]}\n",
        BAY + "  - {event: Missiles, date: 1962, note: The Bay of Pigs invasion}\n",
        "  - {event: War, date: 1914}\n  - {effect: Hunger, causes: [The fear of war]}\n",
        "  - {effect: War, causes: [war, Hunger]}\n",
        BAY + BAY.replace("id: bay-of-pigs, ", "") + "  - {effect: x, causes: [The Bay of Pigs invasion]}\n",
    ],
)
def test_links_other_places_short_names_and_names_of_two_are_left_alone(facts: str) -> None:
    assert problems(facts, code=LINK) == []


def test_a_fact_without_an_id_is_to_get_one() -> None:
    facts = "  - {event: War, date: 1914}\n  - {effect: Hunger, causes: [War]}\n"
    (problem,) = problems(facts, code=LINK)

    assert (
        problem.message
        == "`War` is the fact on line 3; give that an `id`, and write the id here to link them"
    )


SOURCE = "no-source"


@pytest.mark.parametrize(
    ("given", "lines"),
    [("yyyy", []), ("yyyn", ["6:5"]), ("ynyn", ["4:5", "6:5"]), ("ynnn", ["4:5"]), ("nnnn", ["3:5"])],
)
def test_facts_without_a_source(given: str, lines: list[str]) -> None:
    facts = "".join(
        f"  - {{q: Question {n}, a: y{', source: A book' if mark == 'y' else ''}}}\n"
        for n, mark in enumerate(given)
    )
    found = [f"{problem.place.line}:{problem.place.column - 1}" for problem in problems(facts, code=SOURCE)]

    assert found == lines


def test_advice_on_one_thing_is_given_so_often_and_no_more() -> None:
    facts = "".join(f"  - q: Question number {n}\n    a: {words(26)}\n" for n in range(MOST_ADVICE + 9))
    found = problems(facts, code="long-answer")

    assert len(found) == MOST_ADVICE + 1
    assert found[-1].message == "there are 9 more like this"


def test_what_can_be_mended_is_told_however_often() -> None:
    facts = BAY + "".join(
        f"  - {{effect: Thing {n}, causes: [The Bay of Pigs invasion]}}\n" for n in range(MOST_ADVICE + 9)
    )
    assert len(problems(facts, code=LINK)) == MOST_ADVICE + 9


SPELLING = "  - {q: What did they recieve from the Zzyzx?, a: nothing, hint: A wierd gift, accept: recieve}\n"


def known(language: str, found: frozenset[str]) -> dict[str, str]:
    meant = {"recieve": "receive", "wierd": "weird"}
    return {word: meant[word] for word in found if word in meant and language == "en"}


def test_words_in_small_letters_are_held_against_a_dictionary() -> None:
    found = [problem.message for problem in problems(SPELLING, code="misspelt", speller=known)]

    assert found == [
        "`recieve` is perhaps misspelt; did you mean `receive`?",
        "`wierd` is perhaps misspelt; did you mean `weird`?",
    ]


def test_spelling_is_looked_at_only_where_that_is_asked_for() -> None:
    assert problems(SPELLING, code="misspelt") == []


def test_a_deck_in_another_language_has_its_own_dictionary() -> None:
    head = "deck: T\nlanguage: de-AT\n"

    assert problems(SPELLING, code="misspelt", head=head, speller=known) == []


def test_a_word_that_a_deck_has_often_is_its_authors_own() -> None:
    facts = "".join(f"  - {{q: Did it wierd {n}?, a: Because {n}}}\n" for n in range(3))

    assert problems(facts, code="misspelt", speller=known) == []


def test_a_deck_in_another_language_is_told_once() -> None:
    def nothing_known(_: str, found: frozenset[str]) -> dict[str, str]:
        return dict.fromkeys(found, "")

    letters = "abcdefghijklmnopqrstuvwxyz"
    facts = "".join(f"  - {{q: wort{letter}xyz das kennt niemand{letter}?, a: ja}}\n" for letter in letters)
    (problem,) = problems(facts, code="misspelt", speller=nothing_known)

    assert "`language: …`" in problem.message


def test_the_registry_has_each_code_once_and_a_line_on_it() -> None:
    codes = [lint.code for lint in LINTS]

    assert len(set(codes)) == len(codes)
    assert all(lint.about and lint.about[0].islower() for lint in LINTS)
