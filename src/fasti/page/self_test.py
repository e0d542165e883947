"""The deck's own cards as a test that a reader gives themselves; without scripting, as questions to open."""

from fasti.core.card import Card
from fasti.page.contents import Contents, Entry, Unit
from fasti.page.facts import unit_name
from fasti.page.markup import Markup, element, joined
from fasti.page.questions import answer_of, besides_of, question_of


def self_test_section(contents: Contents) -> Markup:
    """The section of the test: what it needs to be started, its stage, and all cards by unit."""
    words = contents.language.words
    heading = element("h2", {"id": "test-heading"}, words("Test yourself"))
    count = sum(len(unit.cards) for unit in contents.units)
    if not count:
        return joined(())
    about = element(
        "p",
        {"class": "about"},
        words(
            "Think of the answer, look, and say honestly whether you had it. What you missed is asked"
            " again until you know it. Nothing is stored: the test ends when you leave the page."
        ),
    )
    cards = element("div", {"id": "test-cards"}, [_unit_cards(unit, contents) for unit in contents.units])
    return element(
        "section",
        {"id": "test", "aria-labelledby": "test-heading"},
        [heading, about, _beginning(contents, count), _stage(contents), _ending(contents), cards],
    )


def _beginning(contents: Contents, count: int) -> Markup:
    """The choices before a test; out of sight until the script finds that it can run."""
    words = contents.language.words
    options = [_option("", "All cards", f" ({count})", contents)]
    options += [
        element("option", {"value": unit.anchor}, [_plain_name(unit, contents), f" ({len(unit.cards)})"])
        for unit in contents.units
        if unit.cards and len(contents.units) > 1
    ]
    amounts = [
        element("option", {"value": amount}, said)
        for amount, said in ((10, "10 cards"), (20, "20 cards"), (0, "all of them"))
    ]
    fields = [
        _field("test-unit", words("From"), element("select", {"id": "test-unit"}, options)),
        _field("test-amount", words("How many"), element("select", {"id": "test-amount"}, amounts)),
        element(
            "label",
            {"class": "check"},
            [
                element("input", {"type": "checkbox", "id": "test-mixed", "checked": True}),
                " ",
                words("Mixed"),
            ],
        ),
        element("button", {"type": "button", "id": "test-start", "class": "main"}, words("Start")),
    ]
    return element("div", {"id": "test-beginning", "class": "panel", "hidden": True}, fields)


def _option(value: str, said: str, after: str, contents: Contents) -> Markup:
    return element("option", {"value": value, **_english(contents)}, said + after)


def _english(contents: Contents) -> dict[str, str]:
    return {} if contents.language.tag.lower().startswith("en") else {"lang": "en", "dir": "ltr"}


def _plain_name(unit: Unit, contents: Contents) -> str:
    """The unit's name for an option, which holds no elements."""
    return unit.name or ("All facts" if len(contents.units) == 1 else "Without a unit")


def _field(name: str, label: Markup, control: Markup) -> Markup:
    return element("p", {"class": "field"}, [element("label", {"for": name}, label), control])


def _stage(contents: Contents) -> Markup:
    """Where one card after the other stands, with what can be said of it."""
    words = contents.language.words
    progress = element("p", {"id": "test-progress", "role": "status", **_english(contents)})
    stop = element("button", {"type": "button", "id": "test-stop"}, words("Stop"))
    grades = [
        element(
            "button",
            {"type": "button", "id": name, "class": name, "aria-keyshortcuts": key},
            [words(said), " ", element("kbd", {"aria-hidden": "true"}, key)],
        )
        for name, said, key in (("test-missed", "I missed it", "1"), ("test-knew", "I knew it", "2"))
    ]
    keys = element(
        "p",
        {"class": "keys"},
        words("Keys: Space or Enter shows the answer, H a hint, 1 missed, 2 knew, Esc stops."),
    )
    return element(
        "div",
        {"id": "test-stage", "hidden": True},
        [
            element("div", {"class": "bar"}, [progress, stop]),
            element("div", {"id": "test-card", "role": "group", "tabindex": -1}),
            element("div", {"id": "test-grades", "class": "grades", "hidden": True}, grades),
            keys,
        ],
    )


def _ending(contents: Contents) -> Markup:
    words = contents.language.words
    buttons = [
        element(
            "button", {"type": "button", "id": "test-repeat", "class": "main"}, words("Ask what I missed")
        ),
        element("button", {"type": "button", "id": "test-new"}, words("New test")),
    ]
    return element(
        "div",
        {"id": "test-ending", "class": "panel", "tabindex": -1, "hidden": True},
        [
            element("p", {"id": "test-result", **_english(contents)}),
            element("ul", {"id": "test-missed-cards"}),
            element("p", {"class": "buttons"}, buttons),
        ],
    )


def _unit_cards(unit: Unit, contents: Contents) -> Markup:
    """A unit's cards, closed until they are wanted."""
    if not unit.cards:
        return joined(())
    count = len(unit.cards)
    said = contents.language.words("1 card" if count == 1 else f"{count} cards")
    summary = element(
        "summary", None, [unit_name(unit, contents), " ", element("span", {"class": "count"}, said)]
    )
    cards = [_card(entry, card, contents) for entry, card in unit.cards]
    return element(
        "details", {"class": "cards", "data-unit": unit.anchor}, [summary, element("ol", None, cards)]
    )


def _card(entry: Entry, card: Card, contents: Contents) -> Markup:
    """A card: its question, its hints one within the other, and its answer, each to be opened."""
    shown = element("summary", {"class": "show"}, contents.language.words("Show the answer"))
    link = element("a", {"href": f"#{entry.anchor}"}, contents.language.words("To the fact"))
    more = element("p", {"class": "to-fact"}, link)
    answer = element(
        "details", {"class": "answer"}, [shown, answer_of(card, contents), *besides_of(card, contents), more]
    )
    asked = element("div", {"class": "question"}, question_of(entry, card, contents))
    return element("li", {"class": "card"}, [asked, _hints(card, contents), answer])


def _hints(card: Card, contents: Contents) -> Markup:
    """The hints as a stair: each opens within the one before."""
    stair = joined(())
    total = len(card.hints)
    for number in range(total, 0, -1):
        label = "A hint" if number == 1 else "Another hint"
        summary = element("summary", None, contents.language.words(label))
        said = element("p", None, contents.language.text(card.hints[number - 1]))
        stair = element("details", {"class": "hint"}, [summary, said, stair])
    return stair
