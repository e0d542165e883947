import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fasti.core.text import printable
from fasti.page.markup import Markup, element, escaped, inert, joined, link, web_address
from tests.page.decks import ADDRESSES, PAYLOADS


class Read(HTMLParser):
    """What a reader of HTML makes of it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@settings(max_examples=300, deadline=None)
@given(st.text() | st.sampled_from(PAYLOADS))
def test_any_text_is_read_back_as_that_text_and_nothing_else(text: str) -> None:
    read = Read(element("p", {"title": text}, text))

    assert read.tags == [("p", {"title": printable(text)})]
    assert read.text == printable(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>\"'&=/ axon:;`{}\n"))
def test_escaped_text_has_nothing_that_html_acts_on(text: str) -> None:
    assert not re.search(r"[<>\"']|&(?!amp;|lt;|gt;|quot;|#39;)", escaped(text))


def test_markup_is_escaped_once_only() -> None:
    assert escaped(escaped("<b> & 'q'")) == "&lt;b&gt; &amp; &#39;q&#39;"
    assert joined([Markup("<b>"), "<i>"]) == "<b>&lt;i&gt;"


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("p", {"onclick": "x"}),
        ("p", {"ONERROR": "x"}),
        ("p", {"style": "color: red"}),
        ("p", {'x" onclick': "x"}),
        ("p", {"href": "https://example.org/"}),
        ("a", {"href": "javascript:x"}),
        ("a", {"href": "data:text/html;base64,eA=="}),
        ("a", {"href": "//example.org"}),
        ("image", {"href": "https://example.org/x.png"}),
        ("image", {"href": "data:text/html;base64,eA=="}),
        ("img", {"src": "x.png"}),
        ("script", {}),
        ("style", {}),
        ("p><script", {}),
    ],
)
def test_what_runs_or_loads_something_cannot_be_made(name: str, attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"made here|lead there"):
        element(name, attributes)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_leads_to_the_web_or_nowhere(address: str) -> None:
    assert web_address(address) is None
    assert link(address, "words") == "words"


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "http://example.org/a?b=c&d#e", "HTTPS://EXAMPLE.ORG/ä", "https://[::1]:8/x"],
)
def test_an_address_of_the_web_is_a_link_that_gives_nothing_away(address: str) -> None:
    [(tag, attributes)] = Read(link(address, "words")).tags

    assert (tag, attributes["href"]) == ("a", address)
    assert {"noopener", "noreferrer"} <= set((attributes["rel"] or "").split())


@pytest.mark.parametrize("text", ["</script>", "a<!-- b"])
def test_a_script_that_would_end_early_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        inert("script", text)
