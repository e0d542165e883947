"""What a fact's and a deck's author says of them, read from what the library keeps."""

import json
from typing import Any

from fasti.core.selection import Labels


def labels_from(fact_content: str, deck_content: str) -> Labels:
    """The labels of a fact, from the JSON of the fact and of its deck; a deck's tags are its facts' too."""
    fact: dict[str, Any] = json.loads(fact_content)
    deck: dict[str, Any] = json.loads(deck_content)
    return Labels(fact.get("unit", ""), frozenset((*fact.get("tags", ()), *deck.get("tags", ()))))
