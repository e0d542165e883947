"""The commands of the teacher's desk: decks begun, added to, looked at and watched while they are written."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.ground import Accessible, Json, library, print_json, say
from fasti.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.checking import Checked
    from fasti.previewing import Preview


def new(
    path: Annotated[Path, typer.Argument(help="The file to be made: `.yaml` is added.", metavar="PATH")],
    notes: Annotated[
        str,
        typer.Option("--from", help="Make it of your notes: a plain text file, or - for stdin.", metavar="TEXT"),
    ] = "",
    title: Annotated[
        str, typer.Option("--title", help="The deck's title: made of the file's name.", metavar="TITLE")
    ] = "",
    as_json: Json = False,
) -> None:
    """Begin a deck: a file of examples with comments, or one made of notes that you have."""
    from fasti.new_deck import begin, begin_from, free_path
    from fasti.ui.authored import show_begun

    if notes:
        free_path(path)
        begun = begin_from(path, *_notes(notes), title)
    else:
        begun = begin(path, title)
    if as_json:
        print_json(begun.as_json())
    else:
        show_begun(begun)


def preview(
    context: typer.Context,
    path: Annotated[
        str, typer.Argument(help="A deck file, `file:line`, a folder, or a deck of your library.", metavar="PATH")
    ],
    line: Annotated[
        int | None, typer.Argument(min=1, help="Only the fact at this line.", metavar="[LINE]")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", help="Only facts of this kind: event, person, …", metavar="KIND")
    ] = "",
    unit: Annotated[str, typer.Option("--unit", help="Only the facts of this unit.", metavar="UNIT")] = "",
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Show the cards of a deck as a student will see them, front and back."""
    from fasti import previewing
    from fasti.checking import has_errors

    name, at = previewing.path_and_line(path)
    choice = previewing.Choice(kind, unit, line or at)
    shown = [
        previewing.chosen(each, choice) for each in previewing.previews(_deck_files(context, name))
    ]
    if as_json:
        print_json(previewing.as_json(shown))
    else:
        _show(shown, totals=choice.line is None, accessible=accessible)
    if has_errors(each.checked for each in shown):
        raise typer.Exit(ExitCode.PROBLEM)


def _notes(name: str) -> tuple[bytes, str]:
    """What a text file holds, or stdin, and what it is called."""
    if name != "-":
        from fasti.decks.find import deck_bytes

        return deck_bytes(Path(name)), Path(name).name
    if sys.stdin.isatty():
        say("Paste your notes; Ctrl-D on a line of its own ends them.")
    return sys.stdin.buffer.read(), "your notes"


def _show(shown: "Sequence[Preview]", *, totals: bool, accessible: bool) -> None:
    from fasti.previewing import counts
    from fasti.ui.previewed import show_preview

    for each in shown:
        _tell_problems(each.checked, accessible=accessible)
        show_preview(each, counts(each.facts) if totals and each.title else None, accessible=accessible)


def _tell_problems(checked: "Checked", *, accessible: bool) -> None:
    from fasti.decks.excerpt import excerpt
    from fasti.ui.console import standard_error
    from fasti.ui.problems import show_problems

    show_problems([checked], None if accessible else excerpt, standard_error())


def _deck_files(context: typer.Context, name: str) -> list[Path]:
    """The file or folder of this name, else the files of the library's deck of this name."""
    path = Path(name)
    if path.exists() or path.suffix or path.parent != Path():
        return [path]
    from fasti.library import by_name, deck_paths

    if (shipped := by_name(path)) != path:
        return [shipped]
    with library(context) as (_, database):
        return deck_paths(database, name)
