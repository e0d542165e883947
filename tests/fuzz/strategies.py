"""What is thrown at the program: texts that act, bytes that are no text, values of the wrong kind."""

import json
from typing import Any

from hypothesis import strategies as st

ACTING = (
    "\x1b[31m",  # colours
    "\x1b]0;title\x07",  # the title of a window
    "\x1b]52;c;cm0gLXJm\x1b\\",  # the clipboard
    "\x9b2J",  # the screen, in one character of C1
    "\x1bP+q\x1b\\",
    "\u202ekcolb\u202c",  # words that read backwards
    "\u2066\u2069",
    "\ufeff",
    "\x00",
    "\x08\x08\x08",
    "\r",
    "\n",
    "\x7f",
    "\ud800",
    "\udcff",
    "[bold red]x[/]",  # Rich's markup and its emoji
    "[link=file:///etc/passwd]x[/link]",
    ":skull:",
    "{0.__class__.__mro__}",  # templates of every kind
    "{}{0}{x!r:>999999999}",
    "%s%n%99999999d",
    "$(touch pwned)`touch pwned`;&|",
    "<script>alert(1)</script>&#x1b;",
    "'; DROP TABLE review_log; --",
    "../../../etc/passwd",
    "e\u0301\u0301\u0301" * 30,
    "\u0130\u0131\ufb01\u00df",
    "9" * 5000,
    "\u0663\u0664",
    "٣" * 20,
    "1e999",
    "nan",
)
"""Texts that would do something if they were taken for more than text."""

acting = st.sampled_from(ACTING)
"""One of them."""

words = st.one_of(
    acting, st.text(max_size=20), st.lists(st.one_of(acting, st.text(max_size=5)), max_size=4).map("".join)
)
"""Any text, much of it acting, with characters that no encoding has."""

arguments = words.filter(lambda text: "\0" not in text and _is_passable(text))
"""What a system can pass as a word of the command line, or as the value of a variable."""


def _is_passable(text: str) -> bool:
    # Bytes that are no UTF-8 come as U+DC80 to U+DCFF; other surrogates never come.
    return not any("\ud800" <= letter <= "\udfff" and not "\udc80" <= letter <= "\udcff" for letter in text)


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([-1, 0, 2**31, 2**53, 2**63, 2**64, -(2**63) - 1, 10**400]),
    st.floats(),
    words,
)
"""A value of JSON, of every kind and size."""

values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(words, inner, max_size=4)),
    max_leaves=8,
)
"""A value of JSON with others in it."""


@st.composite
def damaged(draw: st.DrawFn, sound: bytes, most: int = 6) -> bytes:
    """Bytes that were sound, with some of them changed, taken out, doubled or moved."""
    data = bytearray(sound)
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from([1, 1, 2, 4, 16, 200]))
        match draw(st.sampled_from(["flip", "insert", "delete", "double", "cut", "acting"])):
            case "flip":
                if at < len(data):
                    data[at] ^= 1 << draw(st.integers(0, 7))
            case "insert":
                data[at:at] = draw(st.binary(min_size=1, max_size=8))
            case "delete":
                del data[at : at + length]
            case "double":
                data[at:at] = data[at : at + length]
            case "cut":
                if draw(st.integers(0, 4)) == 0:
                    del data[at:]
            case _:
                data[at:at] = draw(acting).encode("utf-8", "surrogatepass")
    return bytes(data)


def changed(sound: Any) -> st.SearchStrategy[Any]:
    """A value of JSON in which one or several of the values within are of another kind, absent or new."""
    if isinstance(sound, dict):
        parts = {
            key: st.one_of(st.just(value), changed(value), scalars, st.just(_GONE))
            for key, value in sound.items()
        }
        return st.tuples(st.fixed_dictionaries(parts), st.dictionaries(words, scalars, max_size=1)).map(
            lambda both: {key: value for key, value in {**both[1], **both[0]}.items() if value is not _GONE}
        )
    if isinstance(sound, list):
        items = [st.one_of(st.just(value), changed(value)) for value in sound]
        return st.one_of(st.tuples(*items).map(list), st.lists(values, max_size=3), scalars)
    return st.one_of(st.just(sound), scalars, values)


_GONE = object()


def json_bytes(value: Any) -> bytes:
    """A value as JSON, lone surrogates and all."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
