"""What the doctor found, a line a check, the same for the eye and the ear."""

from typing import TYPE_CHECKING

from fasti.ui.console import standard_output
from fasti.ui.lines import RIGHT, STRONG, WRONG, Line, Piece, line, wrapped
from fasti.ui.look import Look
from fasti.ui.pipes import until_closed
from fasti.ui.spans import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.doctor import Finding
    from fasti.repairing import Rescued


def show_findings(findings: "Sequence[Finding]") -> None:
    """Print what each check found, and what to do where all is not well."""
    output = standard_output()
    with until_closed(output.file):
        output.show(finding_lines(findings, output.look))


def finding_lines(findings: "Sequence[Finding]", look: Look) -> list[Line]:
    """The lines that `show_findings` prints: each begins with a word, and colour says nothing more."""
    lines: list[Line] = []
    for finding in findings:
        word = Piece("ok", RIGHT) if finding.ok else Piece("problem", WRONG)
        said = line(word, ": ", look.text(finding.check, STRONG), ": ", look.text(finding.sentence))
        lines += wrapped(said, look.measure, "", "  ")
        if finding.hint:
            lines += wrapped(line(look.text(f"what to do: {finding.hint}")), look.measure, "  ", "  ")
    problems = sum(not finding.ok for finding in findings)
    closing = f"{counted(problems, 'problem')} found." if problems else "All is well."
    return [*lines, *wrapped(line(closing), look.measure)]


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
