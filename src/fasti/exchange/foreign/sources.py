"""Sources that come with facts from elsewhere."""

import re
from collections.abc import Sequence

from fasti.core.facts import Fact, Source

_SHORT_NAME = re.compile(r"[\w.'’-]{1,100}")


def short_sources(facts: Sequence[Fact]) -> dict[str, Source]:
    """The one-word sources, declared: a deck takes a citation of one word for a name under `sources`."""
    names = dict.fromkeys(text.partition(",")[0].strip() for fact in facts for text in fact.sources)
    return {name: Source(name, name) for name in names if _SHORT_NAME.fullmatch(name)}
