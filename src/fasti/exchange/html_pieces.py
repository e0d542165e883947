"""HTML as a row of texts and tags, in time that grows with its length however broken it is.

The standard library's `html.parser` searches to the end for every comment and tag that is never closed, so that a
few hundred kilobytes of `<!-- ` keep it busy for a minute; what comes here is from strangers.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

MOST_TAGS = 100_000
"""After so many tags the rest is not read: no note that somebody wrote has a hundredth of them."""


class Tag(NamedTuple):
    """An opening or closing tag; names in small letters, values with their entities resolved."""

    name: str
    closing: bool = False
    attributes: Mapping[str, str] = {}


def html_pieces(html: str) -> Iterator[str | Tag]:
    """The texts, entities resolved, and the tags of a piece of HTML, in order.

    Comments, declarations, scripts and style sheets are left out, as a browser leaves them out. A `<` that begins
    nothing is text. Never raises.
    """
    last = html.rfind(">")
    at = text_from = tags = 0
    while (start := html.find("<", at)) >= 0 and tags < MOST_TAGS:
        if start > last or not (opened := _OPENING.match(html, start)):
            at = start + 1
            continue
        if start > text_from:
            yield _unescaped(html[text_from:start])
        end = _end(html, start, opened[0])
        if opened["name"]:
            tags += 1
            tag = _tag(html[start:end], opened)
            yield tag
            if not tag.closing and tag.name in _RAW:
                end = _end_of_raw(html, end, tag.name)
        at = text_from = end
    if text_from < len(html) and tags < MOST_TAGS:
        yield _unescaped(html[text_from:])


_OPENING = re.compile(r"<(?:(?P<comment>!--)|[!?]|(?P<closing>/)?(?P<name>[A-Za-z][^\s/>]*)|/)")
_STOP = re.compile("[>\"']")
_ATTRIBUTE = re.compile(r"""([^\s/>="']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_RAW = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "iframe", "title")}


def _end(html: str, start: int, opening: str) -> int:
    """Where what begins at `start` ends; a `>` stands somewhere behind it."""
    if opening == "<!--":
        end = html.find("-->", start + 2)
        return end + 3 if end >= 0 else len(html)
    first = html.index(">", start) + 1
    if opening in ("<!", "<?", "</"):
        return first
    at = start
    while stop := _STOP.search(html, at):
        if stop[0] == ">":
            return stop.end()
        at = stop.end()
        # A quotation mark counts where it begins a value.
        if html[max(start, at - 20) : at - 1].rstrip().endswith("="):
            closing = html.find(stop[0], at)
            if closing < 0:
                break
            at = closing + 1
    return first


def _end_of_raw(html: str, at: int, name: str) -> int:
    closing = _RAW[name].search(html, at)
    return closing.start() if closing else len(html)


def _tag(text: str, opened: re.Match[str]) -> Tag:
    name = opened["name"].lower()
    if opened["closing"]:
        return Tag(name, closing=True)
    rest = text[len(opened[0]) : -1]
    if not rest or rest == "/":
        return Tag(name)
    found = _ATTRIBUTE.findall(rest)
    return Tag(name, attributes={key.lower(): _unescaped(a or b or c) for key, a, b, c in reversed(found)})


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    try:
        return unescape(text)
    except ValueError:  # a character's number of thousands of digits
        return text
