"""The commands of a student's day."""

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from fasti.commands.ground import (
    Accessible,
    Decks,
    Json,
    Query,
    backed_up,
    clock,
    end_with,
    library,
    options,
    print_json,
    rules,
    say,
    settings_of,
    tell,
)
from fasti.commands.safety import sync_after_review
from fasti.errors import ExitCode, FastiError

if TYPE_CHECKING:
    from fasti.core.log import EntryKind
    from fasti.session import Session

Six = Annotated[
    bool | None, typer.Option("--six/--four", help="Grade from 0 to 5, as SM-2 does, or from 1 to 4.")
]


def review(
    context: typer.Context,
    decks: Decks = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most this many cards. Without it: 30, or 20 minutes.")
    ] = None,
    new: Annotated[int | None, typer.Option(min=0, help="At most this many new cards today: 10.")] = None,
    more: Annotated[
        int,
        typer.Option(
            min=0,
            help="Go on: so many new cards beyond the day's, or the next due if none is new.",
            metavar="NUMBER",
        ),
    ] = 0,
    anyway: Annotated[bool, typer.Option("--anyway", help="Review on a break too.")] = False,
    minutes: Annotated[
        int | None, typer.Option(min=0, help="At most this many minutes; 0 for no end: 20.")
    ] = None,
    six: Six = None,
    reference: Annotated[
        bool | None,
        typer.Option("--reference/--text", help="SuperMemo's own reading of SM-2: a lapse lowers the ease."),
    ] = None,
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Review the day's cards. The command to type every day."""
    from fasti.sitting import Clock, Wishes, begin

    chosen = options()
    # Whoever asks for so many cards means to have the time for them.
    how = rules(reference=reference, minutes=0 if limit and minutes is None else minutes)
    room = chosen.new if new is None else new
    wishes = Wishes(decks or (), limit or max(chosen.limit, more), room, more, anyway, how)
    settings = settings_of(context)
    with backed_up(settings):
        with begin(settings, wishes, Clock(clock(), time.time_ns), tell) as session:
            ended = ask(session, six=six_grades(six), as_json=as_json, accessible=accessible)
        if chosen.sync_after_review:
            sync_after_review(settings)
        end_with(ended)


def due(context: typer.Context, as_json: Json = False, accessible: Accessible = False) -> None:
    """Say what is due, deck by deck."""
    from fasti.due import standing
    from fasti.ui.counts import show_counts

    today = standing(settings_of(context), clock()(), time.time_ns(), tell, options().new, options().limit)
    if as_json:
        print_json(today.as_json())
    else:
        show_counts(today, accessible=accessible)


def undo(context: typer.Context) -> None:
    """Take back the last grade, as often as you like."""
    from fasti.core.days import study_day
    from fasti.desk import Desk
    from fasti.session_contract import Rules
    from fasti.ui.grades import FOUR, choice_of

    moment = clock()()
    with library(context) as (settings, database):
        undone = Desk(database, settings.learner, Rules()).take_back(moment, study_day(moment))
    if undone is None:
        raise FastiError(
            "there is nothing to take back",
            "your log is empty, all of it is taken back, or what came last was answered in Anki",
        )
    what = undone.kind if undone.grade is None else f"{choice_of(undone.grade, FOUR).name} ({undone.kind})"
    say(f"Taken back: {what}, of `{undone.card}`")


def show(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(help="A card, a fact, or words.", metavar="CARD_OR_WORDS")],
    as_json: Json = False,
    accessible: Accessible = False,
) -> None:
    """Show a fact's cards, when they are due, and how they were answered."""
    from fasti.core.days import study_day
    from fasti.lookup import look_up
    from fasti.ui.found import show_found

    with library(context) as (settings, database):
        found = look_up(database, settings.learner, " ".join(query))
    if as_json:
        one = found[0].as_json() if len(found) == 1 else {}
        print_json({"version": 1, **one, "cards": [each.as_json() for each in found]})
    else:
        show_found(found, study_day(clock()()), accessible=accessible)


def suspend(context: typer.Context, query: Query, as_json: Json = False) -> None:
    """Leave a card, or a fact's cards, out of every review until they are resumed."""
    from fasti.core.log import EntryKind

    _mark(context, " ".join(query), EntryKind.SUSPEND, "Suspended", as_json=as_json)


def resume(
    context: typer.Context,
    query: Annotated[
        list[str] | None,
        typer.Argument(help="A card or a fact; without one, list what is suspended.", metavar="CARD"),
    ] = None,
    as_json: Json = False,
) -> None:
    """Bring a suspended card, or a fact's cards, back."""
    from fasti.core.log import EntryKind
    from fasti.store import schedules

    if query:
        _mark(context, " ".join(query), EntryKind.RESUME, "Resumed", as_json=as_json)
        return
    with library(context) as (settings, database), database.reading() as connection:
        cards = schedules.suspended(connection, settings.learner)
    if as_json:
        print_json({"version": 1, "suspended": cards})
    elif cards:
        print("\n".join(cards))
    else:
        say("No card is suspended.")


def six_grades(given: bool | None) -> bool:
    """Whether all grades of SM-2 are offered: as given, or else by the student's settings."""
    return options().grades == "six" if given is None else given


def ask(session: "Session", *, six: bool, as_json: bool, accessible: bool) -> ExitCode:
    """Ask in the terminal, or line by line where there is none."""
    if not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        from fasti.commands.card_tools import editing, knowing
        from fasti.commands.pictures import picturing
        from fasti.ui.console import standard_output
        from fasti.ui.keyboard import open_keyboard
        from fasti.ui.keymap import letters_of, scale_of
        from fasti.ui.manner import Manner
        from fasti.ui.review import review as review_at

        output = standard_output()
        own = options().keys
        wish = "off" if accessible else options().images
        with open_keyboard(output) as keys:
            manner = Manner(
                six=six,
                accessible=accessible,
                letters=letters_of(own),
                scale=scale_of(own, six=six),
                edit=editing(session, keys, options().editor),
                info=knowing(session),
                picture=picturing(output, keys, wish),
            )
            return review_at(session, keys, output, manner)
    from fasti.ui.piped import review_lines

    return review_lines(session, sys.stdin, six=six, as_json=as_json)


def _mark(context: typer.Context, query: str, kind: "EntryKind", done: str, *, as_json: bool) -> None:
    """Suspend or resume what a query names, which must be one fact or less."""
    from fasti.core.days import study_day
    from fasti.desk import Desk
    from fasti.lookup import look_up, only_fact
    from fasti.session_contract import Jotting, Rules

    moment = clock()()
    with library(context) as (settings, database):
        found = only_fact(look_up(database, settings.learner, query), query)
        desk = Desk(database, settings.learner, Rules())
        for card in found:
            desk.write(Jotting(card.key, kind, moment, study_day(moment)))
            if not as_json:
                say(f"{done}: `{card.key}`")
    if as_json:
        print_json({"version": 1, done.lower(): [card.key for card in found]})
