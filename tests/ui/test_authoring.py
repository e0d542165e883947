"""The teacher's desk on the screen: previews, what a save changed, what was begun, and the questions of a fact."""

from collections import deque
from collections.abc import Iterable
from pathlib import Path

import pytest

from fasti.core.text import unsafe_character
from fasti.decks.excerpt import excerpt
from fasti.decks.notes.draft import drafted
from fasti.decks.notes.read import read_notes
from fasti.differences import difference
from fasti.drafting import DeckFile, open_deck
from fasti.new_deck import Begun
from fasti.previewing import Preview, counts, previews
from fasti.ui.authored import begun_lines
from fasti.ui.fact_questions import Given, RefusedError, UnfinishedError, ask_fact, confirmed
from fasti.ui.lines import Line, cells, plain
from fasti.ui.look import Look
from fasti.ui.previewed import fact_lines, total_lines
from fasti.ui.watched import footer, news_lines
from fasti.watching import News
from tests.ui.conftest import Golden

WIDTHS = [40, 80, 120]

DECK = """\
deck: Cold War crises
sources:
  gaddis: Gaddis, The Cold War (2005)
facts:
  - event: Kennedy announces the quarantine
    id: speech
    date: 1962-10-22
    hint: [A Monday, "In the evening, on television"]
    source: gaddis, p. 77
    unit: The thirteen days
    ask: [when, what]
  - person: John McCone
    who: Director of Central Intelligence who warned of missiles in August 1962
    lived: 1902-1991
  - effect: Khrushchev sends missiles to Cuba
    causes: [To defend Cuba against invasion, To redress the missile balance]
    note: Historians rank them differently.
  - cloze: The {Truman Doctrine|policy} was announced in {March 1947}.
  - order: The end of the crisis
    items: [Anderson's U-2 is shot down, Robert Kennedy meets Dobrynin, Khrushchev's broadcast]
    image: maps/cuba.png
  - q: 古巴导弹危机中，赫鲁晓夫为什么把导弹部署到古巴？
    a: 为了保卫古巴 👩‍🏫
"""
EDITED = (
    DECK.replace("A Monday", "It was a Monday").replace("1902-1991", "02/1991") + "  - {q: Who?, a: Me}\n"
)


def text(lines: Iterable[Line]) -> str:
    return "".join(f"{plain(each)}\n" for each in lines)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "cuba.png").touch()
    return tmp_path


def preview_of(deck: str) -> Preview:
    path = Path("cold-war.yaml")
    path.write_text(deck, encoding="utf-8")
    return previews([path])[0]


def shown(preview: Preview, look: Look, *, accessible: bool) -> list[Line]:
    lines = [
        row
        for each in preview.facts
        for row in fact_lines(each, str(preview.path), look, accessible=accessible)
    ]
    return lines + total_lines(preview.title, counts(preview.facts), look, accessible=accessible)


@pytest.mark.parametrize("accessible", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.usefixtures("here")
def test_a_preview_looks_as_it_should(golden: Golden, width: int, accessible: bool) -> None:
    lines = shown(preview_of(DECK), Look(width), accessible=accessible)

    golden(f"preview-{'spoken-' if accessible else ''}{width}", text(lines))
    assert max(cells(plain(each)) for each in lines) <= width


@pytest.mark.usefixtures("here")
def test_every_line_for_the_ear_begins_with_a_word() -> None:
    lines = shown(preview_of(DECK), Look(80), accessible=True)

    assert all(plain(each)[:1].isalpha() for each in lines)


@pytest.mark.usefixtures("here")
def test_without_a_screen_nothing_is_filled_with_spaces() -> None:
    lines = shown(preview_of(DECK), Look(10_000), accessible=False)

    assert max(len(plain(each)) for each in lines) < 200


@pytest.mark.parametrize("accessible", [False, True])
@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.usefixtures("here")
def test_news_look_as_they_should(golden: Golden, width: int, accessible: bool) -> None:
    before = preview_of(DECK)
    after = preview_of(EDITED)
    news = [
        News(after.path, "saved", difference(before, after), after),
        News(after.path, "gone", difference(None, None), None),
        News(after.path, "back", difference(after, before), before),
        News(after.path, "saved", difference(before, before), before),
    ]
    lines = [
        row
        for each in news
        for row in news_lines(each, "09:41:07", Look(width), excerpt, accessible=accessible)
    ]

    golden(f"watch-{'spoken-' if accessible else ''}{width}", text(lines))
    assert max(cells(plain(each)) for each in lines) <= width


NOTES = "1949: NATO\n28/10/1962: Khrushchev gives way\nmilitarism\nnationalism\nquarantine: a blockade\n"


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_said_of_a_new_deck_looks_as_it_should(golden: Golden, width: int) -> None:
    draft = drafted(read_notes(NOTES), "T", "notes.txt")
    examples = Begun(Path("cold war.yaml"), "T", 8, None, None)
    made = Begun(Path("notes.yaml"), "T", draft.facts, draft, None)

    golden(f"begun-{width}", text([*begun_lines(examples, Look(width)), (), *begun_lines(made, Look(width))]))


@pytest.mark.usefixtures("here")
def test_deck_text_and_names_cannot_act_on_the_terminal() -> None:
    preview = preview_of(
        'deck: D\nfacts:\n  - q: "a\\u202eb"\n    a: "[bold]x\\x1b[2J"\n  - {q: A, a: \'[/b]\'}\n'
    )
    lines = shown(preview, Look(80), accessible=False)
    news = News(Path("\x1b[2J.yaml"), "new", difference(None, preview), preview)
    lines += news_lines(news, "09:41:07", Look(80), excerpt)

    assert unsafe_character(text(lines)) is None
    assert "[/b]" in text(lines)


class Typing:
    """A person who types these answers, and sees what is told."""

    def __init__(
        self, *answers: str, patient: bool = True, width: int = 80, accessible: bool = False
    ) -> None:
        self.accessible = accessible
        self._answers = deque(answers)
        self.patient = patient
        self.look = Look(width)
        self.seen = ""

    def tell(self, lines: Iterable[Line]) -> None:
        self.seen += text(lines)

    def next(self) -> str:
        if not self._answers:
            raise EOFError
        answer = self._answers.popleft()
        self.seen += f"> {answer}\n"
        return answer

    @property
    def left(self) -> int:
        return len(self._answers)


@pytest.fixture
def file(here: Path) -> DeckFile:
    path = Path("cold-war.yaml")
    path.write_text(DECK, encoding="utf-8")
    return open_deck(path)


def entry(file: DeckFile, given: Given) -> str:
    return "\n".join(file.draft(given.kind.name, given.values, given.sources).appended.lines)


@pytest.mark.parametrize("width", [40, 80])
def test_the_questions_look_as_they_should(golden: Golden, file: DeckFile, width: int) -> None:
    typing = Typing(
        *("9", "even", "", "The Wall falls", "28/10/1989", "9 November 1989"),
        *("", "speech", "sepech-2", "", "", "A Thursday", "", "kennan, p. 3", "Kennan, Memoirs (1967)", ""),
        *("A note: of mine", "The end", "."),
        *("nonsense", "note", "Another note", "n"),
        width=width,
    )
    given = ask_fact(file, typing)
    assert not confirmed(file, typing, given)

    golden(f"questions-{width}", typing.seen)
    assert typing.left == 0
    assert max(map(cells, typing.seen.splitlines())) <= width


def test_for_the_ear_every_question_begins_with_a_word(file: DeckFile) -> None:
    typing = Typing("event", "E", "28/10/1989", "1989", *[""] * 12, accessible=True)
    ask_fact(file, typing)

    lines = [line for line in typing.seen.splitlines() if not line.startswith("> ")]
    assert all(line[:1].isalpha() or line[:1] == "`" for line in lines)
    assert "Kind 1, event: something that happened, and when" in lines


def test_answers_become_the_fact(file: DeckFile) -> None:
    given = ask_fact(file, Typing("4", "A", "B", "why so", "h1", "h2", "", "", "", "U", "t1", "t2", "", ""))

    assert entry(file, given) == (
        "  - cause: A\n    effect: B\n    why: why so\n    hint: [h1, h2]\n    tags: [t1, t2]\n    unit: U"
    )


def test_the_end_of_the_answers_skips_what_may_be_left_out(file: DeckFile) -> None:
    given = ask_fact(file, Typing("order", "Steps", "one", "two", "", patient=False))

    assert given.values == {"order": ["Steps"], "items": ["one", "two"]}


@pytest.mark.parametrize("answers", [(), ("event",), ("event", "E"), ("order", "O"), ("order", "O", "one")])
def test_an_end_before_all_that_is_needed_is_refused(file: DeckFile, answers: tuple[str, ...]) -> None:
    with pytest.raises((UnfinishedError, RefusedError)):
        ask_fact(file, Typing(*answers, patient=False))


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (("nothing",), "its number or its name"),
        (("e",), "its number or its name"),
        (("event", ""), "an answer is needed"),
        (("event", "E", "28/10/1989"), "different countries"),
        (("event", "E", "1989", "", "no-such-id"), "no fact here has the id"),
        (("cloze", "nothing hidden"), "nothing is hidden"),
        (("q", "Q?", "A", "", "gadis, p. 3"), "did you mean `gaddis`?"),
        (("q", "Q?", "A", "", "", "", "", "", "", "", "speech"), "is taken by the fact"),
        (("q", "Q?", "A", "", "", "", "", "", "", "wehn"), "is not a card"),
        (("q", "Q?", "A", "", "", "", "", "", "", "", "", "no.png"), "there is no picture"),
    ],
)
def test_through_a_pipe_a_wrong_answer_ends_it(file: DeckFile, answers: tuple[str, ...], said: str) -> None:
    with pytest.raises(RefusedError, match=said.replace("?", r"\?")):
        ask_fact(file, Typing(*answers, patient=False))


def test_a_person_is_asked_again(file: DeckFile) -> None:
    typing = Typing("event", "E", "28/10/1989", "1989", ".")

    assert ask_fact(file, typing).values["date"] == ["1989"]
    assert "read differently in different countries" in typing.seen.replace("\n", " ")


def test_a_warning_is_told_and_the_answer_taken(file: DeckFile) -> None:
    typing = Typing("person", "John McCone", "A director", ".")

    assert ask_fact(file, typing).values["person"] == ["John McCone"]
    assert "says the same" in typing.seen


def test_a_source_that_was_mistyped_is_asked_again(file: DeckFile) -> None:
    given = ask_fact(file, Typing("q", "Q?", "A", "", "gadis, p. 1", "", "gaddis, p. 1", "", "."))

    assert given.values["source"] == ["gaddis, p. 1"]
    assert given.sources == []


def test_kinds_of_the_decks_own_are_offered(here: Path) -> None:
    path = here / "own.yaml"
    path.write_text(
        "deck: D\nkinds:\n  quote: {fields: [quote, speaker], cards: {speaker: {ask: '{quote}', answer: '{speaker}'}}}\n"
        "facts:\n  - {quote: One, speaker: A}\n",
        encoding="utf-8",
    )
    file = open_deck(path)
    typing = Typing("quote", "Ich bin ein Berliner", "Kennedy", ".")

    assert entry(file, ask_fact(file, typing)) == "  - quote: Ich bin ein Berliner\n    speaker: Kennedy"
    assert "9 quote" in typing.seen


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 1), "Nothing was saved; no problems now."),
        ((2, 1, 3), "2 saves; 1 problem now."),
        ((1, 0, 0), "1 save; no deck is there now."),
    ],
)
def test_the_end_of_a_watch_says_what_was_saved_and_how_it_is_left(
    counts: tuple[int, int, int], sentence: str
) -> None:
    assert footer(*counts) == sentence
