"""The page as a whole: what stands where, and the policy under which a browser shows it."""

from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from fasti.core.counting import counted
from fasti.core.facts import Deck
from fasti.core.onlooker import Onlooker, nobody, told
from fasti.page.card_sheets import card_sheets, too_long_for_cards
from fasti.page.causes import causes_section
from fasti.page.contents import Contents, Picture, contents_of
from fasti.page.facts import facts_section
from fasti.page.language import Language, language_of
from fasti.page.markup import Markup, element, inert, joined
from fasti.page.pictures import picture_store
from fasti.page.printing import printing_section
from fasti.page.question_sheets import question_sheets
from fasti.page.self_test import self_test_section
from fasti.page.sources import sources_section
from fasti.page.timeline import timeline_section

MARK = '<meta name="generator" content="fasti">'
"""What every page of ours has near its beginning, and by which it is known again."""


def page(deck: Deck, pictures: Mapping[str, Picture], onlooker: Onlooker = nobody) -> str:
    """The whole page of a deck, which has all that it needs; `pictures` are by the facts' `image`.

    The same deck makes the same page.
    """
    contents = contents_of(deck, language_of(deck.language) or Language(), pictures)
    language = contents.language
    html = element(
        "html",
        {"lang": language.tag, "dir": language.direction},
        [_head(contents), _body(contents, onlooker)],
    )
    return f"<!DOCTYPE html>\n{html}\n"


def cards_too_long(deck: Deck) -> int:
    """How many of a deck's cards have more text than a printed card has room for."""
    return too_long_for_cards(contents_of(deck, language_of(deck.language) or Language(), {}))


def policy() -> str:
    """The Content-Security-Policy: nothing is loaded, and nothing runs but the page's own script.

    `require-trusted-types-for` takes from that script, too, every way to make markup of text.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_digest(_script())}'",
            f"style-src '{_digest(_style())}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _head(contents: Contents) -> Markup:
    deck = contents.deck
    named = [element("meta", {"name": name, "content": said}) for name, said in _about(deck) if said]
    return element(
        "head",
        None,
        [
            element("meta", {"charset": "utf-8"}),
            element("meta", {"http-equiv": "Content-Security-Policy", "content": policy()}),
            Markup(MARK),
            element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            element("meta", {"name": "referrer", "content": "no-referrer"}),
            element("meta", {"name": "color-scheme", "content": "light dark"}),
            *named,
            element("title", None, deck.title),
            element("link", {"rel": "icon", "href": _ICON}),
            inert("style", _style()),
        ],
    )


def _about(deck: Deck) -> tuple[tuple[str, str], ...]:
    return ("description", deck.description), ("author", deck.author), ("keywords", ", ".join(deck.tags))


_DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<path d="M5 1v14" stroke="#8a3a24" stroke-width="1.5"/>'
    '<g fill="#8a3a24"><circle cx="5" cy="4" r="2.5"/><circle cx="5" cy="12" r="2.5"/>'
    '<path d="M9 3h6v2H9zM9 11h6v2H9z"/></g></svg>'
)
_ICON = f"data:image/svg+xml;base64,{b64encode(_DRAWN.encode()).decode()}"


def _body(contents: Contents, onlooker: Onlooker) -> Markup:
    makers = (
        ("timeline", "Timeline", timeline_section),
        ("causes", "Causes", causes_section),
        ("facts", "Facts", facts_section),
        ("test", "Test yourself", self_test_section),
        ("sources", "Sources", sources_section),
        ("print", "Print", printing_section),
    )
    doing = f"Writing {contents.deck.title}"
    sections = {
        name: (said, make(contents))
        for name, said, make in told(makers, onlooker, doing, "parts of the page", every=1)
    }
    words = contents.language.words
    links = [
        element("li", None, element("a", {"href": f"#{name}"}, words(said)))
        for name, (said, section) in sections.items()
        if section
    ]
    return element(
        "body",
        None,
        [
            element("a", {"class": "skip", "href": "#main"}, words("To the contents")),
            picture_store(contents),
            _header(contents),
            element(
                "nav",
                {"id": "nav", "aria-labelledby": "nav-name"},
                [_nav_name(contents), element("ul", None, links)],
            ),
            element("main", {"id": "main", "tabindex": -1}, [section for _, section in sections.values()]),
            _footer(contents),
            question_sheets(contents),
            card_sheets(contents),
            inert("script", _script()),
        ],
    )


def _nav_name(contents: Contents) -> Markup:
    return element("span", {"id": "nav-name", "class": "unseen"}, contents.language.words("On this page"))


def _header(contents: Contents) -> Markup:
    deck, text = contents.deck, contents.language.text
    parts = [element("h1", None, text(deck.title))]
    if deck.description:
        parts.append(element("p", {"class": "description"}, text(deck.description)))
    cards = sum(len(unit.cards) for unit in contents.units)
    counts = f"{counted(len(deck.facts), 'fact')}, {counted(cards, 'card')}"
    said = [*([text(deck.author), " · "] if deck.author else []), contents.language.words(counts)]
    return element("header", {"id": "top"}, [*parts, element("p", {"class": "byline"}, said)])


def _footer(contents: Contents) -> Markup:
    said = "This page is one file. It loads nothing from elsewhere and stores nothing. Made with fasti."
    parts = [element("p", None, contents.language.words(said))]
    if contents.deck.licence:
        licence = [contents.language.words("Licence:"), " ", contents.language.text(contents.deck.licence)]
        parts.insert(0, element("p", None, licence))
    return element("footer", None, joined(parts))


@cache
def _style() -> str:
    return _shipped("page.css")


@cache
def _script() -> str:
    return _shipped("page.js")


def _shipped(name: str) -> str:
    # The digest is of these very characters: newlines as a checkout on Windows has them would be others to it.
    return files("fasti.page").joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _digest(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
