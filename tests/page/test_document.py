"""The page as text: what is in it, what can never be in it."""

import base64
import hashlib
import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from fasti.core.cards import cards_of
from fasti.core.kinds import BUILT_IN
from fasti.core.links import Links
from fasti.page.contents import Picture
from fasti.page.document import MARK, page, policy
from tests.page.decks import RIGHT_TO_LEFT, bundled, deck, hostile

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
EMPTY = {"meta", "link", "br", "input"}


class Page(HTMLParser):
    """A page as a reader of HTML takes it: its elements, and the text of each script and style."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.open: list[str] = []
        self.text: list[str] = []
        self.headings: list[int] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in {tag}"
        self.elements.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.raw:
            self.raw[self.open[-1]].append(data)
        else:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]


@cache
def read(name: str) -> Page:
    made = {"hostile": hostile, "right-to-left": lambda: deck(RIGHT_TO_LEFT)}
    found = Page(page(made[name]() if name in made else bundled(name), {}))
    assert found.open == []
    return found


PAGES = ["cuban-missile-crisis", "cold-war-origins", "hostile", "right-to-left"]


@pytest.mark.parametrize("name", PAGES)
def test_there_is_one_script_and_one_style_and_the_policy_knows_them(name: str) -> None:
    found = read(name)

    assert [len(found.all(tag)) for tag in ("script", "style")] == [1, 1]
    policies = [meta["content"] or "" for meta in found.all("meta") if meta.get("http-equiv")]
    assert policies == [policy()]
    for kind in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256("".join(found.raw[kind]).encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policies[0]
    assert policies[0].startswith("default-src 'none'; ")
    assert "unsafe" not in policies[0]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_in_the_page_runs_loads_or_sends(name: str) -> None:
    found = read(name)

    tags = {tag for tag, _ in found.elements}
    assert not tags & {
        "iframe",
        "object",
        "embed",
        "form",
        "base",
        "img",
        "audio",
        "video",
        "foreignobject",
        "animate",
        "set",
    }
    assert [meta for meta in found.all("meta") if (meta.get("http-equiv") or "").lower() == "refresh"] == []
    for tag, attributes in found.elements:
        for attribute, value in attributes.items():
            assert not attribute.startswith("on"), (tag, attribute)
            assert attribute not in {
                "style",
                "src",
                "srcset",
                "action",
                "formaction",
                "srcdoc",
                "ping",
                "xlink:href",
            }
            if attribute == "href":
                assert re.match(r"#|https?://[^\s\"'<>]+\Z|data:image/", value or ""), (tag, value)
                assert tag != "a" or not (value or "").startswith("data:")


@pytest.mark.parametrize("name", PAGES)
def test_links_out_give_nothing_away_and_links_within_lead_somewhere(name: str) -> None:
    found = read(name)
    ids = found.ids()

    assert len(ids) == len(set(ids))
    for attributes in [*found.all("a"), *found.all("use")]:
        target = attributes["href"] or ""
        if target.startswith("#"):
            assert target[1:] in ids
        else:
            assert {"noopener", "noreferrer"} <= set((attributes["rel"] or "").split())
    for _, attributes in found.elements:
        for reference in ("aria-labelledby", "aria-describedby", "for"):
            assert set((attributes.get(reference) or "").split()) <= set(ids)


@pytest.mark.parametrize("name", PAGES)
def test_headings_go_down_one_step_at_a_time_from_the_one_title(name: str) -> None:
    headings = read(name).headings

    assert headings.count(1) == 1
    assert headings[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))


def test_a_hostile_text_is_on_the_page_as_text() -> None:
    text = "".join(read("hostile").text)

    assert "</script><script>window.owned=1</script>" in text
    assert "{{7*7}} ${window.owned=1}" in text
    assert "&lt;script&gt;" in text
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)


@pytest.mark.parametrize("name", ["cuban-missile-crisis", "cold-war-origins"])
def test_every_card_can_be_asked_and_every_source_is_listed(name: str) -> None:
    made = bundled(name)
    kinds = {**BUILT_IN, **made.kinds}
    links = Links(made.facts, kinds)
    cards = [card for fact in made.facts for card in cards_of(fact, kinds[fact.kind], links, made.sources)]
    found = read(name)

    assert [each.get("class") for each in found.all("li")].count("card") == len(cards)
    assert {f"source-{number}" for number in range(1, len(made.sources) + 1)} <= set(found.ids())
    assert sum("fact" in (each["class"] or "").split() for each in found.all("article")) == len(made.facts)


def test_the_same_deck_makes_the_same_page() -> None:
    assert page(bundled("cold-war-origins"), {}) == page(bundled("cold-war-origins"), {})


def test_a_page_is_known_again_by_its_beginning() -> None:
    assert MARK in page(hostile(), {})[:4096]


def test_a_page_from_right_to_left_says_so_and_marks_its_own_words_as_english() -> None:
    html = page(deck(RIGHT_TO_LEFT), {})

    assert '<html lang="ar" dir="rtl">' in html
    assert '<h2 id="test-heading"><span lang="en" dir="ltr">Test yourself</span></h2>' in html


def test_a_picture_is_in_the_page_once_and_shown_wherever_it_belongs() -> None:
    text = "deck: D\nfacts:\n  - {q: What is this?, a: A dot, image: dot.png}\n"

    html = page(deck(text), {"dot.png": Picture("image/png", PNG)})

    assert html.count(base64.b64encode(PNG).decode()) == 1
    assert html.count('href="#picture-1"') >= 3  # in the facts, the test, and on paper


def test_hints_are_a_stair() -> None:
    html = page(deck("deck: D\nfacts:\n  - {q: Why?, a: So, hint: [First, Second]}\n"), {})

    assert re.search(
        "A hint</summary><p>First</p><details[^>]*><summary>Another hint</summary><p>Second", html
    )


def test_a_cloze_has_its_gap_and_what_fills_it_in_one_place() -> None:
    html = page(deck("deck: D\nfacts:\n  - cloze: 'The {Truman Doctrine|policy} of {March 1947}.'\n"), {})

    assert (
        '<p class="prompt">The <span class="gap">[policy]</span><mark class="filling">Truman Doctrine</mark>'
        " of March 1947.</p>"
    ) in html


@pytest.mark.parametrize("text", ["deck: D\nfacts: []\n", "deck: D\nfacts:\n  - {term: T, means: M}\n"])
def test_a_deck_of_little_is_a_page_without_empty_sections(text: str) -> None:
    found = Page(page(deck(text), {}))

    links = [each["href"] for each in found.all("a") if (each["href"] or "").startswith("#")]
    assert "#timeline" not in links
    assert "#causes" not in links
