"""Deck text as the HTML of an Anki field, and back: nothing that the text contains may act there."""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from unicodedata import is_normalized, normalize
from zlib import crc32

from fasti.core.text import printable

# What acts in a field: HTML; `{{` in a cloze, and for older versions of Anki in every field; `\(` and `\[`
# (MathJax); sound, speech, LaTeX and type-in boxes, which Anki looks for in the finished HTML. As a character
# reference each is seen and compared as before, and none of those patterns finds it.
_ACTING = re.compile(r"&|<|>|\n|\\|\u0338|\{(?=\{)|\[(?=(?i:/?(?:sound:|anki:|latex\]|\${1,2}\])|\[))")
_REFERENCES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    "\n": "<br>",
    "\\": "&#92;",
    "{": "&#123;",
    "[": "&#91;",
}
_REFERENCES["\u0338"] = (
    "&#824;"  # Anki composes what it stores, and this after a tag would make `≯` of its end
)


def html_of(text: str) -> str:
    """A text as the HTML that shows it, in Unicode's composed form as Anki stores it."""
    if not text.isascii() or not text.isprintable():
        text = _composed(text)
    elif _inert(text):
        return text
    return _ACTING.sub(_reference, text)


def _inert(text: str) -> bool:
    # A search for each is several times as fast as one for the pattern, and most texts have none of them.
    return not ("&" in text or "<" in text or ">" in text or "\\" in text or "[" in text or "{" in text)


def _reference(found: re.Match[str]) -> str:
    return _REFERENCES[found.group()]


def _composed(text: str) -> str:
    text = printable(text)
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def list_html(items: Iterable[str], *, ordered: bool = False) -> str:
    """Texts as an HTML list; a single one as it is."""
    shown = [html_of(item) for item in items]
    if len(shown) < 2:
        return "".join(shown)
    name = "ol" if ordered else "ul"
    return f"<{name}>{''.join([f'<li>{item}</li>' for item in shown])}</{name}>"


def image_html(name: str) -> str:
    """A picture, by the name of its file among Anki's media."""
    return f'<img src="{escape(name)}">'


def plain(text: str) -> str:
    """A text as two are compared: single spaces between words, no blank lines, no characters that cannot be read."""
    if not text.isascii() or not text.isprintable():
        text = _composed(text).replace("\ufffd", "")
    if text.isprintable() and _is_plain(text):
        return text
    return "\n".join([words for line in text.splitlines() if (words := " ".join(line.split()))])


def _is_plain(text: str) -> bool:
    return not ("  " in text or text.startswith(" ") or text.endswith(" "))


def html_and_mark(text: str) -> tuple[str, int]:
    """A text as HTML and its mark: both at once where the text is as plain as most are."""
    if text.isascii() and text.isprintable() and _inert(text) and _is_plain(text):
        return text, crc32(text.encode())
    return html_of(text), mark(text)


def mark(text: str) -> int:
    """A number that tells whether a text is still the same: 32 bits of a checksum."""
    return crc32(plain(text).encode())


def text_of(html: str) -> str:
    """The text that a field shows, each paragraph, list item or broken line on a line of its own."""
    if "<" in html or "&" in html:
        html = "".join(_pieces(html))
    return plain(html.replace("\r", "\n"))


# Bounded, so that hostile HTML takes no longer than other HTML of its length.
_TAG = re.compile(
    r"""</?([a-z][a-z0-9]{0,20})\b(?:"[^"]{0,2000}"|'[^']{0,2000}'|[^'"<>]){0,2000}>""", re.IGNORECASE
)
_LISTS = frozenset(["dd", "dl", "dt", "li", "ol", "table", "td", "th", "tr", "ul"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "header", "hr"])
_PARAGRAPHS = frozenset(
    ["address", "article", "aside", "blockquote", "br", "center", "div", "figure", "footer", "main", "p"]
)
_LINES = _LISTS | _HEADINGS | _PARAGRAPHS | {"pre", "section"}
_UNSEEN = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "template")}


def _pieces(html: str) -> Iterator[str]:
    at = 0
    while (start := html.find("<", at)) >= 0:
        yield unescape(html[at:start])
        if html.startswith("<!--", start):
            end = html.find("-->", start)
            at = end + 3 if end >= 0 else len(html)
            continue
        tag = _TAG.match(html, start)
        if tag is None:
            yield "<"
            at = start + 1
            continue
        name = tag[1].lower()
        if name in _LINES:
            yield "\n"
        at = tag.end()
        if name in _UNSEEN and tag[0][1] != "/":
            end_tag = _UNSEEN[name].search(html, at)
            at = end_tag.start() if end_tag else len(html)
    yield unescape(html[at:])


_PICTURE = re.compile(
    r"""\bsrc\s{0,9}=\s{0,9}(?:"([^"]{0,999})"|'([^']{0,999})'|([^\s"'>]{1,999}))""", re.IGNORECASE
)


def pictures_in(html: str) -> list[str]:
    """The names of the pictures that a field shows."""
    tags = (tag[0] for tag in _TAG.finditer(html) if tag[1].lower() == "img")
    sources = (found for tag in tags if (found := _PICTURE.search(tag)))
    return [unescape(found[1] or found[2] or found[3] or "") for found in sources]
