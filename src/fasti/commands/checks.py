"""What `fasti check` does: tell what is found, mend it, or explain it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fasti.commands.ground import end_with, say
from fasti.commands.waiting import looked_on
from fasti.core.counting import counted
from fasti.errors import ExitCode

if TYPE_CHECKING:
    from fasti.checking import Checked
    from fasti.lints.lint import Speller


def check_decks(paths: Iterable[Path], form: str, *, spelling: bool, strict: bool, accessible: bool) -> None:
    """Tell everything that is found in these files and folders; `form` is `text`, `json` or `github`."""
    from fasti.checking import check

    speller = _speller(spelling)
    with looked_on(accessible=accessible) as onlooker:
        checked = check(paths, spelling=speller, fixes=form == "json", onlooker=onlooker)
    _tell(checked, form, strict, accessible)


def fix_decks(paths: Iterable[Path], form: str, *, spelling: bool, strict: bool, accessible: bool) -> None:
    """Mend in the files what is certain, and tell what is left."""
    from fasti.mending import mended, write

    mending = mended(paths, spelling=_speller(spelling))
    for file in mending.files:
        write(file)
        say(f"{counted(file.problems, 'problem')} mended in `{file.path}`")
    if not mending.files:
        say("there is nothing here that can certainly be mended")
    _tell(mending.left, form, strict, accessible)


def show_fixes(paths: Iterable[Path], *, spelling: bool, strict: bool) -> None:
    """Print as a diff what `fix_decks` would do."""
    from fasti.checking import fails
    from fasti.mending import diff, mended
    from fasti.ui.problems import show_diff

    mending = mended(paths, spelling=_speller(spelling))
    for file in mending.files:
        show_diff(diff(file))
    count = sum(file.problems for file in mending.files)
    say(f"{counted(count, 'problem')} would be mended by `--fix`; {_left(mending.left)}")
    if mending.files or fails(mending.left, strict=strict):
        end_with(ExitCode.PROBLEM)


def explain_code(code: str, *, accessible: bool) -> None:
    """Print what a code means, why it is told, an example, how to mend it and how to silence it."""
    from fasti.explaining import explanation
    from fasti.ui.explained import show_section

    show_section(code, explanation(code), accessible=accessible)


def _tell(checked: "Sequence[Checked]", form: str, strict: bool, accessible: bool) -> None:
    from fasti.checking import fails, offer, summary

    if form == "text":
        from fasti.decks.excerpt import excerpt
        from fasti.ui.problems import show_problems

        show_problems(checked, excerpt, accessible=accessible)
        say(summary(checked))
        if offered := offer(checked):
            say(offered)
    else:
        from fasti.check_reports import as_github, as_json

        print(as_json(checked) if form == "json" else as_github(checked), end="")
    if fails(checked, strict=strict):
        end_with(ExitCode.PROBLEM)


def _speller(wanted: bool) -> "Speller | None":
    if not wanted:
        return None
    from fasti.spellcheck import speller

    return speller()


def _left(checked: "Sequence[Checked]") -> str:
    count = sum(len(each.problems) for each in checked)
    return f"{count:,} would be left" if count else "none would be left"
