"""The commands of the teacher's desk: decks begun, added to, looked at and watched while they are written."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.arguments import Accessible, Json
from fasti.commands.completion import offered_decks
from fasti.commands.ground import clock, print_json, say
from fasti.commands.open_library import library
from fasti.errors import ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fasti.checking import Checked
    from fasti.core.kinds import Kind
    from fasti.drafting import DeckFile
    from fasti.previewing import Preview
    from fasti.ui.fact_questions import Given
    from fasti.watching import News


def new(
    path: Annotated[Path, typer.Argument(help="The file to be made: `.yaml` is added.", metavar="PATH")],
    notes: Annotated[
        str,
        typer.Option(
            "--from", help="Make it of your notes: a plain text file, or - for stdin.", metavar="TEXT"
        ),
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


def fact(
    context: typer.Context,
    deck: Annotated[
        str,
        typer.Argument(
            help="A deck file, or a deck of your library.", metavar="DECK", autocompletion=offered_decks
        ),
    ],
    kind: Annotated[
        str, typer.Option("--kind", help="Its kind, so that it is not asked for.", metavar="KIND")
    ] = "",
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="Give a key and its value, and be asked nothing; again for more.",
            metavar="KEY=VALUE",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the fact; write nothing.")] = False,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Add a fact to a deck: its fields are asked for one by one, and it is put in as text."""
    from fasti import drafting
    from fasti.ui.authored import show_added
    from fasti.ui.fact_questions import Given

    file = drafting.open_deck(_one_file(context, deck))
    chosen = drafting.kind_called(file, kind) if kind else None
    if settings and chosen is None:
        raise drafting.WrongValueError("`--set` needs the kind of the fact", "add `--kind event`")
    if settings and chosen:
        given = Given(chosen, drafting.values_from(chosen, settings))
        wanted = True
    else:
        given, wanted = _asked(file, chosen, dry_run=dry_run, accessible=accessible)
    drafted = file.draft(given.kind.name, given.values, given.sources)
    drafting.refuse_problems(drafted)
    if wanted and not dry_run:
        file.save(drafted, given.sources)
    if as_json:
        print_json(drafting.as_json(file, drafted, is_written=wanted and not dry_run))
    elif dry_run:
        print("\n".join(drafted.appended.lines))
    else:
        show_added(file, drafted, is_written=wanted)


def preview(
    context: typer.Context,
    path: Annotated[
        str,
        typer.Argument(help="A deck file, `file:line`, a folder, or a deck of your library.", metavar="PATH"),
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
    shown = [previewing.chosen(each, choice) for each in previewing.previews(_deck_files(context, name))]
    if as_json:
        print_json(previewing.as_json(shown))
    else:
        _show(shown, totals=choice.line is None, accessible=accessible)
    if has_errors(each.checked for each in shown):
        raise typer.Exit(ExitCode.PROBLEM)


def watch(
    path: Annotated[Path, typer.Argument(help="A deck file, or a folder of them.", metavar="PATH")],
    as_json: Annotated[
        bool, typer.Option("--json", help="One object a line for each save, for programs.")
    ] = False,
    accessible: Accessible = False,
) -> None:
    """Check a deck and show its cards again at each save, until Ctrl-C: only what changed."""
    from fasti.ui.authored import show_sentence
    from fasti.ui.watched import footer
    from fasti.watching import PAUSE_S, Watch

    watched = Watch(path)
    saves = 0
    try:
        _show_first(watched.begin(), path, as_json=as_json, accessible=accessible)
        while True:
            begun = time.monotonic()
            for news in watched.look():
                saves += news.what not in {"gone", "unreadable"}
                _tell_news(news, as_json=as_json, accessible=accessible)
            # A folder that takes long to look through is looked at less often.
            time.sleep(max(PAUSE_S, 5 * (time.monotonic() - begun)))
    except KeyboardInterrupt:
        say("")
        left = watched.previews.values()
        show_sentence(footer(saves, sum(len(each.problems) for each in left), len(left)))
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def _show_first(shown: "Sequence[Preview]", path: Path, *, as_json: bool, accessible: bool) -> None:
    from fasti.previewing import counts
    from fasti.ui.authored import show_sentence
    from fasti.ui.console import standard_output
    from fasti.ui.previewed import total_lines
    from fasti.ui.watched import beginning

    output = standard_output()
    for each in shown if not as_json else ():
        _tell_problems(each.checked, accessible=accessible)
        if each.title:
            output.show(total_lines(each.title, counts(each.facts), output.look, accessible=accessible))
    if not as_json:
        output.file.flush()
    show_sentence(beginning(str(path)))


def _tell_news(news: "News", *, as_json: bool, accessible: bool) -> None:
    import json

    from fasti.decks.excerpt import excerpt
    from fasti.ui.console import standard_output
    from fasti.ui.watched import news_lines

    if as_json:
        print(json.dumps(news.as_json(), ensure_ascii=False), flush=True)
        return
    output = standard_output()
    output.show(news_lines(news, _time_of_day(), output.look, excerpt, accessible=accessible))
    output.file.flush()


def _time_of_day() -> str:
    """The learner's time of day: `09:41:07`."""
    now = clock()()
    seconds = (now.utc_ms // 1000 + now.offset_min * 60) % 86_400
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _one_file(context: typer.Context, deck: str) -> Path:
    """The file of a deck. Raises FastiError where it has several, or is a folder."""
    from fasti.new_deck import NoPlaceError

    files = _deck_files(context, deck)
    if len(files) > 1:
        raise NoPlaceError(
            f"`{deck}` has {len(files)} files", f"name one of them: {', '.join(map(str, files))}"
        )
    if files[0].is_dir():
        raise NoPlaceError(f"`{deck}` is a folder", "name a deck file in it")
    return files[0]


def _asked(file: "DeckFile", kind: "Kind | None", *, dry_run: bool, accessible: bool) -> "tuple[Given, bool]":
    """The fact that is asked for, and whether it is to be written."""
    from fasti.ui.fact_questions import ask_fact, confirmed
    from fasti.ui.line_answers import PipedAnswers, TerminalAnswers

    if not sys.stdin.isatty():
        piped = PipedAnswers()
        given = ask_fact(file, piped, kind)
        if unused := piped.rest():
            say(f"warning: {unused} more lines were not used: a fact is one run of the command")
        return given, True
    answers = TerminalAnswers(accessible=accessible)
    try:
        given = ask_fact(file, answers, kind)
        return given, dry_run or confirmed(file, answers, given)
    except KeyboardInterrupt:
        say("\nNothing was written.")
        raise typer.Exit(ExitCode.INTERRUPTED) from None


def _notes(name: str) -> tuple[bytes, str]:
    """What a text file holds, or stdin, and what it is called."""
    if name != "-":
        from fasti.decks.find import deck_bytes

        return deck_bytes(Path(name)), Path(name).name
    if sys.stdin.isatty():
        say("Paste your notes; Ctrl-D on a line of its own ends them.")
    from fasti.decks.find import LARGEST

    return sys.stdin.buffer.read(LARGEST + 1), "your notes"


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
    from fasti.deck_names import files_of
    from fasti.settings import by_name

    if (shipped := by_name(path)) != path:
        return [shipped]
    with library(context) as (_, database):
        return files_of(database, name)
