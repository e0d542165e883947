"""Values for programs, as text that no terminal acts on and every stream can take."""

import json

from fasti.core.text import unsafe_character


def json_text(value: object, encoding: str | None, indent: int | None = None) -> str:
    """A value as JSON; what could act on a terminal, or is not in the encoding, is in JSON's own escapes."""
    text = json.dumps(value, ensure_ascii=not (encoding or "").lower().startswith("utf"), indent=indent)
    lines = text.split("\n")
    for place, line in enumerate(lines):
        while (unsafe := unsafe_character(line)) is not None:
            line = line.replace(unsafe, f"\\u{ord(unsafe):04x}")
        lines[place] = line
    return "\n".join(lines)
