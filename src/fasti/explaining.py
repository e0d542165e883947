"""`fasti check --explain`: what a code means, from the page that documents them all."""

import re

from fasti.checking import KNOWN_CODES
from fasti.decks.wording import meant
from fasti.errors import ExitCode, FastiError
from fasti.settings import bundled


class UnknownCodeError(FastiError):
    """A code that no problem has."""

    exit_code = ExitCode.USAGE

    def __init__(self, code: str) -> None:
        guess = meant(code, KNOWN_CODES)
        hint = (
            f"did you mean `{guess}`?"
            if guess
            else "`fasti check` prints a problem's code before its sentence"
        )
        super().__init__(f"there is no code `{code}`", hint)


def explanation(code: str) -> str:
    """The section of `docs/checks.md` on a code, without its heading. Raises UnknownCodeError."""
    if code not in KNOWN_CODES:
        raise UnknownCodeError(code)
    return sections()[code]


def sections() -> dict[str, str]:
    """The sections of `docs/checks.md` by their codes, as Markdown."""
    page = (bundled("docs") / "checks.md").read_text(encoding="utf-8")
    parts = re.split(r"^### (\S+)\n", page, flags=re.MULTILINE)
    return {
        code: re.split(r"^## ", text, maxsplit=1, flags=re.MULTILINE)[0].strip()
        for code, text in zip(parts[1::2], parts[2::2], strict=True)
    }
