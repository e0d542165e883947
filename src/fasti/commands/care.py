"""The commands that find facts, and cards that need care."""

from typing import Annotated

import typer

from fasti.commands.arguments import Accessible, Json
from fasti.commands.completion import offered_cards, offered_decks
from fasti.commands.ground import clock, options, print_json, say
from fasti.commands.open_library import library
from fasti.errors import ExitCode, FastiError


class ConflictingOptionsError(FastiError):
    """Options that do not go together."""

    exit_code = ExitCode.USAGE


def search_facts(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words that the fact has.", metavar="WORDS")],
    deck: Annotated[
        list[str] | None,
        typer.Option(
            "--deck",
            help="Only in this deck: id, title or file.",
            metavar="DECK",
            autocompletion=offered_decks,
        ),
    ] = None,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Find facts by their words, wherever these stand: file and line, and when they are due."""
    from fasti.core.days import study_day
    from fasti.search import search
    from fasti.ui.searched import show_searched

    with library(context) as (settings, database):
        found = search(database, settings.learner, " ".join(words).split(), deck or ())
    if as_json:
        print_json({"version": 1, "facts": [fact.as_json() for fact in found]})
    elif found:
        show_searched(found, study_day(clock()()), accessible=accessible)
    else:
        wanted = " ".join(words).split()
        less = "fewer words" if len(wanted) > 1 else "a part of it"
        say(f"No fact has `{' '.join(wanted)}`; {less} will do.")
    if not found:
        raise typer.Exit(ExitCode.PROBLEM)


def list_leeches(context: typer.Context, as_json: Json = False, accessible: Accessible = False) -> None:
    """List the cards that are forgotten again and again, and what can be done about them."""
    from fasti.care import leeches
    from fasti.core.days import study_day
    from fasti.ui.cared import show_leeches

    with library(context) as (settings, database):
        found = leeches(database, settings.learner, options().leech_threshold)
    if as_json:
        print_json({"version": 1, "leeches": [leech.as_json() for leech in found]})
    elif found:
        show_leeches(found, study_day(clock()()), accessible=accessible)
    else:
        from fasti.core.counting import counted

        say(f"No card has been missed {counted(options().leech_threshold, 'time')} or more.")


def list_flags(
    context: typer.Context,
    clear: Annotated[
        str | None,
        typer.Option(
            "--clear",
            help="Take the flags of this card or fact back.",
            metavar="CARD",
            autocompletion=offered_cards,
        ),
    ] = None,
    report: Annotated[
        bool, typer.Option("--report", help="A plain form that can be sent to a teacher.")
    ] = False,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """List what you called wrong with `!`, with your word for the teacher."""
    from fasti.care import flags
    from fasti.core.days import study_day
    from fasti.ui.cared import show_flags, show_report

    if clear is not None:
        if report:
            raise ConflictingOptionsError("`--clear` and `--report` are two things; ask one at a time")
        _clear(context, clear, as_json=as_json)
        return
    if report and as_json:
        raise ConflictingOptionsError("a `--report` is text for people; use `--json` without it")
    with library(context) as (settings, database):
        found = flags(database, settings.learner)
    if as_json:
        print_json({"version": 1, "flags": [flag.as_json() for flag in found]})
    elif not found:
        say("Nothing is flagged as wrong.")
    elif report:
        show_report(found)
    else:
        show_flags(found, study_day(clock()()), accessible=accessible)


def _clear(context: typer.Context, query: str, *, as_json: bool) -> None:
    from fasti.care import clear_flags

    with library(context) as (settings, database):
        cleared = clear_flags(database, settings.learner, query, clock()())
    if as_json:
        print_json({"version": 1, "cleared": cleared})
    elif not cleared:
        say(f"`{query}` is not flagged.")
    for card in () if as_json else cleared:
        say(f"No longer flagged: `{card}`")
