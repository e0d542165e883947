"""Names that come from a package and become those of files: safe on every system, and short enough for any."""

import re

from fasti.core.text import fingerprint, slug, unsafe_character

LONGEST_NAME = 180
"""Bytes of a name without its ending: file systems take 255, and sixty letters of three bytes, which is as much as
a deck's id has that was made of its title, are to come back as they went."""

_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(?:\.|$)", re.IGNORECASE
)
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def is_file_name(name: str, longest: int = LONGEST_NAME) -> bool:
    """Whether a file can have this name on every system, and a command take it for no option."""
    return (
        0 < len(name.encode("utf-8", "surrogatepass")) <= longest
        and name == name.strip()
        and not name.startswith((".", "-"))
        and not name.endswith(".")
        and not _FORBIDDEN.search(name)
        and not any(sign in name for sign in "\t\n")
        and unsafe_character(name) is None
        and _DEVICE.match(name) is None
    )


def file_name_of(name: str) -> str:
    """A deck's id as it is if a file can be called so, else another one of the same sound, always the same."""
    if is_file_name(name):
        return name
    sound = slug(name, longest=40) or "deck"
    return f"{sound}-{fingerprint(name)}"
