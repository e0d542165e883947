"""Texts as compact JSON, as `json.dumps` would write them.

A deck of ten thousand facts makes twenty thousand objects whose keys and order are known beforehand: an encoder
that finds out what it has takes twice as long.
"""

from collections.abc import Sequence
from json.encoder import encode_basestring

quoted = encode_basestring
"""A text as JSON, letters of every script as they are."""


def listed(texts: Sequence[str]) -> str:
    """Texts as a JSON list."""
    if len(texts) == 1:  # as most are
        return f"[{quoted(texts[0])}]"
    return f"[{','.join(map(quoted, texts))}]"
