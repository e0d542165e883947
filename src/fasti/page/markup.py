"""HTML made of values: every text goes through one function, and what could run has no way in."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from fasti.core.text import printable


class Markup(str):
    """Text that is HTML already; only this module makes it."""

    __slots__ = ()


Content = str | Iterable[str]
"""What stands in an element: a text, markup, or several of them."""

Attributes = Mapping[str, str | int | float | bool]
"""Attributes by name. True is an attribute without a value, and False one that is left out."""


def escaped(text: str) -> Markup:
    """`text` as HTML that shows it, in an element or in a quoted attribute; markup stays what it is.

    Controls, bidirectional overrides and lone surrogates become U+FFFD.
    """
    if isinstance(text, Markup):
        return text
    return Markup(printable(text).translate(_ENTITIES))


def joined(parts: Iterable[str]) -> Markup:
    """The parts one after the other, each escaped unless it is markup."""
    return Markup("".join(escaped(part) for part in parts))


def element(name: str, attributes: Attributes | None = None, content: Content = ()) -> Markup:
    """An element of HTML or SVG with its end tag, where it has one.

    Raises ValueError for what a page of ours never has: an attribute that runs or loads something.
    """
    if not _NAME.fullmatch(name) or name in _RUNNING:
        raise ValueError(f"no element `{name}` is made here")
    start = f"<{name}{_written(name, attributes or {})}>"
    if name in _EMPTY:
        return Markup(start)
    parts = (content,) if isinstance(content, str) else content
    return Markup(f"{start}{joined(parts)}</{name}>")


def inert(name: str, text: str) -> Markup:
    """The page's own style or script. Raises ValueError where its text would end the element early."""
    if name not in _RUNNING or "</" in text or "<!--" in text:
        raise ValueError(f"this cannot stand in an element `{name}`")
    return Markup(f"<{name}>{text}</{name}>")


def web_address(text: str) -> str | None:
    """`text` if it is an address that a reader may be sent to: `http` or `https`, with a host; else None."""
    text = text.strip()
    if not _WEB.match(text) or printable(text) != text:
        return None
    try:
        parts = urlsplit(text)
        return text if parts.hostname and parts.username is None else None
    except ValueError:
        return None


def link(address: str, content: Content) -> Markup:
    """A link out of the page, or only its content where the address is none of the web's."""
    target = web_address(address)
    if target is None:
        return joined((content,) if isinstance(content, str) else content)
    return element("a", {"href": target, "rel": "noopener noreferrer external"}, content)


_ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;"}
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9]*")
_ATTRIBUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9:-]*")
_EMPTY = frozenset({"br", "input", "link", "meta"})
_RUNNING = frozenset({"script", "style"})
_WEB = re.compile(r"https?://[^\s<>\"'`\\]+\Z", re.IGNORECASE)
_DATA = re.compile(r"data:image/[a-z+.-]+;base64,[A-Za-z0-9+/=]*")
_LEADS: Mapping[str, Callable[[str], bool]] = defaultdict(
    lambda: lambda text: False,
    a=lambda text: web_address(text) == text,
    image=lambda text: bool(_DATA.fullmatch(text)),
    link=lambda text: bool(_DATA.fullmatch(text)),
)
_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "srcdoc", "xlink:href"})


def _written(tag: str, attributes: Attributes) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{escaped(_checked(tag, name, value))}"'
        for name, value in attributes.items()
        if value is not False
    )


def _checked(tag: str, name: str, value: str | float | bool) -> str:
    """The value as text, if this attribute may have it."""
    text = f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    if not _ATTRIBUTE.fullmatch(name) or name.lower().startswith("on") or name == "style":
        raise ValueError(f"no attribute `{name}` is made here")
    if name not in _ADDRESSES:
        return text
    if name == "href" and (text.startswith("#") or _LEADS[tag](text)):
        return text
    raise ValueError(f"`{name}` does not lead there")
