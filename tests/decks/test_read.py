"""What a deck file says: facts, sources and kinds as their author wrote them, and what of it is damaged."""

from pathlib import Path

import pytest

from fasti.core.card import Judge
from fasti.core.cards import cards_of
from fasti.core.facts import Deck, Fact, Place, Source
from fasti.core.kinds import BUILT_IN, Form
from fasti.core.links import Links
from fasti.decks import consequences, nodes
from fasti.decks.codes import Code
from fasti.decks.read import Damaged, Reading, read_deck, read_deck_bytes

HERE = Path(__file__).parent
GOOD = [*sorted((HERE / "good").iterdir()), *sorted((HERE.parent.parent / "decks").glob("*.yaml"))]


def good(text: str) -> Deck:
    """The deck that a text is, which has no problem."""
    reading = read_deck(text)
    assert reading.deck is not None
    assert reading.problems == reading.damaged == ()
    return reading.deck


def only(facts: str) -> Fact:
    """The one fact of a deck without problems."""
    (fact,) = good(f"deck: T\nfacts:\n{facts}").facts
    return fact


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_good_deck_has_no_problem(path: Path) -> None:
    reading = read_deck_bytes(path.read_bytes(), path.stem)

    assert reading.deck is not None
    assert reading.deck.facts
    assert reading.problems == reading.damaged == ()


def test_a_deck_says_what_it_is() -> None:
    deck = good((HERE / "good" / "everything.yaml").read_text(encoding="utf-8"))

    assert (deck.id, deck.title, deck.named) == ("cuban-missile-crisis", "Cuban Missile Crisis", True)
    assert (deck.author, deck.language, deck.licence, deck.tags) == (
        "A history department",
        "en",
        "CC0",
        ("cold-war",),
    )
    assert deck.description == "Thirteen days in October 1962,\nand what led to them."
    assert deck.sources == {
        "frus11": Source(
            "frus11",
            "FRUS 1961-1963, vol. XI",
            url="https://history.state.gov/historicaldocuments/frus1961-63v11",
        ),
        "gaddis": Source("gaddis", "Gaddis, The Cold War (2005)"),
        "kennedy": Source("kennedy", "Thirteen Days", "Robert F. Kennedy", "Norton", "1969"),
    }


def test_a_fact_says_what_its_author_wrote() -> None:
    fact = good((HERE / "good" / "everything.yaml").read_text(encoding="utf-8")).facts[0]

    assert fact == Fact(
        kind="event",
        fields={
            "event": ("Kennedy announces the quarantine",),
            "date": ("1962-10-22",),
            "what": ("He speaks on television",),
            "caused by": ("u2-photographs",),
            "leads to": ("quarantine-in-force",),
        },
        id="quarantine-speech",
        hints=("A Monday",),
        sources=("frus11, doc. 44",),
        note="The quarantine took effect on 24 October.",
        unit="The crisis",
        image="pictures/speech.jpg",
        place=Place(23, 5),
        places=fact.places,
    )
    assert fact.places["event"] == Place(23, 12)
    assert fact.places["caused by"] == Place(27, 16)
    assert fact.places["image"] == Place(33, 12)


@pytest.mark.parametrize(
    ("facts", "kind", "fields"),
    [
        ("  - effect: War\n    cause: Fear\n", "cause", {"cause": ("Fear",), "effect": ("War",)}),
        ("  - effect: War\n    causes: Fear\n", "effect", {"effect": ("War",), "causes": ("Fear",)}),
        ("  - id: x\n    q: Who?\n    a: He\n", "q", {"q": ("Who?",), "a": ("He",)}),
        ("  - id: x\n    effect: War\n    cause: Fear\n", "cause", {"cause": ("Fear",), "effect": ("War",)}),
        ("  - date: 0476\n    event: Rome falls\n", "event", {"event": ("Rome falls",), "date": ("0476",)}),
        ("- {q: Who?, a: No}\n", "q", {"q": ("Who?",), "a": ("No",)}),
        ("  -\n    q: Who?\n    a: He\n", "q", {"q": ("Who?",), "a": ("He",)}),
        ("  - q: 'Who''s'\n    a: |\n      one\n      two\n", "q", {"q": ("Who's",), "a": ("one\ntwo",)}),
        (
            "  - q: a long\n      question\n    a: >\n      one\n      two\n",
            "q",
            {"q": ("a long question",), "a": ("one two",)},
        ),
        ("  - order: x\n    items: [b, a]\n", "order", {"order": ("x",), "items": ("b", "a")}),
        ("  - cloze: '{Rome|city} fell'\n", "cloze", {"cloze": ("{Rome|city} fell",)}),
    ],
)
def test_a_fact_is_understood_by_its_keys(facts: str, kind: str, fields: dict[str, tuple[str, ...]]) -> None:
    fact = only(facts)

    assert (fact.kind, fact.fields) == (kind, fields)


@pytest.mark.parametrize(
    ("value", "texts"),
    [("one", ("one",)), ("[one, two]", ("one", "two")), ("\n      - one\n      - two", ("one", "two"))],
)
@pytest.mark.parametrize(
    ("key", "name"), [("hint", "hints"), ("accept", "accept"), ("source", "sources"), ("tags", "tags")]
)
def test_where_a_list_is_taken_one_text_will_do(
    key: str, name: str, value: str, texts: tuple[str, ...]
) -> None:
    fact = only(
        f"  - q: x\n    a: y\n    {key}: {value}\n".replace("one", "One book").replace("two", "A two")
    )

    assert getattr(fact, name) == tuple(
        text.replace("one", "One book").replace("two", "A two") for text in texts
    )


@pytest.mark.parametrize(
    ("ask", "names", "question"),
    [
        ("what", ("what",), ""),
        ("[what, when]", ("what", "when"), ""),
        ("Why did it happen?", (), "Why did it happen?"),
        ("Why?", (), "Why?"),
        ("The year of this", (), "The year of this"),
    ],
)
def test_ask_names_cards_or_is_a_question(ask: str, names: tuple[str, ...], question: str) -> None:
    fact = only(f"  - event: x\n    date: 1962\n    ask: {ask}\n")

    assert (fact.ask, fact.question) == (names, question)


def test_facts_may_be_called_cards() -> None:
    assert len(good("deck: T\ncards:\n  - q: x\n    a: y\n").facts) == 1


@pytest.mark.parametrize(
    ("header", "hint", "name", "named"),
    [
        ("deck: The Suez crisis, 1956\n", "file", "the-suez-crisis-1956", False),
        ("deck: Suez\nid: Suez_1956.b\n", "file", "Suez_1956.b", True),
        ("deck: 明治維新\n", "file", "明治維新", False),
        ("deck: '???'\n", "My file", "my-file", False),
        ("deck: '???'\n", "", "deck", False),
    ],
)
def test_a_deck_is_named_by_its_id_its_title_or_its_file(
    header: str, hint: str, name: str, named: bool
) -> None:
    deck = read_deck(header + "facts: [{q: x, a: y}]\n", hint).deck

    assert deck is not None
    assert (deck.id, deck.named) == (name, named)


def test_a_deck_declares_kinds_of_its_own() -> None:
    deck = good((HERE / "good" / "own-kinds.yaml").read_text(encoding="utf-8"))
    treaty = deck.kinds["treaty"]

    assert [(field.name, field.form, field.required) for field in treaty.fields] == [
        ("treaty", Form.TEXT, True),
        ("signed", Form.DATE, True),
        ("parties", Form.TEXTS, False),
        ("place of signing", Form.TEXT, False),
    ]
    assert [(card.name, card.judge, card.default) for card in treaty.cards] == [
        ("signed", Judge.DATE, True),
        ("parties", Judge.LIST, False),
        ("place", Judge.TEXT, False),
    ]
    assert treaty.identity == ("treaty",)
    assert deck.kinds["quote"].cards[0].judge is Judge.SELF


def test_a_fact_of_a_decks_own_kind_makes_its_cards() -> None:
    deck = good((HERE / "good" / "own-kinds.yaml").read_text(encoding="utf-8"))
    kinds = {**BUILT_IN, **deck.kinds}
    cards = cards_of(deck.facts[1], kinds["treaty"], Links(deck.facts, kinds), deck.sources)

    assert [(card.question, card.answer) for card in cards] == [
        ("When? Treaty of Brest-Litovsk", ("3 March 1918",)),
        ("Who signed? Treaty of Brest-Litovsk (3 March 1918)", ("Russia", "Germany")),
        ("Where was Treaty of Brest-Litovsk signed?", ("At Brest-Litovsk",)),
    ]


@pytest.mark.parametrize(
    ("fact", "damaged"),
    [
        ("  - event: X\n    id: one\n    date: soon\n", Damaged("one", "event", "X", Place(3, 5))),
        ("  - event: X: Y\n    id: one\n    date: 1962\n", Damaged("one", "event", "X: Y", Place(3, 5))),
        ('  - event: "X\n    id: one\n    date: 1962\n', Damaged("one", "event", "X", Place(3, 5))),
        (
            '  - event: "X" and Y\n    id: one\n    date: 1962\n',
            Damaged("one", "event", '"X" and Y', Place(3, 5)),
        ),
        ("  - evnt: X\n    id: one\n    date: 1962\n", Damaged("one", "event", "X", Place(3, 5))),
        ("  - zzz: X\n    id: one\n", Damaged("one", None, "X", Place(3, 5))),
        ("  - q: X\n    id: my id\n    a: Y\n", Damaged("my id", "q", "X", Place(3, 5))),
        ("  - X\n", Damaged(None, None, "X", Place(3, 5))),
        ("  - {q: X, a: Y: Z, id: one}\n", Damaged("one", "q", "X", Place(3, 6))),
        ("  - q: X\n\ta: Y\n", Damaged(None, "q", "X", Place(3, 5))),
        ("  - cloze: X\n", Damaged(None, "cloze", "X", Place(3, 5))),
    ],
)
def test_of_a_damaged_fact_what_could_be_read_is_kept(fact: str, damaged: Damaged) -> None:
    reading = read_deck(f"deck: T\nfacts:\n{fact}  - {{q: good, a: y}}\n")

    assert reading.deck is not None
    assert [each.text("q") for each in reading.deck.facts] == ["good"]
    assert reading.damaged == (damaged,)


def test_a_fact_of_a_kind_that_cannot_be_used_is_damaged_and_told_of_once() -> None:
    reading = read_deck(
        "deck: T\nkinds:\n  quote: {fields: [quote]}\nfacts:\n  - quote: X\n    id: one\n  - {q: x, a: y}\n"
    )

    assert codes(reading) == [Code.MISSING_FIELD]
    assert reading.damaged == (Damaged("one", "quote", "X", Place(5, 5)),)


def test_a_source_that_cannot_be_used_is_told_of_once() -> None:
    reading = read_deck("deck: T\nsources:\n  one:\nfacts:\n  - {q: x, a: y, source: one}\n")

    assert codes(reading) == [Code.EMPTY_VALUE]
    assert reading.deck is not None
    assert len(reading.deck.facts) == 1


@pytest.mark.parametrize(
    "citation",
    [
        "Gaddis, The Cold War",
        "Thucydides, 1.22",
        "Wikipedia",
        "https://example.org/a,b",
        "doi:10.1000/182",
        "example.org",
        "FRUS 1961-1963",
        "gaddis",
        "gaddis, pp. 75-78",
    ],
)
def test_a_citation_is_a_short_name_or_written_out(citation: str) -> None:
    good(
        f'deck: T\nsources: {{gaddis: A book}}\nfacts:\n  - {{q: a, a: b, source: gaddis}}\n  - q: x\n    a: y\n    source: "{citation}"\n'
    )


@pytest.mark.parametrize("citation", ["gadis", "Gadis", "GADDIS", "frus11", "FRUS11", "frus11, doc. 4"])
def test_a_short_name_that_is_not_under_sources_is_told_of(citation: str) -> None:
    reading = read_deck(
        f'deck: T\nsources: {{gaddis: A book}}\nfacts:\n  - {{q: x, a: y, source: gaddis}}\n  - {{q: z, a: y, source: "{citation}"}}\n'
    )

    assert codes(reading) == [Code.UNKNOWN_SOURCE]


@pytest.mark.parametrize(
    "link",
    ["Fear of war", "Fear", "fear", "Anti-communism", "the anti-communists", "1914-1918", "self-defence!"],
)
def test_a_link_that_looks_like_no_id_is_plain_words(link: str) -> None:
    fact = only(f"  - event: x\n    date: 1962\n    caused by: {link}\n")

    assert fact.fields["caused by"] == (link,)


def test_links_may_lead_to_any_fact_that_has_an_id() -> None:
    good("deck: T\nfacts:\n  - {event: x, date: 1962, leads to: fact}\n  - {q: y, a: z, id: fact}\n")


def test_a_link_to_a_damaged_fact_is_a_link() -> None:
    reading = read_deck(
        "deck: T\nfacts:\n  - {event: x, date: 1962, leads to: the-end}\n  - {q: y: x, a: z, id: the-end}\n"
    )

    assert codes(reading) == [Code.SECOND_COLON]


def test_where_an_entry_could_not_be_read_its_id_may_be_the_one_that_is_meant() -> None:
    reading = read_deck("deck: T\nfacts:\n  - {event: x, date: 1962, leads to: the-end}\n  - *y\n")

    assert codes(reading) == [Code.MISREAD_START]


def test_a_card_of_links_has_an_answer_where_another_fact_links_here() -> None:
    good(
        "deck: T\nfacts:\n  - {event: x, id: one, date: 1962, ask: causes}\n  - {event: y, date: 1961, leads to: one}\n"
    )


@pytest.mark.parametrize(
    "line",
    [
        "Treaty 3  # of five",
        "Treaty 3\t# of five",
        "Treaty 3  #5",
        "'Treaty 3' # of five",
        '"Treaty # 3"',
        "Treaty#3",
        "Treaty C#",
    ],
)
def test_a_comment_that_stands_apart_is_a_comment(line: str) -> None:
    only(f"  - event: {line}\n    date: 1962 \n")


@pytest.mark.parametrize(
    "line", ["facts: # here", "sources: # cited once\n  one: A book", "tags: # none\n  - two"]
)
def test_a_comment_behind_a_key_loses_no_text(line: str) -> None:
    reading = read_deck(
        f"deck: T\n{line}\n"
        + ("" if line.startswith("facts") else "facts:\n")
        + "  - {q: x, a: y, source: one}\n"
    )

    assert Code.LOST_TEXT not in codes(reading)


def test_a_line_of_a_text_may_begin_with_a_percent_sign() -> None:
    fact = only("  - q: Why ...\n    a: |-\n      % of GDP\n      spent\n    note: x\n")

    assert fact.text("a") == "% of GDP\nspent"


def test_an_entry_that_holds_a_later_one_swallows_nothing() -> None:
    fact = only("  - effect: x\n    causes:\n      - Berlin - the wall\n      - Berlin\n")

    assert fact.fields["causes"] == ("Berlin - the wall", "Berlin")


def test_columns_count_characters() -> None:
    reading = read_deck("deck: T\nfacts:\n  - q: 🏯漢é́: x\n    a: y\n")

    assert [problem.place for problem in reading.problems] == [Place(3, 12)]


def test_problems_stand_in_the_order_of_their_places() -> None:
    reading = read_deck(
        "deck: A: B\nsources:\n  unused: A book\nfacts:\n  - event: x\n    date: soon\n  - {q: x: y, a: z}\n  - zzz: x\nauthr: me\n"
    )

    assert [problem.place.line for problem in reading.problems] == [1, 3, 6, 7, 8, 9]


def test_no_more_problems_are_listed_than_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consequences, "MOST_PROBLEMS", 3)
    reading = read_deck("deck: T\nfacts:\n" + "  - zzz: x\n" * 10 + "  - {q: x, a: y}\n")

    assert codes(reading) == [Code.UNKNOWN_KIND] * 3 + [Code.TOO_MANY_PROBLEMS]
    assert reading.problems[3].message == "there are 7 more problems; put these right first"
    assert len(reading.damaged) == 10


def test_a_bomb_of_aliases_is_read_at_once() -> None:
    bomb = "".join(f"  - &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n" for n in range(20))
    reading = read_deck("deck: T\nfacts:\n  - &a [x, x]\n" + bomb + "  - {q: x, a: y}\n")

    assert reading.deck is not None
    assert len(reading.deck.facts) == 1
    assert {problem.code for problem in reading.problems} == {Code.MISREAD_START}


@pytest.mark.parametrize(
    "deep", ["[" * 50_000, "{a: " * 50_000, "[" * 50 + "]" * 50, "- " * 50_000, "? " * 50_000]
)
def test_one_fact_that_is_too_deep_hides_no_other(deep: str) -> None:
    reading = read_deck(f"deck: T\nfacts:\n  - q: {deep}\n    a: y\n  - {{q: good, a: y}}\n")

    assert reading.deck is not None
    assert [fact.text("q") for fact in reading.deck.facts] == ["good"]


def test_a_deck_that_is_too_deep_as_a_whole_is_refused() -> None:
    assert codes(read_deck("[" * 50_000)) == [Code.TOO_DEEP]


def test_a_line_of_fifty_megabytes_is_refused() -> None:
    reading = read_deck_bytes(b"deck: " + b"x" * 50_000_000)

    assert (reading.deck, codes(reading)) == (None, [Code.TOO_LARGE])


def test_a_file_with_too_many_entries_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "MOST_EVENTS", 30)
    reading = read_deck("deck: T\nfacts:\n" + "  - {q: x, a: y}\n" * 20)

    assert (reading.deck, codes(reading)) == (None, [Code.TOO_LARGE])


@pytest.mark.parametrize(
    "text",
    [
        "deck: T\nfacts:\n" + "\t- q: x\n" * 10_000,
        "deck: T\nfacts:\n" + "  - q: x: y\n" * 5_000,
        "deck: T\nfacts: [" + "{q: x: y, a: [}, " * 5_000,
        "deck: T\nfacts:\n  - q: " + "x: " * 200_000,
        "deck: T\nfacts:\n  - q: " + '"' * 200_001,
        "deck: T\nfacts:\n  - {q: " + "a, " * 40_000,
        "deck: T\nfacts:\n  - q: x" + " #" * 200_000,
        "deck: T\n" + "---\n" * 50_000 + "facts: x: y\n",
        "deck: T\nfacts:\n  - q: " + "\x00" * 1_000_000,
        "deck: T\nfacts:\n" + "  - q: *a\n" * 20_000,
        "a:\n" * 20_000 + "b: c: d\n",
        "deck: T\nfacts: {" + "[" * 100_000 + "{" * 100_000 + "]" * 100_000,
        "deck: T\nfacts:\n" + "".join(f"{' ' * (n % 7)}- q: x\n" for n in range(8_000)),
        "deck: T\nfacts:\n  - q: x" + "\n    y" * 100_000 + ": z\n",
        "deck: T\nfacts:\n  - q: x" + " " * 300_000 + "y: z\n    a: b: c\n",
        "deck: T\nfacts: [ {a} " + " " * 300_000 + "[b] [c] " * 20_000,
        "deck: T\nfacts:\n  - {q: x" + " #" * 200_000,
        "deck: T\nfacts:\n"
        + "".join(
            f"  - {{event: e{n}, date: 1962, id: an-id-{n}, leads to: na-id-{n}}}\n" for n in range(2_000)
        ),
    ],
    ids=range(18),
)
def test_no_text_takes_long_to_read(text: str) -> None:
    # Each of these takes minutes where the work grows with the square of the length.
    reading = read_deck(text)

    assert reading.problems
    assert len(reading.problems) <= consequences.MOST_PROBLEMS + 1


def test_bytes_that_are_no_text_are_no_deck() -> None:
    reading = read_deck_bytes("deck: René\n".encode("latin-1"))

    assert (reading.deck, codes(reading)) == (None, [Code.BAD_ENCODING])
