"""What the doctor found, a line a check, the same for the eye and the ear."""

from typing import TYPE_CHECKING

from fasti.core.counting import counted
from fasti.ui.console import standard_output
from fasti.ui.lines import FAINT, RIGHT, STRONG, WRONG, Line, Piece, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.doctor import Finding
    from fasti.repairing import Rescued


def show_findings(findings: "Sequence[Finding]", *, accessible: bool) -> None:
    """Print what each check found, and what to do where all is not well."""
    output = standard_output()
    with until_closed(output.file):
        output.show(finding_lines(findings, output.look, accessible=accessible))


def finding_lines(findings: "Sequence[Finding]", look: Look, *, accessible: bool) -> list[Line]:
    """The lines that `show_findings` prints: each begins with a word, and colour says nothing more."""
    if accessible or look.measure < _NARROW:
        # For the ear every line begins with a word; the eye sees by the indent which lines go together.
        indent = "" if accessible else "  "
        lines = [row for finding in findings for row in _spoken(finding, look, indent)]
    else:
        width = max((len(finding.check) for finding in findings), default=0)
        lines = [row for finding in findings for row in _row(finding, width, look)]
    closing = (wrapped(line(look.text(sentence)), look.measure) for sentence in _closing(findings))
    return [*lines, *([()] if not accessible else []), *(row for rows in closing for row in rows)]


_NARROW = 60
_WORD = len("problem")


def _row(finding: "Finding", width: int, look: Look) -> list[Line]:
    """What a check found, in columns: whether all is well, what was looked at, and what was seen."""
    word = Piece("ok".ljust(_WORD), RIGHT) if finding.ok else Piece("problem", WRONG)
    start = line(word, "  ", look.text(finding.check.ljust(width), FAINT if finding.ok else STRONG), "  ")
    indent = " " * (_WORD + width + 4)
    rows = wrapped((*start, *line(look.text(finding.sentence))), look.measure, "", indent)
    if finding.hint:
        rows += wrapped(line(look.text(f"What to do: {finding.hint}")), look.measure, indent, indent)
    return rows


def _spoken(finding: "Finding", look: Look, indent: str) -> list[Line]:
    word = Piece("ok", RIGHT) if finding.ok else Piece("problem", WRONG)
    said = line(word, ": ", look.text(finding.check, STRONG), ": ", look.text(finding.sentence))
    rows = wrapped(said, look.measure, "", indent)
    if finding.hint:
        rows += wrapped(line(look.text(f"What to do: {finding.hint}")), look.measure, indent, indent)
    return rows


def _closing(findings: "Sequence[Finding]") -> list[str]:
    """How it stands in all, and what comes next."""
    problems = [finding for finding in findings if not finding.ok]
    if not problems:
        return ["All is well."]
    fixable = sum(finding.fixable for finding in problems)
    found = f"{counted(len(problems), 'problem')} found."
    if not fixable:
        return [found]
    which = (
        "it" if len(problems) == 1 else "all of them" if fixable == len(problems) else f"{fixable:,} of them"
    )
    return [f"{found} `fasti doctor --fix` makes a backup and sets {which} right."]


def show_rescued(rescued: "Rescued") -> None:
    """Print what could be saved of a damaged database."""
    output = standard_output()
    start = (
        f"the backup `{rescued.base.name}`" if rescued.base else "an empty database, for there is no backup"
    )
    entries = counted(rescued.entries, "entry", "entries")
    read = f"{rescued.saved:,} of them read from the damaged file and put into {start}"
    kept = f"The damaged file is kept as `{rescued.damaged}`."
    sentences = [f"Saved: {entries} of your log, {read}.", kept]
    with until_closed(output.file):
        for sentence in sentences:
            output.show(wrapped(line(output.look.text(sentence)), output.look.measure))
