"""What can be printed of the page: a choice that works without scripting too, as the style sheet looks at it."""

from fasti.page.contents import Contents
from fasti.page.markup import Markup, element

_CHOICES = (
    (
        "handout",
        "Handout",
        "Timeline, causes and all facts with their sources, with margins for sheets printed on both sides.",
    ),
    (
        "questions",
        "Question sheets",
        "A question about each fact, with room to write, and the answers overleaf. Print on both sides.",
    ),
    (
        "cards",
        "Cards to cut out",
        (
            "Eight a page, questions in front and answers behind. Print on both sides, turned over the long edge,"
            " at 100 %; the sides meet on A4 and on Letter."
        ),
    ),
)


def printing_section(contents: Contents) -> Markup:
    """The section where a reader says what the printer gets."""
    words = contents.language.words
    legend = element("legend", None, words("What the printer gets"))
    choices = [_choice(name, said, about, contents) for name, said, about in _CHOICES]
    button = element(
        "button", {"type": "button", "id": "print-now", "class": "main", "hidden": True}, words("Print")
    )
    without = element("noscript", None, element("p", None, words("Choose, then print with your browser.")))
    return element(
        "section",
        {"id": "print", "aria-labelledby": "print-heading"},
        [
            element("h2", {"id": "print-heading"}, words("Print")),
            element("fieldset", {"class": "panel"}, [legend, *choices]),
            button,
            without,
        ],
    )


def _choice(name: str, said: str, about: str, contents: Contents) -> Markup:
    words = contents.language.words
    radio = element(
        "input",
        {
            "type": "radio",
            "name": "printed",
            "id": f"print-{name}",
            "value": name,
            "checked": name == "handout",
            "autocomplete": "off",
            "aria-describedby": f"print-{name}-about",
        },
    )
    label = element("label", {"for": f"print-{name}"}, words(said))
    described = element("p", {"id": f"print-{name}-about"}, words(about))
    return element("div", {"class": "choice"}, [radio, element("div", None, [label, described])])
