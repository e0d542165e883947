"""The short way to what is typed every day, without the library that reads command lines.

That library takes longer to load than everything else that a student waits for.
"""

import os
from collections.abc import Sequence

from fasti.commands import today
from fasti.commands.ending import COMPLETES
from fasti.commands.ground import options, settings_for

_FLAGS = {"--json", "--accessible"}


def taken(words: Sequence[str]) -> bool:
    """Run `fasti`, `fasti review [DECK…]` or `fasti due`, with these flags; False for everything else.

    What it takes it does as the long way would; what it does not know it leaves alone.
    """
    command, rest = (words[0], words[1:]) if words else ("review", [])
    flags = {word for word in rest if word in _FLAGS}
    names = [word for word in rest if word not in _FLAGS]
    if (
        command not in {"review", "due"}
        or COMPLETES in os.environ
        or any(name.startswith("-") for name in names)
        or (names and command == "due")
    ):
        return False
    accessible = "--accessible" in flags or options().accessible
    settings, as_json = settings_for(None), "--json" in flags
    if command == "due":
        today.due(settings, as_json=as_json, accessible=accessible)
    else:
        today.review(settings, today.Asked(names), as_json=as_json, accessible=accessible)
    return True
