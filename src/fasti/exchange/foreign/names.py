"""The ids that facts get by the guids of Anki's notes: the same whichever way a note comes."""

from fasti.core.text import fingerprint


def name_of_guid(*guid: str) -> str:
    """An id that stays the same as long as the guid does, whatever characters that has."""
    return f"anki-{fingerprint(*guid, length=10)}"
