"""The page in a real browser: what it looks like, what it does, what it does not do."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from fasti.page.contents import Picture
from fasti.page.document import page
from tests.page.browser import A4, DESKTOP, LETTER, PHONE, Browser, chromium
from tests.page.decks import ODD_DATES, RIGHT_TO_LEFT, bundled, deck, hostile, long_texts
from tests.page.test_document import PNG

SMALL = """
deck: Small
facts:
  - {q: One?, a: First, hint: [Begins with F, Ends with t]}
  - {term: Two, means: Second}
  - cloze: The third is {three|a number}.
"""

MADE: dict[str, Any] = {
    "cuban": lambda: bundled("cuban-missile-crisis"),
    "cold-war": lambda: bundled("cold-war-origins"),
    "hostile": hostile,
    "right-to-left": lambda: deck(RIGHT_TO_LEFT),
    "odd": lambda: deck(ODD_DATES),
    "long": long_texts,
    "small": lambda: deck(SMALL),
    "picture": lambda: deck("deck: D\nfacts:\n  - {q: What is this?, a: A dot, image: dot.png}\n"),
}
WIDTHS = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
PAPERS = pytest.mark.parametrize("paper", [A4, LETTER], ids=["A4", "Letter"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    found: dict[str, Path] = {}
    for name, make in MADE.items():
        found[name] = folder / f"{name}.html"
        found[name].write_text(
            page(make(), {"dot.png": Picture("image/png", PNG)}), encoding="utf-8", newline=""
        )
    return found


@WIDTHS
@pytest.mark.parametrize("name", MADE)
def test_a_page_is_shown_without_complaint_asking_for_nothing(
    browser: Browser, pages: dict[str, Path], name: str, size: tuple[int, int]
) -> None:
    browser.open(pages[name], size)

    assert browser.console() == []
    assert browser.requests() == [pages[name].as_uri()]
    assert browser.run("return [typeof window.owned, document.querySelectorAll('script').length]") == [
        "undefined",
        1,
    ]
    assert browser.run("return document.title") != "owned"


def test_nothing_in_a_hostile_deck_runs_whatever_is_opened_or_touched(
    browser: Browser, pages: dict[str, Path]
) -> None:
    browser.open(pages["hostile"])
    browser.run(
        "for (const each of document.querySelectorAll('details')) each.open = true;"
        "for (const each of document.querySelectorAll('*'))"
        "  for (const kind of ['click', 'focus', 'mouseover', 'load', 'error', 'toggle'])"
        "    if (!(each.matches('a[href^=http], button'))) each.dispatchEvent(new Event(kind, {bubbles: false}));"
        "document.getElementById('test-amount').value = '0';"
        "document.getElementById('test-start').click();"
    )

    assert browser.run("return typeof window.owned") == "undefined"
    assert (
        browser.run("return document.querySelectorAll('script, iframe, base, [onerror], [onload]').length")
        == 1
    )
    assert browser.console() == []


@pytest.mark.parametrize(
    "attack",
    [
        "const s = document.createElement('script'); s.append('window.owned = 1'); document.body.append(s);",
        "document.body.innerHTML = '<img src=x onerror=\"window.owned = 1\">';",
        "document.body.setAttribute('onclick', 'window.owned = 1'); document.body.click();",
        "location.href = 'javascript:window.owned = 1';",
        "fetch('https://example.org/').then(() => { window.owned = 1; }, () => {});",
    ],
)
def test_what_got_into_a_page_all_the_same_would_be_stopped(
    browser: Browser, pages: dict[str, Path], attack: str
) -> None:
    browser.open(pages["small"])

    browser.run(f"try {{ {attack} }} catch (error) {{ console.error(String(error)); }}")

    browser.run("return new Promise((done) => setTimeout(done, 30))")
    assert browser.run("return typeof window.owned") == "undefined"
    assert browser.console() != []


@pytest.mark.parametrize("name", [name for name in MADE if name != "hostile"])
@WIDTHS
def test_nothing_is_wider_than_the_window(
    browser: Browser, pages: dict[str, Path], name: str, size: tuple[int, int]
) -> None:
    browser.open(pages[name], size)
    browser.run("for (const each of document.querySelectorAll('details')) each.open = true;")

    wide = browser.run(
        "return [...document.querySelectorAll('body *')].filter((each) => {"
        "  const box = each.getBoundingClientRect();"
        "  return box.width && !each.closest('.wide-table, .unseen, .skip, .store')"
        "    && (box.right > innerWidth + 1 || box.left < -1);"
        "}).map((each) => each.outerHTML.slice(0, 120))"
    )
    assert wide == []
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")


_CONTRAST = """
const light = (colour) => {
  const [r, g, b] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const parts = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
const behind = (element) => {
  for (let each = element; each; each = each.parentElement) {
    const colour = parts(getComputedStyle(each).backgroundColor);
    if (colour.length === 3 || colour[3] > 0) return colour.slice(0, 3);
  }
  return [255, 255, 255];
};
const found = new Set();
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !element.getClientRects().length) continue;
  const style = getComputedStyle(element);
  const colour = parts(element.closest('svg') ? style.fill : style.color).slice(0, 3);
  const [one, other] = [light(colour), light(behind(element))];
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  if (ratio < 4.5) found.add(`${ratio.toFixed(2)} ${element.tagName} ${element.getAttribute('class')}`);
}
return [...found];
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(
    browser: Browser, pages: dict[str, Path], dark: bool
) -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 to 1."""
    browser.open(pages["cuban"], dark=dark)
    browser.run("for (const each of document.querySelectorAll('details')) each.open = true;")

    assert browser.run(_CONTRAST) == []

    browser.run("document.getElementById('test-start').click();")
    browser.run("document.querySelector('#test-card details.answer').open = true;")
    assert browser.run(_CONTRAST) == []


def test_the_first_tab_leads_past_the_head_of_the_page(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["small"])

    press(browser, "Tab")
    assert browser.run("return document.activeElement.className") == "skip"
    assert browser.run("return document.activeElement.getBoundingClientRect().top") >= 0
    press(browser, "Enter")
    assert browser.run("return document.activeElement.id") == "main"


# The test that readers give themselves.


def press(browser: Browser, *keys: str) -> None:
    """Press keys as a person would, one after the other, letting each act."""
    texts = {"Space": " ", "Enter": "\r"}
    for key in keys:
        name = " " if key == "Space" else key
        text = texts.get(key, key if len(key) == 1 else "")
        said = {"key": name, "code": key, "windowsVirtualKeyCode": _CODES.get(key, ord(key[0].upper()))}
        browser.command("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **said)
        browser.command("Input.dispatchKeyEvent", type="keyUp", **said)


_CODES = {"Space": 32, "Enter": 13, "Tab": 9, "Escape": 27}


def tap(browser: Browser, selector: str) -> None:
    """Touch the middle of an element, and let the touch become a click."""
    left, top = browser.run(
        "const each = document.querySelector(arguments[0]);"
        "each.scrollIntoView({block: 'center', behavior: 'instant'});"
        "window.tapped = false;"
        "document.addEventListener('click', () => { window.tapped = true; }, {once: true, capture: true});"
        "const box = each.getBoundingClientRect(); return [box.left + box.width / 2, box.top + box.height / 2];",
        selector,
    )
    browser.command("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": left, "y": top}])
    browser.command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    browser.run(
        "return new Promise((done) => {"
        "  const look = () => window.tapped ? done() : requestAnimationFrame(look);"
        "  look();"
        "});"
    )


def state(browser: Browser) -> dict[str, Any]:
    found = browser.run(
        "const at = (id) => document.getElementById(id);"
        "const seen = (id) => !at(id).hidden;"
        "return JSON.stringify({stage: seen('test-stage'), grades: seen('test-grades'), ending: seen('test-ending'),"
        " progress: at('test-progress').textContent, result: at('test-result').textContent,"
        " card: at('test-card').innerText});"
    )
    read: dict[str, Any] = json.loads(found)
    return read


def read_it(browser: Browser) -> None:
    """See the answer, and let the moment pass, by the page's clock, in which a second press is taken for the first."""
    browser.run(
        "const grades = document.getElementById('test-grades');"
        "return new Promise((done) => {"
        "  const look = () => grades.hidden ? requestAnimationFrame(look) : done();"
        "  look();"
        "}).then(() => { const now = performance.now() + 1000; performance.now = () => now; });"
    )


def start(browser: Browser, path: Path, size: tuple[int, int] = DESKTOP) -> None:
    browser.open(path, size)
    browser.run(
        "document.getElementById('test-mixed').checked = false; document.getElementById('test-start').focus();"
    )


def answer(browser: Browser, grade: str) -> None:
    press(browser, "Space")
    read_it(browser)
    press(browser, grade)


def test_the_whole_test_is_done_with_the_keyboard(browser: Browser, pages: dict[str, Path]) -> None:
    start(browser, pages["small"])

    press(browser, "Enter")
    assert (state(browser)["progress"], state(browser)["grades"]) == ("1 of 3", False)
    assert "First" not in state(browser)["card"]
    press(browser, "Enter")
    assert state(browser)["grades"]
    assert "First" in state(browser)["card"]
    read_it(browser)
    press(browser, "1")  # missed
    answer(browser, "2")
    answer(browser, "2")
    assert state(browser)["progress"] == "Again: 1 missed before"
    assert "One?" in state(browser)["card"]
    answer(browser, "2")

    done = state(browser)
    assert (done["ending"], done["result"]) == (True, "2 of 3 known at once. Look at these again:")
    assert browser.run("return document.getElementById('test-missed-cards').innerText.trim()") == "One?"
    assert browser.run("return document.activeElement.id") == "test-ending"


def test_what_was_missed_can_be_asked_alone(browser: Browser, pages: dict[str, Path]) -> None:
    start(browser, pages["small"])
    press(browser, "Enter")
    for grade in "2121":
        answer(browser, grade)
    for _ in range(2):
        if state(browser)["stage"]:
            answer(browser, "2")

    browser.run("document.getElementById('test-repeat').click()")

    assert state(browser)["progress"] == "1 of 1"
    assert "Two" in state(browser)["card"]


def test_hints_come_one_by_one(browser: Browser, pages: dict[str, Path]) -> None:
    start(browser, pages["small"])
    press(browser, "Enter")

    press(browser, "h")
    assert "Begins with F" in state(browser)["card"]
    assert "Ends with t" not in state(browser)["card"]
    press(browser, "h")
    assert "Ends with t" in state(browser)["card"]


def test_a_cloze_is_filled_in_its_place(browser: Browser, pages: dict[str, Path]) -> None:
    start(browser, pages["small"])
    press(browser, "Enter")
    answer(browser, "2")
    answer(browser, "2")

    assert "The third is [a number]." in state(browser)["card"]
    press(browser, "Space")
    assert "The third is three." in state(browser)["card"]


def test_a_key_held_or_pressed_twice_grades_nothing_unread(browser: Browser, pages: dict[str, Path]) -> None:
    start(browser, pages["small"])
    press(browser, "Enter")

    press(browser, "Space", "2")

    assert state(browser)["progress"] == "1 of 3"


def test_escape_stops_and_says_how_far_it_went(browser: Browser, pages: dict[str, Path]) -> None:
    start(browser, pages["small"])
    press(browser, "Enter")
    answer(browser, "2")

    press(browser, "Escape")

    assert state(browser)["result"] == "1 of 1 known: all of them."


def test_the_whole_test_is_done_by_touch_on_a_telephone(browser: Browser, pages: dict[str, Path]) -> None:
    start(browser, pages["small"], PHONE)
    tap(browser, "#test-start")
    for grade in ("#test-missed", "#test-knew", "#test-knew", "#test-knew"):
        tap(browser, "#test-card details.answer > summary")
        read_it(browser)
        sizes = browser.run(
            "return [...document.querySelectorAll('#test-grades button, #test-stop')]"
            ".map((each) => each.getBoundingClientRect()).map((box) => Math.min(box.width, box.height))"
        )
        assert min(sizes) >= 44
        tap(browser, grade)

    assert state(browser)["result"] == "2 of 3 known at once. Look at these again:"


@pytest.mark.parametrize("kind", ["localStorage", "sessionStorage"])
def test_a_test_leaves_nothing_behind(browser: Browser, pages: dict[str, Path], kind: str) -> None:
    start(browser, pages["small"])
    press(browser, "Enter")
    answer(browser, "1")

    assert browser.run(f"return [{kind}.length, document.cookie]") == [0, ""]


# Without scripting.


class Still:
    """A page in which no script runs, and so none of Selenium's: looked at through the DevTools protocol."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.root = browser.command("DOM.getDocument")["root"]["nodeId"]

    def node(self, selector: str) -> int:
        found: int = self.browser.command("DOM.querySelector", nodeId=self.root, selector=selector)["nodeId"]
        return found

    def is_seen(self, selector: str) -> bool:
        from selenium.common.exceptions import WebDriverException

        node = self.node(selector)
        try:
            return bool(node) and self.browser.command("DOM.getBoxModel", nodeId=node)["model"]["height"] > 0
        except WebDriverException:
            return False

    def is_open(self, selector: str) -> bool:
        """Whether a `details` element is open: what is in a closed one has a place, too, though nobody sees it."""
        node = self.browser.command("DOM.describeNode", nodeId=self.node(selector))["node"]
        return "open" in node["attributes"]

    def click(self, selector: str) -> None:
        node = self.node(selector)
        self.browser.command("DOM.scrollIntoViewIfNeeded", nodeId=node)
        left, top, right, _, _, bottom, _, _ = self.browser.command("DOM.getBoxModel", nodeId=node)["model"][
            "border"
        ]
        place = {"x": (left + right) / 2, "y": (top + bottom) / 2, "button": "left", "clickCount": 1}
        self.browser.command("Input.dispatchMouseEvent", type="mousePressed", **place)
        self.browser.command("Input.dispatchMouseEvent", type="mouseReleased", **place)


@pytest.fixture
def still(browser: Browser, pages: dict[str, Path]) -> Iterator[Still]:
    browser.open(pages["small"], scripting=False)
    yield Still(browser)
    browser.command("Emulation.setScriptExecutionDisabled", value=False)


def test_without_scripting_cards_are_opened_one_by_one(still: Still) -> None:
    assert not still.is_seen("#test-beginning")
    assert not still.is_seen("#print-now")
    assert still.is_seen("#print noscript p")

    still.click("details.cards > summary")
    assert still.is_open("details.cards")
    assert still.is_seen("li.card .prompt")
    for what in ("details.hint", "details.hint details.hint", "details.answer"):
        assert not still.is_open(f"li.card {what}")
        still.click(f"li.card {what} > summary")
        assert still.is_open(f"li.card {what}")
    assert still.is_seen("li.card .right")


def test_without_scripting_cards_can_be_printed(still: Still, tmp_path: Path) -> None:
    still.click("#print-cards")
    still.browser.print(tmp_path / "cards.pdf")

    assert [sorted(numbers(words)) for words in printed(tmp_path / "cards.pdf")] == [[1, 2, 3], [1, 2, 3]]


# On paper.

Word = tuple[str, float, float]  # the word, and how far from the left and the top it begins, in points


def printed(pdf: Path) -> list[list[Word]]:
    """The words of each page."""
    done = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True, text=True)
    # Its XHTML has entities and perhaps control characters that a strict reader of XML refuses.
    text = re.sub("<!DOCTYPE[^>]*>|[\x00-\x08\x0b\x0c\x0e-\x1f]", "", done.stdout)
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        [
            (word.text or "", float(word.get("xMin", 0)), float(word.get("yMin", 0)))
            for word in each.iter(f"{space}word")
        ]
        for each in ElementTree.fromstring(text).iter(f"{space}page")
    ]


MM = 72 / 25.4
CARD_WIDTH, CARD_HEIGHT, TOP = 92 * MM, 63 * MM, 10 * MM


def numbers(words: list[Word]) -> dict[int, tuple[float, float]]:
    """The numbers at the feet of cards, and where each stands."""
    return {
        int(word): (x, y)
        for word, x, y in words
        if word.isdigit() and 54 * MM < (y - TOP) % CARD_HEIGHT < 62 * MM
    }


def place(x: float, y: float, paper: tuple[float, float]) -> tuple[int, int, float]:
    """Row, column, and how far from the card's left edge."""
    left = (paper[0] * 72 - 2 * CARD_WIDTH) / 2
    column = int((x - left) // CARD_WIDTH)
    return int((y - TOP) // CARD_HEIGHT), column, round(x - left - column * CARD_WIDTH, 1)


def choose(browser: Browser, kind: str) -> None:
    browser.run("document.getElementById(arguments[0]).checked = true", f"print-{kind}")


@PAPERS
@pytest.mark.parametrize("name", ["cuban", "cold-war", "right-to-left"])
def test_fronts_and_backs_of_cards_lie_on_each_other(
    browser: Browser, pages: dict[str, Path], name: str, paper: tuple[float, float], tmp_path: Path
) -> None:
    browser.open(pages[name])
    choose(browser, "cards")
    browser.print(tmp_path / "cards.pdf", paper)

    sheets = [numbers(words) for words in printed(tmp_path / "cards.pdf")]
    cards = browser.run("return document.querySelectorAll('#test-cards li.card').length")
    assert len(sheets) == 2 * -(-cards // 8)
    seen: list[int] = []
    for front, back in zip(sheets[::2], sheets[1::2], strict=True):
        assert front.keys() == back.keys()
        seen += front
        for number, where in front.items():
            row, column, inset = place(*where, paper)
            other_row, other_column, other_inset = place(*back[number], paper)
            assert (other_row, other_column) == (row, 1 - column)
            assert abs(other_inset - inset) < 1.5
    assert sorted(seen) == list(range(1, cards + 1))


@pytest.mark.parametrize("name", ["cuban", "cold-war", "long", "right-to-left", "hostile", "picture"])
def test_no_text_of_a_card_is_cut_off(browser: Browser, pages: dict[str, Path], name: str) -> None:
    browser.open(pages[name], (794, 1123))
    choose(browser, "cards")
    browser.command("Emulation.setEmulatedMedia", media="print")

    cut = browser.run(
        "return [...document.querySelectorAll('.card-page:not(.left-over) .cut:not(.empty)')].filter((card) => {"
        "  const [outer, inner] = [card.getBoundingClientRect(), card.querySelector('.inside > div').getBoundingClientRect()];"
        "  const foot = card.querySelector('.foot').getBoundingClientRect();"
        "  return !outer.height || inner.top < outer.top || inner.bottom > foot.top || inner.right > outer.right;"
        "}).map((card) => card.textContent)"
    )
    browser.command("Emulation.setEmulatedMedia", media="")
    assert cut == []


@PAPERS
@pytest.mark.parametrize("name", ["cuban", "cold-war", "long", "right-to-left"])
def test_answers_are_overleaf_from_their_questions(
    browser: Browser, pages: dict[str, Path], name: str, paper: tuple[float, float], tmp_path: Path
) -> None:
    browser.open(pages[name])
    choose(browser, "questions")
    browser.print(tmp_path / "questions.pdf", paper)

    sides = browser.run("return document.querySelectorAll('.question-page:not(.left-over)').length")
    left_over = browser.run("return document.querySelectorAll('.question-page.left-over').length")
    sheets = printed(tmp_path / "questions.pdf")
    assert sides % 2 == 0
    assert len(sheets) == sides or (left_over and len(sheets) > sides)
    for front, back in zip(sheets[:sides:2], sheets[1:sides:2], strict=True):
        assert "Answers" not in [word for word, _, _ in front]
        assert "Answers" in [word for word, _, _ in back]


@PAPERS
@pytest.mark.parametrize("name", ["cuban", "cold-war"])
def test_a_handout_has_every_fact_and_nothing_that_only_a_screen_needs(
    browser: Browser, pages: dict[str, Path], name: str, paper: tuple[float, float], tmp_path: Path
) -> None:
    browser.open(pages[name])
    titles = browser.run(
        "return [...document.querySelectorAll('.fact h4')].map((title) => title.textContent)"
    )

    browser.print(tmp_path / "handout.pdf", paper)

    sheets = printed(tmp_path / "handout.pdf")
    assert all(sheets), "no page is empty"
    text = "".join(word for words in sheets for word, _, _ in words)
    assert [title for title in titles if "".join(title.split()) not in text] == []
    assert "Testyourself" not in text
    inner = [min(x for _, x, _ in words) / MM for words in sheets[:2]]
    assert inner[0] > inner[1] + 5, (
        "the inner margin is on the left of the first side and on the right of the second"
    )


def test_a_page_from_right_to_left_begins_at_the_right(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["right-to-left"])

    [title, margin, matter, axis, label] = browser.run(
        "const box = (element) => element.getBoundingClientRect();"
        "const wide = document.querySelector('figure.timeline .wide svg');"
        "return [box(document.querySelector('h1 bdi')).right, box(document.querySelector('.fact .margin')).left,"
        " box(document.querySelector('.fact .matter')).left, box(wide.querySelector('.axis')).left,"
        " box(wide.querySelector('.name')).right];"
    )
    assert title > 900
    assert margin > matter
    assert axis > label


def test_a_picture_is_shown_with_its_fact_and_its_question(browser: Browser, pages: dict[str, Path]) -> None:
    start(browser, pages["picture"])
    heights = browser.run(
        "return [...document.querySelectorAll('.fact .picture use')].map((each) => each.getBoundingClientRect().height)"
    )
    press(browser, "Enter")

    assert min(heights) > 50
    assert (
        browser.run("return document.querySelector('#test-card .picture use').getBoundingClientRect().height")
        > 50
    )


def test_a_reader_who_wants_less_motion_gets_none(browser: Browser, pages: dict[str, Path]) -> None:
    browser.open(pages["small"])
    assert browser.run("return getComputedStyle(document.documentElement).scrollBehavior") == "smooth"

    browser.command(
        "Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}]
    )

    assert browser.run("return getComputedStyle(document.documentElement).scrollBehavior") == "auto"
