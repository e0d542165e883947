"""Templates say what Anki says with them: held against the real Anki, card by card."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fasti.exchange.cloze_markup import answers, blanked, numbers_in, revealed
from fasti.exchange.plain_text import plain_text
from fasti.exchange.templates import MOST_SHOWN, Values, answer_html, is_blank, question_html
from tests.exchange.foreign import BACK, Side, added_note, added_type, real_anki

STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
HINT_LINK = re.compile(r"<a class=hint\b.*?</a>", re.DOTALL)
PLAY = re.compile(r"\[anki:play:[aq]:\d+\]")
TYPED = re.compile(r"\[\[type:(?:nc:)?(?P<cloze>cloze:)?(?P<field>[^\]]*)\]\]")

STOCK = [
    ("Basic", {"Front": "When did <b>Rome</b> fall?", "Back": "476 &lt;AD&gt; &amp; after"}),
    ("Basic", {"Front": "a<div>b</div><div><br></div><div>c</div>", "Back": "<ul><li>one</li><li>two</li></ul>"}),
    ("Basic", {"Front": "1 < 2 & 3 > 2", "Back": "x<sup>2</sup> &nbsp;H<sub>2</sub>O"}),
    ("Basic", {"Front": "{{Back}} is text here", "Back": "so is {{#Front}}"}),
    ("Basic (and reversed card)", {"Front": "Truman Doctrine", "Back": "help for Greece<br>and Turkey"}),
    ("Basic (optional reversed card)", {"Front": "one", "Back": "two", "Add Reverse": ""}),
    ("Basic (optional reversed card)", {"Front": "one", "Back": "two", "Add Reverse": "y"}),
    ("Basic (type in the answer)", {"Front": "Who?", "Back": "Nero"}),
    ("Cloze", {"Text": "The {{c1::Truman Doctrine::policy}} came in {{c2::1947}}.", "Back Extra": "in March"}),
    ("Cloze", {"Text": "{{c1::Kennedy {{c2::and}} Khrushchev}} {{c1::met}}<br>in {{c3::Vienna::city::A}}"}),
    ("Cloze", {"Text": "{{c1::}} {{c2::x::}} }} {{c2::y}} {{c0::zero}} {{c 1::no}} <i>{{c3::a</i>b}}"}),
    ("Cloze", {"Text": "{{c1,2::both}} and {{c2::one}}"}),
    ("Cloze", {"Text": "{{c1::outer::hint {{c2::inner}} rest}} end"}),
    ("Cloze", {"Text": "{{c2::only the second}}"}),
]  # fmt: skip

OWN: list[tuple[tuple[str, ...], Side, tuple[str, ...]]] = [
    (("F", "B"), ("{{F}} {{#B}}has <b>{{B}}</b>{{/B}}{{^B}}none{{/B}}", "{{FrontSide}}<hr id=answer>{{B}}"), ("f", "")),
    (("F", "B"), ("{{F}} {{#B}}has {{B}}{{/B}}{{^B}}none{{/B}}", "{{B}}"), ("f", "<br><div></div> ")),
    (("F", "B"), ("{{#F}}a{{#B}}{{F}}{{/B}}c{{/F}}", "{{^F}}x{{/F}}{{B}}"), ("f", "g")),
    (("F", "B"), ("{{ F }}{{#F }}x{{/ F}} {{F", "{{B}}"), ("f", "g")),
    (("F", "B"), ("{{F}} <!-- {{No}} {{#B}} -->", "{{FrontSide}} {{B}}"), ("f", "g")),
    (("F", "B"), ("{{=<% %>=}}<%F%> {{F}} <%#B%>y<%/B%>", "{{=<% %>=}}<%FrontSide%> <%B%>"), ("f", "g")),
    (("F", "B"), ("{{Tags}}|{{Deck}}|{{Subdeck}}|{{Card}}|{{Type}} {{F}}", "{{#Tags}}{{B}}{{/Tags}}"), ("f", "g")),
    (("F", "B"), ("{{text:F}}", "{{text:FrontSide}} {{B}} {{add-on:B}} {{add-on:text:B}}"), ("<b>f</b> &amp; x", "g<i>h</i>")),
    (("F", "B"), ("{{furigana:F}}", "{{kanji:F}}|{{kana:F}}|{{B}}"), ("日本[にほん]<b>x</b> 語[ご]&nbsp;y 漢字[sound:a.mp3]", "g")),
    (("F", "B"), ("{{F}} {{hint:B}}", "{{FrontSide}}<hr id=answer>{{B}}"), ("f", "a hint")),
    (("F", "B"), ("{{F}} {{type:nc:B}}", "{{F}}<hr id=answer>{{type:nc:B}}"), ("f", "<b>g</b>")),
    (("F", "B"), ("{{F}} {{tts en_US:B}}", "{{B}}"), ("f", "g")),
    (("F", "B"), ("<script>if (1 < 2) {}</script>{{F}}<style>b {}</style>", "{{FrontSide}}{{B}}"), ("f", "g")),
    (("F", "B"), ("<table><tr><td>{{F}}</td><td>x</td></tr></table>", "<h1>{{B}}</h1><p>y"), ("f", "g")),
]  # fmt: skip


def said_by_anki(html: str, fields: dict[str, str], number: int, *, front: bool) -> str:
    """The text of what Anki makes, with what was typed filled in, and without sounds and the links of hints."""

    def typed(found: re.Match[str]) -> str:
        value = fields[found["field"]]
        return "" if front else revealed(value, number) if found["cloze"] else value

    return plain_text(TYPED.sub(typed, PLAY.sub("", HINT_LINK.sub("", STYLE.sub("", html)))))


def special(card: Any) -> dict[str, str]:
    deck = card.col.decks.name(card.did)
    kind = card.note_type()
    name = kind["tmpls"][0 if kind["type"] else card.ord]["name"]
    tags = " ".join(card.note().tags)
    return {"Tags": tags, "Deck": deck, "Subdeck": deck.split("::")[-1], "Card": name, "Type": kind["name"]}


def assert_same(card: Any) -> None:
    note, kind = card.note(), card.note_type()
    template = kind["tmpls"][0 if kind["type"] else card.ord]
    fields = {name: PLAY.sub("", re.sub(r"\[sound:[^\]]*\]", "", value)) for name, value in note.items()}
    values = Values(fields, card.ord + 1, special(card))
    front = question_html(template["qfmt"], values)

    assert plain_text(front) == said_by_anki(card.question(), fields, card.ord + 1, front=True)
    back = plain_text(answer_html(template["afmt"], values, front))
    assert back == said_by_anki(card.answer(), fields, card.ord + 1, front=False)


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with real_anki(tmp_path_factory.mktemp("anki")) as collection:
        yield collection


@pytest.mark.parametrize(("kind", "fields"), STOCK)
def test_ankis_own_note_types_say_what_anki_says(anki: Any, kind: str, fields: dict[str, str]) -> None:
    note = added_note(anki, kind, fields, "History::Rome", ["a::b", "c"])

    assert note.cards()
    for card in note.cards():
        assert_same(card)


@pytest.mark.parametrize(("fields", "sides", "values"), OWN)
def test_templates_of_other_people_say_what_anki_says(
    anki: Any, fields: tuple[str, ...], sides: Side, values: tuple[str, ...]
) -> None:
    name = f"own {OWN.index((fields, sides, values))}"
    added_type(anki, name, fields, sides)
    note = added_note(anki, name, dict(zip(fields, values, strict=True)), "History::Rome", ["a::b", "c"])

    assert note.cards()
    for card in note.cards():
        assert_same(card)


@pytest.mark.parametrize(
    ("front", "back", "text"),
    [
        ("{{cloze:Text}} {{cloze-only:Text}}", "{{cloze-only:Text}}|{{cloze:Text}}", "{{c1::a}} {{c2::b}} {{c1::c::hint}}"),
        ("{{#c1}}one{{/c1}}{{^c1}}other{{/c1}} {{cloze:Text}}", "{{FrontSide}} {{cloze:Text}}{{Back Extra}}", "{{c1::a}} {{c2::b}}"),
        ("{{type:cloze:Text}}{{cloze:Text}}", "{{cloze:Text}} {{Tags}}", "{{c1::a::hint}} {{c2::b}}"),
        ("{{text:cloze:Text}}", "{{text:cloze:Text}}", "<b>x</b> {{c1::<i>a</i>}}"),
    ],
)  # fmt: skip
def test_cloze_templates_of_other_people_say_what_anki_says(
    anki: Any, front: str, back: str, text: str
) -> None:
    kind = anki.models.by_name("Cloze")
    kind["tmpls"][0]["qfmt"], kind["tmpls"][0]["afmt"] = front, back
    anki.models.update_dict(kind)
    note = added_note(anki, "Cloze", {"Text": text, "Back Extra": "x"}, tags=["t"])

    for card in note.cards():
        assert_same(card)


PIECES = st.sampled_from(
    ["{{c1::", "{{c2::", "{{c12::", "}}", "::", "a", "b ", "<b>", "</b>", "<br>", "{", "}", "{{", "c3::"]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_a_cloze_is_never_lost_or_doubled(text: str) -> None:
    for number in numbers_in(text):
        assert blanked(text, number)
        assert answers(text, number)
    assert blanked(text, 99) == revealed(text, 99) == ""


@pytest.mark.parametrize(
    ("html", "blank"),
    [
        ("", True),
        (" \n<br>", True),
        ("<div><br/></div>", True),
        ("<b></b>", False),
        ("x", False),
        ("&nbsp;", False),
    ],
)
def test_what_anki_takes_for_empty_is_empty(html: str, blank: bool) -> None:
    assert is_blank(html) is blank


HOSTILE = ["{{", "{{#F}}", "{{/F}}", "{{^G}}", "{{F", "}}", "<!--", "{{c1::", "{{F}}", "{{=<% %>=}}", "<%F%>"]


@given(st.lists(st.sampled_from([*HOSTILE, "x", ":", " "]), max_size=12).map("".join))
def test_no_template_raises(template: str) -> None:
    values = Values({"F": template, "G": ""}, 1)

    front = question_html(template, values)
    assert isinstance(answer_html(BACK + template, values, front), str)


@pytest.mark.parametrize("piece", [*HOSTILE, "{{c1::a", "::", "{{#F}}{{/F}}"])
def test_a_very_long_template_or_field_is_done_with_in_one_go(piece: str) -> None:
    # Were it to look at the rest once for every piece, this would take hours.
    long = piece * (300_000 // len(piece))

    assert question_html(long + "{{G}}end", Values({"F": "", "G": ""}, 1)).count("end") <= 1
    assert blanked(long, 99) == ""


@pytest.mark.parametrize(
    "filters", ["", "text:", "cloze:", "text:furigana:hint:", "text:" * 500, "tts:text:"]
)
def test_a_long_field_that_is_shown_again_and_again_is_cut(filters: str) -> None:
    long = "<b>日本[にほん]</b> {{c1::x}} " * 4_000
    template = "".join(f"{{{{{filters}{'x' * (number % 2_000)}:F}}}}" for number in range(20_000))

    # Without an end to it, this would take an hour.
    assert len(question_html(template, Values({"F": long}, 1))) <= MOST_SHOWN


def test_a_long_field_that_is_shown_once_is_whole() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 5_000_000}">'

    assert question_html("{{F}}", Values({"F": picture}, 1)) == picture
